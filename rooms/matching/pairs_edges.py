"""The pairs worth looking at in one round of many people: a few for each, nothing broken by any of them."""

import numpy as np

from rooms.language import rules as r
from rooms.matching.candidates import KEPT, KEPT_BROKEN, candidates
from rooms.matching.case import UNIT, Case
from rooms.matching.cover import Edges
from rooms.matching.crowd import Bools, Floats, Ints
from rooms.matching.rule_pairs import links

LOOKED_AT = 12
"""Others looked at for each: twice as many add less than a thousandth."""
ENOUGH = 4
"""Others with whom somebody can do; whoever has fewer is weighed with everybody."""
FRESH = 600
"""People weighed with everybody in one round, at most: some tenths of a millisecond each for ten thousand."""
FAULT, FAULT_LEVELS = 32.0, 6
"""What it costs to break the least important level, and four times as much for each one above, up to so many:
three rooms that exchange cannot make up for it with what is broken below."""
AGAIN = 0.25
"""What it costs besides that two met lately or often: less than one fault in all."""
BARRED = 2.0**24
"""What it costs that two meet who must not: more than all else. They are parted in the end."""
CELLS = 1 << 19
"""Pairs weighed at once."""
NOBODY: Ints = np.zeros(0, np.int64)


def round_edges(case: Case) -> Edges:
    """Edges with nothing broken: from the kept lists, from wishes and links, and fresh ones for those with too few."""
    one, other, counts = _listed(case, slice(0, KEPT), LOOKED_AT)
    # Whose list is not full has everybody on it with whom nothing is broken: weighing more would find nobody.
    full = candidates(case).others[case.who, KEPT - 1] >= 0
    few = np.flatnonzero(full & (counts < ENOUGH))
    one, other = _each_once(case.n, [(one, other), _asked(case), _fresh(case, few[:FRESH])])
    return Edges(one, other, case.gain_of(one, other) + UNIT * case.jitter_of(one, other))


def broken_edges(case: Case) -> Edges:
    """Edges with something broken whatever went before, for when it must be; their gains are lowered by that."""
    one, other, _ = _listed(case, slice(KEPT, None), KEPT_BROKEN)
    one, other = _each_once(case.n, [(one, other)])
    return Edges(one, other, value_of(case, one, other))


def value_of(case: Case, one: Ints, other: Ints) -> Floats:
    """The gain of each pair with chance below it, less what it breaks; -BARRED for those that must not meet."""
    gain = case.gain_of(one, other) + UNIT * case.jitter_of(one, other)
    return _valued(case, gain, case.faults_of(one, other), case.barred_of(one, other))


def values(case: Case, rows: Ints) -> Floats:
    """The same for whole rows: shape (rows, n)."""
    return _valued(case, case.gain(rows) + UNIT * case.jitter(rows), case.faults(rows), case.barred(rows))


def _valued(case: Case, gain: Floats, faults: Ints, barred: Bools) -> Floats:
    some = faults > 0
    if some.any():
        gain[some] -= _price(faults[some], case.ruling.bits, len(case.ruling.levels))
    gain[barred] = -BARRED
    return gain


def _price(faults: Ints, bits: int, levels: int) -> Floats:
    """What packed faults cost: the sum over their levels, counted from the least important."""
    mask = (1 << bits) - 1
    price: Floats = AGAIN * (faults & mask).astype(np.float64)
    for level in range(1, levels):
        price += FAULT * 4.0 ** min(level, FAULT_LEVELS) * (faults >> (bits * level) & mask)
    return price


def _listed(case: Case, lists: slice, most: int) -> tuple[Ints, Ints, Ints]:
    """The first of the kept lists that are here and nothing of this evening stands against; and how many each has."""
    place = np.full(case.crowd.n + 1, -1, np.int64)
    place[case.who] = np.arange(case.n)
    others = candidates(case).others[:, lists]
    ones, found, counts = [NOBODY], [NOBODY], np.zeros(case.n, np.int64)
    rows = np.arange(case.n)
    for start in range(0, others.shape[1], most):
        here = place[others[case.who[rows], start : start + most]]
        row, at = np.nonzero(here >= 0)
        one, other = rows[row], here[row, at]
        open_ = still_open(case, one, other)
        one, other = one[open_], other[open_]
        more = np.bincount(one, minlength=case.n)
        # Who has some from the columns before takes the first of these, up to so many in all.
        rank = np.arange(len(one)) - np.repeat(np.cumsum(more) - more, more) + counts[one]
        ones.append(one[rank < most])
        found.append(other[rank < most])
        counts += more
        rows = np.flatnonzero(counts < most)
        if not len(rows):
            break
    return np.concatenate(ones), np.concatenate(found), np.minimum(counts, most)


def still_open(case: Case, one: Ints, other: Ints) -> Bools:
    """Which pairs nothing of this evening stands against: not kept apart, not met, no link elsewhere."""
    a, b = case.who[one], case.who[other]
    past = case.past
    found = np.ones(len(a), bool)
    for table in (past.apart, past.met, past.series):
        if len(table):
            found &= table.of(a, b) == 0
    for rule in (*case.ruling.yielding, *case.ruling.barring):
        if isinstance(rule, r.MustLink):
            linked, table = links(rule, past)
            found &= ~(linked[a] | linked[b]) | (table.of(a, b) > 0)
    return found


def _each_once(n: int, parts: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    """All pairs of the parts, each once, the smaller number first."""
    one, other = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    keys = np.sort(np.minimum(one, other) * n + np.maximum(one, other))
    keys = keys[np.diff(keys, prepend=-1) > 0]
    return keys // n, keys % n


def joined_edges(n: int, parts: list[Edges]) -> Edges:
    """All edges of the parts, each once, the smaller number first."""
    one, other = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    gain = np.concatenate([part.gain for part in parts])
    keys, first = np.unique(np.minimum(one, other) * n + np.maximum(one, other), return_index=True)
    return Edges(keys // n, keys % n, gain[first])


def _asked(case: Case) -> tuple[Ints, Ints]:
    """Pairs that are wished for or linked, whatever they are worth otherwise; nothing broken."""
    tables = [case.past.wished]
    tables += [links(rule, case.past)[1] for rule in case.request.rules if isinstance(rule, r.MustLink)]
    place = np.full(case.crowd.n, -1, np.int64)
    place[case.who] = np.arange(case.n)
    pairs = [table.pairs()[:2] for table in tables if len(table)]
    one = place[np.concatenate([pair[0] for pair in pairs])] if pairs else np.zeros(0, np.int64)
    other = place[np.concatenate([pair[1] for pair in pairs])] if pairs else np.zeros(0, np.int64)
    here = (one >= 0) & (other >= 0)
    one, other = one[here], other[here]
    whole = ~case.barred_of(one, other) & (case.faults_of(one, other) == 0)
    return one[whole], other[whole]


def _fresh(case: Case, rows: Ints) -> tuple[Ints, Ints]:
    """The best for these people among everybody here."""
    found = [np.zeros((0, 2), np.int64)]
    step = max(1, CELLS // case.n)
    for start in range(0, len(rows), step):
        some = rows[start : start + step]
        gain = case.gain(some) + UNIT * case.jitter(some)
        gain[case.barred(some) | (case.faults(some) > 0)] = -np.inf
        most = min(LOOKED_AT, case.n)
        best = np.argpartition(gain, case.n - most, axis=1)[:, case.n - most :]
        row, at = np.nonzero(np.take_along_axis(gain, best, axis=1) > -np.inf)
        found.append(np.stack([some[row], best[row, at]], axis=1))
    one, other = np.concatenate(found).T
    return one, other
