"""The whole evening at once, where going on one round at a time would run into repeats.

Nothing is remembered between rounds. A plan follows from what is known when it is made, so every later round can make
it again: of the rounds since which the same people are here, oldest first, the first one whose plan has been held so
far is continued; if there is none, a plan is made from now on. Plans stay in a cache, which only saves time.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import msgspec

from rooms.language.ids import AttendeeId
from rooms.matching.case import Case
from rooms.matching.evening_groups import designed_rounds, table_rounds
from rooms.matching.evening_pairs import one_by_one, pair_rounds
from rooms.matching.evening_turns import rounds_possible
from rooms.matching.evening_view import Outlook, Rounds, cost
from rooms.matching.few import FEW, solve_few
from rooms.matching.groups import solve_groups
from rooms.matching.prepare import prepare
from rooms.matching.request import Group, Held, MatchRequest, Two
from rooms.matching.solution import Solution

LEAST = 3
"""People with whom there is anything to plan."""
PEOPLE_MOST = 256
"""People for whom whole evenings are planned: with more, only evenings of more rounds than anybody holds saturate."""
PAIRED_MOST = 64
"""The same where rooms are pairs."""
SATURATED = 1 / 3
"""Share of the others each is to meet from which on tables made one round at a time run into repeats."""
TIGHT = 0.7
"""Share from which on a design is as good as anything that could be found, so nothing else is looked for."""
PLANS_KEPT = 32
"""Plans in the cache: an evening has one as a rule, two or three after people came and went."""
HELD_LEAST = 0.5
"""Share of a round's planned pairs that must have met for the plan to count as held: people drop out of rooms."""
BUDGET_MS = MatchRequest(attendees=()).budget_ms

Evening = tuple[tuple[Group, ...], ...]
"""The rooms of each round, the next one first."""


class _Round(NamedTuple):
    """What is known of one round held, of those who are to be placed now."""

    number: int
    pairs: frozenset[Two]
    seen: frozenset[AttendeeId]
    idle: frozenset[AttendeeId]
    """Who sat out; where histories do not tell, everybody who was in no room."""


def planned_round(case: Case) -> Solution | None:
    """The rooms of this round out of a plan for all rounds left; None where planning does not pay."""
    request, most = case.request, PAIRED_MOST if case.ruling.in_pairs else PEOPLE_MOST
    if request.pinned or not LEAST <= case.n <= most or request.round > request.rounds_planned:
        return None
    if case.ruling.in_pairs and _plenty(case):
        return None
    number = {case.person(index).id: index for index in range(case.n)}
    held = _rounds_held(request, frozenset(number))
    for groups in _continued(case, held):
        rooms = [tuple(sorted(number[who] for who in group if who in number)) for group in groups]
        if not any(case.room_barred(room) for room in rooms):
            return Solution(sorted(rooms), "evening")
    return None


def _plenty(case: Case) -> bool:
    """Whether everybody has more others yet to meet than would have needed a plan in any round so far."""
    clean = ~case.all_barred & (case.all_faults == 0)
    return 2 * case.request.rounds_planned <= int(clean.sum(axis=1).min())


def plan_evening(request: MatchRequest) -> Evening:
    """The rooms of all rounds left as they will be if nothing changes; nothing where planning does not pay.

    The plan may end before the evening does: when everybody has met all whom they can meet.
    """
    return _plan(_known_at(prepare(request).case, request.round, [])) or ()


def forget_plans() -> None:
    """Empty the cache: answers stay the same, and take longer."""
    _plan.cache_clear()


def _continued(case: Case, held: list[_Round]) -> Iterator[tuple[Group, ...]]:
    """This round out of the plan that has been held so far, then out of one made now."""
    now = case.request.round
    base, surely = _since(case, held)
    while base < now:
        since = [round_ for round_ in held if round_.number >= base]
        plan = _plan(_known_at(case, base, since)) or ()
        as_planned = {round_.number for round_ in since if _is_held(plan, base, round_)}
        broken = next((number for number in range(base, now) if number not in as_planned), now)
        if broken == now and len(plan) > now - base:
            yield plan[now - base]
        base = max(surely, base + 1, min(broken, base + len(plan)))
    if anew := _plan(_known_at(case, now, [])):
        yield anew[0]


def _rounds_held(request: MatchRequest, here: frozenset[AttendeeId]) -> list[_Round]:
    """The rounds of this evening so far, oldest first; several entries of one round are one."""
    rounds: dict[int, list[Held]] = {}
    for held in request.history:
        if 1 <= held.round < request.round:
            rounds.setdefault(held.round, []).append(held)
    told = any(held.sat_out for held in request.history)
    found: list[_Round] = []
    for number, entries in sorted(rounds.items()):
        rooms = [[who for who in room if who in here] for held in entries for room in held.rooms]
        pairs = {(one, other) for room in rooms for one, other in combinations(sorted(room), 2)}
        seated = {who for held in entries for room in held.rooms for who in room}
        idle = {who for held in entries for who in held.sat_out} if told else here - seated
        found.append(_Round(number, frozenset(pairs), frozenset(seated | idle), frozenset(idle)))
    return found


