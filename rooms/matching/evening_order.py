"""In which order the rounds of a plan are held."""

from collections.abc import Sequence

import numpy as np

from rooms.matching.evening_view import Outlook, Rounds, meetings


def in_order(view: Outlook, rounds: Rounds, stages: Sequence[int]) -> Rounds:
    """The rounds in the order in which they are to be held.

    Rounds with linked people are held when the rule says. For each other place: a round of the earliest stage left,
    without people who passed on each other if it is the next one; then the one in which the fewest meet whom they met
    in the round before, then whom they met at all; then what lies longest back; then the best.
    """
    times = np.array([np.triu(meetings(view.n, [rooms]))[np.triu_indices(view.n, 1)] for rooms in rounds])
    common = times @ times.T
    passed, again, gain = (
        times @ table[np.triu_indices(view.n, 1)] for table in (view.passed.astype(np.int64), view.again, view.gain)
    )
    left = [ahead for ahead in range(len(rounds)) if ahead not in view.links]
    order: list[int] = []
    for place in range(len(rounds)):
        if place in view.links:
            order.append(place)
            continue
        last = order[-1:]
        best = min(
            left,
            key=lambda ahead: (
                stages[ahead],
                int(passed[ahead]) * (place == 0),
                int(common[ahead, last].sum()),
                int(common[ahead, order].sum()),
                int(again[ahead]),
                -float(gain[ahead]),
                ahead,
            ),
        )
        left.remove(best)
        order.append(best)
    return [rounds[ahead] for ahead in order]
