"""What the matcher is asked: everything that decides about the rooms of one round."""

from typing import Annotated, Literal

from msgspec import Meta

from rooms.language.ids import AttendeeId
from rooms.language.limits import ROOM_SEATS
from rooms.language.message import Value
from rooms.language.rules import Rule, Weights

Group = tuple[AttendeeId, ...]
Two = tuple[AttendeeId, AttendeeId]


class Profile(Value, frozen=True):
    """What counts of one attendee when matches are made."""

    id: AttendeeId
    team: str = ""
    """Empty shares with nobody; so does an empty role."""
    role: str = ""
    groups: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    looking_for: tuple[str, ...] = ()
    offering: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    language_required: bool = False
    """Never in a room with somebody who shares no language; given up as a hard rule is."""
    size: Annotated[int, Meta(ge=0, le=ROOM_SEATS)] = 0
    """People in the room this person likes best; 0 for no preference."""
    companion_of: AttendeeId | None = None
    """Whom this person accompanies: same room, takes no place."""
    present_since: int = 0
    """Milliseconds, of any one clock; the longest here wait least."""
    waiting_since: int = 0


class GroupSize(Value, frozen=True):
    """People a room: wanted, least, most."""

    target: Annotated[int, Meta(ge=2, le=ROOM_SEATS)] = 2
    min: Annotated[int, Meta(ge=2, le=ROOM_SEATS)] = 2
    max: Annotated[int, Meta(ge=2, le=ROOM_SEATS)] = 2


class Held(Value, frozen=True):
    """Rooms held before. Rounds below 1 belong to earlier events of the series."""

    round: int
    rooms: tuple[Group, ...]
    """Pairs that met, where only those are known."""
    sat_out: Group = ()


class MatchRequest(Value, frozen=True):
    """Everything that decides about one round. Same request, in any order of its parts: same answer."""

    attendees: tuple[Profile, ...]
    """Everybody known."""
    present: tuple[AttendeeId, ...] | None = None
    """Who is to be placed; None means all attendees."""
    round: Annotated[int, Meta(ge=1)] = 1
    rounds_planned: Annotated[int, Meta(ge=1)] = 1
    """Rounds of the whole evening, those held included."""
    group: GroupSize = GroupSize()
    odd: Literal["trio", "sit_out"] = "trio"
    """`trio`: a larger (for tables: smaller) room rather than somebody idle; `sit_out`: sizes as given, in turn."""
    repeat: Literal["repeat_over_idle", "idle_over_repeat"] = "repeat_over_idle"
    rules: tuple[Rule, ...] = ()
    """The first counts most."""
    weights: Weights = Weights()
    apart: frozenset[Two] = frozenset()
    """Never together, under any policy. Either order."""
    passed: frozenset[Two] = frozenset()
    """Not together in this round."""
    wishes: tuple[Two, ...] = ()
    """Who asks to meet whom, in some round."""
    history: tuple[Held, ...] = ()
    sat_out: tuple[tuple[AttendeeId, int], ...] = ()
    """How often somebody sat out so far; who is not listed counts like the least of those present."""
    pinned: tuple[Group, ...] = ()
    """Rooms the organiser has fixed: kept as they are unless `apart` forbids them."""
    shown: tuple[Group, ...] | None = None
    """What people have already been shown for this round: as little of it changes as the new facts need."""
    seed: str = ""
    request: int = 0
    """The number of the `match.wanted` change; goes back with the answer and decides nothing."""
    budget_ms: Annotated[int, Meta(ge=1, le=60_000)] = 2_000
    """After so much time greedy rooms are taken instead of better ones (kept by the matcher's watchdog, not here)."""


class RangeError(ValueError):
    """A request that cannot be: says where, and what was expected."""

    def __init__(self, path: str, expected: str) -> None:
        super().__init__(f"{path}: {expected}")
        self.path = path
        self.expected = expected
