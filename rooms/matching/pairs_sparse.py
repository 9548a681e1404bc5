"""Pairs for many people: near-best through the double cover of a few edges each, then mended."""

import numpy as np

from rooms.matching.case import Case
from rooms.matching.cover import Edges, paired
from rooms.matching.crowd import Ints
from rooms.matching.mend import MANY, mended
from rooms.matching.pairs_edges import broken_edges, joined_edges, round_edges
from rooms.matching.pairs_trio import joined
from rooms.matching.solution import Room, Solution

CREDIT, CREDITED = 2.0**22, 7
"""What it counts, where many must sit out, that somebody did so once more than others; and up to how often."""


def solve_sparse(case: Case) -> Solution:
    """Near-best pairs, with the odd one in a room of three or sitting out."""
    trio = case.request.odd == "trio"
    idle = -1 if trio or case.n % 2 == 0 else _whose_turn(case)
    edges = round_edges(case)
    mates = _cover(case, edges, idle)
    method = "pairs_cover"
    if (mates < 0).sum() > MANY:
        edges = joined_edges(case.n, [edges, broken_edges(case)])
        mates = _cover(case, _credited(case, edges), idle)
        method = "pairs_cover_broken"
    mates = mended(case, mates, edges, idle)
    rooms: list[Room] = [(who, mate) for who, mate in enumerate(mates.tolist()) if who < mate]
    left = np.flatnonzero(mates < 0).tolist()
    if trio and left:
        rooms = sorted(joined(case, rooms, left))
    return Solution(rooms, method)


def _whose_turn(case: Case) -> int:
    """Who sat out least; between equals, chance."""
    return int(np.lexsort((case.past.draws[case.who], case.sat_out))[0])


def _cover(case: Case, edges: Edges, idle: int) -> Ints:
    """The double cover in an order of chance, so that equals are not always treated in the order of their ids."""
    order = np.argsort(case.past.draws[case.who], kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(case.n)
    kept = edges.some((edges.one != idle) & (edges.other != idle)) if idle >= 0 else edges
    found = paired(case.n, Edges(place[kept.one], place[kept.other], kept.gain))[place]
    return np.where(found >= 0, order[found], -1)


def _credited(case: Case, edges: Edges) -> Edges:
    """Edges that count more for those who sat out more."""
    credit = CREDIT * np.minimum(case.sat_out, CREDITED)
    return Edges(edges.one, edges.other, edges.gain + credit[edges.one] + credit[edges.other])
