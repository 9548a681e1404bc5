"""Whether an answer of any size is lawful and tells the truth about itself. What it should be is `oracle`'s to say."""

from collections import Counter

import pytest

from rooms.language import rules as r
from rooms.matching import MatchRequest, MatchResult
from rooms.matching.request import Group
from tests.rooms.matching.oracle import Oracle, Pair, Rooms, two

WHY_IDLE = {"odd_number", "not_enough_people", "kept_apart", "rule", "repeat", "companion"}
Concession = tuple[str, frozenset[str]]


def audit(request: MatchRequest, result: MatchResult) -> None:
    """See that everybody is somewhere, nothing above the seat is broken, and the account is true to the word."""
    oracle = Oracle(request)
    rooms = without_companions(oracle, result.matches)
    check_places(oracle, result)
    for room in rooms:
        if not is_pinned(request, room):
            assert len(room) in oracle.lawful(), f"{room} has no lawful size"
            assert not oracle.barred(room), f"{room} must not be"
    assert given_up(oracle, rooms) == told(result)
    check_idle(oracle, result)
    check_parts(oracle, rooms, result)


def without_companions(oracle: Oracle, rooms: Rooms) -> Rooms:
    """Rooms of those who take places."""
    return tuple(tuple(sorted(who for who in room if who not in oracle.lead)) for room in rooms)


def is_pinned(request: MatchRequest, room: Group) -> bool:
    return any(set(room) <= set(group) for group in request.pinned)


def check_places(oracle: Oracle, result: MatchResult) -> None:
    """Everybody present is once in a room or sits out; companions are where their person is; no block is broken."""
    seated = [who for room in result.matches for who in room]
    idle = [who for reason in result.sits_out for who in reason.members]
    assert sorted([*seated, *idle]) == oracle.present
    assert all(len(reason.members) == 1 for reason in result.sits_out)
    for room in result.matches:
        assert not any(pair in oracle.apart for pair in two(room)), f"{room} holds people who are kept apart"
    where = {who: index for index, room in enumerate(result.matches) for who in room}
    assert all(where.get(one) == where.get(lead) for one, lead in oracle.lead.items())


def told(result: MatchResult) -> set[Concession]:
    """What the answer says was given up, and for whom; each only once and with a reason."""
    found = [(entry.rule, frozenset(entry.members)) for entry in result.given_up]
    assert all(entry.because for entry in result.given_up)
    assert max(Counter(found).values(), default=1) == 1
    return set(found)


def given_up(oracle: Oracle, rooms: Rooms) -> set[Concession]:
    """What these rooms give up: of rules about two the two, of rules about rooms the room."""
    found: set[Concession] = set()
    for rule in oracle.hard:
        name = r.rule_name(rule)
        found |= {(name, pair) for pair in oracle.unlinked(rule, rooms)}
        for room in rooms:
            found |= {(name, pair) for pair in oracle.broken_pairs(rule, room)}
            if oracle.room_breaks(rule, room):
                found.add((name, frozenset(room)))
    group = oracle.request.group
    most = max(oracle.lawful()) if group.max == 2 else group.max
    for room in rooms:
        found |= {("must_share:languages", pair) for pair in two(room) if oracle.speechless(pair)}
        found |= {("repeat", pair) for pair in two(room) if oracle.known(pair)}
        if not group.min <= len(room) <= most:
            found.add(("room_size", frozenset(room)))
    return found


def check_idle(oracle: Oracle, result: MatchResult) -> None:
    """Each who sits out has a reason that holds."""
    for reason in result.sits_out:
        (who,) = reason.members
        assert reason.code in WHY_IDLE
        if reason.code == "kept_apart":
            assert any(who in pair for pair in companions_merged(oracle)), f"{who} is kept apart from nobody"
        if reason.code == "rule":
            assert reason.what[0] in {r.rule_name(rule) for rule in oracle.barring}
        if reason.code == "repeat":
            assert oracle.request.repeat == "idle_over_repeat"
        if reason.code == "companion":
            assert who in oracle.lead
        if reason.code == "not_enough_people":
            assert len(oracle.placed) < min(oracle.lawful())


def companions_merged(oracle: Oracle) -> set[Pair]:
    """Who is kept apart, companions counted as their person."""
    lead = oracle.lead
    return oracle.apart | {frozenset(lead.get(who, who) for who in pair) for pair in oracle.apart}


def check_parts(oracle: Oracle, rooms: Rooms, result: MatchResult) -> None:
    """The figures are those of the rooms."""
    parts = result.parts
    seated = sum(map(len, rooms))
    pairs = [pair for room in rooms for pair in two(room)]
    assert (parts.seated, parts.sits_out) == (seated, len(oracle.placed) - seated)
    assert parts.repeats == sum(oracle.met[pair] > 0 for pair in pairs)
    assert parts.series_repeats == sum(pair in oracle.series and not oracle.met[pair] for pair in pairs)
    worth = sum(oracle.worth(pair) for room in result.matches for pair in two(room))
    assert parts.weight == pytest.approx(worth, abs=1e-6)
    if result.bound is not None:
        assert parts.weight <= result.bound + 1e-6
