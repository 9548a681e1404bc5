"""Tables without a repeat by algebra, checked pair by pair."""

from itertools import combinations

import numpy as np
import pytest

from rooms.matching.designs import design_rounds
from rooms.matching.designs_fields import field, prime_of
from rooms.matching.designs_standing import stand
from rooms.matching.solution import Room

KNOWN_BEST = {
    (4, 3): 4, (5, 3): 7, (6, 3): 8, (7, 3): 10, (8, 3): 11, (9, 3): 13, (10, 3): 14, (12, 3): 17, (13, 3): 19,
    (4, 4): 5, (5, 4): 5, (6, 4): 7, (7, 4): 9, (9, 4): 11, (5, 5): 6, (7, 5): 7,
}  # fmt: skip
"""Rounds by number of tables and people at each: as many as anybody knows (matching.md §5)."""


def assert_nobody_meets_twice(people: int, rounds: tuple[tuple[Room, ...], ...]) -> None:
    met: set[Room] = set()
    for rooms in rounds:
        assert sorted(who for room in rooms for who in room) == list(range(people))
        assert len({len(room) for room in rooms}) <= 2
        assert max(map(len, rooms)) - min(map(len, rooms)) <= 1
        pairs = [pair for room in rooms for pair in combinations(room, 2)]
        assert met.isdisjoint(pairs)
        met.update(pairs)
        assert len(met) >= len(pairs)


@pytest.mark.parametrize(("tables", "size"), KNOWN_BEST)
def test_full_tables_go_as_far_as_anybody_knows(tables: int, size: int) -> None:
    rounds = design_rounds(tables * size, tables)
    assert_nobody_meets_twice(tables * size, rounds)
    assert len(rounds) == KNOWN_BEST[tables, size]


def test_thirty_two_golfers_have_nine_rounds() -> None:
    rounds = design_rounds(32, 8)
    assert_nobody_meets_twice(32, rounds)
    assert len(rounds) == 9


@pytest.mark.parametrize("people", range(33, 201))
def test_ten_rounds_of_three_or_four_for_every_number_of_people(people: int) -> None:
    counts = range(-(-people // 4), people // 3 + 1)
    rounds = next(rounds for tables in counts if len(rounds := design_rounds(people, tables)) >= 10)
    assert_nobody_meets_twice(people, rounds)
    assert {len(room) for rooms in rounds for room in rooms} <= {3, 4}


@pytest.mark.parametrize("missing", range(10))
def test_missing_people_leave_chairs_empty_and_nothing_else(missing: int) -> None:
    people = 9 * 4 - missing
    assert_nobody_meets_twice(people, design_rounds(people, 9))


def test_too_few_people_for_the_tables_have_no_rounds() -> None:
    assert design_rounds(5, 5) == ()


@pytest.mark.parametrize("q", [2, 3, 4, 5, 7, 8, 9, 16, 25, 27, 32, 49])
def test_fields_have_the_laws_of_fields(q: int) -> None:
    add, multiply = field(q)
    everything = list(range(q))
    assert (add == add.T).all()
    assert (multiply == multiply.T).all()
    assert (add[0] == everything).all()
    assert (multiply[1] == everything).all()
    for one in everything:
        assert sorted(add[one].tolist()) == everything
        assert one == 0 or sorted(multiply[one].tolist()) == everything
        assert (multiply[one][add] == add[np.ix_(multiply[one], multiply[one])]).all()


def test_there_is_no_field_of_six_or_of_one() -> None:
    assert prime_of(6) == prime_of(1) == 0
    with pytest.raises(ValueError, match="power of a prime, got 6"):
        field(6)


def test_people_stand_where_it_costs_least() -> None:
    price = np.ones((4, 4)) - np.eye(4)
    price[0, 1] = price[1, 0] = price[2, 3] = price[3, 2] = 0.0
    times = np.zeros((4, 4), np.int64)
    times[0, 2] = times[2, 0] = times[1, 3] = times[3, 1] = 1
    order = stand(price, times, np.arange(4), 10)
    assert (price[np.ix_(order, order)] * times).sum() == 0
