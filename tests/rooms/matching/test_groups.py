"""Tables of three to six: everybody placed, rules kept, turns taken."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.language import rules as r
from rooms.matching.case import Case
from rooms.matching.crowd import TABLED
from rooms.matching.few import solve_few
from rooms.matching.groups import solve_groups
from rooms.matching.prepare import prepare
from rooms.matching.request import GroupSize, Held, MatchRequest, Profile
from rooms.matching.sizes import lawful_sizes, room_sizes
from rooms.matching.solution import Room
from tests.rooms.matching.people import who

FOURS = GroupSize(target=4, min=3, max=5)
THREES = GroupSize(target=3, min=3, max=3)
WORDS = tuple(f"word {number}" for number in range(12))


def some_people(count: int, **facts: Any) -> tuple[Profile, ...]:
    """People with interests of their own; `facts` may be functions of their number."""
    chance = np.random.default_rng(count)
    return tuple(
        Profile(
            who(f"p{number:04}"),
            interests=tuple(chance.choice(WORDS, 4, replace=False).tolist()),
            **{name: fact(number) if callable(fact) else fact for name, fact in facts.items()},
        )
        for number in range(count)
    )


def case_of(people: tuple[Profile, ...], **parts: Any) -> Case:
    return prepare(MatchRequest(people, **{"group": FOURS, "rounds_planned": parts.get("round", 1), **parts})).case


def idle(case: Case, rooms: list[Room]) -> list[int]:
    return sorted(set(range(case.n)) - {one for room in rooms for one in room})


def assert_lawful(case: Case, rooms: list[Room]) -> None:
    """Everybody at most once, sizes within bounds, nobody with whom they must not be."""
    least, most = lawful_sizes(case.request.group, case.request.odd)
    placed = [one for room in rooms for one in room]
    assert len(placed) == len(set(placed))
    assert all(least <= len(room) <= most for room in rooms)
    assert not any(case.room_barred(room) for room in rooms)


@pytest.mark.parametrize("size", [3, 4, 5, 6])
@pytest.mark.parametrize("count", [13, 29, 47, 120])
def test_everybody_sits_in_rooms_of_even_size(count: int, size: int) -> None:
    case = case_of(some_people(count), group=GroupSize(target=size, min=size - 1, max=min(6, size + 1)))

    rooms = solve_groups(case).rooms

    assert_lawful(case, rooms)
    assert idle(case, rooms) == []
    sizes = [len(room) for room in rooms]
    assert max(sizes) - min(sizes) <= 1
    assert sorted(sizes, reverse=True) == list(room_sizes(count, case.request.group, "trio"))


def test_many_people_sit_as_well() -> None:
    case = case_of(some_people(TABLED + 90, team=lambda number: f"team {number % 40}"), rules=(r.MustDiffer("team"),))

    rooms = solve_groups(case).rooms

    assert_lawful(case, rooms)
    assert idle(case, rooms) == []
    assert not any(case.room_faults(room) for room in rooms)


@pytest.mark.parametrize("count", [9, 10, 11, 12])
@pytest.mark.parametrize("group", [FOURS, THREES, GroupSize(target=6, min=4, max=6)])
def test_as_good_as_weighing_everything(count: int, group: GroupSize) -> None:
    """Within two in a hundred of the best there is, and never more faults."""
    case = case_of(some_people(count), group=group)

    found, best = solve_groups(case).rooms, solve_few(case).rooms

    assert sorted(map(len, found)) == sorted(map(len, best))
    assert sum(map(case.room_gain, found)) >= 0.98 * sum(map(case.room_gain, best))


def test_nobody_meets_again_where_that_can_be() -> None:
    people = some_people(64)
    history: tuple[Held, ...] = ()
    for number in range(1, 11):
        case = case_of(people, round=number, history=history)
        rooms = solve_groups(case).rooms
        assert not any(case.room_faults(room) for room in rooms)
        history = (*history, Held(number, tuple(tuple(case.person(one).id for one in room) for room in rooms)))


def test_those_sit_out_who_did_so_least() -> None:
    people = some_people(14)
    sat_out = tuple((person.id, 0 if index in (3, 8) else 1) for index, person in enumerate(people))

    case = case_of(people, group=THREES, odd="sit_out", sat_out=sat_out)

    assert idle(case, solve_groups(case).rooms) == [3, 8]


def test_everybody_sits_out_once_before_anybody_twice() -> None:
    people = some_people(16)
    history: tuple[Held, ...] = ()
    turns = np.zeros(16, np.int64)
    for number in range(1, 17):
        case = case_of(people, group=THREES, odd="sit_out", round=number, history=history)
        rooms = solve_groups(case).rooms
        out = idle(case, rooms)
        turns[out] += 1
        assert turns.max() - turns.min() <= 1
        ids = tuple(case.person(one).id for one in out)
        history = (*history, Held(number, tuple(tuple(case.person(one).id for one in room) for room in rooms), ids))


def test_one_team_only() -> None:
    case = case_of(some_people(21, team="all"), rules=(r.MustDiffer("team"),))

    rooms = solve_groups(case).rooms

    assert_lawful(case, rooms)
    assert idle(case, rooms) == []


def test_a_team_too_large_is_spread_evenly() -> None:
    """Ten of sixteen in one team: two or three in each room are the fewest pairs that can be."""
    case = case_of(
        some_people(16, team=lambda number: "large" if number < 10 else f"t{number}"), rules=(r.MustDiffer("team"),)
    )

    rooms = solve_groups(case).rooms

    assert sorted(sum(one < 10 for one in room) for room in rooms) == [2, 2, 3, 3]


def mentors(count: int, of: int) -> tuple[Profile, ...]:
    return some_people(of, role=lambda number: "mentor" if number < count else "mentee")


def test_a_mentor_with_two_mentees_each_in_turn() -> None:
    people = mentors(30, 100)
    rule = r.Quota("role", "mentor", 1, 1, on_infeasible="sit_out")
    history: tuple[Held, ...] = ()
    turns = np.zeros(100, np.int64)
    for number in range(1, 8):
        case = case_of(people, group=THREES, rules=(rule,), history=history, round=number, odd="sit_out")
        rooms = solve_groups(case).rooms
        out = idle(case, rooms)
        turns[out] += 1
        assert_lawful(case, rooms)
        assert [sum(one < 30 for one in room) for room in rooms] == [1] * 30
        assert all(one >= 30 for one in out)
        ids = tuple(case.person(one).id for one in out)
        history = (*history, Held(number, tuple(tuple(case.person(one).id for one in room) for room in rooms), ids))
    assert turns[30:].tolist() == [1] * 70


def test_too_few_mentors_leave_as_few_rooms_as_can_be_without() -> None:
    case = case_of(mentors(30, 100), group=THREES, rules=(r.Quota("role", "mentor", 1, 1),))

    rooms = solve_groups(case).rooms

    assert idle(case, rooms) == []
    assert sorted(sum(one < 30 for one in room) for room in rooms) == [0] * 4 + [1] * 30


def test_too_many_mentors_crowd_few_rooms() -> None:
    case = case_of(mentors(30, 64), rules=(r.Quota("role", "mentor", 1, 1),))

    counts = [sum(one < 30 for one in room) for room in solve_groups(case).rooms]

    assert counts.count(1) == 11
    assert sum(counts) == 30


def test_two_quotas_at_once() -> None:
    people = some_people(
        48,
        role=lambda number: "mentor" if number % 4 == 0 else "mentee",
        team=lambda number: "host" if number < 12 else "",
    )
    rules = (r.Quota("role", "mentor", 1, 1), r.Quota("team", "host", 1, 1))
    case = case_of(people, rules=rules)

    assert not any(case.room_faults(room) for room in solve_groups(case).rooms)


def test_every_anchor_has_a_room_and_nobody_visits_twice() -> None:
    people = some_people(40, role=lambda number: "host" if number < 10 else "guest")
    history: tuple[Held, ...] = ()
    for number in range(1, 6):
        case = case_of(people, rules=(r.Anchor("role", "host", 2, 4),), round=number, history=history)
        rooms = solve_groups(case).rooms
        assert [sum(one < 10 for one in room) for room in rooms] == [1] * 10
        assert not any(case.room_faults(room) for room in rooms)
        history = (*history, Held(number, tuple(tuple(case.person(one).id for one in room) for room in rooms)))


def test_linked_people_are_together() -> None:
    pairs = tuple((who(f"p{a:04}"), who(f"p{b:04}")) for a, b in ((0, 1), (2, 30), (30, 31), (5, 17)))
    case = case_of(some_people(36), rules=(r.MustLink(1, pairs),), apart=frozenset({pairs[3]}))

    rooms = solve_groups(case).rooms

    where = {one: room for room in rooms for one in room}
    assert where[0] == where[1]
    assert where[2] == where[30] == where[31]
    assert where[5] != where[17]


def test_a_link_yields_to_a_rule_before_it() -> None:
    people = some_people(20, team=lambda number: f"team {number // 2}")
    link = r.MustLink(1, ((people[0].id, people[1].id),))

    first = solve_groups(case_of(people, rules=(r.MustDiffer("team"), link))).rooms
    then = solve_groups(case_of(people, rules=(link, r.MustDiffer("team")))).rooms

    assert not any({0, 1} <= set(room) for room in first)
    assert any({0, 1} <= set(room) for room in then)


def test_nobody_of_a_declared_group_is_left_alone() -> None:
    people = some_people(60, groups=lambda number: ("declared",) if number % 6 == 0 else ())
    without, kept = (case_of(people, rules=rules) for rules in ((), (r.NoToken("groups", weight=2.0),)))

    alone = [
        sum(sum(one % 6 == 0 for one in room) == 1 for room in solve_groups(case).rooms) for case in (without, kept)
    ]

    assert alone[0] > 3
    assert alone[1] == 0


def test_all_in_a_room_have_a_language_in_common() -> None:
    spoken = (("en", "de"), ("de", "fr"), ("fr", "en"), ("en",), ("de",), ("fr",))
    people = some_people(48, languages=lambda number: spoken[number % 6])
    case = case_of(people, rules=(r.MustShare("languages"),))

    rooms = solve_groups(case).rooms

    assert sum(case.room_faults(room) > 0 for room in rooms) <= 1


def test_blocked_by_everybody() -> None:
    people = some_people(20)
    everybody = frozenset((people[7].id, other.id) for other in people if other is not people[7])
    case = case_of(people, apart=everybody)

    rooms = solve_groups(case).rooms

    assert_lawful(case, rooms)
    assert idle(case, rooms) == [7]


def test_everybody_kept_apart_from_everybody() -> None:
    people = some_people(15)

    assert solve_groups(case_of(people, apart=frozenset(combinations((one.id for one in people), 2)))).rooms == []


def test_two_sides_that_must_not_meet() -> None:
    """Thirteen and eleven: rooms of four cannot be had without a fifth or a three on each side; nobody sits out."""
    people = some_people(24)
    apart = frozenset((a.id, b.id) for a in people[:13] for b in people[13:])
    case = case_of(people, apart=apart)

    rooms = solve_groups(case).rooms

    assert_lawful(case, rooms)
    assert idle(case, rooms) == []


def test_another_seed_other_rooms() -> None:
    people = some_people(30)

    assert solve_groups(case_of(people, seed="a")).rooms != solve_groups(case_of(people, seed="b")).rooms


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_lawful_whatever_is_asked(data: st.DataObject) -> None:
    count = data.draw(st.integers(0, 40))
    people = some_people(
        count,
        team=lambda number: ("red", "blue", "", "green")[number % 4],
        role=lambda number: "mentor" if number % 5 == 0 else "",
        languages=lambda number: (("en",), ("de", "en"), ("de",))[number % 3],
    )
    ids = [person.id for person in people]
    pairs = [(a, b) for a in ids for b in ids if a < b]
    case = case_of(
        people,
        group=data.draw(
            st.sampled_from((FOURS, THREES, GroupSize(target=4, min=4, max=4), GroupSize(target=5, min=3, max=6)))
        ),
        odd=data.draw(st.sampled_from(("trio", "sit_out"))),
        apart=data.draw(st.frozensets(st.sampled_from(pairs), max_size=60)) if pairs else frozenset(),
        rules=tuple(
            data.draw(
                st.lists(
                    st.sampled_from(
                        (
                            r.MustDiffer("team"),
                            r.MustDiffer("team", on_infeasible="sit_out"),
                            r.Quota("role", "mentor", 1, 2),
                            r.Quota("role", "mentor", 0, 1, on_infeasible="sit_out"),
                            r.Anchor("role", "mentor", 2, 3, on_infeasible="sit_out"),
                            r.MustShare("languages"),
                            r.NoToken("team"),
                        )
                    ),
                    max_size=3,
                    unique_by=r.rule_name,
                )
            )
        ),
    )

    rooms = solve_groups(case).rooms

    assert_lawful(case, rooms)
    backwards = prepare(
        MatchRequest(
            **{field: getattr(case.request, field) for field in case.request.__struct_fields__}
            | {"attendees": tuple(reversed(case.request.attendees))}
        )
    ).case
    assert solve_groups(backwards).rooms == rooms
