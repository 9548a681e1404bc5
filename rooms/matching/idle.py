"""Why somebody sits out: the number does not divide, or something stands between them and everybody who is free."""

import numpy as np

from rooms.language import rules as r
from rooms.language.cards import Reason
from rooms.language.ids import AttendeeId
from rooms.matching.case import Case
from rooms.matching.crowd import Bools, Ints
from rooms.matching.looks import Line
from rooms.matching.rule_pairs import as_pair, pairwise
from rooms.matching.sizes import room_sizes
from rooms.matching.solution import Room


def why_idle(case: Case, rooms: list[Room], idle: list[int]) -> tuple[Reason, ...]:
    """One reason for each of those who sit out."""
    if not idle:
        return ()
    sizes = room_sizes(case.n, case.request.group, case.request.odd)
    if not sizes:
        return tuple(Reason(code="not_enough_people", members=(case.person(who).id,)) for who in idle)
    numbers = len(idle) <= case.n - sum(sizes)
    return tuple(_why(case, who, idle, numbers=numbers) for who in idle)


def _why(case: Case, who: int, idle: list[int], *, numbers: bool) -> Reason:
    """`numbers` tells that no more sit out than the sizes of the rooms make necessary."""
    everybody = np.array([other for other in range(case.n) if other != who], np.int64)
    if case.barred_of(np.full(len(everybody), who), everybody).all():
        return _bar(case, who, everybody)
    if numbers:
        return Reason(code="odd_number", members=(case.person(who).id,))
    free = np.array([other for other in idle if other != who], np.int64)
    return _bar(case, who, free if len(free) else everybody)


def _bar(case: Case, who: int, others: Ints) -> Reason:
    """What stands between one and the others most often; the organiser's rules before repeats, a block before all."""
    person = case.person(who).id
    counts = [(name, int(bars.sum())) for name, bars in _bars(case, who, others)]
    name = max(counts, key=lambda entry: entry[1])[0] if any(count for _, count in counts) else ""
    match name:
        case "block":
            return Reason(code="kept_apart", members=(person,))
        case "repeat":
            return Reason(code="repeat", members=(person,))
        case "":
            return _whole_room(case, person)
        case _:
            return Reason(code="rule", members=(person,), what=(name,))


def _bars(case: Case, who: int, others: Ints) -> list[tuple[str, Bools]]:
    one, other = np.full(len(others), case.who[who]), case.who[others]
    look = Line(case.crowd, one, other)
    found: list[tuple[str, Bools]] = [("block", case.past.apart.of(one, other) > 0)]
    for rule in case.ruling.barring:
        broken = pairwise(rule, case.crowd, case.past, look)
        if case.ruling.in_pairs:
            broken = broken | as_pair(rule, case.crowd, case.past, look)
        found.append((r.rule_name(rule), broken))
    if case.request.repeat == "idle_over_repeat":
        met = (case.past.met.of(one, other) > 0) | (case.past.series.of(one, other) > 0)
        found.append(("repeat", met))
    return found


def _whole_room(case: Case, person: AttendeeId) -> Reason:
    """Nothing between two people: a rule about whole rooms that stands above the seat, or the numbers after all."""
    whole = [r.rule_name(rule) for rule in case.ruling.barring]
    if whole:
        return Reason(code="rule", members=(person,), what=(whole[0],))
    return Reason(code="odd_number", members=(person,))
