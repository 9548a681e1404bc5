"""Seating anew one person of every room."""

from itertools import permutations
from typing import Any

import numpy as np
import pytest

from rooms.language import rules as r
from rooms.matching.case import UNIT, Case
from rooms.matching.crowd import Ints
from rooms.matching.groups_markets import GRAIN, SparseMarket, WholeMarket
from rooms.matching.neighbourhood import NOWHERE, Seating, improve, seat_by_seat, sweep
from rooms.matching.prepare import prepare
from rooms.matching.prices import BARRED, FAULT, Prices
from rooms.matching.request import GroupSize, Held, MatchRequest, Profile
from tests.rooms.matching.people import who

WORDS = tuple(f"word {number}" for number in range(9))


def a_case(count: int, **parts: Any) -> Case:
    chance = np.random.default_rng(count)
    people = tuple(
        Profile(who(f"p{number:04}"), interests=tuple(chance.choice(WORDS, 3, replace=False).tolist()))
        for number in range(count)
    )
    group = GroupSize(target=3, min=3, max=4)
    return prepare(MatchRequest(people, **{"group": group, **parts})).case


def threes(case: Case, kinds: Ints | None = None) -> Seating:
    seats = np.arange(case.n).reshape(-1, 3)
    return Seating(seats, np.zeros_like(seats) if kinds is None else kinds, np.zeros(seats.shape, bool), case.n)


def total(prices: Prices, seating: Seating) -> float:
    return float(prices.of_seats(seating.seats).sum())


class Everywhere:
    """Names all rooms to everybody."""

    def rooms_for(self, out: Ints, rest: Ints, kinds: Ints) -> tuple[Ints, list[Ints]]:
        every = np.arange(len(out) ** 2)
        person, room = np.divmod(every, len(out))
        return every[kinds[person] == kinds[room]], []


@pytest.mark.parametrize("sparse", [False, True])
def test_the_best_of_all_ways_to_seat_those_taken_out(sparse: bool) -> None:
    case = a_case(15)
    prices = Prices(case)
    market = SparseMarket(prices, Everywhere()) if sparse else WholeMarket(prices.table)
    seating = threes(case)
    chosen = np.array([0, 2, 1, 1, 0])
    ways = []
    for order in permutations(range(5)):
        other = threes(case)
        other.seats[np.arange(5), chosen] = other.seats[np.arange(5), chosen][list(order)]
        ways.append(total(prices, other))

    sweep(seating, market, chosen)

    grain = 2 * len(chosen) * GRAIN if sparse else 0
    assert min(ways) <= total(prices, seating) <= min(ways) + grain < ways[0]
    assert sorted(seating.seats.ravel().tolist()) == list(range(15))


@pytest.mark.parametrize("sparse", [False, True])
def test_sweeps_never_make_it_worse_and_move_nobody_who_is_fixed(sparse: bool) -> None:
    case = a_case(60, apart=frozenset({(who("p0000"), who("p0001")), (who("p0003"), who("p0004"))}))
    prices = Prices(case)
    market = SparseMarket(prices, Everywhere()) if sparse else WholeMarket(prices.table)
    seating = threes(case)
    seating.fixed[5] = True
    chance = np.random.default_rng(1)
    before = total(prices, seating)
    for _ in range(15):
        improve(seating, market, chance, 1)
        assert total(prices, seating) <= before + (2 * 20 * GRAIN if sparse else 0)
        before = total(prices, seating)

    assert before < BARRED / 2
    assert seating.seats[5].tolist() == [15, 16, 17]


@pytest.mark.parametrize("sparse", [False, True])
def test_people_change_places_within_their_kind_only(sparse: bool) -> None:
    case = a_case(30)
    prices = Prices(case)
    market = SparseMarket(prices, Everywhere()) if sparse else WholeMarket(prices.table)
    kinds = np.tile([1, 0, 0], (10, 1))
    seating = threes(case, kinds)

    seat_by_seat(seating, market)
    improve(seating, market, np.random.default_rng(2), 10)

    assert sorted(seating.seats[:, 0].tolist()) == list(range(0, 30, 3))


