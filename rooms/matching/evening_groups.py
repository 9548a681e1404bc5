"""Tables for all rounds left: by algebra where a design fits, by tabu search otherwise, then as good as can be."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from rooms.matching.crowd import Floats, Ints
from rooms.matching.designs import design_rounds
from rooms.matching.designs_standing import stand
from rooms.matching.evening_order import in_order
from rooms.matching.evening_view import Outlook, Rounds, cost, meetings, worth
from rooms.matching.horizon import NOWHERE, VIOLATION, Horizon
from rooms.matching.sizes import misfits, room_sizes

STEPS = 5_000
"""Steps of one search: what has not come out by then hardly ever does (docs/matching.md)."""
NEARLY = 0.7
"""Share of the rounds from which on a design that has so many is the best beginning of a search for more."""
AROUND = 2_000
"""Steps around what going on one round at a time leads to."""
STEP_PEOPLE = 48
"""People up to which all these steps are taken; a step takes time with the square of the people."""
FEW_PEOPLE = 24
"""People down to which all these steps are taken; fewer people have fewer ways to sit."""
TABLE_LEAST = 3
"""Who asks for tables is not given pairs, though these would repeat later."""
MOVES_A_SEAT = 2
"""Swaps for each seat of the plan to make its rounds better."""
BARRED, BROKEN, MET, MET_BEFORE = 1e5, 1e2, 1.0, 0.05
"""What is wrong with a meeting: the first meeting again counts 1. A hard rule stands above a hundred repeats."""


def table_rounds(view: Outlook, begun: Rounds) -> Rounds | None:
    """Tables for each round left, in the order in which they are to be held; None where there is nothing to plan.

    `begun` is what going on one round at a time would lead to: the search begins there, because its rounds are good.
    """
    sizes = room_sizes(view.n, view.request.group, view.request.odd)
    if len(sizes) < 2:
        return None
    best = min(_plans(view, sizes, begun), key=lambda plan: (cost(view, plan), -worth(view, plan)))
    return in_order(view, best, _stages(view, best))


def designed_rounds(view: Outlook) -> Rounds:
    """Rounds of a design for tables as wanted, if nothing is broken in them; nothing otherwise."""
    sizes = room_sizes(view.n, view.request.group, view.request.odd)
    if len(sizes) < 2 or sum(sizes) < view.n or view.links:
        return []
    found = _designed(view, len(sizes))
    return in_order(view, found, [0] * len(found)) if len(found) == view.rounds and not any(cost(view, found)) else []


def _plans(view: Outlook, sizes: tuple[int, ...], begun: Rounds) -> Iterator[Rounds]:
    """Plans, the likeliest to be good first; no more once one breaks nothing."""
    whole = sum(sizes) == view.n and not view.links
    designed = _designed(view, len(sizes)) if whole else []
    quick: list[Rounds] = [designed] if len(designed) == view.rounds else []
    if all(sorted(map(len, rooms), reverse=True) == list(sizes) for rooms in begun):
        quick.append(_searched(view, sizes, begun, AROUND))
    yield from quick
    if any(not any(cost(view, plan)) for plan in quick):
        return
    start = designed if len(designed) >= NEARLY * view.rounds else []
    ways = [partial(_searched, view, sizes, start, STEPS)]
    for count in _other_counts(view, len(sizes)) if whole else []:
        if len(design_rounds(view.n, count)) >= view.rounds:
            ways.append(partial(_designed, view, count))
    for way in ways:
        yield (plan := way())
        if not any(cost(view, plan)):
            return


def _prices(view: Outlook) -> Floats:
    prices = view.met * MET + view.met_before * MET_BEFORE + (view.broken > 0) * BROKEN
    found: Floats = np.where(view.barred, BARRED, prices)
    np.fill_diagonal(found, 0.0)
    return found


def _designed(view: Outlook, tables: int) -> Rounds:
    """Rounds of a design for so many tables, at most as many as are left, with people where they fit best."""
    rounds: Rounds = [list(rooms) for rooms in design_rounds(view.n, tables)[: view.rounds]]
    if not rounds:
        return []
    merit = view.gain.copy()
    np.fill_diagonal(merit, 0.0)
    order = view.chance("design", tables).permutation(view.n)
    order = stand(_prices(view) * VIOLATION - merit, meetings(view.n, rounds), order, view.n)
    return [[tuple(sorted(order[list(room)].tolist())) for room in rooms] for rooms in rounds]


def _searched(view: Outlook, sizes: tuple[int, ...], start: Rounds, most: int) -> Rounds:
    """Rounds by search, from these rounds and chance for the others."""
    rng = view.chance("tables", len(start), most)
    places = _places(view, sizes, start, rng)
    horizon = Horizon(_prices(view), places, MET, rng)
    for ahead, rooms in view.links.items():
        horizon.keep(ahead, [who for room in rooms for who in room])
    steps = int(most * min(1.0, view.n / FEW_PEOPLE, (STEP_PEOPLE / view.n) ** 2))
    least = _least(view, sizes)
    if 0 < len(start) < view.rounds:
        horizon.search(steps // 2, range(len(start), view.rounds))
    horizon.search(steps, range(view.rounds), least)
    horizon.polish(view.gain, MOVES_A_SEAT * places.size)
    return [
        [tuple(room) for table in range(len(sizes)) if (room := np.flatnonzero(row[: view.n] == table).tolist())]
        for row in horizon.places
    ]


def _least(view: Outlook, sizes: tuple[int, ...]) -> float:
    """Repeats that no plan can avoid: who has fewer others to meet than seats beside theirs meets some again."""
    seats = view.rounds * (min(sizes) - 1) if sum(sizes) == view.n else 0
    others = (~view.barred & (view.met == 0)).sum(axis=1)
    return float(np.maximum(0, seats - others).sum()) * MET / 2


def _places(view: Outlook, sizes: tuple[int, ...], start: Rounds, rng: np.random.Generator) -> Ints:
    """The table of each in each round to begin with; chairs that stay empty come after the people."""
    chairs = [table for table, size in enumerate(sizes) for _ in range(sizes[0] - size)]
    found = np.full((view.rounds, view.n + len(chairs)), NOWHERE)
    found[:, view.n :] = chairs
    counts = {who: int(view.case.sat_out[who]) for who in view.queue()}
    for ahead in range(view.rounds):
        if ahead < len(start):
            for table, room in enumerate(sorted(start[ahead], key=len, reverse=True)):
                found[ahead, list(room)] = table
            continue
        linked = view.links.get(ahead, [])
        fixed = {who: table % len(sizes) for table, room in enumerate(linked) for who in room}
        ready = sorted((who for who in counts if who not in fixed), key=counts.__getitem__)
        out = ready[: view.n - sum(sizes)]
        for who in out:
            counts[who] += 1
        seats = [table for table, size in enumerate(sizes) for _ in range(size)]
        for who, table in fixed.items():
            found[ahead, who] = table
            seats.remove(table)
        found[ahead, rng.permutation([who for who in ready if who not in out])] = seats
    return found


def _other_counts(view: Outlook, usual: int) -> list[int]:
    """Other numbers of tables that seat everybody within the sizes allowed, the nearest to what is wanted first."""
    group = view.request.group
    least = max(group.min, min(group.target, TABLE_LEAST))
    counts = range(-(-view.n // group.max), view.n // least + 1)
    return sorted((count for count in counts if count != usual), key=lambda count: misfits(view.n, count, group))


def _stages(view: Outlook, rounds: Rounds) -> list[int]:
    """How often those who sit out in each round did so before."""
    counts = view.case.sat_out.copy()
    found: list[int] = []
    for rooms in rounds:
        out = np.setdiff1d(np.arange(view.n), [who for room in rooms for who in room])
        found.append(int(counts[out].max(initial=0)))
        counts[out] += 1
    return found
