"""Pairs for few people: the best there are, level by level."""

import numpy as np

from rooms.matching.case import Case
from rooms.matching.crowd import Bools, Floats, Ints
from rooms.matching.pairs_bound import bound_of
from rooms.matching.pairs_perfect import best_perfect
from rooms.matching.pairs_ranked import best_ranked
from rooms.matching.pairs_square import CHANCE_BITS, FINE, Square
from rooms.matching.pairs_trio import joined
from rooms.matching.solution import Room, Solution, pairs_of

EXACT = 150
"""People up to whom pairs are solved exactly: some milliseconds."""
CARE_COSTS = 0.001
"""Share of a round's worth that care for those who fared badly may cost."""
CARES = (1.0, 0.5)
"""How much of the care is tried, one after the other, before a round does without."""
TRIOS_TRIED = 40
"""Rooms of three around which the others are paired anew, where the odd one could not join a pair well."""
ANYBODY = 24
"""People of whom anybody may be the one in such a room."""


def solve_exact(case: Case) -> Solution:
    """The best pairs, with the odd one in a room of three or sitting out."""
    square = Square(case)
    rooms = _rooms(square, 0.0)
    if square.cared:
        rooms = _with_care(square, rooms)
    return Solution(rooms, "pairs_exact", bound_of(square, rooms))


def _with_care(square: Square, plain: list[Room]) -> list[Room]:
    """Rooms with as much care for those who fared badly as costs next to nothing."""
    merit, met = square.merit(0.0), pairs_of(plain)
    least = _sum(merit, met) - CARE_COSTS * _sum(square.worth, met)
    for share in CARES:
        rooms = _rooms(square, share)
        if len(rooms) == len(plain) and _sum(merit, pairs_of(rooms)) >= least:
            return rooms
    return plain


def _sum(table: Floats, pairs: tuple[Ints, Ints]) -> float:
    return float(table[pairs].sum())


def _rooms(square: Square, share: float) -> list[Room]:
    trio = square.case.request.odd == "trio"
    units = square.units(share)
    mates = _all_kept(square, units, trio=trio)
    if mates is None:
        mates = best_ranked(square, units, _spare_for_rooms(square, units) if trio else _spare_in_turn(square))
    rooms: list[Room] = [(who, mate) for who, mate in enumerate(mates.tolist()) if who < mate]
    idle = np.flatnonzero(mates < 0).tolist()
    if not trio or not idle:
        return rooms
    grown = sorted(joined(square.case, rooms, idle))
    return grown if _flawless(square, grown) else _around_trios(square, units, grown, idle)


def _around_trios(square: Square, units: Ints, grown: list[Room], idle: list[int]) -> list[Room]:
    """The best rooms around one of the likeliest rooms of three, where the odd one could not join a pair well."""
    best, found = _left_and_broken(square, grown), grown
    for trio in _likely_trios(square, units, idle):
        rest = np.setdiff1d(np.arange(square.n), trio)
        inside = np.ix_(rest, rest)
        mates = best_perfect(units[inside], square.clean[inside])
        if mates is None or square.case.room_barred(trio):
            continue
        rooms: list[Room] = [(int(rest[who]), int(rest[mate])) for who, mate in enumerate(mates.tolist()) if who < mate]
        rooms = sorted([*rooms, trio])
        if (now := _left_and_broken(square, rooms)) < best:
            best, found = now, rooms
        if best == (0, 0):
            break
    return found


def _likely_trios(square: Square, units: Ints, idle: list[int]) -> list[Room]:
    """Rooms of three with one of the idle, or with anybody among very few: least broken, then worth most."""
    firsts = range(square.n) if square.n <= ANYBODY else idle
    one, other = np.nonzero(np.triu(square.allowed, 1))
    found: list[tuple[int, int, Room]] = []
    for who in firsts:
        fits = square.allowed[who, one] & square.allowed[who, other] & (one != who) & (other != who)
        a, b = one[fits], other[fits]
        faults = square.faults[who, a] + square.faults[who, b] + square.faults[a, b]
        gains = units[who, a] + units[who, b] + units[a, b]
        for at in np.lexsort((-gains, faults))[:TRIOS_TRIED].tolist():
            room = sorted((who, int(a[at]), int(b[at])))
            found.append((int(faults[at]), -int(gains[at]), tuple(room)))
    return [room for _, _, room in sorted(set(found))[:TRIOS_TRIED]]


def _left_and_broken(square: Square, rooms: list[Room]) -> tuple[int, int]:
    return square.n - sum(map(len, rooms)), sum(square.case.room_faults(room) for room in rooms)


def _flawless(square: Square, rooms: list[Room]) -> bool:
    if sum(map(len, rooms)) < square.n:
        return False
    pairs = [room for room in rooms if len(room) == 2]
    rest = [room for room in rooms if len(room) > 2]
    whole = all(bool(square.clean[room]) for room in pairs)
    return whole and not any(square.case.room_faults(room) for room in rest)


def _all_kept(square: Square, units: Ints, *, trio: bool) -> Ints | None:
    """The best pairs with nothing broken and nobody left over but the odd one; None where that cannot be."""
    if square.n % 2 == 0:
        return best_perfect(units, square.clean)
    if trio:
        gains, able = _join_gains(square, units)
        return _without(square, units, gains, able) if able.any() else None
    in_turn = square.case.sat_out == square.case.sat_out.min()
    return _without(square, units, np.zeros(square.n, np.int64), in_turn)


def _without(square: Square, units: Ints, gains: Ints, able: Bools) -> Ints | None:
    """The best pairs and one left over, who is `able` to be and brings `gains`: a partner who is nobody."""
    n = square.n
    weights, open_ = np.zeros((n + 1, n + 1), np.int64), np.zeros((n + 1, n + 1), bool)
    weights[:n, :n], open_[:n, :n] = units, square.clean
    weights[n, :n] = weights[:n, n] = gains
    open_[n, :n] = open_[:n, n] = able
    mates = best_perfect(weights, open_)
    return None if mates is None else np.where(mates[:n] == n, -1, mates[:n])


def _join_gains(square: Square, units: Ints) -> tuple[Ints, Bools]:
    """What each would add to a pair they join, at best, and who can join one with nothing broken."""
    able = _meets_pair(square.clean)
    best = np.where(square.clean, units, units.min(initial=0))
    top = np.sort(best, axis=1)[:, -2:] if square.n > 1 else best
    return top.sum(axis=1), able


def _meets_pair(open_: Bools) -> Bools:
    """Who has two others who may meet each other and them."""
    links = open_.astype(np.float32)
    return np.asarray(((links @ links > 0) & open_).any(axis=1))


def _spare_in_turn(square: Square) -> Ints:
    """Who is to be seated rather than sit out: who sat out most; among equals the worth of the rooms decides."""
    return np.array([square.case.sat_out])


def _spare_for_rooms(square: Square, units: Ints) -> Ints:
    """Who is to have a partner rather than join a room: who can join none, then who would break something there."""
    gains, clean = _join_gains(square, units)
    able = _meets_pair(square.allowed)
    turn = np.where(able, 0, 1 + square.case.sat_out)
    fine = np.maximum(0, gains.max(initial=0) - gains) >> CHANCE_BITS
    return np.array([turn, ~clean, fine // (FINE >> 10)])
