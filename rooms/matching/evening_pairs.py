"""Pairs for all rounds left: a plan without a repeat by hill climbing, then each round made as good as it can be.

Each round in turn becomes an exact matching over the pairs that no other round uses. That is always possible (the pairs
it has now are among them) and never makes the whole plan worse, so it goes on until nothing changes: coordinate ascent.
"""

from itertools import combinations

import numpy as np
import rustworkx

from rooms.matching.circle import circle_rounds, sorted_room
from rooms.matching.crowd import Ints
from rooms.matching.evening_climb import Climb
from rooms.matching.evening_order import in_order
from rooms.matching.evening_turns import Turn, turns
from rooms.matching.evening_view import Outlook, Rounds, meetings
from rooms.matching.solution import Room

ROOMY = 0.75
"""Share of the rounds still possible up to which a plan may begin with the best pairs of each round in turn: climbing
repairs what that leaves over (all random histories up to here were completed)."""
STEPS_A_SEAT = 12
"""Steps of a climb for each seat of the plan before it begins anew: one that succeeds takes fewer."""
CLIMBS = 24
"""Times it begins anew: random histories of up to nine tenths of all rounds needed at most 10, of 20 to 64 people."""
FAITHFUL = 4
"""Times of these it begins from the best pairs of each round; then from nothing."""
SWEEPS = 6
"""Times each round is made anew; four are enough as a rule."""
MENDS = 60
"""Rounds made anew to get rid of repeats where the climb has left some."""
TRIOS = 4
"""Rooms of three tried for one round, the cheapest first."""
GAIN_UNITS = 1 << 14
"""Gains as whole numbers for the solver, units to 1.0."""
AGAIN, BEFORE, REPEAT, RULE = 1 << 26, 1 << 38, 1 << 44, 1 << 52
"""What is broken in units of gain: each level above what a whole round of the one below can come to."""


def pair_rounds(view: Outlook) -> Rounds | None:
    """Pairs for each round left, in the order in which they are to be held; None where that cannot be told."""
    planned = turns(view)
    if planned is None:
        return None
    table = _Table(view, planned)
    table.begin()
    table.mend()
    table.ascend()
    return in_order(view, table.rounds, [turn.stage for turn in planned])


def one_by_one(view: Outlook) -> Rounds:
    """The best pairs of each round in turn, without a thought for later ones: what a plan has to beat."""
    planned = turns(view)
    if planned is None:
        return []
    table = _Table(view, planned)
    table.go_on()
    return table.rounds


