"""The cases of the targets, one function each; every one gives its rows."""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

import numpy as np
from msgspec.structs import replace
from scipy.optimize import linear_sum_assignment

from loadtests.matching import baselines
from loadtests.matching.best_known import best_evening, share_of_best_rounds
from loadtests.matching.crowds import blocks, crowd, held
from loadtests.matching.evening import Played, asked_in_turn, play, take, worst
from loadtests.matching.rows import Row
from rooms.language.rules import Complementary, MustDiffer, Weights
from rooms.matching import GroupSize, Held, MatchRequest, match
from rooms.matching.account import account
from rooms.matching.latecomer import place
from rooms.matching.matcher import rooms_of, solve_anew
from rooms.matching.pairs_bound import upper_bound
from rooms.matching.prepare import prepare
from rooms.matching.repair import repair as mend
from rooms.matching.solution import Solution

Answer = TypeVar("Answer")
ROUNDS = 10
FOURS = GroupSize(4, 3, 4)
PAIR_TARGETS_MS = {50: 1.5, 200: 2.0, 1_000: 12.0, 10_000: 500.0}
GROUP_TARGETS_MS = {200: 15.0, 1_000: 60.0, 10_000: 1_000.0}
PLAYED_BASELINES = {"random": baselines.random_shuffle, "roulette": baselines.first_come_roulette}
EXACT_UP_TO = {"roulette": 1_000, "greedy": 1_000, "rustworkx": 200, "networkx": 50}
"""People up to which a baseline comes to an end within seconds."""
EXACT = {
    "greedy": baselines.greedy_by_weight,
    "rustworkx": baselines.rustworkx_exact,
    "networkx": baselines.networkx_exact,
}


def usual(people: int, **parts: Any) -> MatchRequest:
    """Interests, teams that must differ, blocks: an evening as it usually is."""
    crowd_ = crowd(people)
    return MatchRequest(crowd_, apart=blocks(crowd_), seed="load", **{"rules": (MustDiffer("team"),), **parts})


def pairs(people: int) -> Iterator[Row]:
    """Pairs, ten rounds."""
    request = usual(people)
    warm(request)
    played = play(request, ROUNDS, upper_bound)
    yield row("pairs", people, played, PAIR_TARGETS_MS[people], 0.999, "certified bound")
    for name, way in baselines_for(people).items():
        other = play_baseline(request, way)
        other.bound = played.bound
        yield row(f"pairs: {name}", people, other, None, None, "the bound of our own evening")


def big_team(people: int) -> Iterator[Row]:
    """Pairs of different teams where one team holds a fifth of all."""
    crowd_ = crowd(people, big_team=0.2)
    request = MatchRequest(crowd_, apart=blocks(crowd_), seed="load", rules=(MustDiffer("team"),))
    warm(request)
    yield row("pairs, a fifth in one team", people, play(request, ROUNDS, upper_bound), None, 0.999, "certified bound")


def groups(people: int) -> Iterator[Row]:
    """Groups of four, ten rounds, with and without fairness."""
    request = usual(people, group=FOURS)
    warm(request)
    fair = play(request, ROUNDS)
    unfair = play(replace(request, weights=Weights(fairness=0.0)), ROUNDS)
    best = sum(best_evening(request, ROUNDS).weight)
    found = row("groups of 4", people, fair, GROUP_TARGETS_MS[people], 0.99, "an evening searched for long")
    found.quality = sum(fair.weight) / best
    gain = fair.worst / unfair.worst - 1 if unfair.worst else float("inf")
    found.more |= {
        "of the best known rounds": f"{share_of_best_rounds(request, fair.results):.4f}",
        "worst without fairness": f"{unfair.worst:.3f}", "worst gains": f"{gain:.1%}", "good": gain >= 0.1,
    }  # fmt: skip
    yield found
    for name, way in PLAYED_BASELINES.items():
        if people > EXACT_UP_TO.get(name, people):
            continue
        other = play_baseline(request, way)
        found = row(f"groups of 4: {name}", people, other, None, None, "the same")
        found.quality = sum(other.weight) / best
        yield found


