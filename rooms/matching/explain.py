"""Why two people did or did not meet, from an answer and what was asked."""

from typing import Literal

import numpy as np

from rooms.language import rules as r
from rooms.language.cards import Reason
from rooms.language.ids import AttendeeId
from rooms.language.message import Value
from rooms.matching.case import Case
from rooms.matching.prepare import prepare
from rooms.matching.reasons import reasons
from rooms.matching.result import GivenUp, MatchResult
from rooms.matching.ruling import REPEATS

Why = Literal[
    "together", "unknown", "not_present", "kept_apart", "sits_out", "rule", "repeat", "companion", "better_elsewhere"
]


class Explanation(Value, frozen=True):
    """Why two people are, or are not, in one room."""

    why: Why
    """The first that holds; all but `together` say why not."""
    reasons: tuple[Reason, ...] = ()
    """Of their meeting, or of who sits out."""
    given_up: tuple[GivenUp, ...] = ()
    """What was given up so that they meet."""
    rules: tuple[str, ...] = ()
    """Hard rules that their meeting would break."""
    met_in: tuple[int, ...] = ()
    """Rounds in which they met before; below 1 in earlier events."""
    worth: float = 0.0
    """Of their meeting, by the weights."""
    theirs: tuple[float, float] = (0.0, 0.0)
    """What the rooms they have are worth to each of them."""


def explain(result: MatchResult, one: AttendeeId, other: AttendeeId) -> Explanation:
    """Why `one` and `other` did or did not meet.

    Raises:
        ValueError: the answer does not hold its request.
    """
    if result.request is None:
        raise ValueError("expected an answer that holds its request")
    case = prepare(result.request).case
    rows = case.crowd.rows
    if one not in rows or other not in rows or one == other:
        return Explanation("unknown")
    worth = _worth(case, one, (other,))
    met_in = _met_in(result, one, other)
    broken = _broken(case, rows[one], rows[other])
    rooms = {who: group for group in result.matches for who in group}
    theirs = (_worth(case, one, rooms.get(one, ())), _worth(case, other, rooms.get(other, ())))
    if one in rooms and rooms[one] == rooms.get(other):
        (told,) = reasons(case.past, [(rows[one], rows[other])])
        touched = tuple(entry for entry in result.given_up if {one, other} <= set(entry.members))
        return Explanation("together", told, touched, broken, met_in, worth, theirs)
    out = tuple(reason for reason in result.sits_out if set(reason.members) & {one, other})
    return Explanation(_why_not(case, (one, other), out, broken, met_in), out, (), broken, met_in, worth, theirs)


def _why_not(
    case: Case,
    two: tuple[AttendeeId, AttendeeId],
    out: tuple[Reason, ...],
    broken: tuple[str, ...],
    met_in: tuple[int, ...],
) -> Why:
    rows, present = case.crowd.rows, case.request.present
    if present is not None and not set(two) <= set(present):
        return "not_present"
    one, other = (np.array([rows[who]]) for who in two)
    if case.past.apart.of(one, other).any():
        return "kept_apart"
    if {rows[who] for who in two} & set(case.past.companions):
        return "companion"
    if out:
        return "sits_out"
    if broken:
        return "rule"
    return "repeat" if met_in else "better_elsewhere"


def _worth(case: Case, who: AttendeeId, group: tuple[AttendeeId, ...]) -> float:
    rows = case.crowd.rows
    others = np.array([rows[one] for one in group if one != who], np.int64)
    return float(case.crowd.worth_of(np.full(len(others), rows[who]), others).sum())


def _met_in(result: MatchResult, one: AttendeeId, other: AttendeeId) -> tuple[int, ...]:
    assert result.request
    return tuple(
        sorted({held.round for held in result.request.history if any({one, other} <= set(room) for room in held.rooms)})
    )


def _broken(case: Case, one: int, other: int) -> tuple[str, ...]:
    """Hard rules that a room of these two would break."""
    mine, theirs = np.array([one]), np.array([other])
    barring = [r.rule_name(rule) for rule in case.ruling.barring if case.ruling.breaks(rule, mine, theirs)]
    faults = case.ruling.unpacked(int(case.ruling.faults_of(mine, theirs)[0]))
    return tuple(dict.fromkeys([*barring, *(name for name in faults if name not in REPEATS)]))
