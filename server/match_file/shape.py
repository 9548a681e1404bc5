"""The format of a request, key by key, as people write it: snake_case, ids as text, absent keys with their defaults."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from rooms.language.ids import AttendeeId
from rooms.language.limits import AGENDA_SEGMENTS, ROOM_SEATS, ROUNDS_PER_SEGMENT, SHORT_TEXT_CHARS
from rooms.language.rules import (
    Anchor,
    Companion,
    Complementary,
    Mix,
    MustDiffer,
    MustLink,
    MustShare,
    NoToken,
    Quota,
    Weights,
)

ROUNDS = AGENDA_SEGMENTS * ROUNDS_PER_SEGMENT
"""Rounds an evening can have, as an agenda can."""

Id = Annotated[AttendeeId, Meta(min_length=1, max_length=SHORT_TEXT_CHARS)]
Two = tuple[Id, Id]
Room = tuple[Id, ...]
Round = Annotated[int, Meta(ge=1, le=ROUNDS)]
People = Annotated[int, Meta(ge=2, le=ROOM_SEATS)]
Words = tuple[str, ...]


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """An object of the format: what is not named here is refused."""


class CompanionRule(Companion, frozen=True, tag_field="type", tag="companion", rename=None):
    """As the agenda's, and it may say in so many words that nobody sits out for it."""

    on_infeasible: Literal["relax"] = "relax"


Constraint = MustDiffer | Complementary | MustShare | Quota | Anchor | MustLink | Mix | CompanionRule | NoToken


class GroupAsked(Part, frozen=True):
    """People a room; least and most are the wanted number unless said otherwise."""

    target: People | None = None
    min: People | None = None
    max: People | None = None


class Config(Part, frozen=True):
    """What the organiser has decided for the evening."""

    group: GroupAsked = GroupAsked()
    odd_policy: Literal["trio", "sit_out"] = "trio"
    repeat_policy: Literal["repeat_over_idle", "idle_over_repeat"] = "repeat_over_idle"
    rounds_planned: Round | None = None
    constraints: tuple[Constraint, ...] = ()
    weights: Weights = Weights()


class Attendee(Part, frozen=True):
    """One person. From `groups` on, what Rondo knows beyond the common format."""

    id: Id
    team: str | None = None
    role: str | None = None
    interests: Words = ()
    looking_for: Words = ()
    offering: Words = ()
    languages: Words = ()
    groups: Words = ()
    language_required: bool = False
    size: Annotated[int, Meta(ge=0, le=ROOM_SEATS)] = 0
    companion_of: Id | None = None
    present_since: int = 0
    waiting_since: int = 0


class HeldRound(Part, frozen=True):
    """A round held; below 1 in an earlier event of the series."""

    round: int
    rooms: tuple[Room, ...] = ()
    sat_out: tuple[Id, ...] = ()


class ShownAnswer(Part, frozen=True):
    """An answer given before for the same round. Only its rooms decide; the rest may stay in it."""

    rooms: tuple[Room, ...]
    sat_out: tuple[Id, ...] = ()
    round: int | None = None
    relaxed: Any = None
    reasons: Any = None
    weight: Any = None
    bound: Any = None
    ms: Any = None
    digest: Any = None
    explained: Any = None


class Asked(Part, frozen=True):
    """One request: the rooms of one round."""

    attendees: tuple[Attendee, ...]
    config: Config = Config()
    round: Round | None = None
    rounds_planned: Round | None = None
    seed: int | str = 0
    present: tuple[Id, ...] | None = None
    blocks: tuple[Two, ...] = ()
    requests: tuple[Two, ...] = ()
    history: tuple[HeldRound, ...] = ()
    sit_out_counts: dict[str, Any] = {}
    """Looked at number by number, so that a wrong one is refused by name."""
    plan: ShownAnswer | tuple[Room, ...] | None = None
    pinned: tuple[Room, ...] = ()
    passed: tuple[Two, ...] = ()
