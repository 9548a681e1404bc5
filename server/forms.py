"""Forms as people send them: what was typed, what it means, and one sentence for each field that needs a change."""

from collections.abc import Collection, Mapping
from urllib.parse import parse_qsl

from email_validator import EmailNotValidError, validate_email
from starlette.exceptions import HTTPException
from starlette.requests import Request

FORM_BYTES = 128 * 1024
"""Largest form we read: an agenda of thirty parts with twelve rules each is about half of it."""
FORM_FIELDS = 2_400
"""An agenda of thirty parts with twelve rules each has about two thousand."""
EMAIL_CHARS = 254


async def typed(request: Request) -> dict[str, str]:
    """The fields of a form; of several with one name the last counts.

    Raises:
        HTTPException: 413 if it is too large, 400 if it is no form.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(400, "This page sends a plain form. Reload it and try again.")
    body = await limited_body(request, FORM_BYTES)
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FORM_FIELDS)
    except ValueError:
        raise HTTPException(413, "This form has more fields than the page. Reload it and try again.") from None
    return {name: tidy(value) for name, value in pairs}


async def limited_body(request: Request, most_bytes: int) -> bytes:
    """The body, read only as far as it may be long.

    Raises:
        HTTPException: 413 if it is longer.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most_bytes:
            raise HTTPException(413, "That is more text than fits. Shorten it and try again.")
    return bytes(body)


def tidy(text: str) -> str:
    """The text without what no keyboard types, and with our kind of line ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter in "\n\t" or (ord(letter) >= 32 and ord(letter) != 127)).strip()


class Form:
    """Reads fields one by one and collects what is wrong; good if `errors` stays empty."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = dict(values)
        self.errors: dict[str, str] = {}

    def wrong(self, name: str, sentence: str) -> None:
        """Say what a field needs; the first sentence about a field stays."""
        self.errors.setdefault(name, sentence)

    def line(self, name: str, most: int, needed: str = "") -> str:
        """One line of text; `needed` is the sentence if it may not be empty."""
        return self.text(name, most, needed).replace("\n", " ")

    def text(self, name: str, most: int, needed: str = "") -> str:
        """Several lines of text."""
        text = self.values.get(name, "")
        if needed and not text:
            self.wrong(name, needed)
        if len(text) > most:
            self.wrong(name, f"Shorten this to {most} characters; it has {len(text)}.")
        return text

    def number(self, name: str, low: int, high: int) -> int:
        """A whole number between two others, both included."""
        text = self.values.get(name, "")
        if text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high:
            return int(text)
        self.wrong(name, f"Write a whole number from {low:,} to {high:,}.".replace(",", "\u202f"))
        return low

    def choice(self, name: str, choices: Collection[str]) -> str:
        """One of several words that the page offers."""
        text = self.values.get(name, "")
        if text not in choices:
            self.wrong(name, "Choose one of these.")
            return next(iter(choices))
        return text

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return name in self.values

    def email(self, name: str, needed: str = "") -> str:
        """An e-mail address that could exist; nobody is asked whether it does."""
        text = self.line(name, EMAIL_CHARS, needed)
        if not text or name in self.errors:
            return text
        try:
            return validate_email(text, check_deliverability=False).normalized
        except EmailNotValidError:
            self.wrong(name, missing_part(text))
            return text


def missing_part(email: str) -> str:
    """What an address that cannot exist most likely lacks."""
    name, at, host = email.rpartition("@")
    if not at:
        return "Add the part from the @ on, like @example.org."
    if not name:
        return "Add the name before the @."
    if "." not in host.strip("."):
        return "Add the part after the dot, like .coop."
    return "Check this address: it has a sign that e-mail cannot carry."
