"""A short name for a request: equal requests have equal ones, in whatever order their parts come."""

from collections.abc import Iterable

from rooms.matching.chance import short_name
from rooms.matching.crowd import ROUNDS_KEPT, Crowd
from rooms.matching.request import Group, Held, MatchRequest


def digest(request: MatchRequest, crowd: Crowd) -> str:
    """16 hex digits from everything that decides about the answer; `crowd` holds the request's attendees.

    People and rounds held are the same from round to round: each is named once for a crowd, which keeps the name.
    """
    parts = (
        crowd.name,
        None if request.present is None else sorted(set(request.present)),
        (request.round, request.rounds_planned, request.group, request.odd, request.repeat, request.seed),
        (request.rules, request.weights),
        [_pairs(request.apart), _pairs(request.passed), sorted(set(request.wishes))],
        sorted((held.round, _held(crowd, held)) for held in request.history),
        sorted(request.sat_out),
        [_rooms(request.pinned), None if request.shown is None else _rooms(request.shown)],
    )
    return short_name(parts).hex()


def _held(crowd: Crowd, held: Held) -> bytes:
    if (name := crowd.names.get(held)) is None:
        name = short_name((_rooms(held.rooms), sorted(held.sat_out)))
        if len(crowd.names) < ROUNDS_KEPT:
            crowd.names[held] = name
    return name


def _pairs(pairs: Iterable[Group]) -> list[Group]:
    return sorted({tuple(sorted(pair)) for pair in pairs})


def _rooms(rooms: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(sorted(tuple(sorted(room)) for room in rooms))
