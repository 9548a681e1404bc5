"""Solvers that go wrong, for the matcher process to run by name."""

import ctypes

from rooms.matching import MatchRequest, MatchResult

UNLUCKY = "Unlucky"
"""The team whose events hang where others do not."""


def hang(_request: MatchRequest) -> MatchResult:
    """Never comes back, in a loop of C that holds the interpreter and hears no signal handler."""
    raise AssertionError(sum(range(1 << 62)))


def crash(_request: MatchRequest) -> MatchResult:
    """Takes the whole process with it."""
    raise AssertionError(ctypes.string_at(0))


def hoard(_request: MatchRequest) -> MatchResult:
    """Wants more memory than there is."""
    raise AssertionError(bytearray(1 << 40))


def in_order(request: MatchRequest) -> MatchResult:
    """Takes people as they come: not what a solver would do, so that a test can tell."""
    people = sorted(profile.id for profile in request.attendees)
    rooms = tuple((people[i], people[i + 1]) for i in range(0, len(people) - 1, 2))
    return MatchResult(rooms, (), (), method="in order")


def hang_for_some(request: MatchRequest) -> MatchResult:
    """Hangs for the unlucky, and is quick for everybody else."""
    return hang(request) if any(profile.team == UNLUCKY for profile in request.attendees) else in_order(request)


def in_turn(request: MatchRequest) -> MatchResult:
    """Everybody with the next one, then in one process with the one after that: tells who has answered before."""
    people = sorted(profile.id for profile in request.attendees)
    _answered.append(request.seed)
    half = len(people) // 2 if len(_answered) > 1 else 1
    rooms = tuple((one, people[index + half]) for index, one in enumerate(people) if index % (2 * half) < half)
    return MatchResult(rooms, (), (), method="in turn")


_answered: list[str] = []
