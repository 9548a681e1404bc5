"""The surroundings of rooms that a first solution made as it could, solved exactly.

The double cover leaves one person of each odd cycle over. Where two of them were put together, the best pairs around
them are found along the alternating paths that lose least (Edmonds' algorithm on a few dozen people).
"""

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np

from rooms.matching.case import UNIT, Case
from rooms.matching.crowd import Floats, Ints
from rooms.matching.pairs_edges import value_of
from rooms.matching.pairs_perfect import edmonds
from rooms.matching.roads import Roads

REGION = 48
"""People in one region: half a millisecond."""
REGIONS = 48
"""Regions solved in one round, at most."""
ROADS = 8
"""Edges followed from each person: those that lose least."""


def refine(case: Case, mates: Ints, roads: Roads, left: Ints) -> None:
    """Make the rooms around these people the best there are; `mates` is changed in place."""
    seated = np.flatnonzero(mates >= 0)
    half = np.zeros(case.n)
    half[seated] = value_of(case, seated, mates[seated]) / 2
    loss = half[roads.whose] + half[roads.to] - roads.gain
    nearest = roads.by_loss(loss)
    ways = _Ways(roads.start, roads.to[nearest], loss[nearest])
    for who in left[mates[left] >= 0][:REGIONS].tolist():
        _solve(case, mates, roads, _region(ways, mates, who))


class _Ways(NamedTuple):
    """The ways of each person by what they lose against the rooms as they are, the least first."""

    start: Ints
    to: Ints
    loss: Floats


def _region(ways: _Ways, mates: Ints, who: int) -> Ints:
    """The people of the rooms nearest to a room along alternating paths."""
    inside = {who, int(mates[who])}
    heap = [(0.0, person) for person in sorted(inside)]
    while heap and len(inside) < REGION:
        lost, person = heappop(heap)
        at = slice(ways.start[person], min(ways.start[person] + ROADS, ways.start[person + 1]))
        for to, loss in zip(ways.to[at].tolist(), ways.loss[at].tolist(), strict=True):
            mate = int(mates[to])
            if mate >= 0 and to not in inside:
                inside.update((to, mate))
                heappush(heap, (lost + loss, mate))
    return np.array(sorted(inside), np.int64)


def _solve(case: Case, mates: Ints, roads: Roads, people: Ints) -> None:
    place, way = roads.along(people)
    where = np.searchsorted(people, roads.to[way])
    within = (where > place) & (people[np.minimum(where, len(people) - 1)] == roads.to[way])
    now = people[people < mates[people]]
    one = np.concatenate([place[within], np.searchsorted(people, now)])
    other = np.concatenate([where[within], np.searchsorted(people, mates[now])])
    gain = np.concatenate([roads.gain[way[within]], value_of(case, now, mates[now])])
    found = edmonds(len(people), one, other, np.rint(gain / UNIT).astype(np.int64))
    if found is not None:
        mates[people] = people[found]
