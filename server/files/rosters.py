"""An organiser's CSV file to newcomers, or to one sentence for everything that is wrong with it."""

import csv
import io
import re
from collections.abc import Iterator

import msgspec
from email_validator import EmailNotValidError, validate_email

from rooms.language.limits import ATTENDEES_PER_EVENT, LIST_ITEMS, NAME_CHARS, SHORT_TEXT_CHARS
from server.files.tables import bare
from server.forms import EMAIL_CHARS
from server.records.registrations import Newcomer

ROSTER_BYTES = 10 * 1024 * 1024
"""Ten thousand people with all their columns are about one."""
TOO_LARGE = "This file is larger than 10 MB. Leave out columns that are not needed, or split it."
NO_FILE = "Choose a CSV file first: a spreadsheet saves one with “Save as”."
PROBLEMS_SHOWN = 100
"""More would not be read."""
ROLE_CHARS = 40

COLUMNS = {
    "name": {"name", "fullname", "displayname", "person"},
    "email": {"email", "mail", "emailaddress"},
    "team": {"team", "department", "company", "organisation", "organization"},
    "role": {"role", "part"},
    "interests": {"interests", "interest", "topics"},
    "groups": {"groups", "group", "grouptags", "tags", "tag"},
}
"""Our column and the headings under which people write it."""
MOST = {"name": NAME_CHARS, "email": EMAIL_CHARS, "team": SHORT_TEXT_CHARS, "role": ROLE_CHARS}


class Problem(msgspec.Struct, frozen=True):
    """Something that keeps the file from being taken; row 0 is the file itself, row 1 its headings."""

    row: int
    column: str
    sentence: str


class Roster(msgspec.Struct, frozen=True):
    """A file that was read: people if there are no problems."""

    people: tuple[Newcomer, ...] = ()
    rows: tuple[int, ...] = ()
    """In which row each of them stands."""
    problems: tuple[Problem, ...] = ()
    unused: tuple[str, ...] = ()
    """Headings that mean nothing to us."""


class _UnreadableError(Exception):
    """The file as a whole cannot be read; the message is for people."""


def read(data: bytes) -> Roster:
    """Read a file of people; it is taken as a whole or not at all."""
    try:
        lines = list(_lines(_text(data)))
        head, unused = _headings(lines)
    except _UnreadableError as error:
        return refused(str(error))
    people: list[Newcomer] = []
    rows: list[int] = []
    problems: list[Problem] = []
    known: dict[str, int] = {}
    for row, cells in lines[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        found = {column: cells[at].strip() for column, at in head.items() if at < len(cells)}
        wrong = list(_wrong(row, found, known))
        problems += wrong
        if not wrong:
            people.append(_newcomer(found))
            rows.append(row)
    if not people and not problems:
        problems.append(Problem(0, "", "There is nobody in this file. Write one person in each row."))
    if len(people) > ATTENDEES_PER_EVENT:
        problems.append(
            Problem(
                0, "", f"One event holds {ATTENDEES_PER_EVENT} people. Leave out {len(people) - ATTENDEES_PER_EVENT}."
            )
        )
    if problems:
        return Roster(problems=tuple(problems), unused=unused)
    return Roster(tuple(people), tuple(rows), (), unused)


def refused(sentence: str) -> Roster:
    """A file that is not taken at all."""
    return Roster(problems=(Problem(0, "", sentence),))


def _text(data: bytes) -> str:
    """The characters of the file, whichever of the usual programs wrote it."""
    if len(data) > ROSTER_BYTES:
        raise _UnreadableError(TOO_LARGE)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data[:200]:
        encodings = ["utf-16-le" if data[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _UnreadableError("We cannot read the characters of this file. Save it as “CSV UTF-8” and choose it again.")


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number by which a spreadsheet calls them."""
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        yield from enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1)
    except csv.Error as error:
        raise _UnreadableError(
            f"The quotation marks in this file do not add up ({error}). Save it as CSV again and choose that."
        ) from None


def _headings(lines: list[tuple[int, list[str]]]) -> tuple[dict[str, int], tuple[str, ...]]:
    if not lines:
        raise _UnreadableError("This file is empty. Write headings in its first row and one person in each row below.")
    head: dict[str, int] = {}
    unused: list[str] = []
    for at, heading in enumerate(lines[0][1]):
        word = re.sub(r"[\s_\-]+", "", heading).casefold()
        column = next((column for column, words in COLUMNS.items() if word in words), None)
        if column is None:
            unused += [heading.strip()] if heading.strip() else []
        elif column in head:
            raise _UnreadableError(f"Two columns are called “{heading.strip()}”. Keep one of them.")
        else:
            head[column] = at
    if "name" not in head:
        raise _UnreadableError("There is no column called “name”. Write headings in the first row: name, e-mail, team.")
    return head, tuple(unused)


def _wrong(row: int, found: dict[str, str], known: dict[str, int]) -> Iterator[Problem]:
    if not found.get("name"):
        yield Problem(row, "name", "There is no name. Write one, or clear the row.")
    for column, most in MOST.items():
        if len(found.get(column, "")) > most:
            yield Problem(row, column, f"This is longer than {most} characters. Shorten it.")
    for column in ("interests", "groups"):
        words = _words(found.get(column, ""))
        if len(words) > LIST_ITEMS or any(len(word) > SHORT_TEXT_CHARS for word in words):
            yield Problem(row, column, f"At most {LIST_ITEMS} words or short phrases fit here. Leave some out.")
    yield from _wrong_address(row, found.get("email", ""), known)


def _wrong_address(row: int, email: str, known: dict[str, int]) -> Iterator[Problem]:
    if not email or len(email) > EMAIL_CHARS:
        return
    if not is_address(email):
        yield Problem(row, "email", f"“{email}” is not an e-mail address. Correct it, or leave it empty.")
        return
    first = known.setdefault(email.casefold(), row)
    if first != row:
        yield Problem(row, "email", f"“{email}” is in row {first} already. Keep one of the two.")


def is_address(email: str) -> bool:
    """Whether this can be an e-mail address; nobody is asked whether it exists."""
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def _words(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for part in re.split(r"[,;|\n]", cell) if (word := part.strip())))


def _newcomer(found: dict[str, str]) -> Newcomer:
    return Newcomer(
        name=bare(found["name"]),
        email=found.get("email", ""),
        team=bare(found.get("team", "")),
        role=bare(found.get("role", "")),
        interests=_words(found.get("interests", "")),
        groups=_words(found.get("groups", "")),
        source="import",
    )
