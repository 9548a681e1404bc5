"""The best rooms for few people: every way to seat them is weighed, each set of people left over only once.

Dynamic programming over sets of people (Bellman 1962; Held and Karp 1962): the lowest person left goes into one of the
rooms that hold nobody lower, or sits out. The cost of a room is one whole number with the levels packed into it, so
that adding up and comparing is what the levels ask for.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

import numpy as np

from rooms.matching.case import UNIT, Case
from rooms.matching.crowd import Ints
from rooms.matching.sizes import lawful_sizes, misfit, room_sizes
from rooms.matching.solution import Room, Solution

FEW = 12
"""People of whom every seating is weighed: at most 4,096 sets of people, and 2,500 rooms."""
LEVEL_BITS = 16
"""The sum of one level's faults: 30 pairs at most share a room, of 10 bits each."""
GAIN_BITS, JITTER_BITS, MISFIT_BITS, TURN_BITS = 40, 10, 48, 48
"""Wide enough for the sums over 30 pairs or 12 people of: gain in units, jitter, misfit, 13 to the rank of turns."""

Way = tuple[int, tuple[Room, ...]]
"""What it costs, and the rooms."""


def solve_few(case: Case) -> Solution:
    """The best rooms there are, level by level, for at most `FEW` people.

    Levels: nobody barred; as few as can be sit out, those who did least often; sizes; faults; gain; chance.
    """
    sizes = room_sizes(case.n, case.request.group, case.request.odd)
    left_over = case.n - sum(sizes)
    turns = sorted(case.sat_out.tolist())[:left_over]
    hoped = _Search(case, set(sizes), left_over, max(turns, default=-1)).best()
    if hoped is None or not _is_ideal(case, hoped[1], sizes, turns):
        least, most = lawful_sizes(case.request.group, case.request.odd)
        hoped = _Search(case, range(least, most + 1), None, None).best()
    return Solution(sorted(hoped[1]) if hoped else [], "few")


def _is_ideal(case: Case, rooms: Iterable[Room], sizes: tuple[int, ...], turns: list[int]) -> bool:
    """Whether a way found among the hoped-for sizes and sitters is as good as any way can be on those levels."""
    seated = {who for room in rooms for who in room}
    idle = [who for who in range(case.n) if who not in seated]
    as_hoped = sorted((len(room) for room in rooms), reverse=True) == list(sizes)
    return as_hoped and sorted(case.sat_out[idle].tolist()) == turns


class _Search:
    """One search; `sitters` bounds how many may sit out and `turn` how often they did so far, None for no bound."""

    def __init__(self, case: Case, sizes: Iterable[int], sitters: int | None, turn: int | None) -> None:
        self._case = case
        self._sitters = case.n if sitters is None else sitters
        self._bounded = sitters is not None
        self._may_sit = [turn is None or times <= turn for times in case.sat_out.tolist()]
        self._sitting = self._turns()
        self._rooms: list[list[tuple[int, int, Room]]] = [[] for _ in range(case.n)]
        """By the lowest person of each room: its people as bits, its cost, the room."""
        prices = _Prices(case)
        for size in sorted(sizes):
            for cost, room in prices.rooms(size):
                self._rooms[room[0]].append((sum(1 << who for who in room), cost, room))
        self._known: dict[tuple[int, int], Way | None] = {}

    def best(self) -> Way | None:
        """The cheapest way to place everybody."""
        return self._best((1 << self._case.n) - 1, self._sitters)

    def _best(self, left: int, sitters: int) -> Way | None:
        if not left:
            return 0, ()
        key = (left, sitters if self._bounded else 0)
        if key not in self._known:
            self._known[key] = self._cheapest(left, sitters)
        return self._known[key]

    def _cheapest(self, left: int, sitters: int) -> Way | None:
        lowest = (left & -left).bit_length() - 1
        found: Way | None = None
        for people, cost, room in self._rooms[lowest]:
            if people & left == people and (rest := self._best(left ^ people, sitters)) is not None:
                cost += rest[0]
                if found is None or cost < found[0]:
                    found = cost, (room, *rest[1])
        if sitters and self._may_sit[lowest] and (rest := self._best(left ^ (1 << lowest), sitters - 1)) is not None:
            cost = self._sitting[lowest] + rest[0]
            if found is None or cost < found[0]:
                found = cost, rest[1]
        return found

    def _turns(self) -> list[int]:
        """What each one's sitting out costs: one seat; how often before, summed up; and the most often last."""
        times = self._case.sat_out.tolist()
        ranks = {turn: rank for rank, turn in enumerate(sorted(set(times)))}
        below = MISFIT_BITS + LEVEL_BITS * len(self._case.ruling.levels) + GAIN_BITS + JITTER_BITS
        most = max(times, default=0) * self._case.n + 1
        return [((most + turn) << TURN_BITS | (self._case.n + 1) ** ranks[turn]) << below for turn in times]


class _Prices:
    """What rooms cost: misfit of the size, faults by level, gain, jitter, from the highest bits to the lowest."""

    def __init__(self, case: Case) -> None:
        self._case = case
        one, other = np.triu_indices(case.n, 1)
        self._place = np.zeros((case.n, case.n), np.int64)
        """Of each two people, where the arrays of pairs have them."""
        self._place[one, other] = np.arange(len(one))
        self._barred = case.pair_barred_of(one, other)
        self._levels = self._by_level(case.pair_faults_of(one, other))
        self._gain = np.rint(case.pair_gain_of(one, other) / UNIT).astype(np.int64)
        self._jitter = case.jitter_of(one, other)

    def rooms(self, size: int) -> Iterator[tuple[int, Room]]:
        """The cost of each room of one size that is not barred, and its people."""
        case = self._case
        rooms = np.array(list(combinations(range(case.n), size)), np.int64).reshape(-1, size)
        left, right = np.triu_indices(size, 1)
        pairs = self._place[rooms[:, left], rooms[:, right]]
        rows = case.who[rooms]
        open_ = ~(self._barred[pairs].any(axis=1) | case.ruling.rooms_barred(rows))
        rooms, pairs, rows = rooms[open_], pairs[open_], rows[open_]
        levels = self._levels[pairs].sum(axis=1) + self._by_level(case.ruling.rooms_faults(rows))
        gain = self._gain[pairs].sum(axis=1) - np.rint(case.ruling.rooms_regret(rows) / UNIT).astype(np.int64)
        jitter = self._jitter[pairs].sum(axis=1)
        fit = misfit(size, case.request.group) << (LEVEL_BITS * levels.shape[1])
        costs = zip(_wide(levels), gain.tolist(), jitter.tolist(), strict=True)
        for room, (faults, good, chance) in zip(rooms.tolist(), costs, strict=True):
            yield (((fit + faults) << GAIN_BITS) - good << JITTER_BITS) + chance, tuple(room)

    def _by_level(self, faults: Ints) -> Ints:
        """Packed faults apart, the most important level first: shape (faults, levels)."""
        bits, levels = self._case.ruling.bits, len(self._case.ruling.levels)
        shifts = np.arange(levels - 1, -1, -1) * bits
        return faults[:, None] >> shifts & ((1 << bits) - 1)


def _wide(levels: Ints) -> list[int]:
    """Sums of faults packed again, with room for each level's sum; numbers of any length."""
    found = [0] * len(levels)
    for at in range(levels.shape[1]):
        found = [(packed << LEVEL_BITS) + count for packed, count in zip(found, levels[:, at].tolist(), strict=True)]
    return found
