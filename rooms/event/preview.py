"""What an agenda means for so many people, before anybody has come: the numbers below the agenda builder."""

from collections.abc import Sequence

from rooms.language.agenda import RoundsSegment, Segment
from rooms.language.message import Value
from rooms.matching.sizes import usual_sizes


class Preview(Value, frozen=True):
    """The numbers of one agenda with so many people."""

    people: int
    rounds: int
    minutes: int
    """Of the whole programme, rounded up."""
    talking_minutes: int
    changeover_minutes: int
    break_minutes: int
    """Lobby, breaks and closing together."""
    meets_least: int
    """Different people that everybody meets at least."""
    meets_most: int
    sit_outs: int
    """Seats missing over all rounds: how often somebody sits out."""
    opening: str
    """The rounds and how long all of it takes."""
    whom: str = ""
    """How many people everybody meets; empty where nobody does."""

    @property
    def sentence(self) -> str:
        """All of it."""
        return f"{self.opening} {self.whom}".strip()


def total_ms(agenda: Sequence[Segment]) -> int:
    """The planned length of these parts, changeovers included."""
    return sum(_segment_ms(segment) for segment in agenda)


def preview(agenda: Sequence[Segment], people: int) -> Preview:
    """What everybody gets from this agenda if so many people come and stay."""
    parts = [segment for segment in agenda if isinstance(segment, RoundsSegment)]
    talking_ms = sum(part.rounds * part.length_s * 1000 for part in parts)
    changeover_ms = sum(part.rounds * part.changeover_s * 1000 for part in parts)
    rooms = [(part, usual_sizes(people, part.size, part.odd)) for part in parts]
    sit_outs = sum(part.rounds * (people - sum(room)) for part, room in rooms)
    least = sum(part.rounds * (min(room, default=1) - 1) for part, room in rooms) - (1 if sit_outs else 0)
    most = sum(part.rounds * (max(room, default=1) - 1) for part, room in rooms)
    rounds = sum(part.rounds for part in parts)
    meets = (max(0, min(least, people - 1)), max(0, min(most, people - 1)))
    return Preview(
        people=people,
        rounds=rounds,
        minutes=_minutes(total_ms(agenda)),
        talking_minutes=_minutes(talking_ms),
        changeover_minutes=_minutes(changeover_ms),
        break_minutes=_minutes(total_ms(agenda) - talking_ms - changeover_ms),
        meets_least=meets[0],
        meets_most=meets[1],
        sit_outs=sit_outs,
        opening=_opening(parts, people, total_ms(agenda)),
        whom=_whom(people, meets) if parts and people > 1 else "",
    )


def _segment_ms(segment: Segment) -> int:
    if isinstance(segment, RoundsSegment):
        return segment.rounds * (segment.length_s + segment.changeover_s) * 1000
    return segment.length_s * 1000


def _minutes(length_ms: int) -> int:
    return -(-length_ms // 60_000)


def _opening(parts: list[RoundsSegment], people: int, length_ms: int) -> str:
    if people < 2:
        return "It takes two people to meet."
    if not parts:
        return f"{_minutes(length_ms)} min without a round."
    rounds = " + ".join(f"{part.rounds} {_plural(part.rounds, 'round')} × {_length(part.length_s)}" for part in parts)
    return f"With {people} people: {rounds} = {_minutes(length_ms)} min."


def _whom(people: int, meets: tuple[int, int]) -> str:
    least, most = meets
    whom = f"{most} different people" if most > 1 else "one person"
    if least != most:
        whom = f"{least} to {most} different people"
    elif most == people - 1 and people > 2:
        whom = f"all {most} others"
    return f"Everyone meets {whom}."


def _plural(count: int, noun: str) -> str:
    return noun if count == 1 else noun + "s"


def _length(length_s: int) -> str:
    if length_s % 60 == 0:
        return f"{length_s // 60} min"
    return f"{length_s} s" if length_s < 60 else f"{length_s // 60}:{length_s % 60:02} min"
