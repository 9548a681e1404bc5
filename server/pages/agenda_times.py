"""How long an agenda takes and when its parts begin, by the plan."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from rooms.language.agenda import RoundsSegment, Segment
from server import times
from server.records.events import Event

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WHAT = {
    "LobbySegment": "Come in, say hello, look at your camera",
    "BreakSegment": "Stretch, fetch something to drink",
    "ClosingSegment": "Your list of people, thanks and goodbye",
}


class Part(msgspec.Struct, frozen=True):
    """One part of the agenda as the landing page shows it."""

    at: datetime
    title: str
    what: str
    minutes: int


def length_s(segment: Segment) -> int:
    """How long a part takes."""
    if isinstance(segment, RoundsSegment):
        return segment.rounds * (segment.length_s + segment.changeover_s)
    return segment.length_s


def length_ms(agenda: Sequence[Segment]) -> int:
    """How long the whole agenda takes."""
    return sum(length_s(segment) for segment in agenda) * 1000


def parts(event: Event) -> list[Part]:
    """The parts in their order."""
    found: list[Part] = []
    at = event.starts_at
    for segment in event.agenda:
        lasts = length_s(segment)
        minutes = max(1, round(lasts / 60))
        found.append(Part(times.local(at, event.timezone), segment.title, describe(segment), minutes))
        at = type(at)(at + lasts * 1000)
    return found


def describe(segment: Segment) -> str:
    """What happens in a part, in a few words."""
    if isinstance(segment, RoundsSegment):
        who = "one-to-ones" if segment.size == 2 else f"tables of {in_words(segment.size)}"
        each = f"{segment.length_s // 60} min" if segment.length_s >= 60 else f"{segment.length_s} s"
        return f"{in_words(segment.rounds).capitalize()} {who}, {each} each"
    return segment.hint or WHAT[type(segment).__name__]


def in_words(number: int) -> str:
    """Small numbers as words."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def day(at: datetime, today: datetime | None = None) -> str:
    """A date as people say it: the year only if it is another one."""
    text = f"{at:%A} {at.day} {at:%B}"
    return text if at.year == (today or datetime.now(at.tzinfo)).year else f"{text} {at.year}"
