"""The best matching of a few people where something must give: level before level in one whole number per pair."""

import numpy as np
import rustworkx as rx

from rooms.matching.crowd import Ints
from rooms.matching.pairs_square import CHANCE_BITS, Square

BITS = 120
"""Bits of a weight: the solver reckons with 128 and needs a few for itself. What is below falls away."""
COARSE_BITS = 8 + CHANCE_BITS
"""The lower part of a gain: below the unit of 2^-16."""


def best_ranked(square: Square, units: Ints, spare: Ints) -> Ints:
    """The partner of each, -1 for those left over.

    As many as possible have one; those left over are the ones to be spared (`spare`: rows of levels, shape
    (levels, n), the sum over those with a partner is to be great) – its first row before the faults of the pairs,
    the others after them; then the gain. Shape (n,).
    """
    n = square.n
    one, other = np.nonzero(np.triu(square.allowed, 1))
    first, *rest = (level[one] + level[other] for level in spare)
    gains = units[one, other]
    levels = [first, *_faults(square, one, other), *rest, gains >> COARSE_BITS, gains & ((1 << COARSE_BITS) - 1)]
    weights = _packed(levels, n)
    graph: rx.PyGraph[None, int] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * n)
    graph.extend_from_weighted_edge_list(list(zip(one.tolist(), other.tolist(), weights, strict=True)))
    mates = np.full(n, -1, np.int64)
    for a, b in sorted(rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)):
        mates[a], mates[b] = b, a
    return mates


def _faults(square: Square, one: Ints, other: Ints) -> list[Ints]:
    """What each pair breaks, level by level, great where little is broken."""
    packed = square.faults[one, other]
    bits, levels = square.case.ruling.bits, len(square.case.ruling.levels)
    mask = (1 << bits) - 1
    return [-(packed >> (bits * (levels - 1 - level)) & mask) for level in range(levels)]


def _packed(levels: list[Ints], n: int) -> list[int]:
    """One number for each pair; sums over at most n/2 pairs compare as the sums of the levels do."""
    weights = np.zeros(len(levels[0]), object)
    left = BITS
    for level in levels:
        raised = level - level.min(initial=0)
        width = int(raised.max(initial=0) * max(1, n // 2)).bit_length()
        if width > left:
            break
        left -= width
        if width:
            weights = (weights << width) + raised.astype(object)
    found: list[int] = weights.tolist()
    return found
