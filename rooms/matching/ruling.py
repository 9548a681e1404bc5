"""The organiser's rules as arrays: which meetings they bar, which they would rather not have, and how much that counts.

A hard rule that stands above the seat *bars*; one that may be given up is a *fault*, packed by level; a soft one is a
*regret*, a number taken from the gain. Rules about whole rooms (quota, anchor, no token) are asked about pairs where
rooms are pairs, and about the room otherwise.
"""

from collections.abc import Callable

import numpy as np

from rooms.language import rules as r
from rooms.matching.crowd import Bools, Crowd, Floats, Ints
from rooms.matching.looks import Grid, Line, Look, broken_by_none
from rooms.matching.past import Past
from rooms.matching.request import MatchRequest
from rooms.matching.rule_pairs import as_pair, pairwise
from rooms.matching.rule_rooms import asks_of_rooms, rooms_broken

REPEATS = ("repeat", "series_repeat", "again")
"""Levels below the organiser's rules: meeting again in this event, in the series, and how bad a forced repeat is.

A repeat of two who met k times counts 2k-1, so that over an evening their repeats count k²: where repeats are forced,
they are spread rather than heaped upon the same two.
"""
LEVEL_BITS = 10
"""Room for the sum of a few rooms' faults of one level; less where there are many levels."""
WORD_BITS = 62
OTHER_SIZE = 0.1
"""Regret for each person who would rather be in a room of another size."""
BACK_TO_BACK, OFTEN, OFTEN_MOST, RECENT_MOST = 32, 8, 3, 7
"""How bad a forced repeat is: the round before weighs most, then how often, then how lately."""


