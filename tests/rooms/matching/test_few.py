"""The best rooms for few people, against every seating counted one by one."""

from collections.abc import Iterator
from itertools import combinations
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.language import rules as r
from rooms.language.ids import AttendeeId
from rooms.matching.case import UNIT, Case
from rooms.matching.few import solve_few
from rooms.matching.prepare import prepare
from rooms.matching.request import GroupSize, Held, MatchRequest, Profile
from rooms.matching.sizes import lawful_sizes
from rooms.matching.solution import Room

FOURS = GroupSize(target=4, min=3, max=5)
THREES = GroupSize(target=3, min=3, max=3)


def seatings(people: tuple[int, ...], least: int, most: int) -> Iterator[list[Room]]:
    """Every way to put people into rooms or leave them out."""
    if not people:
        yield []
        return
    first, rest = people[0], people[1:]
    for others in seatings(rest, least, most):
        yield others
    for size in range(least, most + 1):
        for company in combinations(rest, size - 1):
            for others in seatings(tuple(who for who in rest if who not in company), least, most):
                yield [(first, *company), *others]


Rank = tuple[int, int, tuple[int, ...], int, int, int, tuple[int, ...], int, int]


def rank(case: Case, rooms: list[Room]) -> Rank:
    """What makes one seating better than another, the most important first, told apart from how it is searched."""
    group = case.request.group
    idle = sorted(set(range(case.n)) - {who for room in rooms for who in room})
    turns = case.sat_out[idle].tolist()
    sizes = [len(room) for room in rooms]
    bits = case.ruling.bits
    levels = [
        sum(case.room_faults(room) >> bits * level & (1 << bits) - 1 for room in rooms)
        for level in reversed(range(len(case.ruling.levels)))
    ]
    gain = sum(round(case.room_gain(room) / UNIT) for room in rooms)
    chance = sum(
        int(case.jitter_of(np.array([a]), np.array([b]))[0]) for room in rooms for a, b in combinations(room, 2)
    )
    return (
        len(idle),
        sum(turns),
        tuple(sorted(turns, reverse=True)),
        sum(max(0, group.min - size) ** 2 for size in sizes),
        sum((size - group.target) ** 2 for size in sizes),
        -len(sizes),
        tuple(levels),
        -gain,
        chance,
    )


def best(case: Case) -> Rank:
    least, most = lawful_sizes(case.request.group, case.request.odd)
    return min(
        rank(case, rooms)
        for rooms in seatings(tuple(range(case.n)), least, most)
        if not any(case.room_barred(room) for room in rooms)
    )


def ids(count: int) -> tuple[AttendeeId, ...]:
    return tuple(AttendeeId(f"p{number}") for number in range(count))


WORDS = ("go", "choir", "chess")
people = st.builds(
    Profile,
    id=st.just(AttendeeId("")),
    team=st.sampled_from(("", "red", "blue")),
    role=st.sampled_from(("", "mentor")),
    interests=st.lists(st.sampled_from(WORDS), unique=True).map(tuple),
    languages=st.lists(st.sampled_from(("en", "de")), unique=True).map(tuple),
    language_required=st.booleans(),
    size=st.sampled_from((0, 0, 2, 3)),
)
RULES: tuple[r.Rule, ...] = (
    r.MustDiffer("team"),
    r.MustDiffer("team", on_infeasible="sit_out"),
    r.Quota("role", "mentor", 1, 1),
    r.Quota("role", "mentor", 0, 1, on_infeasible="sit_out"),
    r.Anchor("role", "mentor", 2, 3),
    r.MustShare("languages"),
    r.MustLink(3, ((AttendeeId("p0"), AttendeeId("p1")),)),
    r.NoToken("team"),
    r.Mix("interests"),
)


