"""The account of rooms: made from the rooms alone, so that it says what is true whichever way they were found."""

from itertools import chain

import numpy as np

from rooms.language.cards import Reason
from rooms.matching.case import Case
from rooms.matching.concessions import concessions, hard_rules
from rooms.matching.crowd import Floats, Ints
from rooms.matching.digest import digest
from rooms.matching.idle import why_idle
from rooms.matching.prepare import Prepared
from rooms.matching.reasons import reasons
from rooms.matching.result import GivenUp, MatchResult, Parts
from rooms.matching.solution import Room, Solution, pairs_of


def account(prepared: Prepared, solution: Solution, pinned: list[Room] | None = None) -> MatchResult:
    """The answer to a request: these rooms, why, who sits out and why, what was given up, and what it is worth."""
    case = prepared.case
    rooms = sorted(solution.rooms)
    groups, ids = _groups(prepared, rooms), case.crowd.ids
    held = set(pinned or ())
    fixed = {index for index, room in enumerate(rooms) if room in held}
    seated = {who for room in rooms for who in room}
    out = why_idle(case, rooms, [who for who in range(case.n) if who not in seated])
    given_up = concessions(case, rooms)
    return MatchResult(
        matches=tuple(tuple(ids[row] for row in group) for group in groups),
        reasons=tuple(chain.from_iterable(reasons(case.past, groups, fixed))),
        sits_out=(*out, *_idle_companions(out, prepared)),
        given_up=given_up,
        parts=_parts(case, rooms, given_up, _companionship(prepared, groups)),
        bound=solution.bound if not prepared.companions and not pinned else None,
        digest=digest(case.request, case.crowd),
        method=solution.method,
        request=case.request,
    )


def _groups(prepared: Prepared, rooms: list[Room]) -> list[tuple[int, ...]]:
    """The people of each room as rows of the crowd, and after them those whom they bring along."""
    row_of, rows = prepared.case.who.tolist(), prepared.case.crowd.rows
    groups = [tuple(row_of[who] for who in room) for room in rooms]
    if not prepared.companions:
        return groups
    with_them: dict[int, list[int]] = {}
    for companion, lead in prepared.companions.items():
        with_them.setdefault(rows[lead], []).append(rows[companion])
    return [(*group, *(row for lead in group for row in with_them.get(lead, ()))) for group in groups]


def _idle_companions(out: tuple[Reason, ...], prepared: Prepared) -> list[Reason]:
    idle = {who for reason in out for who in reason.members}
    return [Reason(code="companion", members=(who,)) for who, lead in prepared.companions.items() if lead in idle]


def _companionship(prepared: Prepared, groups: list[tuple[int, ...]]) -> float:
    """What companions are worth to the others of their rooms, and these to them."""
    if not prepared.companions:
        return 0.0
    rows = prepared.case.crowd.rows
    one, other = pairs_of(groups)
    with_them = np.zeros(prepared.case.crowd.n, bool)
    with_them[[rows[who] for who in prepared.companions]] = True
    touched = with_them[one] | with_them[other]
    return float(prepared.case.crowd.worth_of(one[touched], other[touched]).sum())


def _parts(case: Case, rooms: list[Room], given_up: tuple[GivenUp, ...], companionship: float) -> Parts:
    one, other = pairs_of(rooms)
    a, b = case.who[one], case.who[other]
    worth = case.crowd.worth_of(a, b)
    met = case.past.met.of(a, b) > 0
    seated = sum(len(room) for room in rooms)
    counted = dict.fromkeys(hard_rules(case), 0)
    for concession in given_up:
        if concession.rule in counted:
            counted[concession.rule] += 1
    return Parts(
        seated=seated,
        sits_out=case.n - seated,
        rules=tuple(counted.items()),
        repeats=int(met.sum()),
        series_repeats=int(((case.past.series.of(a, b) > 0) & ~met).sum()),
        wishes_met=int((case.past.wished.of(a, b) > 0).sum()),
        worst=_worst(case, one, other, worth),
        weight=float(worth.sum()) + companionship,
        kept=_kept(case, rooms),
    )


def _worst(case: Case, one: Ints, other: Ints, now: Floats) -> float:
    if not case.n:
        return 0.0
    worth, rounds = (array[case.who] for array in case.past.fared)
    worth = worth + np.bincount(one, now, case.n) + np.bincount(other, now, case.n)
    return float((worth / (rounds + 1)).min())


def _kept(case: Case, rooms: list[Room]) -> float:
    """Share of the rooms shown before that are still the same people."""
    shown = case.request.shown
    if not shown:
        return 1.0
    now = {frozenset(case.person(who).id for who in room) for room in rooms}
    return sum(frozenset(group) in now for group in shown) / len(shown)
