"""All rounds left as one question: who may meet, what each meeting breaks, what it is worth, who is linked when."""

from functools import cached_property
from itertools import combinations

import msgspec
import numpy as np

from rooms.language.rules import MustLink
from rooms.matching.chance import number
from rooms.matching.crowd import Bools, Floats, Ints
from rooms.matching.prepare import prepare
from rooms.matching.request import MatchRequest
from rooms.matching.solution import Room

Rounds = list[list[Room]]
"""The rooms of each round, the next round first."""


class Outlook:
    """The rounds left of one request, over the n people who are to be placed. All tables have the shape (n, n)."""

    def __init__(self, request: MatchRequest, rounds: int) -> None:
        self.request = request
        self.rounds = rounds
        """Rounds left, the next one included."""
        self._links = tuple(rule for rule in request.rules if isinstance(rule, MustLink))
        lasting = tuple(rule for rule in request.rules if not isinstance(rule, MustLink))
        case = prepare(msgspec.structs.replace(request, rules=lasting, passed=frozenset())).case
        self.case = case
        """The question of every round: without what holds in one round only."""
        self.n = case.n
        everybody = np.arange(case.n)
        self.gain: Floats = case.gain(everybody)
        self.barred: Bools = case.barred(everybody)
        faults, bits = case.faults(everybody), case.ruling.bits
        mask = (1 << bits) - 1
        self.broken: Ints = faults >> (3 * bits)
        """Hard rules broken, packed; 0 where all are kept."""
        times = case.past.met.rows(case.who, case.who)
        self.met: Ints = times - times[~self.barred].min(initial=times.max(initial=0))
        """How often two met in this event, beyond what any two have who may meet at all."""
        self.met_before: Ints = (faults >> bits) & mask
        """1 where two met in an earlier event of the series."""
        self.again: Ints = faults & mask
        """How bad it is that two meet once more: lately, often."""

    @cached_property
    def clean(self) -> Bools:
        """Who may meet without breaking anything."""
        found: Bools = ~self.barred & (self.broken == 0) & (self.met == 0) & (self.met_before == 0)
        return found

    @cached_property
    def passed(self) -> Bools:
        """Who must not meet in the next round, but may later."""
        if not self.request.passed:
            return np.zeros((self.n, self.n), bool)
        now = prepare(msgspec.structs.replace(self.request, rules=self.case.request.rules)).case
        found: Bools = now.barred(np.arange(self.n)) & ~self.barred
        return found

    @cached_property
    def links(self) -> dict[int, list[Room]]:
        """Pairs that a rule puts together, by rounds from now; only pairs who may meet, nobody twice in a round."""
        place = {self.case.person(index).id: index for index in range(self.n)}
        found: dict[int, list[Room]] = {}
        for rule in self._links:
            ahead = rule.round - self.request.round
            pairs = found.setdefault(ahead, []) if 0 <= ahead < self.rounds else []
            for one, other in (sorted((place.get(a, -1), place.get(b, -1))) for a, b in rule.pairs):
                if (
                    one >= 0
                    and not self.barred[one, other]
                    and not {one, other} & {who for pair in pairs for who in pair}
                ):
                    pairs.append((one, other))
        return {ahead: pairs for ahead, pairs in found.items() if pairs}

    def chance(self, *parts: str | int) -> np.random.Generator:
        """Numbers that follow from the seed, the round and these parts."""
        return np.random.default_rng(number(self.request.seed, self.request.round, *parts))

    def queue(self) -> list[int]:
        """Everybody in the order in which they sit out: who did so least first, then by chance."""
        drawn = self.chance("queue").permutation(self.n)
        return sorted(range(self.n), key=lambda who: (int(self.case.sat_out[who]), int(drawn[who])))


def cost(view: Outlook, rounds: Rounds) -> tuple[int, int, int]:
    """What a plan breaks: hard rules (packed, summed up), repeats in this event, meetings from earlier events."""
    times = np.triu(meetings(view.n, rounds))
    ruling = view.case.ruling
    rules = 0
    if ruling.yielding or view.broken.any():
        rules = sum(view.case.room_faults(room) >> (3 * ruling.bits) for rooms in rounds for room in rooms)
    again = np.maximum(0, times - 1) + (times > 0) * view.met
    return rules, int(again.sum()), int(((times > 0) * view.met_before).sum())


def worth(view: Outlook, rounds: Rounds) -> float:
    """What all meetings of a plan gain."""
    return float((np.triu(meetings(view.n, rounds)) * view.gain).sum())


def meetings(n: int, rounds: Rounds) -> Ints:
    """How often each two meet in a plan: shape (n, n)."""
    times = np.zeros((n, n), np.int64)
    pairs = [pair for rooms in rounds for room in rooms for pair in combinations(room, 2)]
    one, other = np.array(pairs, np.int64).reshape(-1, 2).T
    np.add.at(times, (one, other), 1)
    return times + times.T
