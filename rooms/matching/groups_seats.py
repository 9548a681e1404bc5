"""Which seat is for whom: people who are linked together, and of every kind as many in each room as the rules ask.

People are of one *kind* if the rules that count heads (quota, anchor) cannot tell them apart. Each seat is meant for
one kind, so that people of a kind may change places later without anybody counting again.
"""

import numpy as np

from rooms.language import rules as r
from rooms.matching.case import Case
from rooms.matching.crowd import Bools, Ints
from rooms.matching.groups_plan import Counting, Tables, heads
from rooms.matching.neighbourhood import Seating


def first_seating(case: Case, tables: Tables, order: Ints) -> Seating:
    """Everybody who is to sit, in seats for their kind; who is linked together, the others by chance.

    Args:
        case: whom it is about.
        tables: sizes of the rooms, and who sits out.
        order: everybody in an order of chance.
    """
    rules = [rule for rule in case.request.rules if isinstance(rule, Counting)]
    traits = np.array([heads(rule, case).having for rule in rules], bool).reshape(len(rules), case.n)
    kind = traits.T @ (1 << np.arange(len(rules)))
    shape = len(tables.sizes), max(tables.sizes, default=0)
    there = np.arange(shape[1])[None, :] < np.array(tables.sizes)[:, None]
    seats = np.full(shape, case.n)
    seated = np.setdiff1d(order, tables.idle, assume_unique=True)
    links = linked_groups(case, seated, shape[1])
    for room, group in enumerate(links[: shape[0]]):
        if len(group) <= tables.sizes[room]:
            seats[room, : len(group)] = group
    fixed = seats != case.n
    free = order[~np.isin(order, np.concatenate([tables.idle, seats[fixed]]))]
    kinds = np.where(fixed, kind[np.minimum(seats, case.n - 1)], -1)
    if rules:
        kinds[there & ~fixed] = _kinds_of_seats(
            case, rules, seats, there, np.bincount(kind[free], minlength=1 << len(rules))
        )
    else:
        kinds[there & ~fixed] = 0
    for one in np.unique(kind[free]):
        seats[there & ~fixed & (kinds == one)] = free[kind[free] == one]
    return Seating(seats, kinds, fixed, case.n)


def linked_groups(case: Case, seated: Ints, most: int) -> list[list[int]]:
    """People who are to be in one room, the largest groups first; links that break what counts more are left out."""
    groups: dict[int, list[int]] = {}
    place = {int(row): who for who, row in enumerate(case.who)}
    here = set(seated.tolist())
    for rule in case.request.rules:
        if not isinstance(rule, r.MustLink):
            continue
        for pair in case.past.linked(rule):
            one, other = (place.get(row, -1) for row in pair)
            if one in here and other in here and _may_be_linked(case, rule, one, other):
                _join(groups, one, other, case, most)
    distinct = {tuple(sorted(group)) for group in groups.values()}
    return sorted(([*group] for group in distinct), key=lambda group: (-len(group), group))


def _join(groups: dict[int, list[int]], one: int, other: int, case: Case, most: int) -> None:
    left, right = groups.get(one, [one]), groups.get(other, [other])
    both = sorted({*left, *right})
    if len(both) <= most and not case.room_barred(both):
        groups.update(dict.fromkeys(both, both))


def _may_be_linked(case: Case, rule: r.MustLink, one: int, other: int) -> bool:
    """Whether being together breaks nothing that counts more than the link."""
    a, b = np.array([one]), np.array([other])
    if case.barred_of(a, b)[0]:
        return False
    ruling = case.ruling
    below = 0
    if rule in ruling.barring:
        return True
    if rule in ruling.yielding:
        below = ruling.bits * (len(ruling.levels) - 1 - ruling.yielding.index(rule))
    return int(case.pair_faults_of(a, b)[0]) < 1 << below


def _kinds_of_seats(case: Case, rules: list[Counting], seats: Ints, there: Bools, left: Ints) -> Ints:
    """A kind for each free seat, room by room, so that as few rooms as can be break a rule about heads.

    Args:
        case: whom it is about.
        rules: those that count heads, the most important first.
        seats: who sits already.
        there: where there is a seat.
        left: how many people of each kind are without a seat; used up.
    """
    found: list[int] = []
    every = [
        (kind, np.array([kind >> at & 1 for at in range(len(rules))], bool)) for kind in np.flatnonzero(left).tolist()
    ]
    holders = [sum(int(left[kind]) for kind, traits in every if traits[at]) for at in range(len(rules))]
    wanted = np.array([_shares(case, rule, seats, there, count) for rule, count in zip(rules, holders, strict=True)])
    for room, free in enumerate((there & (seats == case.n)).sum(axis=1).tolist()):
        need = wanted[:, room].copy()
        for still in range(free, 0, -1):
            kind, traits = max(
                (one for one in every if left[one[0]]), key=lambda one: (*_suits(one[1], need, still), left[one[0]])
            )
            left[kind] -= 1
            need -= traits
            found.append(kind)
    return np.array(found, np.int64)


def _suits(traits: Bools, need: Ints, seats: int) -> list[int]:
    """How well a kind suits a room that needs so many of each trait in so many seats, rule by rule."""
    return [
        (1 if wanted > 0 else -1) if has else -int(wanted >= seats)
        for has, wanted in zip(traits, need.tolist(), strict=True)
    ]


def _shares(case: Case, rule: Counting, seats: Ints, there: Bools, holders: int) -> Ints:
    """How many more people with the rule's value each room should get, of so many: shape (rooms,)."""
    having = np.append(heads(rule, case).having, False)
    has = having[seats].sum(axis=1)
    free = (there & (seats == case.n)).sum(axis=1)
    found = np.zeros(len(seats), np.int64)
    if isinstance(rule, r.Quota):
        short = np.maximum(0, rule.min - has)
        for room in np.argsort(short, kind="stable").tolist():
            if 0 < short[room] <= min(holders - found.sum(), free[room]):
                found[room] = short[room]
        rooms, most = np.arange(len(seats)), rule.max
    else:
        visitors = there.sum(axis=1) - 1
        fit = (rule.visitors_min <= visitors) & (visitors <= rule.visitors_max)
        rooms, most = np.argsort(~fit, kind="stable"), 1
    _spread(found, holders, rooms, np.minimum(np.maximum(0, most - has), free))
    if isinstance(rule, r.Quota):
        # Where there are too many, a few rooms have only such people rather than all rooms one too many.
        for room in rooms.tolist():
            found[room] += min(free[room] - found[room], holders - found.sum())
    _spread(found, holders, rooms, free)
    return found


def _spread(found: Ints, holders: int, rooms: Ints, most: Ints) -> None:
    """Add one to each room in turn up to its most, as long as there are holders."""
    left = holders - int(found.sum())
    while left > 0 and len(open_ := rooms[found[rooms] < most[rooms]]):
        # The emptiest first, so that what can be even is.
        emptiest = open_[found[open_] == found[open_].min()][:left]
        found[emptiest] += 1
        left -= len(emptiest)
