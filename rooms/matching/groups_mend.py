"""Putting right what moving single people cannot see: rules about whole rooms, and rooms that must not be."""

from itertools import chain

import numpy as np

from rooms.matching.case import Case
from rooms.matching.crowd import Bools, Floats, Ints
from rooms.matching.neighbourhood import Seating
from rooms.matching.prices import BARRED, FAULT, Prices
from rooms.matching.sizes import lawful_sizes
from rooms.matching.solution import Room

TURNS = 60
"""Times that rooms with something to mend meet other rooms."""
PATIENCE = 10
"""Turns in a row without a better swap, after which what is broken is taken for unavoidable."""
MEETINGS = 400
"""Pairs of rooms that meet at once: each meeting of fours weighs 32 rooms."""


def mend(case: Case, prices: Prices, seating: Seating, chance: np.random.Generator) -> Floats:
    """Let rooms that break something meet other rooms by chance, and swap two people where that is better.

    Returns the price of each room then.
    """
    costs = room_prices(prices, seating.seats)
    in_vain = 0
    for _ in range(TURNS):
        broken = np.flatnonzero(_to_mend(case, seating, costs))
        if not len(broken) or len(seating.seats) < 2 or in_vain >= PATIENCE:
            break
        one, other = _meetings(broken, len(seating.seats), chance)
        in_vain = 0 if _swap_best(prices, seating, costs, one, other) else in_vain + 1
    return costs


def room_prices(prices: Prices, seats: Ints) -> Floats:
    """The price of each room: shape (rooms,)."""
    found = np.zeros(len(seats))
    there = seats != prices.n
    sizes = there.sum(axis=1)
    for size in np.unique(sizes[sizes > 1]).tolist():
        rooms = np.flatnonzero(sizes == size)
        found[rooms] = prices.of_rooms(seats[rooms][there[rooms]].reshape(-1, size))
    return found


def _to_mend(case: Case, seating: Seating, costs: Floats) -> Bools:
    """Rooms that break something; a room's gain hides a fault only if a dozen wished-for meetings are in it."""
    found = costs >= FAULT / 4
    there = seating.seats != case.n
    sizes = there.sum(axis=1)
    for size in np.unique(sizes[sizes > 1]).tolist():
        rooms = np.flatnonzero(sizes == size)
        rows = case.who[seating.seats[rooms][there[rooms]].reshape(-1, size)]
        if case.ruling.asks_of_rooms(size):
            found[rooms] |= (case.ruling.rooms_faults(rows) > 0) | (case.ruling.rooms_regret(rows) > 0)
    return found


def _meetings(broken: Ints, rooms: int, chance: np.random.Generator) -> tuple[Ints, Ints]:
    """Broken rooms, each with another one; no room is in two meetings."""
    one = chance.permutation(broken)[: min(MEETINGS, rooms // 2)]
    rest = np.setdiff1d(np.arange(rooms), one)
    other = chance.permutation(rest)[: len(one)]
    return one[: len(other)], other


def _swap_best(prices: Prices, seating: Seating, costs: Floats, one: Ints, other: Ints) -> bool:
    """In each meeting make the swap that lowers the price most, if any does; whether any did."""
    seats, movable = seating.seats, seating.movable
    width = seats.shape[1]
    mine, theirs = (grid.ravel() for grid in np.meshgrid(np.arange(width), np.arange(width), indexing="ij"))
    meeting = np.repeat(np.arange(len(one)), width * width)
    mine, theirs = np.tile(mine, len(one)), np.tile(theirs, len(one))
    may = movable[one[meeting], mine] & movable[other[meeting], theirs]
    meeting, mine, theirs = meeting[may], mine[may], theirs[may]
    if not len(meeting):
        return False
    left, right = seats[one[meeting]], seats[other[meeting]]
    at = np.arange(len(meeting))
    left[at, mine], right[at, theirs] = right[at, theirs], left[at, mine]
    after = np.stack([room_prices(prices, left), room_prices(prices, right)])
    saved = costs[one[meeting]] + costs[other[meeting]] - after.sum(axis=0)
    order = np.lexsort((-saved, meeting))
    first = order[np.unique(meeting[order], return_index=True)[1]]
    better = first[saved[first] > 0].tolist()
    for best in better:
        a, b = int(one[meeting[best]]), int(other[meeting[best]])
        seats[a], seats[b] = left[best], right[best]
        seating.kinds[a, mine[best]], seating.kinds[b, theirs[best]] = (
            seating.kinds[b, theirs[best]],
            seating.kinds[a, mine[best]],
        )
        costs[a], costs[b] = after[:, best]
    return bool(better)


def lawful_rooms(case: Case, seating: Seating, costs: Floats) -> list[Room]:
    """The rooms without anybody who must not be there; those taken out are seated elsewhere where that is possible.

    Args:
        case: whom it is about.
        seating: who sits where.
        costs: the price of each room.
    """
    rooms = [[who for who in row if who != case.n] for row in seating.seats.tolist()]
    unlawful = np.flatnonzero(costs >= BARRED / 2).tolist()
    taken_out = list(chain.from_iterable(_take_out(case, rooms[at]) for at in unlawful))
    idle = sorted(set(range(case.n)) - set(chain.from_iterable(rooms)), key=lambda who: (-case.sat_out[who], who))
    if taken_out:
        _take_in(case, rooms, idle)
    return sorted(tuple(sorted(room)) for room in rooms if room)


def _take_out(case: Case, room: list[int]) -> list[int]:
    """Make a room lawful: whoever has most people against them goes, until nobody must; all of a room too small."""
    out: list[int] = []
    least, _ = lawful_sizes(case.request.group, case.request.odd)
    while len(room) >= least and case.room_barred(room):
        people = np.array(room)
        against = case.pair_barred_of(*(grid.ravel() for grid in np.meshgrid(people, people))).reshape(len(room), -1)
        worst = max(range(len(room)), key=lambda at: (int(against[at].sum()), -int(case.sat_out[room[at]])))
        out.append(room.pop(worst))
    if len(room) < least:
        out += room
        room.clear()
    return out


def _take_in(case: Case, rooms: list[list[int]], idle: list[int]) -> None:
    """Seat people where there is room for them, those who sat out most often first."""
    _, most = lawful_sizes(case.request.group, case.request.odd)
    for who in idle:
        fitting = [room for room in rooms if 0 < len(room) < most and not case.room_barred([*room, who])]
        if fitting:
            best = min(
                fitting, key=lambda room: (len(room), case.room_faults([*room, who]), -case.room_gain([*room, who]))
            )
            best.append(who)
