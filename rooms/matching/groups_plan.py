"""What is settled before anybody is seated at tables: how many there are, of which sizes, and who sits out."""

from typing import NamedTuple

import numpy as np

from rooms.language import rules as r
from rooms.matching.case import Case
from rooms.matching.crowd import Bools, Ints
from rooms.matching.sizes import even_sizes, lawful_sizes, misfits, room_sizes

Counting = r.Quota | r.Anchor
"""Rules that count heads."""


class Tables(NamedTuple):
    """Sizes of the rooms, largest first, and who sits out."""

    sizes: tuple[int, ...]
    idle: Ints


class _Heads(NamedTuple):
    """How many of those who have a value each room must and may have, by a rule that stands above the seat."""

    having: Bools
    least: int
    most: int


def lay_tables(case: Case, order: Ints) -> Tables:
    """As many rooms as seat the most people; those sit out who did least often, and then who comes first in `order`."""
    for rule in case.ruling.barring:
        if isinstance(rule, Counting):
            return _counted(case, order, heads(rule, case))
    sizes = room_sizes(case.n, case.request.group, case.request.odd)
    by_turn = order[np.argsort(case.sat_out[order], kind="stable")]
    return Tables(sizes, np.sort(by_turn[: case.n - sum(sizes)]))


def heads(rule: Counting, case: Case) -> _Heads:
    """What a rule asks of the heads in each room."""
    having = case.crowd.has(rule.attr, rule.value)[case.who]
    return _Heads(having, rule.min, rule.max) if isinstance(rule, r.Quota) else _Heads(having, 0, 1)


def _counted(case: Case, order: Ints, wanted: _Heads) -> Tables:
    """The most people that can sit so that each room has its share of those who have the value."""
    group = case.request.group
    least, most = lawful_sizes(group, case.request.odd)
    holders = int(wanted.having.sum())
    others = case.n - holders
    best: tuple[int, int, int] | None = None
    for rooms in range(1, case.n // least + 1):
        seated = min(rooms * most, min(holders, rooms * wanted.most) + others)
        # Others fill what holders leave free, and each room has its share of holders.
        seated = min(seated, rooms * most - max(0, rooms * wanted.least - holders))
        if rooms * wanted.least <= holders and seated >= rooms * least and seated - others <= holders:
            found = (seated, -misfits(seated, rooms, group), rooms)
            best = found if best is None else max(best, found)
    if best is None:
        return Tables((), np.arange(case.n))
    seated, _, rooms = best
    sizes = even_sizes(seated, rooms)
    fewest, many = max(rooms * wanted.least, seated - others), min(holders, rooms * wanted.most, seated)
    return Tables(sizes, _turns(case, order, wanted.having, (holders - many, holders - fewest), case.n - seated))


def _turns(case: Case, order: Ints, having: Bools, bounds: tuple[int, int], count: int) -> Ints:
    """So many people, of whom from the least to the most of `bounds` have the value; whose turn it is first."""
    by_turn = order[np.argsort(case.sat_out[order], kind="stable")]
    holders, others = by_turn[having[by_turn]], by_turn[~having[by_turn]]
    least, most = bounds
    forced = np.concatenate([holders[:least], others[: max(0, count - most)]])
    free = np.concatenate([holders[least:most], others[max(0, count - most) :]])
    place = np.empty(case.n, np.int64)
    place[by_turn] = np.arange(case.n)
    free = free[np.argsort(place[free])]
    return np.sort(np.concatenate([forced, free[: count - len(forced)]]))
