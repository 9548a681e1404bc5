"""The search for all rounds of tables."""

import numpy as np
import pytest

from rooms.matching.crowd import Ints
from rooms.matching.horizon import NOWHERE, Horizon

NOTHING = range(0)


def places(people: int, tables: int, rounds: int, seed: int) -> Ints:
    """People at tables by chance, the empty chairs at the last tables."""
    size = -(-people // tables)
    chairs = [tables - 1 - chair for chair in range(size * tables - people)]
    seats = [table for table in range(tables) for _ in range(size - (table in chairs))]
    rng = np.random.default_rng(seed)
    return np.array([[*rng.permutation(seats), *chairs] for _ in range(rounds)])


def horizon(people: int, tables: int, rounds: int, price: float = 0.0) -> Horizon:
    prices = np.full((people, people), price)
    return Horizon(prices, places(people, tables, rounds, 1), 1.0, np.random.default_rng(1))


def counted(plan: Horizon, people: int) -> float:
    """What is wrong, counted anew: nothing for first meetings, 1 for the second, 2 more for the third …"""
    times = sum((row[:people, None] == row[None, :people]).astype(int) for row in plan.places if (row >= 0).all())
    return float(sum(count * (count - 1) / 2 for count in np.triu(times, 1).ravel()))


@pytest.mark.parametrize(
    ("people", "tables", "rounds"),
    [(15, 5, 6), (16, 4, 5), (20, 5, 5), (24, 8, 9), (28, 7, 6), (40, 10, 8), (51, 13, 10), (27, 9, 10)],
)
def test_golfers_find_tables_without_a_repeat(people: int, tables: int, rounds: int) -> None:
    plan = horizon(people, tables, rounds)
    plan.search(5_000, range(rounds))
    assert plan.cost == 0
    assert counted(plan, people) == 0
    size = -(-people // tables)
    for row in plan.places:
        assert np.bincount(row[:people]).max() == size
        assert np.bincount(row[:people]).min() >= size - 1


def test_what_is_wrong_is_kept_count_of_while_people_swap() -> None:
    plan = horizon(12, 3, 6)
    plan.search(300, range(6))
    assert plan.cost == counted(plan, 12) > 0


def test_searching_never_ends_with_a_worse_plan() -> None:
    before = horizon(13, 4, 6).cost
    plan = horizon(13, 4, 6)
    plan.search(50, range(6))
    assert plan.cost < before


def test_who_is_kept_does_not_move_and_who_sits_out_stays_out() -> None:
    start = places(10, 3, 4, 1)
    start[:, 0] = NOWHERE
    plan = Horizon(np.zeros((10, 10)), start.copy(), 1.0, np.random.default_rng(1))
    plan.keep(1, [2, 3, 4])
    plan.search(400, range(4))
    assert (plan.places[:, 0] == NOWHERE).all()
    assert (plan.places[1, [2, 3, 4]] == start[1, [2, 3, 4]]).all()


def test_rounds_that_are_not_searched_stay_as_they_are() -> None:
    start = places(16, 4, 5, 1)
    plan = Horizon(np.zeros((16, 16)), start.copy(), 1.0, np.random.default_rng(1))
    plan.search(500, range(3, 5))
    assert (plan.places[:3] == start[:3]).all()
    assert (plan.places[3:] != start[3:]).any()


def test_polishing_gains_without_a_repeat() -> None:
    rng = np.random.default_rng(1)
    gain = rng.random((24, 24))
    gain += gain.T
    plan = horizon(24, 6, 2)
    plan.search(3_000, range(2))
    before = sum(gain[np.ix_(row == table, row == table)].sum() for row in plan.places for table in range(6))
    plan.polish(gain, 500)
    after = sum(gain[np.ix_(row == table, row == table)].sum() for row in plan.places for table in range(6))
    assert plan.cost == 0
    assert after > 1.1 * before
