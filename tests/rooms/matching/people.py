"""Small crowds for tests of the matcher."""

from typing import Any

from rooms.language.ids import AttendeeId
from rooms.matching import Held, MatchRequest, Profile
from rooms.matching.case import Case
from rooms.matching.prepare import prepare


def who(name: str) -> AttendeeId:
    return AttendeeId(name)


def group(names: str) -> tuple[AttendeeId, ...]:
    """`"a b c"` as ids."""
    return tuple(AttendeeId(name) for name in names.split())


def rooms(names: str) -> tuple[tuple[AttendeeId, ...], ...]:
    """`"a b, c d"` as rooms."""
    return tuple(group(some) for some in names.split(",") if some.strip())


def pairs(names: str) -> tuple[tuple[AttendeeId, AttendeeId], ...]:
    """`"a b, c d"` as pairs."""
    return tuple((one, other) for one, other in rooms(names))


def held(number: int, names: str, sat_out: str = "") -> Held:
    return Held(number, rooms(names), group(sat_out))


def a_person(name: str, **facts: Any) -> Profile:
    return Profile(who(name), **facts)


def a_request(names: str = "", **parts: Any) -> MatchRequest:
    """These people, nothing known of them, and whatever else is given."""
    people = tuple(a_person(name) for name in names.split())
    return MatchRequest(**{"attendees": people, "rounds_planned": max(1, parts.get("round", 1)), **parts})


def a_case(request: MatchRequest) -> Case:
    return prepare(request).case