def roles(people: int) -> Iterator[Row]:
    """Three mentors to seven mentees, strict: the rest waits in turn."""
    crowd_ = tuple(
        replace(person, role="mentor" if index % 10 < 3 else "mentee") for index, person in enumerate(crowd(people))
    )
    rule = Complementary("role", ("mentor", "mentee"), on_infeasible="sit_out")
    request = MatchRequest(crowd_, apart=blocks(crowd_), seed="load", rules=(rule,))
    warm(request)
    played = play(request, ROUNDS)
    found = row("two roles 30/70", people, played, 500.0 if people == 10_000 else None, 0.9999, "assignment")
    case = prepare(replace(request, rounds_planned=ROUNDS)).case
    seated = {who for room in played.results[0].matches for who in room}
    mine = np.array([i for i in range(case.n) if case.person(i).role == "mentor" and case.person(i).id in seated])
    theirs = np.array([i for i in range(case.n) if case.person(i).role == "mentee" and case.person(i).id in seated])
    gains = np.where(case.barred(mine)[:, theirs], -1e3, case.gain(mine)[:, theirs])
    best = gains[linear_sum_assignment(gains, maximize=True)].sum()
    place_of = {case.person(index).id: index for index in range(case.n)}
    ours = [(place_of[a], place_of[b]) for a, b in played.results[0].matches]
    one, other = (np.array(side) for side in zip(*ours, strict=True))
    found.quality = float(case.gain_of(one, other).sum() / best)
    turns = np.zeros(case.n, int)
    for result in played.results:
        turns[[place_of[who] for reason in result.sits_out for who in reason.members]] += 1
    mentees = turns[[index for index in range(case.n) if case.person(index).role == "mentee"]]
    found.more |= {"sat out": f"{mentees.min()} to {mentees.max()} times", "good": mentees.max() - mentees.min() <= 1}
    yield found


def repair(people: int, share: float, target_ms: float) -> Iterator[Row]:
    """Some leave and as many come when the rooms have been shown."""
    request = usual(people)
    history, shown = evening_so_far(request, 3)
    gone = int(share * people)
    chance = np.random.default_rng(people)
    leaving = set(chance.choice(people, gone, replace=False).tolist())
    coming = crowd(gone, seed=8, first=people)
    everybody = (*request.attendees, *coming)
    present = tuple(one.id for index, one in enumerate(everybody) if index not in leaving)
    asked = replace(
        request, attendees=everybody, present=present, history=history, round=4, rounds_planned=ROUNDS,
    )  # fmt: skip
    anew = match(asked)
    mended = replace(asked, shown=shown)
    whole, result = timed(partial(match, mended), 5)
    times = [mending_ms(mended) for _ in range(5)]
    before = {frozenset(room) for room in shown}
    changed = sum(frozenset(room) not in before for room in result.matches)
    full = sum(frozenset(room) not in before for room in anew.matches)
    yield Row(
        f"repair, {share:.0%} leave and come", people, statistics.median(times), max(times), target_ms,
        result.parts.weight / anew.parts.weight, 0.998, "a full re-solve", result.parts.repeats,
        more={
            "rooms changed": f"{changed} (full: {full})", "whole answer ms": round(statistics.median(whole), 1),
            "good": changed < full,
        },
    )  # fmt: skip


def mending_ms(request: MatchRequest) -> float:
    """The repair alone: its arrays are made while the round before still runs."""
    case = prepare(request).case
    shown = rooms_of(case, request.shown or ())
    upper = np.arange(min(case.n, 2))
    case.faults(upper), case.gain(upper), case.barred(upper), case.jitter(upper)
    (ms,), _ = timed(partial(mend, case, shown, solve_anew), 1)
    return ms


