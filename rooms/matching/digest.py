"""A short name for a request: equal requests have equal ones, in whatever order their parts come."""

import hashlib
from collections.abc import Iterable

import msgspec

from rooms.matching.request import Group, Held, MatchRequest

DIGEST_BYTES = 8


def digest(request: MatchRequest) -> str:
    """16 hex digits from everything that decides about the answer."""
    parts = (
        sorted((person for person in request.attendees), key=lambda person: person.id),
        None if request.present is None else sorted(set(request.present)),
        (request.round, request.rounds_planned, request.group, request.odd, request.repeat, request.seed),
        (request.rules, request.weights),
        [_pairs(request.apart), _pairs(request.passed), sorted(set(request.wishes))],
        sorted((_held(held) for held in request.history), key=lambda held: (held.round, held.rooms)),
        sorted(request.sat_out),
        [_rooms(request.pinned), None if request.shown is None else _rooms(request.shown)],
    )
    return hashlib.blake2b(msgspec.msgpack.encode(parts), digest_size=DIGEST_BYTES).hexdigest()


def _pairs(pairs: Iterable[Group]) -> list[Group]:
    return sorted({tuple(sorted(pair)) for pair in pairs})


def _rooms(rooms: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(sorted(tuple(sorted(room)) for room in rooms))


def _held(held: Held) -> Held:
    return Held(held.round, _rooms(held.rooms), tuple(sorted(held.sat_out)))
