"""Prints the language for people: the text of `docs/protocol.md`."""

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import inspect

from rooms.language.closing import MEANING
from rooms.language.commands import AttendeeCommand, OrganiserCommand
from rooms.language.javascript import js_type
from rooms.language.notices import Notice, Snapshot
from rooms.language.refusals import SENTENCES
from rooms.language.signals import Goodbye, Hello, Signal, Signalled
from rooms.language.words import field_meanings, first_sentence, members, structs_of

INTRO = """# The protocol

Printed by `python -m server protocol` from the message classes in `rooms/language`. Change it there.

A browser asks for a ticket (`POST /e/{slug}/ticket`, or `POST /events/{slug}/ticket` for organisers), opens the
WebSocket named in the answer with the subprotocol `rooms.v1`, and sends `hello`. The server answers with `welcome`
(the whole picture) or `resumed` (nothing was missed). From then on:

- up, one text frame: `[ref, message]`. `ref` is a number of the browser's own, or `null` when it wants no answer. A
  command with a `ref` is answered by exactly one `settled` or `refused`.
- down, one text frame: `message`. `seq` is the number of the journal entry it came from. Each notice replaces one
  slice of what the page knows, so hearing it twice does no harm.

Instants are milliseconds since 1970 on the server's clock. Lengths end in `Ms`.
"""


def render() -> str:
    """The whole document."""
    sections = [
        INTRO,
        *_messages("Commands of attendees", members(AttendeeCommand)),
        *_messages("Commands of organisers", members(OrganiserCommand)),
        *_messages("Beside commands", [Hello, Goodbye, Signal]),
        *_messages("Notices", [*members(Notice), Signalled]),
        *_messages("What notices are made of", _parts()),
        *_close_codes(),
        *_refusals(),
    ]
    return "\n".join(sections)


def _parts() -> list[type[msgspec.Struct]]:
    told = set(members(Notice))
    return [one for one in structs_of([Snapshot, *members(Notice)]) if one not in told]


def _messages(title: str, types: Iterable[type[msgspec.Struct]]) -> Iterator[str]:
    yield f"## {title}\n"
    for struct in types:
        yield _message(struct)


def _message(struct: type[msgspec.Struct]) -> str:
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    heading = f"### `{info.tag}`" if info.tag is not None else f"### {struct.__name__}"
    rows = [_row(field, field_meanings(struct)) for field in info.fields]
    table = ["| field | type | meaning |", "|---|---|---|", *rows, ""] if rows else []
    return "\n".join([heading, "", first_sentence(struct), "", *table])


def _row(field: inspect.Field, meanings: dict[str, str]) -> str:
    kind = js_type(field.type).replace("|", r" \| ")
    optional = "" if field.required else " (may be left out)"
    return f"| `{field.encode_name}` | {kind} | {meanings.get(field.name, '')}{optional} |"


def _close_codes() -> Iterator[str]:
    yield "## Close codes\n"
    yield "| code | name | what the page does | what it says |\n|---|---|---|---|"
    for code, (after, sentence) in MEANING.items():
        yield f"| {int(code)} | {code.name} | {after.replace('_', ' ')} | {sentence} |"
    yield ""


def _refusals() -> Iterator[str]:
    yield "## Refusals\n"
    yield "| reason | sentence |\n|---|---|"
    for reason, sentence in SENTENCES.items():
        yield f"| `{reason.value}` | {sentence} |"
    yield ""