def latecomer(people: int) -> Iterator[Row]:
    """One person finds a place among all rooms."""
    request = usual(people, odd="trio")
    result = match(request)
    newcomer = crowd(1, seed=9, first=people)
    case = prepare(replace(request, attendees=(*request.attendees, *newcomer))).case
    place_of = {case.person(index).id: index for index in range(case.n)}
    rooms = [tuple(sorted(place_of[who] for who in room)) for room in result.matches]
    who = place_of[newcomer[0].id]
    place(case, rooms, who)
    times, _ = timed(lambda: place(case, rooms, who), 50)
    yield Row("a latecomer finds a place", people, statistics.median(times), max(times), 5.0)


def churn(people: int) -> Iterator[Row]:
    """A twentieth leaves and as many come each round."""
    steady = play(usual(people), ROUNDS, upper_bound)
    request, played = usual(people), Played()
    everybody, chance = list(request.attendees), np.random.default_rng(people)
    present = {one.id for one in everybody}
    history: tuple[Held, ...] = ()
    for number in range(1, ROUNDS + 1):
        asked = replace(
            request, attendees=tuple(everybody), present=tuple(sorted(present)), round=number,
            rounds_planned=ROUNDS, history=history,
        )  # fmt: skip
        times, result = timed(partial(match, asked), 1)
        played.ms += times
        take(played, asked, result)
        played.bound.append(upper_bound(prepare(asked).case))
        history = (*history, held(result, number))
        moving = max(1, people // 20)
        present -= set(chance.choice(sorted(present), moving, replace=False).tolist())
        newcomers = crowd(moving, seed=100 + number, first=len(everybody))
        everybody += newcomers
        present |= {one.id for one in newcomers}
    assert steady.quality is not None
    yield row("pairs, 5 % leave and come each round", people, played, None, steady.quality - 0.002, "certified bound")


def row(case: str, people: int, played: Played, aim_ms: float | None, aim: float | None, against: str) -> Row:
    """An evening as a line of the table."""
    found = Row(
        case, people, statistics.median(played.ms), max(played.ms), aim_ms, played.quality, aim, against,
        played.repeats, played.worst, {"given up": played.given_up} if played.given_up else {},
    )  # fmt: skip
    if aim is not None:
        found.more["good"] = played.repeats == 0
    return found


def baselines_for(people: int) -> dict[str, baselines.Baseline]:
    """Those that come to an end in time for so many people."""
    ways = {**PLAYED_BASELINES, **EXACT}
    return {name: way for name, way in ways.items() if people <= EXACT_UP_TO.get(name, people)}


def play_baseline(request: MatchRequest, way: baselines.Baseline) -> Played:
    """The same evening by another way; its time does not count preparing the case."""
    played = Played()
    for asked in asked_in_turn(request, ROUNDS, played):
        prepared = prepare(asked)
        times, rooms = timed(partial(way, prepared.case), 1)
        played.ms += times
        take(played, asked, account(prepared, Solution(rooms, "baseline")))
    played.worst = worst(request, played)
    return played


def evening_so_far(request: MatchRequest, rounds: int) -> tuple[tuple[Held, ...], tuple[tuple[str, ...], ...]]:
    """Some rounds held, and the rooms shown for the next."""
    played = play(replace(request, rounds_planned=ROUNDS), rounds)
    history = tuple(held(result, index) for index, result in enumerate(played.results, start=1))
    shown = match(replace(request, history=history, round=rounds + 1, rounds_planned=ROUNDS))
    return history, shown.matches


def warm(request: MatchRequest) -> None:
    """Rows of candidates are made in the lobby as people come; here before the clock starts."""
    match(replace(request, rounds_planned=ROUNDS, seed="warm"))


def timed(way: Callable[[], Answer], times: int) -> tuple[list[float], Answer]:
    """Milliseconds of each run, and the last answer."""
    found: list[float] = []
    while True:
        started = time.perf_counter()
        answer = way()
        found.append(1000 * (time.perf_counter() - started))
        if len(found) == times:
            return found, answer
