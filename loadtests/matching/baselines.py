"""What others do, on the same case: each takes a case and gives rooms."""

from collections import deque
from collections.abc import Callable

import networkx
import numpy as np
import rustworkx

from rooms.matching.case import Case
from rooms.matching.solution import Room

Baseline = Callable[[Case], list[Room]]
SCALE = 2**20
"""Weights of exact solvers are whole numbers."""
REMATCH = "again"


def random_shuffle(case: Case) -> list[Room]:
    """Whoever comes next: no history, no blocks."""
    order = np.random.default_rng((case.n, case.request.round)).permutation(case.n).tolist()
    return _cut(order, case.request.group.target)


def first_come_roulette(case: Case) -> list[Room]:
    """A queue: the first waiting stranger who is not blocked and was not met before (as Venueless's roulette does)."""
    size = case.request.group.target
    order = np.random.default_rng((case.n, case.request.round)).permutation(case.n).tolist()
    waiting: deque[Room] = deque()
    rooms: list[Room] = []
    for who in order:
        for _ in range(len(waiting)):
            room = waiting.popleft()
            some = np.array(room)
            me = np.full(len(room), who)
            if not case.barred_of(me, some).any() and not case.faults_of(me, some).any():
                room = (*room, who)
                (rooms if len(room) == size else waiting).append(room)
                break
            waiting.append(room)
        else:
            waiting.append((who,))
    return rooms


def greedy_by_weight(case: Case) -> list[Room]:
    """The best pair first, then the best of those left; for pairs."""
    one, other, gain = _clean_edges(case)
    free = np.ones(case.n, bool)
    rooms: list[Room] = []
    for index in np.argsort(-gain, kind="stable").tolist():
        a, b = int(one[index]), int(other[index])
        if free[a] and free[b]:
            free[a] = free[b] = False
            rooms.append((a, b))
    return rooms


def rustworkx_exact(case: Case) -> list[Room]:
    """Maximum-weight matching of greatest size over all pairs."""
    one, other, gain = _clean_edges(case)
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(case.n))
    graph.extend_from_weighted_edge_list(
        list(zip(one.tolist(), other.tolist(), np.rint(gain * SCALE).astype(int).tolist(), strict=True))
    )
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int, verify_optimum=False)
    return sorted((min(pair), max(pair)) for pair in found)


def networkx_exact(case: Case) -> list[Room]:
    """The same by networkx."""
    one, other, gain = _clean_edges(case)
    graph = networkx.Graph()
    graph.add_weighted_edges_from(
        zip(one.tolist(), other.tolist(), np.rint(gain * SCALE).astype(int).tolist(), strict=True)
    )
    return sorted((min(pair), max(pair)) for pair in networkx.max_weight_matching(graph, maxcardinality=True))


def _clean_edges(case: Case) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    one, other = np.triu_indices(case.n, 1)
    clean = ~case.barred_of(one, other) & (case.faults_of(one, other) == 0)
    one, other = one[clean], other[clean]
    return one, other, case.gain_of(one, other)


def _cut(order: list[int], size: int) -> list[Room]:
    rooms = [tuple(order[start : start + size]) for start in range(0, len(order), size)]
    return [room for room in rooms if len(room) > 1]
