"""Greedy rooms: lawful whatever is asked, as many seated as can be, the same for the same question."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from rooms.language.ids import AttendeeId
from rooms.language.rules import MustDiffer
from rooms.matching.fallback import greedy
from rooms.matching.request import GroupSize, Held, MatchRequest, Profile
from rooms.matching.sizes import lawful_sizes, room_sizes

PAIRS = GroupSize()


def ids(count: int) -> list[AttendeeId]:
    return [AttendeeId(f"p{number:03}") for number in range(count)]


def asked(count: int, group: GroupSize = PAIRS, **others: object) -> MatchRequest:
    """A question about so many people of three teams."""
    people = tuple(Profile(id=who, team=f"t{index % 3}") for index, who in enumerate(ids(count)))
    return replace(MatchRequest(attendees=people, group=group, rounds_planned=12, seed="a"), **others)


def tables(size: int) -> GroupSize:
    return GroupSize(target=size, min=size - 1, max=size + 1)


@pytest.mark.parametrize("count", range(9))
@pytest.mark.parametrize("group", [PAIRS, GroupSize(3, 2, 4), tables(4)])
@pytest.mark.parametrize("odd", ["trio", "sit_out"])
def test_as_many_are_seated_as_the_sizes_allow(count: int, group: GroupSize, odd: str) -> None:
    found = greedy(asked(count, group, odd=odd))
    assert sorted(map(len, found.matches), reverse=True) == list(room_sizes(count, group, odd))


def test_who_has_sat_out_least_sits_out() -> None:
    people = ids(7)
    times = tuple((who, int(who != "p004")) for who in people)
    (reason,) = greedy(asked(7, odd="sit_out", sat_out=times)).sits_out
    assert reason.members == ("p004",)


def test_nobody_meets_again_while_there_are_others() -> None:
    people = ids(60)
    history: list[Held] = []
    for number in range(1, 13):
        found = greedy(asked(60, round=number, history=tuple(history)))
        assert found.parts.repeats == 0
        history.append(Held(number, found.matches))
    assert {who for match in history[-1].rooms for who in match} == set(people)


def test_when_all_must_be_kept_apart_nobody_is_seated() -> None:
    apart = frozenset(combinations(ids(20), 2))
    found = greedy(asked(20, apart=apart))
    assert found.matches == ()
    assert len(found.sits_out) == 20


def test_two_rooms_are_taken_apart_for_somebody_whom_no_open_one_takes() -> None:
    people = ids(100)
    only = people[57]
    apart = frozenset((who, only) for who in people if who not in (only, people[3]))
    found = greedy(asked(100, apart=apart))
    assert (people[3], only) in found.matches
    assert found.parts.seated == 100


def test_a_rule_that_stands_above_the_seat_is_kept() -> None:
    rule = MustDiffer("team", on_infeasible="sit_out")
    found = greedy(asked(30, tables(3), rules=(rule,)))
    teams = {person.id: person.team for person in asked(30).attendees}
    assert all(len({teams[who] for who in match}) == len(match) for match in found.matches)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_asked_the_rooms_are_lawful_and_order_changes_nothing(data: st.DataObject) -> None:
    count = data.draw(st.integers(0, 40))
    pairs = st.tuples(st.sampled_from(ids(40)), st.sampled_from(ids(40))).filter(lambda two: two[0] != two[1])
    group = data.draw(st.sampled_from([PAIRS, GroupSize(3, 2, 4), tables(4), GroupSize(6, 5, 6)]))
    request = asked(
        count,
        group,
        odd=data.draw(st.sampled_from(["trio", "sit_out"])),
        apart=data.draw(st.frozensets(pairs, max_size=200)),
        passed=data.draw(st.frozensets(pairs, max_size=20)),
        history=(Held(1, tuple(data.draw(st.lists(pairs, max_size=30)))),),
        round=2,
    )
    found = greedy(request)
    seated = Counter(who for match in found.matches for who in match)
    out = [who for reason in found.sits_out for who in reason.members]
    assert all(times == 1 for times in seated.values())
    assert sorted([*seated, *out]) == ids(count)
    assert all(2 <= len(match) <= lawful_sizes(group, request.odd)[1] for match in found.matches)
    never = {frozenset(two) for two in request.apart | request.passed}
    assert not [two for match in found.matches for two in combinations(match, 2) if frozenset(two) in never]
    again = greedy(replace(request, attendees=tuple(data.draw(st.permutations(request.attendees)))))
    assert (again.matches, again.sits_out) == (found.matches, found.sits_out)
