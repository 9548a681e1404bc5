"""For each person the others most worth meeting, made once for a crowd and its rules and kept over the rounds.

What changes between rounds – who is here, who met, who is kept apart – is left to the round. Entries are chosen by
what is broken, then worth, then chance from the two ids, then the order of ids: a total order, so that a list made
anew and one made by adding people to a kept one are the same. Those chosen are put in the order of what they are worth
less what they would be worth elsewhere: who is on everybody's list is of use to few.
"""

from collections import OrderedDict
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from rooms.language import rules as r
from rooms.matching.case import UNIT, Case
from rooms.matching.crowd import Crowd, Ints
from rooms.matching.past import Past
from rooms.matching.request import MatchRequest
from rooms.matching.ruling import Ruling

KEPT = 64
"""Others kept for each: enough for a round after ten have been met and half are absent."""
KEPT_BROKEN = 12
"""Others kept besides with whom something would be broken, for when it must be."""
PRICED = 8
"""Whose worth is somebody's price: the eighth of their list. From the third to the twentieth, all do as well."""
CELLS = 1 << 17
"""Pairs weighed at once: some ten arrays of 1 MB, which the nearer caches hold."""
LISTS = 4
"""Crowds whose lists are kept, with their rules: some 10 MB each."""
NO_ROUND = 0
"""A round that is not: no link is due, nobody has met."""
COLUMN_BITS, CHANCE_BITS, WORTH_BITS, CLASS_BITS = 17, 19, 22, 4
"""A key for each pair: how little is broken, worth in units, chance, column; 62 bits."""
COLUMN = (1 << COLUMN_BITS) - 1
MOST_NEW = 0.25
"""Share of the people that may be new or have lost somebody from their list before all lists are made anew."""

Rows = NDArray[np.int32]


class Candidates(NamedTuple):
    """The others most worth meeting by row of the crowd, the best first; -1 where there are no more."""

    crowd: Crowd
    others: Rows
    """Shape (n, KEPT + KEPT_BROKEN): with nothing broken, then with something broken."""
    keys: Ints
    """By which they were chosen, falling: shape as `others`, but not in their order."""


_kept: OrderedDict[tuple[int, bytes], Candidates] = OrderedDict()


def candidates(case: Case) -> Candidates:
    """The lists of the case's crowd and rules."""
    rules = _lasting(case.request)
    name = (id(case.crowd), msgspec.json.encode(rules))
    found = _kept.get(name)
    if found is None or found.crowd is not case.crowd:
        alike = [one for (_, other), one in _kept.items() if other == name[1]]
        found = listed(case.crowd, rules, alike[-1] if alike else None)
        _kept[name] = found
        while len(_kept) > LISTS:
            _kept.popitem(last=False)
    _kept.move_to_end(name)
    return found


def listed(crowd: Crowd, rules: MatchRequest, alike: Candidates | None = None) -> Candidates:
    """The lists of a crowd, made from those of a crowd that is much the same where there is one."""
    weigher = Weigher(crowd, rules)
    keys = None if alike is None else _extended(weigher, alike)
    if keys is None:
        keys = _top_keys(weigher, np.arange(crowd.n))
    others = np.where(keys >= 0, keys & COLUMN, -1).astype(np.int32)
    others[:, :KEPT] = np.take_along_axis(others[:, :KEPT], _order(keys[:, :KEPT], others[:, :KEPT]), axis=1)
    return Candidates(crowd, others, keys)


def _order(keys: Ints, others: Rows) -> Ints:
    """Places of each row's entries by worth less half the price of the other; those that are none come last.

    The price is what the other gets from their own `PRICED`-th best: as dual prices of an assignment do (Bertsekas
    1988), it tells who can be had. Eight of such a list come closer to the best round than 24 by worth alone.
    """
    worth = (keys >> (CHANCE_BITS + COLUMN_BITS)) & ((1 << WORTH_BITS) - 1)
    price = np.append(np.where(keys[:, PRICED - 1] >= 0, worth[:, PRICED - 1], 0), 0)
    left = np.where(keys >= 0, 2 * worth - price[others], -(1 << (WORTH_BITS + 2)))
    return np.argsort(-left, axis=1, kind="stable")


def _lasting(request: MatchRequest) -> MatchRequest:
    """What of a request stays as it is from round to round."""
    return MatchRequest(
        (), round=NO_ROUND, group=request.group, rules=request.rules, weights=request.weights, repeat=request.repeat
    )


