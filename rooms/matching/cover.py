"""Near-best pairs for many people: the assignment of everybody to everybody, cut into pairs.

A matching in a graph is half an assignment in its bipartite double cover; the assignment is found fast (Jonker and
Volgenant 1987, sparse), bounds the matching from above, and consists of pairs, even cycles, which split into pairs
without loss, and a few odd cycles, which each leave one person over.
"""

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from rooms.matching.crowd import Floats, Ints

COARSE = 2.0**-10
"""The assignment is solved in multiples of this: four times as fast as in 2^-16, at a millionth of the worth."""
ALONE = 4.0
"""How much worse than the worst pair it is to be with oneself, at least: such people are left over."""
MOST = 2.0**27
"""Weights stay below: as multiples of 2^-10, sums of ten thousands of them are exact (matching.md, §1.8)."""


class Edges(NamedTuple):
    """Pairs that may be made: `one[i] < other[i]`, each pair once."""

    one: Ints
    other: Ints
    gain: Floats
    """Multiples of UNIT."""

    def some(self, which: "Ints | slice") -> "Edges":
        """Those at some places."""
        return Edges(self.one[which], self.other[which], self.gain[which])


def cover_matrix(n: int, edges: Edges) -> csr_array:
    """What the assignment solver is given: multiples of COARSE from COARSE to MOST, the diagonal for nobody."""
    coarse = np.rint(edges.gain / COARSE) * COARSE
    gain = coarse - coarse.min(initial=0.0)
    gain = np.minimum(gain + max(ALONE, float(gain.max(initial=0.0))), MOST)
    myself = np.arange(n)
    rows = np.concatenate([edges.one, edges.other, myself]).astype(np.int32)
    columns = np.concatenate([edges.other, edges.one, myself]).astype(np.int32)
    data = np.concatenate([gain, gain, np.full(n, COARSE)])
    return csr_array((data, (rows, columns)), shape=(n, n))


def assignment(n: int, edges: Edges) -> Ints:
    """Whom each is assigned to, themselves where nobody is left: a permutation of the greatest total gain."""
    _, found = min_weight_full_bipartite_matching(cover_matrix(n, edges), maximize=True)
    return np.asarray(found, np.int64)


def paired(n: int, edges: Edges) -> Ints:
    """The partner of each by the double cover, -1 for those left over."""
    given = assignment(n, edges)
    mates = np.where(given[given] == np.arange(n), given, -1)
    mates[mates == np.arange(n)] = -1
    weights: dict[tuple[int, int], float] | None = None
    for cycle in _cycles(given, np.flatnonzero((mates < 0) & (given != np.arange(n)))):
        if len(cycle) % 2:
            weights = _lookup(edges, given) if weights is None else weights
            cycle = _without_one(cycle, weights)
        mates[cycle[0::2]], mates[cycle[1::2]] = cycle[1::2], cycle[0::2]
    return mates


def _cycles(given: Ints, inside: Ints) -> list[list[int]]:
    """The cycles of the permutation through these people, each from its smallest number."""
    following = given.tolist()
    seen: set[int] = set()
    found: list[list[int]] = []
    for start in inside.tolist():
        if start in seen:
            continue
        cycle, at = [start], following[start]
        while at != start:
            cycle.append(at)
            at = following[at]
        seen.update(cycle)
        found.append(cycle)
    return found


def _lookup(edges: Edges, given: Ints) -> dict[tuple[int, int], float]:
    """The gain of each step of the permutation that is part of a longer cycle."""
    forth, back = given[edges.one] == edges.other, given[edges.other] == edges.one
    used = forth != back
    one, other, gain = edges.one[used].tolist(), edges.other[used].tolist(), edges.gain[used].tolist()
    return {pair: worth for a, b, worth in zip(one, other, gain, strict=True) for pair in ((a, b), (b, a))}


def _without_one(cycle: list[int], weights: dict[tuple[int, int], float]) -> list[int]:
    """An odd cycle without the person whose absence leaves the best pairs, as a path.

    Left out k, the pairs are (k+1, k+2), (k+3, k+4) …; left out k+2, they are those less (k+1, k+2) plus (k, k+1).
    """
    length = len(cycle)
    steps = [weights[cycle[at], cycle[(at + 1) % length]] for at in range(length)]
    total = best = 0.0
    out = at = 0
    for _ in range(length):
        total += steps[at] - steps[(at + 1) % length]
        at = (at + 2) % length
        if total > best:
            best, out = total, at
    return [*cycle[out + 1 :], *cycle[:out]]
