"""Which rooms are likely to be good for whom, among thousands: what somebody is worth to a room is nearly linear.

What a person is worth to a room is the sum over its people and, but for what is counted at most, a product of two rows
of traits. So one multiplication of matrices weighs everybody with every room. A room that is good for all is of use to
few: looked for is what stands out against what others have of that room. The few rooms found are weighed exactly by
the market.

All traits are small whole numbers, so that sums of 32-bit floats are exact, in whatever order a machine adds them up.
"""

from collections.abc import Iterator

import numpy as np

from rooms.matching.case import Case
from rooms.matching.crowd import Counts, Floats, Ints, Trait
from rooms.matching.pair_table import PairTable

ROOMS = 16
"""Rooms for each person, up to twice as many where many are alike: 24 would add two thousandths and take twice as
long."""
FINE = 64
"""Traits are multiples of 1/64."""
TRAIT_MOST = 127
"""The largest trait: products summed over 200 columns and rooms of six stay below 2^24."""
OWN, SHARED = 48, 16
"""Columns of each kind of trait: the most common words have their own, the others share what is left."""
CHANCES, CHANCE = 4, 2
"""Traits drawn by chance, and how large they may be: so that not all who are alike look at the same rooms."""
SAMPLE = 20
"""One in so many people tells what a room is worth to everybody."""
SPREADS = 2
"""Standard deviations above its average at which a room stands out: twice as good a beginning as without any."""
AT_ONCE = 128
"""People weighed with all rooms at once: what fits the nearer caches."""
PARTS = 48
"""Parts of the rooms of which the best is known: the sixteenth of these is at most the sixteenth of all."""
NEVER = 2.0**26
"""Against a room that is of no use to somebody: more than all sums."""


class Guide:
    """Names rooms for people of one case."""

    def __init__(self, case: Case, chance: np.random.Generator) -> None:
        care = FINE * (1 + case.past.care[case.who] / 2)
        drawn = chance.integers(-CHANCE, CHANCE + 1, (2, case.n, CHANCES))
        mine, theirs = [drawn[0]], [drawn[1]]
        for trait in case.crowd.traits:
            weight = (trait.weight[case.who] * care)[:, None]
            columns = _columns(trait)
            mine.append(_whole((trait.mine @ columns)[case.who] * weight))
            theirs.append(_whole((trait.theirs @ columns)[case.who] * weight))
        self._mine = np.concatenate(mine, axis=1).astype(np.float32)
        self._theirs = np.concatenate(theirs, axis=1).astype(np.float32)
        self._theirs = np.concatenate([self._theirs, np.zeros_like(self._theirs[:1])])
        past = case.past
        self._known = _Others(case, (past.apart, past.met, past.series))
        self._wished = _Others(case, (past.wished,))

    def rooms_for(self, out: Ints, rest: Ints, kinds: Ints) -> tuple[Ints, list[Ints]]:
        """Rooms that may be good for some people: see `groups_markets.Guide`."""
        nobody, count = len(self._mine), len(out)
        room_of = np.full(nobody + 1, -1)
        room_of[rest] = np.arange(count)[:, None]
        room_of[nobody] = -1
        person, room = self._wished.rooms(out, room_of)
        alike = kinds[person] == kinds[room]
        likely = self._outstanding(out, rest, kinds, self._known.rooms(out, room_of))
        return person[alike] * count + room[alike], list(likely)

    def _outstanding(self, out: Ints, rest: Ints, kinds: Ints, known: tuple[Ints, Ints]) -> Iterator[Ints]:
        """The rooms that stand out for each, some people at a time; `known`: rooms with somebody they know."""
        count = len(out)
        rooms = np.zeros((-(-count // PARTS) * PARTS, self._mine.shape[1]), np.float32)
        for column in range(rest.shape[1]):
            rooms[:count] += self._theirs[rest[:, column]]
        usual = np.full(len(rooms), NEVER, np.float32)
        usual[:count] = _usual(self._mine[out[::SAMPLE]] @ rooms[:count].T)
        several = bool((kinds != kinds[0]).any())
        for start in range(0, count, AT_ONCE):
            worth = self._mine[out[start : start + AT_ONCE]] @ rooms.T
            worth -= usual
            some = slice(*np.searchsorted(known[0], (start, start + AT_ONCE)).tolist())
            worth[known[0][some] - start, known[1][some]] = -NEVER
            if several:
                worth[:, :count][kinds[start : start + AT_ONCE, None] != kinds] = -NEVER
            person, room = _best(worth)
            yield (start + person) * count + room


class _Others:
    """Of each person of a case the others of whom tables tell something."""

    def __init__(self, case: Case, tables: tuple[PairTable, ...]) -> None:
        place = np.full(case.crowd.n, -1)
        place[case.who] = np.arange(case.n)
        one, other = (np.concatenate([place[table.pairs()[side]] for table in tables]) for side in (0, 1))
        here = (one >= 0) & (other >= 0)
        one, other = one[here], other[here]
        keys = np.sort(np.concatenate([one * case.n + other, other * case.n + one]))
        one, self._others = np.divmod(keys, max(1, case.n))
        self._starts = np.searchsorted(one, np.arange(case.n + 1))

    def rooms(self, people: Ints, room_of: Ints) -> tuple[Ints, Ints]:
        """Positions in `people`, rising, and the rooms their others are in."""
        starts = self._starts[people]
        lengths = self._starts[people + 1] - starts
        person = np.repeat(np.arange(len(people)), lengths)
        at = np.arange(len(person)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + np.repeat(starts, lengths)
        room = room_of[self._others[at]]
        return person[room >= 0], room[room >= 0]


def _columns(trait: Trait) -> Counts:
    """Which column each word goes to, as ones: shape (words, columns). The most common first, the rarest share some."""
    count = trait.mine.shape[1]
    order = np.argsort(-(trait.mine.sum(axis=0) + trait.theirs.sum(axis=0)), kind="stable")
    rank = np.arange(count)
    found = np.zeros((count, OWN + SHARED), np.float32)
    found[order, np.where(rank < OWN, rank, OWN + rank % SHARED)] = 1
    return found[:, : min(count, OWN + SHARED)]


def _whole(traits: Floats) -> Floats:
    found: Floats = np.minimum(np.rint(traits), TRAIT_MOST)
    return found


def _usual(worth: Counts) -> Floats:
    """What each room must be worth to stand out: shape (people, rooms) in, (rooms,) out."""
    coarse = np.rint(worth.astype(np.float64) / FINE)
    average = coarse.mean(axis=0)
    spread = np.sqrt(np.maximum(0, np.square(coarse).mean(axis=0) - average * average))
    found: Floats = np.rint((average + SPREADS * spread) * FINE)
    return found


def _best(worth: Counts) -> tuple[Ints, Ints]:
    """For each person the rooms of most worth: shape (people, rooms) in, with as many rooms in each part."""
    parts = worth.reshape(len(worth), -1, PARTS).max(axis=1)
    least = np.partition(parts, PARTS - ROOMS, axis=1)[:, PARTS - ROOMS]
    likely = np.flatnonzero(worth >= np.maximum(least, 1 - NEVER / 2)[:, None])
    person, room = np.divmod(likely, worth.shape[1])
    counts = np.bincount(person, minlength=len(worth))
    rank = np.arange(len(person)) - np.repeat(np.cumsum(counts) - counts, counts)
    return person[rank < 2 * ROOMS], room[rank < 2 * ROOMS]
