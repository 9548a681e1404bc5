"""Rounds of pairs without a repeat, by hill climbing: one pair in, at most one pair out, never fewer pairs than before.

Dinitz and Stinson, "A hill-climbing algorithm for the construction of one-factorizations and Room squares" (SIAM J.
Alg. Disc. Meth. 8, 1987): take somebody who has no partner yet in a round and somebody they have not been paired with;
pair them, and let the latter's partner go. It walks over plateaus until the last hole closes, and has to begin anew
when it walks in circles.
"""

import numpy as np

from rooms.matching.crowd import Bools
from rooms.matching.evening_view import Rounds

DRAWS = 4096
"""Random numbers drawn at once."""


class Climb:
    """Partners for each round, over the pairs that may meet; no pair twice."""

    def __init__(self, allowed: Bools, seated: list[list[int]], rng: np.random.Generator) -> None:
        self._n = len(allowed)
        self._rng = rng
        self._draws: list[float] = []
        self._seated = [[False] * self._n for _ in seated]
        for round_, people in enumerate(seated):
            for who in people:
                self._seated[round_][who] = True
        self._partner = [[-1] * self._n for _ in seated]
        self._open = [np.flatnonzero(row).tolist() for row in allowed]
        """Whom each may still be paired with."""
        self._at = [{other: at for at, other in enumerate(others)} for others in self._open]
        self._holes = [(round_, who) for round_, people in enumerate(seated) for who in people]
        self._hole_at = {hole: at for at, hole in enumerate(self._holes)}

    def begin_with(self, rounds: Rounds) -> None:
        """Pairs to begin with: those that may still meet and are both without a partner in that round."""
        for round_, rooms in enumerate(rounds):
            for one, other in rooms:
                partner, seated = self._partner[round_], self._seated[round_]
                single = partner[one] < 0 and partner[other] < 0 and seated[one] and seated[other]
                if single and other in self._at[one]:
                    self._pair(round_, one, other)
                    self._close(round_, one)
                    self._close(round_, other)

    def run(self, steps: int) -> bool:
        """Climb for at most so many steps; whether every hole has closed."""
        for _ in range(steps):
            if not self._holes:
                break
            self._step()
        return not self._holes

    def rounds(self) -> Rounds:
        """The pairs so far."""
        return [[(one, other) for one, other in enumerate(partner) if one < other] for partner in self._partner]

    def _step(self) -> None:
        round_, one = self._holes[self._below(len(self._holes))]
        if not self._open[one]:
            self._make_way(round_, one)
            return
        other = self._open[one][self._below(len(self._open[one]))]
        if not self._seated[round_][other]:
            return
        left = self._partner[round_][other]
        if left >= 0:
            self._part(round_, other, left)
        self._pair(round_, one, other)
        self._close(round_, one)
        if left < 0:
            self._close(round_, other)
        else:
            self._dig(round_, left)

    def _make_way(self, round_: int, one: int) -> None:
        """Somebody who has been paired with everybody they may meet: let one of these pairs go, in another round."""
        rounds = [other for other, partner in enumerate(self._partner) if partner[one] >= 0]
        if not rounds:
            return
        where = rounds[self._below(len(rounds))]
        other = self._partner[where][one]
        self._part(where, one, other)
        self._dig(where, one)
        self._dig(where, other)

    def _pair(self, round_: int, one: int, other: int) -> None:
        self._partner[round_][one], self._partner[round_][other] = other, one
        self._take(one, other)
        self._take(other, one)

    def _part(self, round_: int, one: int, other: int) -> None:
        self._partner[round_][one] = self._partner[round_][other] = -1
        for mine, theirs in ((one, other), (other, one)):
            self._at[mine][theirs] = len(self._open[mine])
            self._open[mine].append(theirs)

    def _take(self, one: int, other: int) -> None:
        at, last = self._at[one].pop(other), self._open[one].pop()
        if last != other:
            self._open[one][at] = last
            self._at[one][last] = at

    def _close(self, round_: int, who: int) -> None:
        at, last = self._hole_at.pop((round_, who)), self._holes.pop()
        if last != (round_, who):
            self._holes[at] = last
            self._hole_at[last] = at

    def _dig(self, round_: int, who: int) -> None:
        self._hole_at[(round_, who)] = len(self._holes)
        self._holes.append((round_, who))

    def _below(self, limit: int) -> int:
        if not self._draws:
            self._draws = self._rng.random(DRAWS).tolist()
        return int(self._draws.pop() * limit)