def _since(case: Case, held: list[_Round]) -> tuple[int, int]:
    """Since which round nobody has gone, and since which of those everybody has surely been here.

    Who is missing from early rounds may have come later, or been here and met nobody.
    """
    request = case.request
    here = {case.person(index).id for index in range(case.n)}
    present = here if request.present is None else here.union(request.present)
    nobody_gone = surely = request.round
    seen: set[AttendeeId] = set()
    for round_ in held:
        if round_.seen - present:
            nobody_gone = surely = request.round
        elif nobody_gone == request.round:
            nobody_gone = surely = round_.number
        elif here & round_.seen - seen:
            surely = round_.number
        seen |= round_.seen
    return nobody_gone, request.round if here - seen else surely


def _is_held(plan: Evening, base: int, round_: _Round) -> bool:
    """Whether those who met in a round were to meet in it by the plan, and most of those did who were."""
    if round_.number - base >= len(plan):
        return False
    planned = {pair for group in plan[round_.number - base] for pair in combinations(sorted(group), 2)}
    return round_.pairs <= planned and len(round_.pairs) >= HELD_LEAST * len(planned)


def _known_at(case: Case, round_: int, since: Sequence[_Round]) -> MatchRequest:
    """What was known before a round of this evening, the rounds `since` then not being held yet.

    What people passed on for the next round only is known only of the round that is asked for.
    """
    request = case.request
    counts = case.past.sat_out[case.who].tolist()
    here = [case.person(index).id for index in range(case.n)]
    before = [max(0, count - sum(who in held.idle for held in since)) for who, count in zip(here, counts, strict=True)]
    return msgspec.structs.replace(
        request,
        round=round_,
        history=tuple(held for held in request.history if held.round < round_),
        sat_out=tuple(zip(here, before, strict=True)),
        passed=request.passed if round_ == request.round else frozenset(),
        pinned=(),
        shown=None,
        request=0,
        budget_ms=BUDGET_MS,
    )


@lru_cache(PLANS_KEPT)
def _plan(request: MatchRequest) -> Evening | None:
    """The plan made before a round, if it breaks less than going on one round at a time would."""
    view = Outlook(request, request.rounds_planned - request.round + 1)
    rounds = _pairs(view) if view.case.ruling.in_pairs else _tables(view)
    if rounds is None:
        return None
    return tuple(tuple(tuple(view.case.person(who).id for who in room) for room in sorted(rooms)) for rooms in rounds)


def _pairs(view: Outlook) -> Rounds | None:
    """Pairs for all rounds that can be held without a repeat, where these are more than half of those possible.

    Up to half of them every round has a perfect matching, whatever came before (Dirac 1952), so the best one may be
    taken each time.
    """
    if 2 * view.rounds <= view.clean.sum(axis=1).min():
        return None
    view.rounds = min(view.rounds, rounds_possible(view))
    found = pair_rounds(view) if view.rounds > 1 else None
    if found is None or not any(broken := cost(view, found)):
        return found
    return found if broken < cost(view, one_by_one(view)) else None


def _tables(view: Outlook) -> Rounds | None:
    """Tables for all rounds left, where each is to meet many of the others.

    Where no plan breaks less than going on one round at a time would, that is the plan: so it is looked at only once.
    """
    meets = view.rounds * (view.request.group.target - 1) / max(1, view.n - 1)
    if view.rounds < 2 or meets < SATURATED:
        return None
    if meets >= TIGHT and (designed := designed_rounds(view)):
        return designed
    begun = _one_by_one(view)
    broken = cost(view, begun)
    if not any(broken) or (found := table_rounds(view, begun)) is None:
        return begun
    barred = any(view.case.room_barred(room) for rooms in found for room in rooms)
    return begun if barred or cost(view, found) >= broken else found


def _one_by_one(view: Outlook) -> Rounds:
    """The tables of each round in turn, made without a thought for later ones, exactly as they would be."""
    rounds: Rounds = []
    request = view.request
    for _ in range(view.rounds):
        case = prepare(request).case
        rounds.append((solve_few if case.n <= FEW else solve_groups)(case).rooms)
        ids = tuple(tuple(case.person(who).id for who in room) for room in rounds[-1])
        seated = {who for room in rounds[-1] for who in room}
        idle = tuple(case.person(who).id for who in range(case.n) if who not in seated)
        counts = dict(request.sat_out)
        request = msgspec.structs.replace(
            request,
            round=request.round + 1,
            history=(*request.history, Held(round=request.round, rooms=ids, sat_out=idle)),
            sat_out=tuple((who, times + (who in idle)) for who, times in counts.items()),
            passed=frozenset(),
        )
    return rounds
