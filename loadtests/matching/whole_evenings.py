"""Evenings in which nobody may meet twice: every pair once, groups for ten rounds, the social golfers."""

import time
from collections.abc import Iterator

import numpy as np
from msgspec.structs import replace

from loadtests.matching.cases import FOURS, ROUNDS
from loadtests.matching.crowds import crowd
from loadtests.matching.evening import play
from loadtests.matching.rows import Row
from rooms.matching import GroupSize, MatchRequest, Profile

GOLFERS = {
    (5, 3): (7, 7), (4, 4): (5, 5), (5, 4): (5, 5), (9, 3): (13, 13), (8, 4): (9, 10), (7, 3): (10, 10), (7, 4): (7, 9),
    (4, 3): (4, 4), (6, 3): (7, 8), (8, 3): (10, 11), (6, 4): (5, 7), (5, 5): (6, 6), (7, 5): (7, 7),
}  # fmt: skip
"""(groups, size): (rounds aimed at, rounds known to be possible: OEIS A107431, Aguado 2004, resolvable designs)."""
PLANNED_WITHIN_MS = 2_000.0
DEADLINE_ROUNDS_LESS = 3
"""How far below the aim a shorter evening is still tried."""


def every_pair_once(most: int) -> Iterator[Row]:
    """All N-1 rounds of pairs for every even number of people, asked round by round, scores by chance and at worst."""
    for name, make in (("by chance", crowd), ("pulling one way", one_sided)):
        fallen, slowest, rounds = [], 0.0, 0
        for people in range(2, most + 1, 2):
            request = MatchRequest(make(people), seed=f"all {people}")
            played = play(request, people - 1)
            rounds += people - 1
            slowest = max(slowest, *played.ms)
            if played.repeats or played.sat_out:
                fallen.append(f"{people}: {played.repeats}")
        more = {"rounds": rounds, "with repeats": ", ".join(fallen) or "none", "good": not fallen}
        yield Row(f"all N-1 rounds of pairs, N ≤ {most}, scores {name}", most, ms_p99=slowest, more=more)


def one_sided(people: int) -> tuple[Profile, ...]:
    """Two halves that want nothing but each other: the worst that scores can do."""
    made = crowd(people, seed=3)
    half = people // 2
    return tuple(
        replace(
            person,
            looking_for=("left",) if index < half else ("right",),
            offering=("right",) if index < half else ("left",),
            interests=("x",) if index < half else ("y",),
        )
        for index, person in enumerate(made)
    )


def ten_rounds_of_groups(least: int, most: int, step: int = 1) -> Iterator[Row]:
    """Ten rounds of groups of three and four for each number of people."""
    fallen, slowest = [], 0.0
    for people in range(least, most + 1, step):
        played = play(MatchRequest(crowd(people), group=FOURS, seed=f"groups {people}"), ROUNDS)
        slowest = max(slowest, *played.ms)
        if played.repeats or played.sat_out:
            fallen.append(f"{people}: {played.repeats}")
    more = {"with repeats": ", ".join(fallen) or "none", "good": not fallen}
    yield Row(f"10 rounds of groups of 3 and 4, N {least} to {most}", most, ms_p99=slowest, more=more)


def golfers() -> Iterator[Row]:
    """Groups of exactly one size, as many rounds as can be."""
    for (groups, size), (aim, known) in GOLFERS.items():
        people = groups * size
        best, ms = most_rounds(people, size, aim, known)
        more = {"rounds": best, "known": known, "good": best >= aim}
        yield Row(f"golfers {groups}-{size}", people, ms=ms, target_ms=PLANNED_WITHIN_MS, more=more)


def most_rounds(people: int, size: int, aim: int, known: int) -> tuple[int, float]:
    """The longest evening without a repeat, and the milliseconds of planning it."""
    everybody = tuple(Profile(person.id) for person in crowd(people))
    for rounds in [*range(known, aim - 1, -1), *range(aim - 1, aim - 1 - DEADLINE_ROUNDS_LESS, -1)]:
        request = MatchRequest(everybody, group=GroupSize(size, size, size), odd="sit_out", seed="golf")
        started = time.perf_counter()
        played = play(request, rounds)
        if not played.repeats and not played.sat_out:
            return rounds, 1000 * (time.perf_counter() - started)
    return 0, float(np.nan)