class Weigher:
    """What pairs of a crowd are to each other by what lasts."""

    def __init__(self, crowd: Crowd, lasting: MatchRequest) -> None:
        self.crowd = crowd
        self.ruling = Ruling(lasting, crowd, Past(lasting, crowd, np.ones(crowd.n, bool), {}))
        lasts = [rule for rule in self.ruling.yielding if not isinstance(rule, r.MustLink)]
        self.breaks = bool(lasts) or any(person.language_required for person in crowd.people)
        """Whether some meetings are broken by what lasts."""

    def keys(self, rows: Ints, columns: Ints) -> tuple[Ints, Ints]:
        """The keys of whole rows: of meetings with nothing broken, and of the others; -1 elsewhere, and if barred."""
        crowd, ruling = self.crowd, self.ruling
        base = crowd.worth(rows, columns)
        if ruling.soft:
            base -= ruling.regret(rows, columns)
        np.multiply(base, 1 / UNIT, out=base)
        keys = np.rint(base, out=base).astype(np.int64)
        keys += 1 << (WORTH_BITS - 1)
        np.clip(keys, 0, (1 << WORTH_BITS) - 1, out=keys)
        keys <<= CHANCE_BITS
        keys += _chance(crowd.keys[rows][:, None], crowd.keys[columns][None, :])
        keys <<= COLUMN_BITS
        keys += columns
        if ruling.barring:
            keys[ruling.barred(rows, columns)] = -1
        keys[rows[:, None] == columns[None, :]] = -1
        return self._parted(keys, ruling.faults(rows, columns)) if self.breaks else (keys, keys[:, :0])

    def _parted(self, keys: Ints, faults: Ints) -> tuple[Ints, Ints]:
        """The keys with those of broken meetings taken out, and these, as many columns as the fullest row has."""
        row, column = np.nonzero(faults)
        open_ = keys[row, column] >= 0
        row, column = row[open_], column[open_]
        little = (1 << CLASS_BITS) - 1 - worst_level(faults[row, column], self.ruling.bits)
        counts = np.bincount(row, minlength=len(keys))
        broken = np.full((len(keys), int(counts.max(initial=0))), -1, np.int64)
        rank = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
        broken[row, rank] = keys[row, column] + (np.maximum(little, 0) << (WORTH_BITS + CHANCE_BITS + COLUMN_BITS))
        keys[row, column] = ~keys[row, column]
        return keys, broken


def worst_level(faults: Ints, bits: int) -> Ints:
    """The most important level that is broken, counted from the least important; what to make of 0 is the caller's."""
    _, exponents = np.frexp(faults.astype(np.float64))
    return np.maximum(0, exponents.astype(np.int64) - 1) // bits


def _chance(one: Ints, other: Ints) -> Ints:
    mixed = (one ^ other) * np.int64(0x1E3779B97F4A7C15)
    return (mixed >> np.int64(40)) & np.int64((1 << CHANCE_BITS) - 1)


def _extended(weigher: Weigher, alike: Candidates) -> Ints | None:
    """The keys of a crowd from those of another; None where too many people differ for that to pay."""
    crowd, before = weigher.crowd, alike.crowd
    rows = np.array([_same_row(crowd, before, row) for row in range(before.n)], np.int64).reshape(-1)
    stayed = rows >= 0
    new = np.setdiff1d(np.arange(crowd.n), rows[stayed])
    old = alike.keys[stayed]
    moved = np.where(old >= 0, rows[np.where(old >= 0, old & COLUMN, 0)], 0)
    lost = np.zeros(crowd.n, bool)
    lost[new] = True
    lost[rows[stayed]] = (moved < 0).any(axis=1)
    if lost.sum() > MOST_NEW * crowd.n:
        return None
    keys = np.full((crowd.n, KEPT + KEPT_BROKEN), -1, np.int64)
    keys[rows[stayed]] = np.where(old >= 0, old & ~COLUMN | moved, -1)
    _welcome(weigher, keys, new)
    again = np.flatnonzero(lost)
    keys[again] = _top_keys(weigher, again)
    return keys


def _same_row(crowd: Crowd, before: Crowd, row: int) -> int:
    """Where somebody of a crowd is in another, -1 if they are not or are no longer the same."""
    person = before.people[row]
    found = crowd.rows.get(person.id, -1)
    return found if found >= 0 and crowd.people[found] == person else -1


def _welcome(weigher: Weigher, keys: Ints, new: Ints) -> None:
    """Put the new ones on the lists of the others, in place."""
    everybody = np.arange(weigher.crowd.n)
    step = max(1, CELLS // max(1, len(everybody)))
    for start in range(0, len(new), step):
        some = new[start : start + step]
        for lists, fresh in zip((slice(0, KEPT), slice(KEPT, None)), weigher.keys(some, everybody), strict=True):
            if not fresh.size:
                continue
            mine = _by_column(fresh, len(everybody), some)
            better = np.flatnonzero((mine > keys[:, lists][:, -1:]).any(axis=1))
            both = np.concatenate([keys[better, lists], mine[better]], axis=1)
            keys[better, lists] = -np.sort(-both, axis=1)[:, : keys[:, lists].shape[1]]


def _by_column(fresh: Ints, n: int, some: Ints) -> Ints:
    """Keys of `some` with others as keys of the others with them: shape (n, some), -1 where there is none."""
    found = np.full((n, len(some)), -1, np.int64)
    row, at = np.nonzero(fresh >= 0)
    keys = fresh[row, at]
    found[keys & COLUMN, row] = keys & ~COLUMN | some[row]
    return found


def _top_keys(weigher: Weigher, rows: Ints) -> Ints:
    """The greatest keys of these rows, falling, of both kinds side by side; -1 where there are no more."""
    columns = np.arange(weigher.crowd.n)
    found = np.full((len(rows), KEPT + KEPT_BROKEN), -1, np.int64)
    step = max(1, CELLS // max(1, len(columns)))
    for start in range(0, len(rows), step):
        whole, broken = weigher.keys(rows[start : start + step], columns)
        found[start : start + step, :KEPT] = _greatest(whole, KEPT)
        found[start : start + step, KEPT:] = _greatest(broken, KEPT_BROKEN)
    return found


def _greatest(keys: Ints, most: int) -> Ints:
    """The greatest of each row, falling, filled up with -1. Those not meant are negative and all different: many equal
    ones would slow the search."""
    found = np.full((len(keys), most), -1, np.int64)
    some = min(most, keys.shape[1])
    if some:
        top = np.partition(keys, keys.shape[1] - some, axis=1)[:, keys.shape[1] - some :]
        top.sort(axis=1)
        found[:, :some] = np.maximum(top[:, ::-1], -1)
    return found
