"""The best perfect matching of a few people, exactly, without looking at most of the pairs.

The assignment of everybody to everybody (the bipartite double cover) bounds the matching from above and gives each
person a price; a pair whose two prices exceed its weight by more than the gap between bound and best known matching
is in no best matching (reduced-cost fixing, Dantzig, Fulkerson and Johnson 1954). Edmonds' algorithm then only sees
the few pairs that are left; it proves itself, and sees more where the first few did not suffice.
"""

import numpy as np
import rustworkx as rx
from scipy.optimize import linear_sum_assignment

from rooms.matching.crowd import Bools, Floats, Ints

SEEN_FIRST = 3
"""Pairs per person that Edmonds' algorithm sees at first: the tightest ones."""
WIDER = 4
"""How many times more of them when those have no perfect matching."""


def best_perfect(weights: Ints, open_: Bools) -> Ints | None:
    """The partner of each, of the greatest total weight over the pairs that are open; None where there is no way.

    `weights` is symmetric, shape (n, n), of whole numbers below 2^44, so that their sums are exact in floats.
    """
    costs = np.where(open_, -weights.astype(np.float64), np.inf)
    try:
        _, mates = linear_sum_assignment(costs)
    except ValueError:
        return None
    everybody = np.arange(len(mates))
    if (mates[mates] == everybody).all():
        return np.asarray(mates, np.int64)
    return _among_tight(weights, open_, *prices(-costs, mates))


def prices(weights: Floats, mates: Ints) -> tuple[Floats, float]:
    """Twice a price p for each, p[i] + p[j] ≥ weight, and twice their sum, from a best assignment.

    Longest paths through the assignment, by relaxing everything at once (Bellman 1958); there is no endless
    improvement because the assignment is best.
    """
    everybody = np.arange(len(mates))
    chosen = weights[everybody, mates]
    more = weights - chosen[:, None]
    columns = np.zeros(len(mates))
    for _ in everybody:
        raised = (more + columns[mates][:, None]).max(axis=0)
        if (raised <= columns).all():
            break
        columns = np.maximum(columns, raised)
    doubled = chosen - columns[mates] + columns
    return doubled, float(chosen.sum())


def _among_tight(weights: Ints, open_: Bools, doubled: Floats, bound: float) -> Ints | None:
    one, other = np.nonzero(np.triu(open_, 1))
    weight = weights[one, other]
    slack = doubled[one] + doubled[other] - 2.0 * weight
    order = np.argsort(slack, kind="stable")
    seen = min(SEEN_FIRST * len(weights), len(order))
    while True:
        some = order[:seen]
        mates = edmonds(len(weights), one[some], other[some], weight[some])
        if seen == len(order):
            return mates
        if mates is None:
            seen = min(WIDER * seen, len(order))
            continue
        everybody = np.arange(len(mates))
        gap = bound - float(weights[everybody, mates].sum())
        needed = int(np.searchsorted(slack[order], gap, side="right"))
        if needed <= seen:
            return mates
        seen = needed


def edmonds(n: int, one: Ints, other: Ints, weights: Ints) -> Ints | None:
    """The best perfect matching over these pairs; None where there is none."""
    graph: rx.PyGraph[None, int] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * n)
    graph.extend_from_weighted_edge_list(list(zip(one.tolist(), other.tolist(), weights.tolist(), strict=True)))
    pairs = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    if 2 * len(pairs) < n:
        return None
    found = np.array(sorted(pairs), np.int64)
    mates = np.empty(n, np.int64)
    mates[found[:, 0]], mates[found[:, 1]] = found[:, 1], found[:, 0]
    return mates
