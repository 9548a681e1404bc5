"""What the matcher answers: rooms, who sits out, and why, as data."""

from rooms.language.cards import GivenUp, Reason
from rooms.language.message import Value
from rooms.matching.request import Group, MatchRequest

__all__ = ["GivenUp", "MatchResult", "Parts"]


class Parts(Value, frozen=True):
    """The objective, level by level; the first that differs decides."""

    seated: int = 0
    sits_out: int = 0
    rules: tuple[tuple[str, int], ...] = ()
    """For each hard rule in the organiser's order: rooms in which it is given up."""
    repeats: int = 0
    """Pairs that met before in this event."""
    series_repeats: int = 0
    wishes_met: int = 0
    worst: float = 0.0
    """Mean worth of a round, of the worst-served person present, over the evening so far and this round."""
    weight: float = 0.0
    """Sum of the worth of all pairs in one room."""
    kept: float = 1.0
    """Share of the rooms shown before that stayed as they were."""


class MatchResult(Value, frozen=True):
    """The rooms, why, who has none and why, and what it is worth."""

    matches: tuple[Group, ...]
    """Sorted, each by id; a companion stands with their person."""
    reasons: tuple[Reason, ...]
    """For each two of each room."""
    sits_out: tuple[Reason, ...]
    """One reason a person, `members` holds that person."""
    given_up: tuple[GivenUp, ...] = ()
    parts: Parts = Parts()
    bound: float | None = None
    """Upper bound on `parts.weight` for these people, where one is known."""
    digest: str = ""
    """Of the request, 16 hex digits: equal requests have equal digests."""
    method: str = ""
    """Which way was taken, for the log."""
    request: MatchRequest | None = None
    """What was asked, so that `explain` can say why; stays in the process that asked."""
