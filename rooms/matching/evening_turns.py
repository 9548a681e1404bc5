"""Who is to be paired up in each round left: who sits out in turn, who makes a trio, who is linked."""

from typing import NamedTuple

import numpy as np

from rooms.matching.crowd import Bools
from rooms.matching.evening_view import Outlook
from rooms.matching.solution import Room


class Turn(NamedTuple):
    """One round before its pairs are made."""

    fixed: list[Room]
    """Pairs that a rule puts together in this round."""
    seated: list[int]
    """An even number of people to be paired up."""
    third: int = -1
    """Who joins one of the pairs; -1 for nobody."""
    stage: int = 0
    """How often those who sit out had done so before: rounds of an earlier stage are held first."""


def turns(view: Outlook) -> list[Turn] | None:
    """Who is paired up in each round; None where that cannot be told beforehand.

    With two sides that may meet only each other, those of the larger side sit out in turn; else, of an odd number, one
    person sits out or joins a pair, in turn. Nobody twice before everybody once.
    """
    lonely = np.flatnonzero(view.barred.all(axis=1)).tolist()
    sides = _sides(~view.barred, lonely)
    if sides is None:
        waiting, spare = [who for who in range(view.n) if who not in lonely], (view.n - len(lonely)) % 2
    else:
        waiting, spare = max(sides, key=len), abs(len(sides[0]) - len(sides[1]))
    thirds = bool(spare) and sides is None and view.request.odd == "trio"
    if thirds and view.n - len(lonely) < 3:
        return None
    counts = {who: 0 if thirds else int(view.case.sat_out[who]) for who in waiting}
    place = {who: at for at, who in enumerate(view.queue())}
    found: list[Turn] = []
    for ahead in range(view.rounds):
        fixed = view.links.get(ahead, [])
        linked = {who for room in fixed for who in room}
        ready = sorted((who for who in waiting if who not in linked), key=lambda who: (counts[who], place[who]))
        out = ready[:spare]
        stage = max((counts[who] for who in out), default=0)
        for who in out:
            counts[who] += 1
        absent = {*lonely, *linked, *out}
        seated = [who for who in range(view.n) if who not in absent]
        if len(seated) % 2 or (thirds and not seated):
            return None
        found.append(Turn(fixed, seated, out[0] if thirds and out else -1, 0 if thirds else stage))
    return found


def rounds_possible(view: Outlook) -> int:
    """Rounds for which there are enough pairs that may meet without breaking anything, by counting."""
    pairs = [len(turn.seated) // 2 + len(turn.fixed) + 2 * (turn.third >= 0) for turn in turns(view) or []]
    return int(view.clean.sum()) // 2 // max(1, max(pairs, default=1))


def _sides(allowed: Bools, lonely: list[int]) -> tuple[list[int], list[int]] | None:
    """The two sides, if only people of different sides may meet and the sides cannot be told in two ways."""
    side = dict.fromkeys(lonely, 2)
    start = next((who for who in range(len(allowed)) if who not in side), None)
    if start is None:
        return None
    side[start], queue = 0, [start]
    for who in queue:
        for other in np.flatnonzero(allowed[who]).tolist():
            if other not in side:
                side[other] = 1 - side[who]
                queue.append(other)
            elif side[other] == side[who]:
                return None
    if len(side) < len(allowed):
        return None
    return [who for who in side if side[who] == 0], [who for who in side if side[who] == 1]
