"""What was given up, for exactly whom, and why: looked up in the rooms, rule by rule."""

import numpy as np

from rooms.language import rules as r
from rooms.matching.case import Case
from rooms.matching.crowd import Bools, Ints
from rooms.matching.looks import Line
from rooms.matching.result import GivenUp
from rooms.matching.rule_pairs import pairwise
from rooms.matching.rule_rooms import room_broken
from rooms.matching.solution import Room, pairs_of

WHOLE_ROOM = (r.Quota, r.Anchor, r.MustShare)
ROWS_AT_ONCE = 500
"""Rows of all against all looked at together: 5 million cells at ten thousand people."""
SPEECH = "must_share:languages"


def hard_rules(case: Case) -> list[str]:
    """Names of all hard rules in their order, each once."""
    rules = (*case.ruling.barring, *case.ruling.yielding)
    names = [r.rule_name(rule) for rule in case.request.rules if rule in rules]
    return list(dict.fromkeys([*names, SPEECH] if case.ruling.speech_matters else names))


def concessions(case: Case, rooms: list[Room]) -> tuple[GivenUp, ...]:
    """One entry for each two, or each room, for whom a rule was given up; none for what was kept."""
    one, other = (case.who[side] for side in pairs_of(rooms))
    found: list[GivenUp] = []
    for rule in (*case.ruling.barring, *case.ruling.yielding):
        broken = pairwise(rule, case.crowd, case.past, Line(case.crowd, one, other))
        if broken.any():
            found += _two_by_two(case, r.rule_name(rule), one[broken], other[broken], _because(case, rule))
        found += _room_by_room(case, rule, rooms)
        if isinstance(rule, r.MustLink):
            found += _not_linked(case, rule, rooms)
    found += _speechless(case, one, other)
    found += _again(case, one, other)
    found += _odd_sizes(case, rooms)
    return tuple({(entry.rule, entry.members): entry for entry in found}.values())


def _two_by_two(case: Case, name: str, one: Ints, other: Ints, because: str) -> list[GivenUp]:
    people = case.crowd.people
    return [
        GivenUp(name, (people[min(a, b)].id, people[max(a, b)].id), because)
        for a, b in zip(one.tolist(), other.tolist(), strict=True)
    ]


def _room_by_room(case: Case, rule: r.Rule, rooms: list[Room]) -> list[GivenUp]:
    if not isinstance(rule, WHOLE_ROOM):
        return []
    broken = [room for room in rooms if room_broken(rule, case.crowd, case.past, case.who[list(room)])]
    because = _because(case, rule) if broken else ""
    return [GivenUp(r.rule_name(rule), tuple(case.person(who).id for who in room), because) for room in broken]


def _not_linked(case: Case, rule: r.MustLink, rooms: list[Room]) -> list[GivenUp]:
    """Linked pairs that are in two rooms, or one of whom is in none."""
    where = {int(case.who[who]): index for index, room in enumerate(rooms) for who in room}
    apart = [(a, b) for a, b in case.past.linked(rule) if a not in where or where[a] != where.get(b)]
    one, other = (np.array(side, np.int64) for side in (zip(*apart, strict=True) if apart else ((), ())))
    return _two_by_two(case, r.rule_name(rule), one, other, _because(case, rule))


def _speechless(case: Case, one: Ints, other: Ints) -> list[GivenUp]:
    broken: Bools = case.ruling.speechless_of(one, other)
    return _two_by_two(case, SPEECH, one[broken], other[broken], "nobody who shares a language was free")


def _again(case: Case, one: Ints, other: Ints) -> list[GivenUp]:
    again = (case.past.met.of(one, other) > 0) | (case.past.series.of(one, other) > 0)
    if not again.any():
        return []
    met_all = _have_met_everybody(case, np.unique(np.concatenate([one[again], other[again]])))
    people = case.crowd.people
    entries = zip(one[again].tolist(), other[again].tolist(), strict=True)
    return [
        GivenUp(
            "repeat",
            (people[min(a, b)].id, people[max(a, b)].id),
            "one of them has met everybody here they may meet"
            if met_all[a] or met_all[b]
            else "otherwise somebody would sit out, or meet again instead",
        )
        for a, b in entries
    ]


def _have_met_everybody(case: Case, people: Ints) -> Bools:
    """Who of these has met all whom they may meet: shape of the crowd."""
    found = np.zeros(case.crowd.n, bool)
    rows = np.flatnonzero(np.isin(case.who, people))
    for some in np.array_split(rows, 1 + len(rows) // ROWS_AT_ONCE):
        mine = case.who[some]
        known = (case.past.met.rows(mine, case.who) > 0) | (case.past.series.rows(mine, case.who) > 0)
        found[mine] = (known | case.barred(some)).all(axis=1)
    return found


def _odd_sizes(case: Case, rooms: list[Room]) -> list[GivenUp]:
    """Rooms smaller or larger than asked for; the trio of pairs is what the organiser chose."""
    group, trio = case.request.group, case.request.odd == "trio"
    most = group.max + 1 if group.max == 2 and trio else group.max
    because = f"{case.n} people do not fill rooms of {group.min} to {group.max}"
    return [
        GivenUp("room_size", tuple(case.person(who).id for who in room), because)
        for room in rooms
        if not group.min <= len(room) <= most
    ]


def _because(case: Case, rule: r.Rule) -> str:
    match rule:
        case r.MustDiffer():
            members, columns = case.crowd.members(rule.attr)
            counts = members[case.who].sum(axis=0)
            if not len(columns) or not case.n:
                return "it would have cost somebody a seat"
            most = int(counts.max())
            if most == case.n:
                return f"only one {rule.attr} is present"
            return f"{most} of {case.n} share one {rule.attr}" if 2 * most > case.n else _SEAT
        case r.Complementary():
            first, second = (int(case.crowd.has(rule.attr, value)[case.who].sum()) for value in rule.values)
            return f"{first} with {rule.values[0]} and {second} with {rule.values[1]} are present"
        case r.Quota() | r.Anchor():
            having = int(case.crowd.has(rule.attr, rule.value)[case.who].sum())
            return f"{having} of {case.n} with {rule.value} are present"
        case _:
            return _SEAT


_SEAT = "otherwise somebody would sit out, or a rule that counts more would be broken"
