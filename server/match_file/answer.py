"""From the matcher's result to the answer of the format, with the format's codes."""

from typing import Any

from msgspec import UNSET, Struct, UnsetType

from rooms.language.cards import Reason
from rooms.matching.request import Group
from rooms.matching.result import MatchResult

CODES = {"shared_interest": "shared:interests", "kept_apart": "block"}
"""Codes of reasons that are called otherwise in the format; a rule is called by its name."""
DIGITS = 9
"""Of `weight` and `bound`: sums of a few thousand parts are exact to so many."""


class Relaxed(Struct, frozen=True):
    """A rule given up, for exactly these."""

    constraint: str
    members: Group
    because: str


class ReasonSaid(Struct, frozen=True):
    """Why these are together, or why somebody sits out."""

    code: str
    members: Group
    what: tuple[str, ...] | UnsetType = UNSET


class Explained(Struct, frozen=True):
    """One sentence for people about two of them, a room, or somebody who sits out."""

    members: Group
    why: str
    sentence: str


class Answer(Struct, frozen=True):
    """The rooms of one round. `explained` is there only when asked for, `round` only where there are several."""

    rooms: tuple[Group, ...]
    sat_out: Group
    relaxed: tuple[Relaxed, ...]
    reasons: tuple[ReasonSaid, ...]
    weight: float
    bound: float | None
    ms: float
    digest: str
    round: int | UnsetType = UNSET
    explained: tuple[Explained, ...] | UnsetType = UNSET


def answer(result: MatchResult, ms: float, **more: Any) -> Answer:
    """The answer to a request that took `ms` milliseconds."""
    return Answer(
        rooms=result.matches,
        sat_out=tuple(sorted(who for reason in result.sits_out for who in reason.members)),
        relaxed=tuple(Relaxed(entry.rule, entry.members, entry.because) for entry in result.given_up),
        reasons=tuple(said(reason) for reason in (*result.sits_out, *result.reasons)),
        weight=round(result.parts.weight, DIGITS),
        bound=None if result.bound is None else round(result.bound, DIGITS),
        ms=round(ms, 3),
        digest=result.digest,
        **more,
    )


def said(reason: Reason) -> ReasonSaid:
    """A reason in the format's words."""
    if reason.code == "rule":
        return ReasonSaid(reason.what[0], reason.members)
    return ReasonSaid(CODES.get(reason.code, reason.code), reason.members, reason.what or UNSET)
