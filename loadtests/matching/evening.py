"""Playing evenings: round after round through `match`, timed, counted, compared."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from msgspec.structs import replace

from loadtests.matching.crowds import held, repeats
from rooms.language.ids import AttendeeId
from rooms.matching import MatchRequest, MatchResult, match
from rooms.matching.case import Case
from rooms.matching.prepare import prepare
from rooms.matching.solution import Room, pairs_of


@dataclass
class Played:
    """What came of an evening."""

    ms: list[float] = field(default_factory=list)
    """Of each round."""
    weight: list[float] = field(default_factory=list)
    bound: list[float] = field(default_factory=list)
    """Upper bound of each round, where it was asked for; 0 where it was not worked out."""
    repeats: int = 0
    given_up: int = 0
    sat_out: int = 0
    results: list[MatchResult] = field(default_factory=list)
    worst: float = 0.0
    """Mean worth of a round of the worst-served person who was there all the time."""

    @property
    def quality(self) -> float | None:
        """Weight over bound, of all rounds that have one together."""
        known = [(weight, bound) for weight, bound in zip(self.weight, self.bound, strict=False) if bound]
        return sum(weight for weight, _ in known) / sum(bound for _, bound in known) if known else None


Bound = Callable[[Case], float]
BOUND_EACH_ROUND = 1_000
"""Up to here every round has a certified bound; of more people the first and the last (half a minute each)."""


def play(request: MatchRequest, rounds: int, bound: Bound | None = None) -> Played:
    """Hold so many rounds with everybody staying."""
    played = Played()
    for asked in asked_in_turn(request, rounds, played):
        started = time.perf_counter()
        result = match(asked)
        played.ms.append(1000 * (time.perf_counter() - started))
        take(played, asked, result)
        if bound is not None:
            certified = len(request.attendees) <= BOUND_EACH_ROUND or asked.round in (1, rounds)
            played.bound.append(bound(prepare(asked).case) if certified else 0.0)
    played.worst = worst(request, played)
    return played


def asked_in_turn(request: MatchRequest, rounds: int, played: Played) -> Iterator[MatchRequest]:
    """The request of each round, with the history so far."""
    for number in range(1, rounds + 1):
        history = tuple(held(result, index) for index, result in enumerate(played.results, start=1))
        yield replace(request, round=number, rounds_planned=rounds, history=history)


def take(played: Played, asked: MatchRequest, result: MatchResult) -> None:
    """Count one round."""
    played.results.append(result)
    played.weight.append(result.parts.weight)
    played.repeats += repeats(asked, result)
    played.given_up += sum(entry.rule != "repeat" for entry in result.given_up)
    played.sat_out += len(result.sits_out)


def worst(request: MatchRequest, played: Played) -> float:
    """Mean worth of a round of the person who fared worst."""
    case = prepare(replace(request, round=1, rounds_planned=1, history=())).case
    total = np.zeros(case.n)
    place = {case.person(index).id: index for index in range(case.n)}
    for result in played.results:
        total += shares(case, [tuple(place[who] for who in room if who in place) for room in result.matches])
    return float(total.min()) / max(1, len(played.results)) if case.n else 0.0


def shares(case: Case, rooms: list[Room]) -> np.ndarray:
    """What the rooms are worth to each person."""
    one, other = pairs_of(rooms)
    worth = case.crowd.worth_of(case.who[one], case.who[other])
    return np.bincount(one, worth, case.n) + np.bincount(other, worth, case.n)


def ids(case: Case, rooms: list[Room]) -> tuple[tuple[AttendeeId, ...], ...]:
    """Rooms of numbers as rooms of ids."""
    return tuple(tuple(case.person(who).id for who in room) for room in rooms)
