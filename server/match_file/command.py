"""Requests from a file, or line by line from standard input; answers to standard output, refusals to standard error."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from rooms.language.ids import AttendeeId
from rooms.matching import RangeError
from rooms.matching.request import MatchRequest
from server.match_file.answer import Answer, Explained, answer
from server.match_file.decode import decode
from server.match_file.evening import Played, rounds, summary, timed
from server.match_file.refusals import RefusedError, quoted
from server.match_file.words import closing, sentence, sentences, table

WRONG = 2
"""Exit code when a request cannot be answered."""
REQUEST_BYTES = 256 * 1024 * 1024
"""Longest request: ten thousand people with full profiles and thirty rounds of history have a tenth of it."""
LINES = "-"
"""In place of a file: one request a line from standard input."""


class Wanted(NamedTuple):
    """How answers are to look."""

    explain: bool = False
    pair: tuple[AttendeeId, AttendeeId] | None = None
    """Whom to explain; None for every room."""
    table: bool = False
    rounds: int | None = None
    """Rounds to play one after the other; None for the one asked for."""


def run(file: str, wanted: Wanted, source: BinaryIO, out: BinaryIO) -> int:
    """Answer what a file asks, or each line of `source` at once; the exit code.

    Nothing of an answer is written before all of it is known.
    """
    where = ""
    try:
        if file != LINES:
            say(reply(_content(file), wanted), out)
            return 0
        for number, line in _lines(source):
            where = f"line {number}: "
            say(reply(line, wanted), out)
    except RefusedError as error:
        sys.stderr.write(f"{where}{error}\n")
        return WRONG
    return 0


def say(text: bytes, out: BinaryIO) -> None:
    """Hand an answer out now: whoever drives an evening waits for it."""
    out.write(text)
    out.flush()


def reply(text: bytes, wanted: Wanted) -> bytes:
    """The answer to the bytes of one request.

    Raises:
        RefusedError: it cannot be answered.
    """
    played = _play(decode(text), wanted)
    if wanted.table:
        return "\n".join(_pages(played, wanted)).encode()
    answers = [_answer(each, wanted) for each in played]
    if wanted.rounds is None:
        return msgspec.json.encode(answers[0]) + b"\n"
    sys.stderr.write(closing(summary(played)))
    return msgspec.json.encode(answers) + b"\n"


def _play(request: MatchRequest, wanted: Wanted) -> list[Played]:
    known = {person.id for person in request.attendees}
    for who in wanted.pair or ():
        if who not in known:
            raise RefusedError("--explain", f"expected the ids of two attendees, got {quoted(who)}")
    try:
        return [timed(request)] if wanted.rounds is None else list(rounds(request, wanted.rounds))
    except RangeError as error:
        raise RefusedError(error.path, error.expected) from None


def _pages(played: list[Played], wanted: Wanted) -> Iterator[str]:
    for each in played:
        told = "".join(f"{line.sentence}\n" for line in _explained(each, wanted)) if wanted.pair else ""
        yield table(each) + told
    if wanted.rounds is not None:
        yield closing(summary(played))


def _answer(played: Played, wanted: Wanted) -> Answer:
    more: dict[str, object] = {}
    if wanted.rounds is not None:
        more["round"] = played.request.round
    if wanted.explain:
        more["explained"] = _explained(played, wanted)
    return answer(played.result, played.ms, **more)


def _explained(played: Played, wanted: Wanted) -> tuple[Explained, ...]:
    return (sentence(played.result, *wanted.pair),) if wanted.pair else sentences(played.result)


def _content(file: str) -> bytes:
    try:
        with Path(file).open("rb") as source:
            text = source.read(REQUEST_BYTES + 1)
    except OSError as error:
        raise RefusedError(file, f"cannot be read: {error.strerror}") from None
    if not text.strip():
        raise RefusedError(file, "empty")
    return _bounded(text)


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers; empty ones are passed over."""
    number, asked = 0, False
    while line := source.readline(REQUEST_BYTES + 1):
        number += 1
        if line.strip():
            asked = True
            yield number, _bounded(line)
    if not asked:
        raise RefusedError("", "standard input is empty")


def _bounded(text: bytes) -> bytes:
    if len(text) > REQUEST_BYTES:
        raise RefusedError("", f"expected at most {REQUEST_BYTES} bytes")
    return text
