"""The best room for one person more: for whoever comes late, and for the odd one of a round of pairs."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rooms.matching.case import Case
from rooms.matching.sizes import lawful_sizes
from rooms.matching.solution import Room


class Welcome(NamedTuple):
    """What a room would be with the person in it; the least of these is the best."""

    faults: int
    """What they bring with them, packed."""
    size: int
    loss: float
    """What the room gains by them, negative."""
    at: int


def place(case: Case, rooms: Sequence[Room], who: int) -> int | None:
    """Which of the rooms this person had better join; None where there is none.

    No room becomes larger than it may be, and nobody meets whom they must not. The least is broken; then the smallest
    room; then the greatest gain.
    """
    _, most = lawful_sizes(case.request.group, case.request.odd)
    return best_room(case, rooms, who, most - 1)


def best_room(case: Case, rooms: Sequence[Room], who: int, most: int) -> int | None:
    """The same among rooms of at most so many people."""
    by_size: dict[int, list[int]] = {}
    for index, room in enumerate(rooms):
        if len(room) <= most and who not in room:
            by_size.setdefault(len(room), []).append(index)
    found = [_best_of_size(case, rooms, indices, who) for indices in by_size.values()]
    best = min((welcome for welcome in found if welcome is not None), default=None)
    return None if best is None else best.at


def _best_of_size(case: Case, rooms: Sequence[Room], indices: list[int], who: int) -> Welcome | None:
    inside = np.array([rooms[index] for index in indices], np.int64)
    full = np.concatenate([inside, np.full((len(inside), 1), who)], axis=1)
    members, me = inside.ravel(), np.full(inside.size, who)
    before, after = case.who[inside], case.who[full]
    barred = case.pair_barred_of(members, me).reshape(inside.shape).any(axis=1) | case.ruling.rooms_barred(after)
    faults = case.pair_faults_of(members, me).reshape(inside.shape).sum(axis=1)
    faults += case.ruling.rooms_faults(after) - case.ruling.rooms_faults(before)
    gain = case.pair_gain_of(members, me).reshape(inside.shape).sum(axis=1)
    gain -= case.ruling.rooms_regret(after) - case.ruling.rooms_regret(before)
    order = np.lexsort((-gain, faults))
    order = order[~barred[order]]
    if not len(order):
        return None
    best = int(order[0])
    return Welcome(int(faults[best]), inside.shape[1], -float(gain[best]), indices[best])