class Ruling:
    """The rules of one request over the rows of a crowd."""

    def __init__(self, request: MatchRequest, crowd: Crowd, past: Past) -> None:
        self.request = request
        self._crowd = crowd
        self._past = past
        self.in_pairs = request.group.max == 2
        hard = [rule for rule in request.rules if rule.hardness == "hard" and not isinstance(rule, r.Companion)]
        self.barring = tuple(rule for rule in hard if _above_the_seat(rule))
        self.yielding = tuple(rule for rule in hard if not _above_the_seat(rule))
        self.soft = tuple(rule for rule in request.rules if rule.hardness == "soft")
        self.levels = (*(r.rule_name(rule) for rule in self.yielding), "must_share:languages", *REPEATS)
        """Names of the levels of a packed fault, the most important first."""
        self.bits = min(LEVEL_BITS, WORD_BITS // len(self.levels))
        self._sizes_wanted = np.array([person.size for person in crowd.people], np.int64)
        self._required = np.array([person.language_required for person in crowd.people], bool)

    def unpacked(self, fault: int) -> dict[str, int]:
        """A packed fault by the names of its levels, those of 0 left out."""
        mask, last = (1 << self.bits) - 1, len(self.levels) - 1
        found: dict[str, int] = {}
        for level, name in enumerate(self.levels):
            if count := fault >> (self.bits * (last - level)) & mask:
                found[name] = found.get(name, 0) + count
        return found

    # Barred.

    def barred(self, rows: Ints, columns: Ints) -> Bools:
        """Which meetings break a rule that stands above the seat: shape (rows, columns)."""
        return self._barred(Grid(self._crowd, rows, columns), self._broken)

    def barred_of(self, one: Ints, other: Ints) -> Bools:
        """The same for single pairs."""
        return self._barred(Line(self._crowd, one, other), self._broken)

    def pair_barred_of(self, one: Ints, other: Ints) -> Bools:
        """The same for single pairs of a larger room: without what only a whole room can break."""
        return self._barred(Line(self._crowd, one, other), self._pairwise)

    def rooms_barred(self, rooms: Ints) -> Bools:
        """Which rooms of one size, shape (rooms, people), as a whole break a rule that stands above the seat."""
        found = np.zeros(len(rooms), bool)
        for rule in self.barring:
            found |= rooms_broken(rule, self._crowd, self._past, rooms) > 0
        return found

    def breaks(self, rule: r.Rule, one: Ints, other: Ints) -> bool:
        """Whether any of these pairs breaks one rule."""
        return bool(self._broken(rule, Line(self._crowd, one, other)).any())

    def broken(self, look: Look) -> Bools:
        """Which pairs break any rule at all, hard or soft, in whatever room they are."""
        found = self._speechless(look) if self.speech_matters else broken_by_none(look)
        for rule in (*self.barring, *self.yielding, *self.soft):
            found = found | self._pairwise(rule, look)
        return found

    def _barred(self, look: Look, broken: Callable[[r.Rule, Look], Bools]) -> Bools:
        found = broken_by_none(look)
        for rule in self.barring:
            found = found | broken(rule, look)
        if self.request.repeat == "idle_over_repeat":
            found = found | (look.table(self._past.met) > 0) | (look.table(self._past.series) > 0)
        return found

    # Faults.

    def faults(self, rows: Ints, columns: Ints) -> Ints:
        """What each meeting breaks, packed: shape (rows, columns). In pairs, whole-room rules are included."""
        return self._faults(Grid(self._crowd, rows, columns), self._broken)

    def faults_of(self, one: Ints, other: Ints) -> Ints:
        """The same for single pairs."""
        return self._faults(Line(self._crowd, one, other), self._broken)

    def pair_faults_of(self, one: Ints, other: Ints) -> Ints:
        """The same for single pairs without what only a whole room can break."""
        return self._faults(Line(self._crowd, one, other), self._pairwise)

    def rooms_faults(self, rooms: Ints) -> Ints:
        """What each room as a whole breaks beyond its pairs, packed."""
        found = np.zeros(len(rooms), np.int64)
        for level, rule in enumerate(self.yielding):
            broken = rooms_broken(rule, self._crowd, self._past, rooms)
            found += broken << (self.bits * (len(self.levels) - 1 - level))
        return found

    def _faults(self, look: Look, broken: Callable[[r.Rule, Look], Bools]) -> Ints:
        found = np.zeros(np.broadcast_shapes(look.left.shape, look.right.shape), np.int64)
        for rule in self.yielding:
            found = (found << self.bits) + broken(rule, look)
        found <<= self.bits
        if self.speech_matters:
            found += self._speechless(look)
        found <<= self.bits * len(REPEATS)
        if len(self._past.series):
            ago = look.table(self._past.events_ago)
            found += ((ago > 0).astype(np.int64) << self.bits) + np.where(ago > 0, _lately(ago), 0)
        if len(self._past.met):
            met = look.table(self._past.met)
            again = np.nonzero(met)
            one, other = (np.broadcast_to(side, met.shape)[again] for side in (look.left, look.right))
            badness = self._again(met[again], self._past.last.of(one, other))
            # What was long ago says nothing more of two who met tonight.
            found[again] -= found[again] & ((1 << self.bits) - 1)
            most = (1 << self.bits) - 1
            found[again] += np.minimum(2 * met[again] - 1, most) << (2 * self.bits)
            found[again] += np.minimum(badness, most)
        return found

    def speechless_of(self, one: Ints, other: Ints) -> Bools:
        """Whether one of two needs a common language and they have none."""
        return self._speechless(Line(self._crowd, one, other))

    @property
    def speech_matters(self) -> bool:
        """Whether anybody needs a common language."""
        return bool(self._required.any())

    def _speechless(self, look: Look) -> Bools:
        required = self._required[look.left] | self._required[look.right]
        found: Bools = required & (look.overlap("languages") == 0)
        return found

    def _again(self, met: Ints, last: Ints) -> Ints:
        """How bad it is that people meet again who have met so often, and when last."""
        ago = self.request.round - last
        found: Ints = BACK_TO_BACK * (ago <= 1) + OFTEN * np.minimum(met - 1, OFTEN_MOST)
        return found + _lately(ago)

    # Regrets.

    def regret(self, rows: Ints, columns: Ints) -> Floats:
        """What the soft rules take from each meeting's gain: shape (rows, columns). In pairs, whole rooms included."""
        return self._regret(Grid(self._crowd, rows, columns), self._broken)

    def regret_of(self, one: Ints, other: Ints) -> Floats:
        """The same for single pairs."""
        return self._regret(Line(self._crowd, one, other), self._broken)

    def pair_regret_of(self, one: Ints, other: Ints) -> Floats:
        """The same for single pairs without what only a whole room can break."""
        return self._regret(Line(self._crowd, one, other), self._pairwise)

    def rooms_regret(self, rooms: Ints) -> Floats:
        """What the soft rules about whole rooms, and wishes for another size, take from each room's gain."""
        wanted = self._sizes_wanted[rooms]
        found: Floats = OTHER_SIZE * ((wanted > 0) & (wanted != rooms.shape[1])).sum(axis=1)
        for rule in self.soft:
            found = found + rule.weight * rooms_broken(rule, self._crowd, self._past, rooms)
        return found

    def asks_of_rooms(self, size: int) -> bool:
        """Whether anything is asked of rooms of this size beyond what their pairs show."""
        return bool(self._sizes_wanted.any()) or any(asks_of_rooms(rule, size) for rule in self.request.rules)

    def _regret(self, look: Look, broken: Callable[[r.Rule, Look], Bools]) -> Floats:
        found = np.zeros(np.broadcast_shapes(look.left.shape, look.right.shape))
        for rule in self.soft:
            found = found + rule.weight * broken(rule, look)
        return found

    # Each rule.

    def _broken(self, rule: r.Rule, look: Look) -> Bools:
        found = self._pairwise(rule, look)
        return found | as_pair(rule, self._crowd, self._past, look) if self.in_pairs else found

    def _pairwise(self, rule: r.Rule, look: Look) -> Bools:
        return pairwise(rule, self._crowd, self._past, look)


def _lately(ago: Ints) -> Ints:
    """How bad it is to meet again after so many rounds, or events: 7 after one, nothing after eight."""
    found: Ints = np.maximum(0, RECENT_MOST + 1 - np.maximum(ago, 1))
    return found


def _above_the_seat(rule: r.Rule) -> bool:
    return getattr(rule, "on_infeasible", "relax") == "sit_out"
