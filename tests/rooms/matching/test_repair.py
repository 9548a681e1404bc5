"""Rooms shown before are kept where they can be; who is free is placed as well as everybody anew would be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.language.rules import MustDiffer
from rooms.matching.case import Case
from rooms.matching.pairs import solve_pairs
from rooms.matching.repair import repair
from rooms.matching.solution import Room
from tests.rooms.matching.pair_cases import case_of, key, lawful, people, plain_case, some_pairs

RULE = MustDiffer(attr="team")


def shown_in(case: Case, before: Case, rooms: list[Room]) -> list[Room]:
    """Rooms of one case by the numbers of another, without those who left."""
    place = {case.person(who).id: who for who in range(case.n)}
    ids = [[before.person(who).id for who in room] for room in rooms]
    found = [tuple(sorted(place[who] for who in room if who in place)) for room in ids]
    return sorted(room for room in found if room)


@pytest.mark.parametrize("count", [100, 400])
def test_few_rooms_change_when_few_people_do(count: int) -> None:
    everybody = people(count + 4)
    before = plain_case(everybody[:count], RULE)
    rooms = solve_pairs(before).rooms
    case = plain_case(everybody[4:], RULE)
    shown = shown_in(case, before, rooms)
    found, anew = repair(case, shown, solve_pairs), solve_pairs(case)
    assert sum(map(len, found.rooms)) == case.n
    assert len(set(found.rooms) & set(shown)) >= len(found.rooms) - 30
    assert sum(map(case.worth, found.rooms)) >= 0.97 * sum(map(case.worth, anew.rooms))


def test_nothing_changes_where_nothing_happened() -> None:
    case = case_of(people(60))
    rooms = solve_pairs(case).rooms
    assert repair(case, rooms, solve_pairs).rooms == rooms


def test_two_who_must_no_longer_meet_are_parted() -> None:
    who = people(60)
    before = case_of(who)
    rooms = solve_pairs(before).rooms
    one, other = (before.person(number).id for number in rooms[0])
    case = case_of(who, apart=frozenset({(one, other)}))
    found = repair(case, rooms, solve_pairs)
    assert rooms[0] not in found.rooms
    assert sum(map(len, found.rooms)) == 60


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), count=st.integers(4, 40), gone=st.integers(0, 5), come=st.integers(0, 5))
def test_nobody_is_left_out_and_nothing_broken_that_would_not_be_anew(
    seed: int, count: int, gone: int, come: int
) -> None:
    everybody = people(count + come, seed=seed, teams=3)
    apart = frozenset(some_pairs(everybody, count, seed))
    before = plain_case(everybody[:count], RULE, odd="sit_out")
    case = plain_case(everybody[min(gone, count - 2) :], RULE, odd="sit_out", apart=apart)
    found = repair(case, shown_in(case, before, solve_pairs(before).rooms), solve_pairs)
    assert lawful(case, found.rooms)
    assert key(case, found.rooms)[:3] == key(case, solve_pairs(case).rooms)[:3]


def test_the_odd_one_of_the_room_of_three_is_paired_when_somebody_comes() -> None:
    everybody = people(62)
    before = case_of(everybody[:61])
    rooms = solve_pairs(before).rooms
    case = case_of(everybody)
    found = repair(case, shown_in(case, before, rooms), solve_pairs)
    assert {len(room) for room in found.rooms} == {2}
    assert len(found.rooms) == 31