def test_rooms_of_different_sizes_keep_them() -> None:
    case = a_case(11)
    prices = Prices(case)
    seats = np.array([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]])
    seating = Seating(seats, np.zeros_like(seats), np.zeros(seats.shape, bool), 11)

    improve(seating, WholeMarket(prices.table), np.random.default_rng(3), 20)

    assert (seating.seats == 11).sum(axis=1).tolist() == [0, 0, 1]
    assert sorted(seating.seats.ravel().tolist()) == list(range(12))


def test_a_room_may_take_no_part() -> None:
    case = a_case(9)
    seating = threes(case)

    sweep(seating, WholeMarket(Prices(case).table), np.array([0, NOWHERE, 0]))

    assert seating.seats[1].tolist() == [3, 4, 5]


def test_prices_keep_the_order_of_levels() -> None:
    history = (Held(1, ((who("p0000"), who("p0001")),)), Held(0, ((who("p0000"), who("p0002")),)))
    case = a_case(
        6,
        round=3,
        rounds_planned=3,
        history=history,
        apart=frozenset({(who("p0000"), who("p0003"))}),
        wishes=((who("p0000"), who("p0004")),),
        rules=(r.MustDiffer("interests"),),
    )
    prices = Prices(case)
    one, other = np.triu_indices(6, 1)
    found = prices.of(one, other)
    faults = case.pair_faults_of(one, other)
    barred = case.barred_of(one, other)

    assert (found[barred] > BARRED / 2).all()
    assert (found == np.rint(found)).all()
    # Whoever breaks more costs more, and what gain there is decides among those who break as much.
    for a in range(len(one)):
        for b in range(len(one)):
            if not barred[a] and not barred[b] and faults[a] < faults[b]:
                assert found[a] < found[b]
    assert ((found[~barred] >= FAULT / 2) == (faults[~barred] > 0)).all()


def test_a_table_says_what_single_pairs_say(monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case(20, rules=(r.MustDiffer("interests"),), apart=frozenset({(who("p0000"), who("p0003"))}))
    table = Prices(case).table
    one, other = np.triu_indices(20, 1)
    seats = np.arange(20).reshape(5, 4)
    of_seats = Prices(case).of_seats(seats)
    monkeypatch.setattr("rooms.matching.prices.TABLED", 0)
    monkeypatch.setattr("rooms.matching.crowd.TABLED", 0)

    assert np.array_equal(table[one, other], Prices(case).of(one, other))
    assert np.array_equal(of_seats, Prices(case).of_seats(seats))
    assert not table[20].any()
    assert not table.diagonal().any()


def test_a_rule_that_most_pairs_break_is_priced_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case(20, rules=(r.MustShare("team"), r.Mix("interests", weight=0.2)))
    one, other = np.triu_indices(20, 1)
    table = Prices(case).table[one, other]
    monkeypatch.setattr("rooms.matching.prices.ONE_BY_ONE", 1)

    assert (case.pair_faults_of(one, other) > 0).all()
    assert np.array_equal(table, Prices(case).table[one, other])


def test_a_search_ends_when_nothing_gets_better(monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case(12)
    market, asked = WholeMarket(Prices(case).table), 0
    seat = market.seat

    def counted(*parts: Ints) -> Ints:
        nonlocal asked
        asked += 1
        return seat(*parts)

    monkeypatch.setattr(market, "seat", counted)
    improve(threes(case), market, np.random.default_rng(1), 10_000)

    assert asked < 200


def test_sums_of_mixed_prices_stay_whole() -> None:
    """Weights of mixed size that do not come out even can keep the sparse solver from ever returning."""
    case = a_case(400, apart=frozenset((who(f"p{a:04}"), who(f"p{a + 1:04}")) for a in range(399)))
    prices = Prices(case)
    one, other = np.triu_indices(400, 1)
    found = prices.of(one, other)

    assert (found == np.rint(found)).all()
    assert np.abs(found).max() * 5 * 8 < 2**53
    assert UNIT * 2**16 == 1
