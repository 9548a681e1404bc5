"""The surroundings of rooms that a first solution made as it could, solved exactly.

The double cover leaves one person of each odd cycle over. Where two of them were put together, the best pairs around
them are found along the alternating paths that lose least (Edmonds' algorithm on a few dozen people).
"""

from heapq import heappop, heappush

import numpy as np

from rooms.matching.case import UNIT, Case
from rooms.matching.cover import Edges
from rooms.matching.crowd import Floats, Ints
from rooms.matching.pairs_edges import value_of
from rooms.matching.pairs_perfect import edmonds

REGION = 48
"""People in one region: half a millisecond."""
REGIONS = 48
"""Regions solved in one round, at most."""
ROADS = 8
"""Edges followed from each person: those that lose least."""


def refine(case: Case, mates: Ints, edges: Edges, left: Ints) -> None:
    """Make the rooms around these people the best there are; `mates` is changed in place."""
    seated = np.flatnonzero(mates >= 0)
    half = np.zeros(case.n)
    half[seated] = value_of(case, seated, mates[seated]) / 2
    roads = _Roads(case.n, edges, half)
    for who in left[mates[left] >= 0][:REGIONS].tolist():
        people = roads.region(mates, who)
        _solve(case, mates, edges, people)


class _Roads:
    """The edges of each person by what they lose against the rooms as they are, the least first."""

    def __init__(self, n: int, edges: Edges, half: Floats) -> None:
        source = np.concatenate([edges.one, edges.other])
        to = np.concatenate([edges.other, edges.one])
        loss = half[source] + half[to] - np.concatenate([edges.gain, edges.gain])
        order = np.lexsort((loss, source))
        self._start = np.searchsorted(source[order], np.arange(n + 1))
        self._to, self._loss = to[order], loss[order]

    def region(self, mates: Ints, who: int) -> Ints:
        """The people of the rooms nearest to a room along alternating paths."""
        inside = {who, int(mates[who])}
        heap = [(0.0, person) for person in sorted(inside)]
        while heap and len(inside) < REGION:
            lost, person = heappop(heap)
            at = slice(self._start[person], min(self._start[person] + ROADS, self._start[person + 1]))
            for to, loss in zip(self._to[at].tolist(), self._loss[at].tolist(), strict=True):
                mate = int(mates[to])
                if mate >= 0 and to not in inside:
                    inside.update((to, mate))
                    heappush(heap, (lost + loss, mate))
        return np.array(sorted(inside), np.int64)


def _solve(case: Case, mates: Ints, edges: Edges, people: Ints) -> None:
    place = np.full(case.n, -1, np.int64)
    place[people] = np.arange(len(people))
    within = np.flatnonzero((place[edges.one] >= 0) & (place[edges.other] >= 0))
    now = people[people < mates[people]]
    one = place[np.concatenate([edges.one[within], now])]
    other = place[np.concatenate([edges.other[within], mates[now]])]
    gain = np.concatenate([edges.gain[within], value_of(case, now, mates[now])])
    found = edmonds(len(people), one, other, np.rint(gain / UNIT).astype(np.int64))
    if found is not None:
        mates[people] = people[found]
