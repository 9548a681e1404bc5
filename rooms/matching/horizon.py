"""Tables for all rounds left by tabu search: swap two people of one round, the best way there is, and do not swap back.

Dotú and Van Hentenryck, "Scheduling social golfers locally" (CPAIOR 2005): violations are pairs that meet again; a move
swaps somebody who is in one with anybody at another table of that round; moves lately made are tabu unless they lead to
the best plan so far. Here one round, drawn from those with violations, is looked at in each step, so that all its
swaps come out of two products of small matrices; and what two should rather not do at all counts as violations too.
"""

import numpy as np

from rooms.matching.crowd import Floats, Ints

TENURE_LEAST, TENURE_MOST = 4, 30
"""Steps for which a swap is tabu; drawn anew each time."""
STALE = 400
"""Steps without a better plan after which some people are swapped at random."""
SHAKES = 4
"""Swaps at random then."""
CHAIR = 1e6
"""What two empty chairs at one table cost: sizes differ by one at most."""
DRAWS = 64
"""Tables of random numbers drawn at once, to choose among equal swaps."""
TINY = 1e-9
"""Smaller differences are rounding."""
VIOLATION = 1e4
"""What a violation of price 1 counts beside gains: no swap gains as much."""
NOWHERE = -1


class Horizon:
    """A plan being searched: where everybody sits in each round.

    Chairs that stay empty are people too, numbered after the others, who cost nothing; so that a swap may be a move.
    `price` is what it costs that two meet once, `again` what the second meeting
    adds, twice as much the third, and so on.
    """

    def __init__(self, price: Floats, places: Ints, again: float, rng: np.random.Generator) -> None:
        """`price`: shape (people, people). `places`: tables or NOWHERE, shape (rounds, people and chairs)."""
        people, everybody = len(price), places.shape[1]
        self._price = np.zeros((everybody, everybody))
        self._price[:people, :people] = price
        self._price[people:, people:] = CHAIR
        np.fill_diagonal(self._price, 0.0)
        self._again = np.zeros((everybody, everybody))
        self._again[:people, :people] = again
        np.fill_diagonal(self._again, 0.0)
        self.places = places
        self._rng = rng
        self._together = (places[:, :, None] == places[:, None, :]) & (places[:, :, None] != NOWHERE)
        self._together[:, np.arange(everybody), np.arange(everybody)] = False
        self._times: Ints = self._together.sum(axis=0)
        self._tables = np.eye(int(places.max()) + 1)
        self._kept = places == NOWHERE
        """Who does not move in a round."""

    @property
    def cost(self) -> float:
        """What is wrong with the plan; 0 when nothing is."""
        twice = self._price * self._times + self._again * self._times * (self._times - 1) / 2
        return float(np.triu(twice).sum())

    def keep(self, round_: int, people: list[int]) -> None:
        """Let these people sit where they sit in that round."""
        self._kept[round_, people] = True

    def search(self, steps: int, rounds: range, least: float = 0.0) -> None:
        """So many steps at most, in these rounds; ends with the best plan met on the way.

        `least` is a cost below which no plan can be: with that one there is nothing left to look for.
        """
        everybody = self.places.shape[1]
        until = np.zeros((len(self.places), everybody, everybody), np.int64)
        noise = self._rng.random((DRAWS, everybody, everybody)) * TINY
        now = best = self.cost
        kept, since = self.places.copy(), 0
        for step in range(steps):
            round_ = self._round_with_violations(rounds)
            if round_ is None or best <= least + TINY:
                break
            change, costs = self._changes(round_)
            change[costs <= TINY] = np.inf
            change[(until[round_] > step) & (now + change >= best - TINY)] = np.inf
            one, other = divmod(int((change + noise[step % DRAWS]).argmin()), everybody)
            if np.isfinite(change[one, other]):
                now += float(change[one, other])
                self._swap(round_, one, other)
                until[round_, one, other] = until[round_, other, one] = step + self._rng.integers(
                    TENURE_LEAST, TENURE_MOST
                )
            since += 1
            if now < best - TINY:
                best, kept, since = now, self.places.copy(), 0
            elif since % STALE == 0:
                now = self._shaken(rounds)
        self._go_back(kept)

    def polish(self, gain: Floats, moves: int) -> None:
        """Make the rounds better without making anything worse that counts more: swaps, the best first."""
        price, again = self._price, self._again
        self._price, self._again = price * VIOLATION, again * VIOLATION
        self._price[: len(gain), : len(gain)] -= gain
        np.fill_diagonal(self._price, 0.0)
        still, round_ = 0, 0
        while still < len(self.places) and moves:
            change, _ = self._changes(round_)
            one, other = divmod(int(change.argmin()), len(change))
            if change[one, other] < -TINY:
                self._swap(round_, one, other)
                moves, still = moves - 1, 0
            else:
                round_, still = (round_ + 1) % len(self.places), still + 1
        self._price, self._again = price, again

    def _round_with_violations(self, among: range) -> int | None:
        wrong = ((self._times > 1) & (self._again > 0)) | ((self._times > 0) & (self._price > 0))
        rounds = np.flatnonzero((self._together[among.start :] & wrong).any(axis=(1, 2)))
        return among.start + int(rounds[self._rng.integers(len(rounds))]) if len(rounds) else None

    def _changes(self, round_: int) -> tuple[Floats, Floats]:
        """What each swap in a round would add, shape (everybody, everybody), and what each costs where they sit."""
        places = self.places[round_]
        meeting = self._price + self._again * (self._times - self._together[round_])
        at_tables = meeting @ np.where(places[:, None] != NOWHERE, self._tables[places], 0.0)
        there = at_tables[:, places]
        costs = np.where(places == NOWHERE, 0.0, np.diagonal(there))
        change: Floats = there + there.T - costs[:, None] - costs[None, :] - 2 * meeting
        change[places[:, None] == places[None, :]] = np.inf
        kept = self._kept[round_]
        change[kept] = np.inf
        change[:, kept] = np.inf
        return change, costs

    def _swap(self, round_: int, one: int, other: int) -> None:
        together, places = self._together[round_], self.places[round_]
        for who in (one, other):
            self._times[who] -= together[who]
            self._times[:, who] -= together[who]
        places[one], places[other] = places[other], places[one]
        for who in (one, other):
            together[who] = places == places[who]
            together[who, who] = False
            together[:, who] = together[who]
        for who in (one, other):
            self._times[who] += together[who]
            self._times[:, who] += together[who]

    def _shaken(self, rounds: range) -> float:
        """The cost after a few swaps at random."""
        for _ in range(SHAKES):
            round_ = int(self._rng.integers(rounds.start, rounds.stop))
            one, other = self._rng.choice(np.flatnonzero(~self._kept[round_]), 2, replace=False).tolist()
            if self.places[round_, one] != self.places[round_, other]:
                self._swap(round_, one, other)
        return self.cost

    def _go_back(self, places: Ints) -> None:
        self.places = places
        self._together = (places[:, :, None] == places[:, None, :]) & (places[:, :, None] != NOWHERE)
        everybody = np.arange(places.shape[1])
        self._together[:, everybody, everybody] = False
        self._times = self._together.sum(axis=0)
