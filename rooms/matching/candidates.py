"""For each person the others most worth meeting, made once for a crowd and its rules and kept over the rounds.

What changes between rounds – who is here, who met, who is kept apart – is left to the round. Entries are ordered by
what is broken, then worth, then chance from the two ids, then the order of ids: a total order, so that a list made
anew and one made by adding people to a kept one are the same.
"""

from collections import OrderedDict
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from rooms.language import rules as r
from rooms.matching.case import UNIT, Case
from rooms.matching.crowd import Crowd, Floats, Ints
from rooms.matching.past import Past
from rooms.matching.request import MatchRequest
from rooms.matching.ruling import Ruling

KEPT = 32
"""Others kept for each: enough for a round after ten have been met and as many are absent."""
KEPT_BROKEN = 12
"""Others kept besides with whom something would be broken, for when it must be."""
CELLS = 1 << 20
"""Pairs weighed at once: some ten arrays of 8 MB."""
LISTS = 4
"""Crowds whose lists are kept, with their rules: some 10 MB each."""
NO_ROUND = 0
"""A round that is not: no link is due, nobody has met."""
COLUMN_BITS, CHANCE_BITS, WORTH_BITS, CLASS_BITS = 17, 19, 22, 4
"""A key for each pair: how little is broken, worth in units, chance, column; 62 bits."""

Rows = NDArray[np.int32]


class Candidates(NamedTuple):
    """The others most worth meeting by row of the crowd, the best first; -1 where there are no more."""

    crowd: Crowd
    others: Rows
    """Shape (n, KEPT + KEPT_BROKEN): with nothing broken, then with something broken."""
    keys: Ints
    """By which they are ordered: shape as `others`."""
    worth: Floats
    regret: Floats
    faults: Ints
    """What the meeting breaks whatever went before."""


_kept: OrderedDict[tuple[int, bytes], Candidates] = OrderedDict()


def candidates(case: Case) -> Candidates:
    """The lists of the case's crowd and rules."""
    crowd = case.crowd
    rules = _lasting(case.request)
    name = (id(crowd), msgspec.json.encode(rules))
    found = _kept.get(name)
    if found is None or found.crowd is not crowd:
        found = _made(crowd, rules, _alike(crowd, name[1]))
        _kept[name] = found
        while len(_kept) > LISTS:
            _kept.popitem(last=False)
    _kept.move_to_end(name)
    return found


def _lasting(request: MatchRequest) -> MatchRequest:
    """What of a request stays as it is from round to round."""
    return MatchRequest(
        (), round=NO_ROUND, group=request.group, rules=request.rules, weights=request.weights, repeat=request.repeat
    )


class Weigher:
    """What pairs of a crowd are to each other by what lasts."""

    def __init__(self, crowd: Crowd, lasting: MatchRequest) -> None:
        self.crowd = crowd
        self.ruling = Ruling(lasting, crowd, Past(lasting, crowd, {}))
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
        if not self.breaks:
            return keys, keys[:, :0]
        return self._parted(keys, ruling.faults(rows, columns))

    def _parted(self, keys: Ints, faults: Ints) -> tuple[Ints, Ints]:
        whole = faults == 0
        if whole.all():
            return keys, keys[:, :0]
        little = (1 << CLASS_BITS) - 1 - worst_level(faults, self.ruling.bits)
        graded = keys + (np.maximum(little, 0) << (WORTH_BITS + CHANCE_BITS + COLUMN_BITS))
        return np.where(whole, keys, ~keys), np.where(whole | (keys < 0), ~graded, graded)


def worst_level(faults: Ints, bits: int) -> Ints:
    """The most important level that is broken, counted from the least important; what to make of 0 is the caller's."""
    _, exponents = np.frexp(faults.astype(np.float64))
    return np.maximum(0, exponents.astype(np.int64) - 1) // bits


def _chance(one: Ints, other: Ints) -> Ints:
    mixed = (one ^ other) * np.int64(0x1E3779B97F4A7C15)
    return (mixed >> np.int64(40)) & np.int64((1 << CHANCE_BITS) - 1)


def _made(crowd: Crowd, rules: MatchRequest, base: Candidates | None) -> Candidates:
    weigher = Weigher(crowd, rules)
    everybody = np.arange(crowd.n)
    keys = _top_keys(weigher, everybody, everybody)
    return _filled(weigher, keys)


def _alike(crowd: Crowd, rules: bytes) -> Candidates | None:
    return None


def _top_keys(weigher: Weigher, rows: Ints, columns: Ints) -> Ints:
    """The greatest keys of these rows, falling, of both kinds side by side; -1 where there are no more."""
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


def _filled(weigher: Weigher, keys: Ints) -> Candidates:
    """Lists from their keys."""
    others = np.where(keys >= 0, keys & ((1 << COLUMN_BITS) - 1), -1)
    row, place = np.nonzero(others >= 0)
    column = others[row, place]
    worth, regret, faults = np.zeros(keys.shape), np.zeros(keys.shape), np.zeros(keys.shape, np.int64)
    step = CELLS // 8
    for start in range(0, len(row), step):
        at = slice(start, start + step)
        one, other, where = row[at], column[at], (row[at], place[at])
        worth[where] = weigher.crowd.worth_of(one, other)
        if weigher.ruling.soft:
            regret[where] = weigher.ruling.regret_of(one, other)
        faults[where] = weigher.ruling.faults_of(one, other)
    return Candidates(weigher.crowd, others.astype(np.int32), keys, worth, regret, faults)
