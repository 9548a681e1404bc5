"""vCard 4.0 (RFC 6350), written by hand: the libraries write 3.0 only."""

import re
from collections.abc import Iterable, Mapping

LINE_BYTES = 75
"""RFC 6350 §3.2: longer lines are folded."""
_controls = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0085\u2028\u2029]")
_line_ends = re.compile(r"\r\n?|\n")


def escaped(text: str) -> str:
    """A text value: no character of it can end the line or start another property."""
    text = _controls.sub("", _line_ends.sub("\n", text))
    for character in "\\,;":
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", "\\n")


def address(text: str) -> str:
    """A URI value: as it is, but in one line and without blanks."""
    return re.sub(r"\s+", "", _controls.sub("", text))


def folded(line: str) -> str:
    """A line of at most 75 bytes, and its continuations; no character is cut in two."""
    parts: list[str] = []
    part, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > LINE_BYTES:
            parts.append(part)
            part, size = " ", 1
        part, size = part + character, size + width
    return "\r\n".join([*parts, part]) + "\r\n"


def vcard(name: str, contact: Mapping[str, str], texts: Mapping[str, str]) -> str:
    """One person: `contact` by contact field, `texts` by vCard property; empty ones are left out."""
    lines = ["BEGIN:VCARD", "VERSION:4.0", f"FN:{escaped(name)}"]
    lines += [f"{key}:{escaped(text)}" for key, text in texts.items() if text]
    written = {
        "email": ("EMAIL", escaped),
        "phone": ("TEL", escaped),
        "linkedin": ("URL", address),
        "website": ("URL", address),
        "other": ("X-CONTACT", escaped),
    }
    for field, (key, form) in written.items():
        if contact.get(field):
            lines.append(f"{key}:{form(contact[field])}")
    lines.append("END:VCARD")
    return "".join(folded(line) for line in lines)


def together(cards: Iterable[str]) -> bytes:
    """Several cards in one file."""
    return "".join(cards).encode()
