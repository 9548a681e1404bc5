"""One round's question as arrays: who must never meet, what each meeting breaks, what it is worth.

People are numbers here, from 0 to n-1, in the order of their ids. A *fault* is something broken that had better be
whole: a hard rule that may be given up, or a repeat. Faults of one meeting are packed into one whole number, the most
important level highest, so that numbers compare as levels do (lexicographically); 0 means nothing is broken.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import combinations

import numpy as np

from rooms.matching.crowd import Bools, Crowd, Floats, Ints
from rooms.matching.past import Past
from rooms.matching.request import MatchRequest, Profile
from rooms.matching.ruling import Ruling

WISH = 16.0
"""Gain of a wished-for meeting that has not been: more than all else two people can be worth together."""
UNIT = 2.0**-16
"""Gains are multiples of this: float solvers of assignments may hang on sums that do not come out even."""
JITTERS = 8
"""Chance between equals: 0 to 7 units."""


class Case:
    """One round's question; n people who are to be placed, companions left out."""

    def __init__(self, request: MatchRequest, crowd: Crowd, who: Ints, past: Past, ruling: Ruling) -> None:
        self.request = request
        self.crowd = crowd
        self.who = who
        """Rows of `crowd`: shape (n,), rising."""
        self.past = past
        self.ruling = ruling

    @property
    def n(self) -> int:
        """People to be placed."""
        return len(self.who)

    def person(self, index: int) -> Profile:
        """Whose number it is."""
        return self.crowd.people[int(self.who[index])]

    def part(self, people: Sequence[int] | Ints) -> "Case":
        """The same question about some of the people; they are numbered anew, in rising order."""
        return Case(self.request, self.crowd, self.who[np.sort(np.asarray(people, np.int64))], self.past, self.ruling)

    @cached_property
    def sat_out(self) -> Ints:
        """How often each sat out more than the least of these people: shape (n,)."""
        counts: Ints = self.past.sat_out[self.who]
        return counts - counts.min() if len(counts) else counts

    # Two by two. Each comes twice: whole rows, shape (len(rows), n), and single pairs, shape as `one`.

    def barred(self, rows: Ints) -> Bools:
        """Whether two must never be in one room: level 1, and rules that stand above a seat. Nobody meets oneself."""
        mine = self.who[rows]
        found = (self.past.apart.rows(mine, self.who) > 0) | self.ruling.barred(mine, self.who)
        found[np.arange(len(rows)), rows] = True
        return found

    def barred_of(self, one: Ints, other: Ints) -> Bools:
        """Whether `one[i]` and `other[i]` must never be in one room."""
        a, b = self.who[one], self.who[other]
        found: Bools = (one == other) | (self.past.apart.of(a, b) > 0) | self.ruling.barred_of(a, b)
        return found

    def pair_barred_of(self, one: Ints, other: Ints) -> Bools:
        """Whether `one[i]` and `other[i]` must never be in one room, whoever else is in it: in pairs a rule about whole
        rooms may bar two who may well be two of three."""
        a, b = self.who[one], self.who[other]
        found: Bools = (one == other) | (self.past.apart.of(a, b) > 0) | self.ruling.pair_barred_of(a, b)
        return found

    @cached_property
    def all_barred(self) -> Bools:
        """`barred` of everybody: shape (n, n), for few people."""
        return self.barred(np.arange(self.n))

    @cached_property
    def all_faults(self) -> Ints:
        """`faults` of everybody: shape (n, n), for few people."""
        return self.faults(np.arange(self.n))

    def faults(self, rows: Ints) -> Ints:
        """What each meeting breaks, packed."""
        return self.ruling.faults(self.who[rows], self.who)

    def faults_of(self, one: Ints, other: Ints) -> Ints:
        """What `one[i]` and `other[i]` break, packed."""
        return self.ruling.faults_of(self.who[one], self.who[other])

    def gain(self, rows: Ints) -> Floats:
        """How good each meeting is: worth, raised for those who fared badly, less soft rules broken, plus wishes."""
        mine, all_ = self.who[rows], self.who
        found = self.crowd.worth(mine, all_)
        if self._cares:
            found *= 1 + (self.past.care[mine][:, None] + self.past.care[all_][None, :]) / 2
        if len(self.past.wished):
            found += WISH * self.past.wished.rows(mine, all_)
        if self.ruling.soft:
            found -= self.ruling.regret(mine, all_)
        return _even(found)

    def gain_of(self, one: Ints, other: Ints) -> Floats:
        """How good it is that `one[i]` and `other[i]` meet."""
        a, b = self.who[one], self.who[other]
        return _even(self._merit(a, b) - self.ruling.regret_of(a, b))

    def jitter(self, rows: Ints) -> Ints:
        """Chance between equals, from the seed: 0 to 7, the same in both directions."""
        return _mixed(self._draws[rows][:, None], self._draws[None, :])

    def jitter_of(self, one: Ints, other: Ints) -> Ints:
        """Chance between equals for single pairs."""
        return _mixed(self._draws[one], self._draws[other])

    # Room by room.

    def room_barred(self, room: Sequence[int]) -> bool:
        """Whether these people must not form a room under any circumstances (its size apart)."""
        one, other = _pairs(room)
        return bool(self.pair_barred_of(one, other).any()) or bool(self.ruling.rooms_barred(self.who[[room]])[0])

    def apart(self, room: Sequence[int]) -> bool:
        """Whether two of these people are kept apart, for good or for this round."""
        one, other = _pairs(room)
        return bool(self.past.apart.of(self.who[one], self.who[other]).any())

    def room_faults(self, room: Sequence[int]) -> int:
        """What a room breaks, packed: the sum over its pairs, and what only the whole room can break."""
        one, other = _pairs(room)
        pairwise = int(self.pair_faults_of(one, other).sum())
        return pairwise + int(self.ruling.rooms_faults(self.who[[room]])[0])

    def room_gain(self, room: Sequence[int]) -> float:
        """How good a room is: the sum over its pairs, less what only the whole room lacks."""
        one, other = _pairs(room)
        return float(self.pair_gain_of(one, other).sum()) - float(self.ruling.rooms_regret(self.who[[room]])[0])

    def pair_faults_of(self, one: Ints, other: Ints) -> Ints:
        """What `one[i]` and `other[i]` break in whatever room they are, packed."""
        return self.ruling.pair_faults_of(self.who[one], self.who[other])

    def pair_gain_of(self, one: Ints, other: Ints) -> Floats:
        """How good it is that `one[i]` and `other[i]` are in one room, whatever the room."""
        a, b = self.who[one], self.who[other]
        found = self._merit(a, b)
        return _even(found - self.ruling.pair_regret_of(a, b) if self.ruling.soft else found)

    def worth(self, room: Sequence[int]) -> float:
        """What a room is worth by the weights alone."""
        one, other = _pairs(room)
        return float(self.crowd.worth_of(self.who[one], self.who[other]).sum())

    @cached_property
    def _draws(self) -> Ints:
        return self.past.draws[self.who]

    def _merit(self, one: Ints, other: Ints) -> Floats:
        found = self.crowd.worth_of(one, other)
        if self._cares:
            found *= 1 + (self.past.care[one] + self.past.care[other]) / 2
        if len(self.past.wished):
            found += WISH * self.past.wished.of(one, other)
        return found

    @cached_property
    def _cares(self) -> bool:
        """Whether anybody fared worse than the average so far."""
        return bool(self.past.care.any())


def _pairs(room: Sequence[int]) -> tuple[Ints, Ints]:
    both = np.array(list(combinations(room, 2)), np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _even(gains: Floats) -> Floats:
    """Rounded to whole units, in place."""
    gains *= 1 / UNIT
    np.rint(gains, out=gains)
    gains *= UNIT
    return gains


def _mixed(one: Ints, other: Ints) -> Ints:
    """A number from 0 to 7 from two 62-bit draws (multiplicative hashing: Knuth, TAOCP 3, §6.4)."""
    mixed = (one ^ other).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(61)).astype(np.int64)
