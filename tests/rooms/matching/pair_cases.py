"""Crowds and cases for the tests of pairs, and what brute force says of them."""

import random
from collections.abc import Iterator, Sequence

from rooms.language.ids import AttendeeId
from rooms.language.rules import Rule, Weights
from rooms.matching.case import Case
from rooms.matching.prepare import prepare
from rooms.matching.request import Held, MatchRequest, Profile, Two
from rooms.matching.solution import Room

Key = tuple[int, int, tuple[int, ...], float]


def people(count: int, *, seed: int = 1, teams: int = 5, roles: Sequence[str] = ("",)) -> tuple[Profile, ...]:
    """People with interests, needs, offers, teams and roles by chance."""
    rng = random.Random(seed)
    return tuple(
        Profile(
            id=AttendeeId(f"p{number:05d}"),
            team=f"team {rng.randrange(teams)}",
            role=rng.choice(roles),
            interests=tuple(rng.sample([f"tag {tag}" for tag in range(20)], rng.randint(2, 6))),
            looking_for=(f"need {rng.randrange(6)}",),
            offering=(f"need {rng.randrange(6)}",),
            languages=("en",),
        )
        for number in range(count)
    )


def alike(count: int, *, team: str = "") -> tuple[Profile, ...]:
    """People of whom nobody can tell one from the other."""
    return tuple(Profile(id=AttendeeId(f"p{number:05d}"), team=team, interests=("rust",)) for number in range(count))


def case_of(who: tuple[Profile, ...], *rules: Rule, **asked: object) -> Case:
    """The case of a request."""
    return prepare(MatchRequest(attendees=who, rules=rules, **asked)).case  # type: ignore[arg-type]


def plain_case(who: tuple[Profile, ...], *rules: Rule, **asked: object) -> Case:
    """The case of a request in which nobody counts more for having fared badly."""
    return case_of(who, *rules, weights=Weights(fairness=0), **asked)


def some_pairs(who: tuple[Profile, ...], count: int, seed: int) -> tuple[Two, ...]:
    """Pairs by chance."""
    rng = random.Random(seed)
    ids = [person.id for person in who]
    return tuple((one, other) for one, other in (rng.sample(ids, 2) for _ in range(count)))


def held(case: Case, rooms: Sequence[Room], number: int = 1) -> Held:
    """A round that was held with these rooms."""
    inside = {who for room in rooms for who in room}
    idle = tuple(case.person(who).id for who in range(case.n) if who not in inside)
    return Held(round=number, rooms=tuple(tuple(case.person(who).id for who in room) for room in rooms), sat_out=idle)


def seatings(left: tuple[int, ...]) -> Iterator[list[Room]]:
    """All ways to make rooms of two, with whoever sits out."""
    if len(left) < 2:
        yield []
        return
    first, *rest = left
    yield from seatings(tuple(rest))
    for other in rest:
        for rooms in seatings(tuple(who for who in rest if who != other)):
            yield [(first, other), *rooms]


def seatings_with_trio(people: tuple[int, ...]) -> Iterator[list[Room]]:
    """All ways with at most one room of three as well."""
    yield from seatings(people)
    for at, one in enumerate(people):
        for then, two in enumerate(people[at + 1 :], at + 1):
            for three in people[then + 1 :]:
                room = (one, two, three)
                for rooms in seatings(tuple(who for who in people if who not in room)):
                    yield [room, *rooms]


def lawful(case: Case, rooms: Sequence[Room]) -> bool:
    """Nobody in two rooms, nobody with whom they must not be."""
    inside = [who for room in rooms for who in room]
    return len(inside) == len(set(inside)) and not any(case.room_barred(room) for room in rooms)


def key(case: Case, rooms: Sequence[Room]) -> Key:
    """Levels of rooms of two, the least the best: who sits out, how often they did, faults by level, gain."""
    inside = {who for room in rooms for who in room}
    idle = [who for who in range(case.n) if who not in inside]
    broken = [case.ruling.unpacked(case.room_faults(room)) for room in rooms]
    faults = tuple(sum(found.get(level, 0) for found in broken) for level in case.ruling.levels)
    gain = sum(case.room_gain(room) for room in rooms)
    return len(idle), sum(int(case.sat_out[who]) for who in idle), faults, -gain