@st.composite
def cases(draw: st.DrawFn, most: int = 7) -> Case:
    found = draw(st.lists(people, max_size=most))
    names = ids(len(found))
    some = [(a, b) for a in names for b in names if a < b]
    pairs = st.frozensets(st.sampled_from(some), max_size=4) if some else st.just(frozenset())
    held = draw(st.lists(st.permutations(names), max_size=2))
    return prepare(
        MatchRequest(
            attendees=tuple(
                Profile(**{field: getattr(one, field) for field in one.__struct_fields__} | {"id": name})
                for name, one in zip(names, found, strict=True)
            ),
            round=3,
            rounds_planned=3,
            group=draw(st.sampled_from((GroupSize(), GroupSize(target=3, min=2, max=3), THREES, FOURS))),
            odd=draw(st.sampled_from(("trio", "sit_out"))),
            repeat=draw(st.sampled_from(("repeat_over_idle", "idle_over_repeat"))),
            rules=tuple(draw(st.lists(st.sampled_from(RULES), max_size=3, unique_by=r.rule_name))),
            apart=draw(pairs),
            wishes=tuple(sorted(draw(pairs))),
            history=tuple(
                Held(number + 1, tuple((a, b) for a, b in zip(order[::2], order[1::2], strict=False)))
                for number, order in enumerate(held)
            ),
            sat_out=tuple((name, draw(st.integers(0, 3))) for name in names),
            seed=draw(st.sampled_from(("a", "b"))),
        )
    ).case


@settings(max_examples=80, deadline=None)
@given(cases())
def test_no_seating_is_better(case: Case) -> None:
    rooms = solve_few(case).rooms

    assert not any(case.room_barred(room) for room in rooms)
    assert len({who for room in rooms for who in room}) == sum(map(len, rooms))
    assert rank(case, rooms) == best(case)


@pytest.mark.parametrize("odd", ["trio", "sit_out"])
@pytest.mark.parametrize("group", [GroupSize(), FOURS, THREES])
@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_hardly_anybody(count: int, group: GroupSize, odd: Literal["trio", "sit_out"]) -> None:
    case = prepare(MatchRequest(tuple(map(Profile, ids(count))), group=group, odd=odd)).case
    seats = {(2, 2): 2, (3, 2): 3 if odd == "trio" else 2, (2, 3): 2, (3, 3): 3, (2, 4): 2, (3, 4): 3}
    expected = seats.get((count, group.target), 0)
    if odd == "sit_out" and group.min > count:
        expected = 0

    assert sum(map(len, solve_few(case).rooms)) == expected


@pytest.mark.parametrize(
    ("count", "sizes"), [(5, [5]), (6, [3, 3]), (7, [3, 4]), (9, [4, 5]), (11, [3, 4, 4]), (12, [4, 4, 4])]
)
def test_sizes_at_fours(count: int, sizes: list[int]) -> None:
    case = prepare(MatchRequest(tuple(map(Profile, ids(count))), group=FOURS)).case

    assert sorted(map(len, solve_few(case).rooms)) == sizes


def test_everybody_kept_apart_from_everybody() -> None:
    names = ids(6)
    case = prepare(MatchRequest(tuple(map(Profile, names)), apart=frozenset(combinations(names, 2)))).case

    assert solve_few(case).rooms == []


def test_a_second_trio_rather_than_somebody_idle() -> None:
    """p0 to p3 know only p4 and p5 as possible partners besides each other's trio."""
    names = ids(6)
    triangles = {frozenset(pair) for trio in (names[:3], names[3:]) for pair in combinations(trio, 2)}
    apart = frozenset(pair for pair in combinations(names, 2) if frozenset(pair) not in triangles)
    case = prepare(MatchRequest(tuple(map(Profile, names)), apart=apart)).case

    assert solve_few(case).rooms == [(0, 1, 2), (3, 4, 5)]


def test_who_sat_out_least_sits_out() -> None:
    names = ids(7)
    request = MatchRequest(
        tuple(map(Profile, names)), odd="sit_out", sat_out=tuple((name, 1 + (name != "p4")) for name in names)
    )

    assert 4 not in {who for room in solve_few(prepare(request).case).rooms for who in room}
