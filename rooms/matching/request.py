"""What the matcher is asked and what it answers."""

from typing import Literal

from msgspec import field

from rooms.language.agenda import Weight
from rooms.language.cards import Reason
from rooms.language.ids import AttendeeId
from rooms.language.message import Value

TRIES = 20_000
"""Arrangements looked at for one round: well under a second for a thousand people."""


class Profile(Value, frozen=True):
    """What counts of one attendee when matches are made."""

    id: AttendeeId
    team: str = ""
    interests: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    looking_for: tuple[str, ...] = ()
    offering: tuple[str, ...] = ()
    groups_only: bool = False
    sat_out: int = 0
    """Rounds spent without a room so far, not by own wish."""


class MatchRequest(Value, frozen=True):
    """Everything that decides about the matches of one round. Same request, same answer."""

    attendees: tuple[Profile, ...]
    request: int = 0
    """The number of the `match.wanted` change; goes back with the answer."""
    round: int = 1
    """The number of this round among all rounds held in the event."""
    rounds_left: int = 0
    """Rounds of the same size that follow this one."""
    size: int = 2
    odd: Literal["trio", "sit_out"] = "trio"
    met: dict[AttendeeId, dict[AttendeeId, tuple[int, ...]]] = field(default_factory=dict)
    """The rounds in which two people were together; kept in both directions."""
    apart: frozenset[tuple[AttendeeId, AttendeeId]] = frozenset()
    """Never together; smaller id first."""
    passed: frozenset[tuple[AttendeeId, AttendeeId]] = frozenset()
    """Not together in this round; smaller id first."""
    mix_teams: Weight = "nice"
    common_ground: Weight = "nice"
    seed: str = ""
    budget: int = TRIES


class MatchResult(Value, frozen=True):
    """The matches, why, and who has none and why."""

    matches: tuple[tuple[AttendeeId, ...], ...]
    reasons: tuple[Reason, ...]
    sits_out: tuple[Reason, ...]
    """One reason a person, `members` holds that person."""
