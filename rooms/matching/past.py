"""What went before, as arrays: who met whom and when, who sat out, who fared badly, who wished for whom."""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import numpy as np

from rooms.language.ids import AttendeeId
from rooms.language.rules import MustLink
from rooms.matching.chance import number
from rooms.matching.crowd import ROUNDS_KEPT, Bools, Crowd, Floats, Ints
from rooms.matching.pair_table import PairTable
from rooms.matching.request import Group, MatchRequest, Two
from rooms.matching.solution import pairs_of

SPREAD = 0xD1342543DE82EF95
"""An odd multiplier that spreads 64 bits well (Steele & Vigna, 2021: computationally easy, spectrally good)."""

FINE = 2.0**-32
"""What meetings were worth is added up in multiples of this: exactly, up to two million of them."""
TABLE_CARE = 8
"""How much stronger the care for the worst served is at tables than in pairs."""


NOBODY: Ints = np.zeros(0, np.int64)


class _Round(NamedTuple):
    """One round held: all pairs that met, who was in a room, and who sat out, as rows."""

    number: int
    one: Ints
    other: Ints
    seated: Ints
    sat_out: Ints


class Past:
    """The past of one request over the rows of a crowd. People no longer known are left out."""

    def __init__(self, request: MatchRequest, crowd: Crowd, here: Bools, companions: dict[int, int]) -> None:
        self.request = request
        self.n = crowd.n
        self.crowd = crowd
        self.rows = crowd.rows
        self.people = crowd.people
        self.here = here
        """Who is present: shape (n,)."""
        self.companions = companions
        """Row of each companion, and the row of their person."""

    @cached_property
    def apart(self) -> PairTable:
        """Never together, or not in this round; what bars a companion bars their person."""
        lead = self.companions
        pairs = self._known([*self.request.apart, *self.request.passed])
        merged = {(lead.get(one, one), lead.get(other, other)) for one, other in pairs}
        return PairTable.of_pairs(self.n, {*pairs, *merged})

    @cached_property
    def met(self) -> PairTable:
        """Times that two met in this event."""
        return self._together(one for one in self._rounds if one.number >= 1)

    @cached_property
    def series(self) -> PairTable:
        """Times that two met in earlier events of the series."""
        return self._together(one for one in self._rounds if one.number < 1)

    @cached_property
    def last(self) -> PairTable:
        """The last round of this event in which two met."""
        return self._lately(self.met, [held for held in self._rounds if held.number >= 1])

    @cached_property
    def events_ago(self) -> PairTable:
        """How many events of the series ago two met last; 1 for the one before this."""
        latest = self._lately(self.series, [held for held in self._rounds if held.number < 1])
        return latest.with_numbers(1 - latest.pairs()[2])

    @cached_property
    def sat_out(self) -> Ints:
        """How often each sat out; newcomers count like the least of those who are here."""
        held = [one for one in self._rounds if one.number >= 1]
        told = [(self.rows[who], times) for who, times in self.request.sat_out if who in self.rows]
        row, times = np.array(told, np.int64).reshape(-1, 2).T
        counts = np.bincount(np.concatenate([NOBODY, *(one.sat_out for one in held)]), minlength=self.n)
        np.maximum.at(counts, row, times)
        been = np.zeros(self.n, bool)
        been[np.concatenate([row, *(people for one in held for people in (one.seated, one.sat_out))])] = True
        here = been & self.here
        return np.where(been, counts, counts[here].min() if here.any() else 0).astype(np.int64)

    @cached_property
    def wished(self) -> PairTable:
        """Two of whom one asked for the other, and who have not met in this event."""
        if not self.request.wishes:
            return PairTable.of_pairs(self.n, ())
        asked = PairTable.of_pairs(self.n, {(min(pair), max(pair)) for pair in self._known(self.request.wishes)})
        one, other, _ = asked.pairs()
        open_ = self.met.of(one, other) == 0
        return PairTable.of_arrays(self.n, one[open_], other[open_])

    @cached_property
    def fared(self) -> tuple[Floats, Ints]:
        """What the rooms of this event were worth to each so far, and in how many rounds each was known to be here."""
        held = [round_ for round_ in self._rounds if round_.number >= 1]
        one, other = _all_pairs(held)
        # Whole numbers come to the same in whatever order they are added.
        value = np.rint(self.crowd.worth_of(one, other) / FINE) * FINE
        worth = _sums(one, value, self.n) + _sums(other, value, self.n)
        seen = [round_.number * self.n + np.concatenate([round_.one, round_.other, round_.sat_out]) for round_ in held]
        rounds = np.bincount(np.unique(np.concatenate([NOBODY, *seen])) % max(1, self.n), minlength=self.n)
        return worth, rounds.astype(np.int64)

    @cached_property
    def care(self) -> Floats:
        """How much more each counts in this round: fairness × s, where s = shortfall against the average ÷ the average.

        At tables, where one more person in a room weighs less, fairness × 8 × rounds × s²: what is lacking adds up, and
        a large shortfall counts more than many small ones. Over ten rounds of fours of 200 the worst-served person is
        13 % better off than without, for 0.4 % of the whole; s alone would make that 3 %.

        The deficit heuristic for repeated matching with a maximin goal, which exactly is intractable
        (Lim, Neoh and Teh, arXiv 2510.04624). 0 for everybody at or above the average.
        """
        worth, rounds = self.fared
        if not rounds.any():
            return np.zeros(self.n)
        mean = np.divide(worth, rounds, out=np.zeros(self.n), where=rounds > 0)
        average = float(mean[rounds > 0].mean())
        if average <= 0:
            return np.zeros(self.n)
        short = np.where(rounds > 0, np.maximum(0, average - mean) / average, 0.0)
        if self.request.group.max > 2:
            short = TABLE_CARE * rounds * short * short
        return self.request.weights.fairness * short

    @cached_property
    def draws(self) -> Ints:
        """A number from 0 to 2^62-1 each, from the seed and the round: chance between equals."""
        seed = np.uint64(number(self.request.seed, self.request.round))
        # Multiplied after the seed is in: two bare exclusive ors would cancel it where two draws meet.
        mixed = (self.crowd.keys.astype(np.uint64) ^ seed) * np.uint64(SPREAD)
        return (mixed >> np.uint64(2)).astype(np.int64)

    def mutual(self, one: AttendeeId, other: AttendeeId) -> bool:
        """Whether both asked to meet each other."""
        return (one, other) in self._asked and (other, one) in self._asked

    @cached_property
    def _asked(self) -> frozenset[Two]:
        return frozenset(self.request.wishes)

    def linked(self, rule: MustLink) -> list[tuple[int, int]]:
        """Pairs of a must-link that are to be together in this round and are both here."""
        if rule.round != self.request.round:
            return []
        return [(one, other) for one, other in self._known(rule.pairs) if self.here[one] and self.here[other]]

    def _known(self, pairs: Iterable[Two]) -> list[tuple[int, int]]:
        rows = self.rows
        return [(rows[one], rows[other]) for one, other in pairs if one in rows and other in rows]

    @cached_property
    def _rounds(self) -> tuple[_Round, ...]:
        return tuple(
            _Round(held.round, *self._pairs(held.rooms), self._row_of(held.sat_out)) for held in self.request.history
        )

    def _together(self, rounds: Iterable[_Round]) -> PairTable:
        return PairTable.of_arrays(self.n, *_all_pairs(list(rounds)))

    def _lately(self, met: PairTable, rounds: list[_Round]) -> PairTable:
        """The same pairs with the last of these rounds in which they met."""
        one, other, _ = met.pairs()
        keys, latest = one * self.n + other, np.zeros(len(one), np.int64)
        for held in sorted(rounds, key=lambda held: held.number):
            now = np.minimum(held.one, held.other) * self.n + np.maximum(held.one, held.other)
            latest[np.searchsorted(keys, now)] = held.number
        return met.with_numbers(latest)

    def _row_of(self, people: Iterable[AttendeeId]) -> Ints:
        return np.fromiter((row for who in people if (row := self.rows.get(who)) is not None), np.int64)

    def _pairs(self, rooms: tuple[Group, ...]) -> tuple[Ints, Ints, Ints]:
        """All pairs of all rooms, and everybody in them; a companion meets nobody, nor does somebody unknown."""
        known = self.crowd.held.get(rooms) if not self.companions else None
        if known is None:
            known = self._looked_up(rooms)
            if not self.companions and len(self.crowd.held) < ROUNDS_KEPT:
                self.crowd.held[rooms] = known
        return known

    def _looked_up(self, rooms: tuple[Group, ...]) -> tuple[Ints, Ints, Ints]:
        meeting = {who: row for who, row in self.rows.items() if row not in self.companions}
        inside = [tuple(meeting.get(who, -1) for who in room) for room in rooms]
        one, other = pairs_of(inside)
        known = (one >= 0) & (other >= 0)
        return one[known], other[known], self._row_of(who for room in rooms for who in room)


def _all_pairs(rounds: list[_Round]) -> tuple[Ints, Ints]:
    """The pairs of all these rounds, one after the other."""
    one = np.concatenate([NOBODY, *(held.one for held in rounds)])
    return one, np.concatenate([NOBODY, *(held.other for held in rounds)])


def _sums(people: Ints, worth: Floats, n: int) -> Floats:
    """What comes to each of n people: shape (n,)."""
    found: Floats = np.bincount(people, worth, n).astype(np.float64)
    return found
