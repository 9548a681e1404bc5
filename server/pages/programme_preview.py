"""What a programme means, in words and as a drawing: times that reflow, the sentence, one round as a wheel."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from rooms.event.agenda import Preview, preview, total_ms
from rooms.language.agenda import ClosingSegment, RoundsSegment, Segment
from rooms.language.ids import AttendeeId, Instant
from rooms.matching.sizes import usual_sizes
from server.pages.programme_forecast import Foreseen, cautions, met_words
from server.pages.programme_forms import Part, minutes_words
from server.times import time_of

Agenda = tuple[Segment, ...]

PEOPLE_LEAST, PEOPLE_MOST, PEOPLE_USUAL = 2, 200, 24
WHEEL_MOST = 60
"""Dots that can be told apart; of more people the wheel shows so many."""
CENTRE, RADIUS = 160, 140
BEND = 26
ROOM_WORDS = {2: "pairs", 3: "threes", 4: "fours"}
KIND_WORDS = {"lobby": "people arrive and chat", "break": "everyone in the lobby", "closing": "who met whom"}
WHOLE_MINUTES_FROM_S = 120
"""Shorter parts are told to the fraction of a minute."""
MARKED = re.compile(
    r"(\d+ min(?=\.)|\d+(?: to \d+)? different people|(?:all )?\d+(?: to \d+)? others?|one (?:person|other))"
)
MORE_ROUNDS = "there are more rounds than people they may meet"
Names = Mapping[AttendeeId, str]
NOBODY: Names = {}


def timetable(parts: list[Part], starts_at: Instant, zone: str) -> dict[str, Any]:
    """When each part begins, how long it takes, and the whole; parts that need a change count as nothing."""
    rows, at = [], starts_at
    for part in parts:
        length_ms = total_ms((part.segment,)) if part.segment else 0
        rows.append(
            {
                "key": part.key,
                "title": part.values.get("title", ""),
                "kind": part.kind,
                "words": f"{time_of(at, zone)}, {part_words(part)}",
                "length": about(length_ms) if part.segment else "–",
                "share": length_ms,
            }
        )
        at = Instant(at + length_ms)
    whole_ms = max(1, at - starts_at)
    for row in rows:
        row["share"] = round(100 * int(str(row["share"])) / whole_ms, 2)
    return {"rows": rows, "span": f"{time_of(starts_at, zone)}–{time_of(at, zone)}"}


def about(length_ms: int) -> str:
    """How long a part takes: whole minutes, and finer only where a whole one would mislead."""
    length_s = math.ceil(length_ms / 1000)
    return f"{round(length_s / 60) if length_s >= WHOLE_MINUTES_FROM_S else minutes_words(length_s)} min"


def part_words(part: Part) -> str:
    """What happens in a part, in a few words."""
    if isinstance(part.segment, RoundsSegment):
        plural = "" if part.segment.rounds == 1 else "s"
        return f"{part.segment.rounds} round{plural} of {ROOM_WORDS[part.segment.size]}"
    return KIND_WORDS.get(part.kind, "not complete yet")


def meaning(
    agenda: Agenda, people: int, shown: RoundsSegment | None, foreseen: Sequence[Foreseen] = (), names: Names = NOBODY
) -> dict[str, Any]:
    """The live preview: the sentence in pieces, the sum, what is good and what to think about, the wheel.

    `foreseen` is what the rounds will come to, where that is known; `names` are those of people who have a seat.
    """
    numbers = preview(agenda, people)
    whom = met_words(foreseen[0].told) if len(foreseen) == 1 else numbers.whom
    sentence = f"{numbers.opening} {whom}".strip()
    return {
        "people": people,
        "sentence": sentence,
        "pieces": [(text, bool(odd % 2)) for odd, text in enumerate(MARKED.split(sentence)) if text],
        "sum": sum_words(numbers),
        "checks": [*checks(agenda, numbers, foreseen), *((False, words) for words in cautions(foreseen, names))],
        "wheel": wheel(people, shown),
    }


def sum_words(numbers: Preview) -> str:
    """`40 min talking, 2 min changeovers, 10 min around them.`"""
    parts = (
        (numbers.talking_minutes, "talking"),
        (numbers.changeover_minutes, "changeovers"),
        (numbers.break_minutes, "doors, breathers and wrap-up"),
    )
    return ", ".join(f"{minutes} min {words}" for minutes, words in parts if minutes) + "."


def checks(agenda: Agenda, numbers: Preview, foreseen: Sequence[Foreseen] = ()) -> list[tuple[bool, str]]:
    """Each with whether it is good as it is."""
    rounds = [segment for segment in agenda if isinstance(segment, RoundsSegment)]
    if not rounds:
        return [(False, "Nobody meets anybody yet. Add a part with rounds.")]
    idle = sum(sum(one.told.idle) for one in foreseen) if foreseen else numbers.sit_outs
    rests = "once" if idle == 1 else f"{idle} times in all"
    enough = sum(part.rounds * (part.size - 1) for part in rounds) < numbers.people
    again = [one.told.repeats[0] for one in foreseen if one.told.repeats]
    since = f" from round {again[0]} on" if len(foreseen) == 1 and again else ""
    rows = [
        (not idle, "Everyone has a seat in every round", f"Somebody rests {rests}, taken in turn"),
        (enough and not again, "Nobody meets the same person twice", f"Some people meet twice{since}: {MORE_ROUNDS}"),
        (
            isinstance(agenda[-1], ClosingSegment),
            "It ends with the list of people met",
            "There is no wrap-up: people leave from their last seat",
        ),
    ]
    return [(good, yes if good else no) for good, yes, no in rows]


def wheel(people: int, shown: RoundsSegment | None) -> dict[str, Any]:
    """One round as a drawing: dots around a circle, and lines between those who could sit together."""
    count = min(people, WHEEL_MOST)
    dots = [place(index, count) for index in range(count)]
    rooms = rooms_of(count, shown) if shown else []
    lines = [line(dots[one], dots[other], one) for room in rooms for one, other in neighbours(room)]
    words = f"{len(rooms)} rooms in one round of {count} people" if rooms else f"{count} people"
    return {
        "dots": [(x, y, 1 + index * 8 // count) for index, (x, y) in enumerate(dots)],
        "lines": lines,
        "words": words,
    }


def rooms_of(count: int, shown: RoundsSegment) -> list[list[int]]:
    """Seats dealt out like cards, so that neighbours on the circle sit in different rooms."""
    lengths = usual_sizes(count, shown.size, shown.odd)
    rooms: list[list[int]] = [[] for _ in lengths]
    seat = 0
    for turn in range(max(lengths, default=0)):
        for room, length in zip(rooms, lengths, strict=True):
            if turn < length:
                room.append(seat)
                seat += 1
    return rooms


def neighbours(room: list[int]) -> list[tuple[int, int]]:
    """Whom to join by a line: two by one, three and more all around."""
    return [(room[0], room[1])] if len(room) == 2 else list(zip(room, room[1:] + room[:1], strict=True))


def place(index: int, count: int) -> tuple[float, float]:
    """A seat on the circle, clockwise from the top."""
    angle = math.tau * index / count - math.pi / 2
    return round(CENTRE + RADIUS * math.cos(angle), 1), round(CENTRE + RADIUS * math.sin(angle), 1)


def line(one: tuple[float, float], other: tuple[float, float], seed: int) -> str:
    """SVG path between two seats, bent a little so that many lines through the middle stay apart."""
    angle = seed * 2.4
    x, y = CENTRE + BEND * math.cos(angle), CENTRE + BEND * math.sin(angle)
    return f"M{one[0]} {one[1]}Q{x:.1f} {y:.1f} {other[0]} {other[1]}"
