"""Chance that can be repeated."""

from collections import Counter

from rooms.matching.chance import Chance, number


def test_the_same_seed_is_the_same_chance() -> None:
    items = list(range(50))

    assert Chance("a", 1).dealt(items, len(items)) == Chance("a", 1).dealt(items, len(items))
    assert Chance("a", 1).dealt(items, len(items)) != Chance("a", 2).dealt(items, len(items))
    assert sorted(Chance("b").dealt(items, len(items))) == items


def test_dealing_less_changes_nothing_of_what_is_dealt() -> None:
    items = list(range(20))
    assert Chance("a", 1).dealt(items, 3) == Chance("a", 1).dealt(items, len(items))[:3]


def test_parts_do_not_run_into_each_other() -> None:
    assert number("ab", "c") != number("a", "bc")


def test_numbers_are_spread_evenly() -> None:
    chance = Chance("spread")
    count = Counter(chance.below(6) for _ in range(6_000))

    assert set(count) == set(range(6))
    assert all(850 < times < 1150 for times in count.values())