class _Table:
    """The rounds being planned: `rounds[r]` are rooms of those seated in round r, the linked ones included."""

    def __init__(self, view: Outlook, planned: list[Turn]) -> None:
        self._view = view
        self._turns = planned
        self._gain = np.rint(view.gain * GAIN_UNITS).astype(np.int64)
        self._rng = view.chance("pairs")
        self._times = np.zeros_like(self._gain)
        """How often each two meet in the whole plan."""
        self.rounds: Rounds = [[] for _ in planned]
        for ahead, turn in enumerate(planned):
            self._hold(ahead, list(turn.fixed))

    def begin(self) -> None:
        """A first plan: without a repeat if one is found."""
        view, start = self._view, self._start()
        allowed = view.clean.copy()
        for turn in self._turns:
            for room in turn.fixed:
                allowed[np.ix_(room, room)] = False
        seated = [turn.seated for turn in self._turns]
        steps = STEPS_A_SEAT * sum(len(people) for people in seated)
        for attempt in range(CLIMBS):
            climb = Climb(allowed, seated, self._rng)
            climb.begin_with(start if attempt < FAITHFUL else [])
            done = climb.run(steps)
            if done:
                break
        for ahead, (turn, rooms) in enumerate(zip(self._turns, climb.rounds(), strict=True)):
            self._hold(ahead, [*turn.fixed, *rooms])
        for ahead, turn in enumerate(self._turns):
            if turn.third >= 0:
                self._join(ahead)

    def go_on(self) -> None:
        """Make each round as good as it can be beside those before it."""
        for ahead in range(len(self._turns)):
            self._hold(ahead, self._best(ahead, self._uses(ahead)))

    def mend(self) -> None:
        """Fill rounds that are not complete, and make rounds with repeats anew while that helps."""
        for ahead, turn in enumerate(self._turns):
            if sum(map(len, self.rounds[ahead])) < len(turn.seated) + 2 * len(turn.fixed) + (turn.third >= 0):
                self._hold(ahead, self._best(ahead, self._uses(ahead)))
        for _ in range(MENDS):
            bad = [ahead for ahead in range(len(self.rounds)) if self._spoilt(ahead)]
            if not bad:
                break
            ahead = bad[int(self._rng.integers(len(bad)))]
            self._hold(ahead, self._best(ahead, self._uses(ahead), noise=True))

    def ascend(self) -> None:
        """Make each round as good as it can be beside the others, until none changes."""
        for _ in range(SWEEPS):
            changed = False
            for ahead in range(len(self.rounds)):
                uses = self._uses(ahead)
                prices, found = self._prices(ahead, uses), self._best(ahead, uses)
                if _total(prices, found) < _total(prices, self.rounds[ahead]):
                    self._hold(ahead, found)
                    changed = True
            if not changed:
                break

    def _start(self) -> Rounds:
        view = self._view
        others = int(view.clean.sum(axis=1).min(initial=view.n))
        if view.rounds <= ROOMY * others:
            self.go_on()
            return [[room for room in rooms if len(room) == 2] for rooms in self.rounds]
        if others < view.n - 1:
            return []
        out = [who for turn in self._turns for who in set(range(view.n)) - set(turn.seated)]
        if len(set(out)) != (view.n % 2) * view.rounds:
            return []
        rest = [who for who in self._rng.permutation(view.n).tolist() if who not in out]
        return circle_rounds([*out, *rest], view.rounds) if view.rounds <= view.n - 1 + view.n % 2 else []

    def _best(self, ahead: int, uses: Ints, *, noise: bool = False) -> list[Room]:
        """The best rooms of one round, given how often each two meet in the others."""
        turn, prices = self._turns[ahead], self._prices(ahead, uses)
        if noise:
            drawn = self._rng.integers(0, AGAIN >> 2, prices.shape)
            prices = prices + np.triu(drawn, 1) + np.triu(drawn, 1).T
        if turn.third < 0:
            return [*turn.fixed, *self._pairs(turn.seated, prices)]
        options: list[tuple[tuple[int, int], list[Room]]] = []
        for trio in self._trios(turn, prices):
            rest = [who for who in turn.seated if who not in trio]
            rooms = [*turn.fixed, trio, *self._pairs(rest, prices)]
            options.append((_total(prices, rooms), rooms))
        return min(options)[1]

    def _pairs(self, seated: list[int], prices: Ints) -> list[Room]:
        """The cheapest pairs of these people; as many as can be."""
        some = np.array(seated, np.int64)
        one, other = (some[side] for side in np.triu_indices(len(some), 1))
        price = prices[one, other]
        open_ = ~self._view.barred[one, other]
        good = open_ & (price < BEFORE // 2)
        rooms = _matched(one[good], other[good], price[good])
        if 2 * len(rooms) < len(seated) and not good[open_].all():
            rooms = _matched(one[open_], other[open_], price[open_])
        return rooms

    def _trios(self, turn: Turn, prices: Ints) -> list[Room]:
        """The cheapest rooms of three with the one whose turn it is."""
        some = np.array(turn.seated, np.int64)
        one, other = (some[side] for side in np.triu_indices(len(some), 1))
        price = prices[one, other] + prices[turn.third, one] + prices[turn.third, other]
        best = np.argsort(price, kind="stable")[:TRIOS].tolist()
        return [sorted_room((turn.third, int(one[at]), int(other[at]))) for at in best]

    def _join(self, ahead: int) -> None:
        """Let the one whose turn it is join the pair where that breaks least."""
        third, rooms = self._turns[ahead].third, self.rounds[ahead]
        loose = rooms[len(self._turns[ahead].fixed) :]
        if not loose:
            return
        prices = self._prices(ahead, self._uses(ahead))
        pair = min(loose, key=lambda room: (int(prices[third, room[0]]) + int(prices[third, room[1]]), room))
        self._hold(ahead, [sorted_room((*room, third)) if room == pair else room for room in rooms])

    def _uses(self, ahead: int) -> Ints:
        """How often each two meet in the other rounds."""
        return self._times - meetings(self._view.n, [self.rounds[ahead]])

    def _hold(self, ahead: int, rooms: list[Room]) -> None:
        """Take these rooms for a round."""
        self._times += meetings(self._view.n, [rooms]) - meetings(self._view.n, [self.rounds[ahead]])
        self.rounds[ahead] = rooms

    def _prices(self, ahead: int, uses: Ints) -> Ints:
        """What it costs that two meet in one round: what is broken, less the gain."""
        view = self._view
        prices = view.again * AGAIN + view.met_before * BEFORE + (view.met + uses) * REPEAT - self._gain
        return prices.astype(object) + view.broken.astype(object) * RULE if view.broken.any() else prices

    def _spoilt(self, ahead: int) -> bool:
        """Whether somebody meets again in a round, or a rule is broken."""
        prices = self._prices(ahead, self._uses(ahead))
        return any(prices[one, other] >= BEFORE // 2 for room in self.rounds[ahead] for one, other in _pairs_of(room))


def _matched(one: Ints, other: Ints, price: Ints) -> list[Room]:
    """As many pairs as can be, and of those the cheapest: Edmonds' blossoms, exact in whole numbers of any size."""
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(int(max(one.max(initial=-1), other.max(initial=-1))) + 1))
    graph.add_edges_from(list(zip(one.tolist(), other.tolist(), (-price).tolist(), strict=True)))
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return sorted(sorted_room(pair) for pair in found)


def _pairs_of(room: Room) -> list[tuple[int, int]]:
    return list(combinations(room, 2))


def _total(prices: Ints, rooms: list[Room]) -> tuple[int, int]:
    """People without a room, the fewest first, then what the rooms cost."""
    return -sum(map(len, rooms)), sum(int(prices[pair]) for room in rooms for pair in _pairs_of(room))
