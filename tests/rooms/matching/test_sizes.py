"""Sizes of rooms."""

from itertools import combinations_with_replacement

import pytest

from rooms.language.limits import MESH_SEATS
from rooms.matching.request import GroupSize
from rooms.matching.sizes import even_sizes, lawful_sizes, misfits, room_sizes, usual_group, usual_sizes

PAIRS = GroupSize()
FOURS = GroupSize(target=4, min=3, max=5)
ONLY_FOURS = GroupSize(target=4, min=4, max=4)
UP_TO_FOUR = GroupSize(target=4, min=3, max=4)
THREES = GroupSize(target=3, min=3, max=3)


@pytest.mark.parametrize(
    ("people", "group", "odd", "expected"),
    [
        (0, PAIRS, "trio", ()),
        (1, PAIRS, "trio", ()),
        (2, PAIRS, "trio", (2,)),
        (3, PAIRS, "trio", (3,)),
        (5, PAIRS, "trio", (3, 2)),
        (3, PAIRS, "sit_out", (2,)),
        (7, PAIRS, "sit_out", (2, 2, 2)),
        (0, FOURS, "trio", ()),
        (1, FOURS, "trio", ()),
        (2, FOURS, "trio", (2,)),
        (3, FOURS, "trio", (3,)),
        (5, FOURS, "trio", (5,)),
        (6, FOURS, "trio", (3, 3)),
        (7, FOURS, "trio", (4, 3)),
        (9, FOURS, "trio", (5, 4)),
        (10, FOURS, "trio", (4, 3, 3)),
        (11, FOURS, "trio", (4, 4, 3)),
        (13, FOURS, "trio", (5, 4, 4)),
        (5, UP_TO_FOUR, "trio", (3, 2)),
        (9, UP_TO_FOUR, "trio", (3, 3, 3)),
        (5, UP_TO_FOUR, "sit_out", (4,)),
        (5, ONLY_FOURS, "trio", (3, 2)),
        (6, ONLY_FOURS, "trio", (3, 3)),
        (9, ONLY_FOURS, "trio", (3, 3, 3)),
        (11, ONLY_FOURS, "trio", (4, 4, 3)),
        (11, ONLY_FOURS, "sit_out", (4, 4)),
        (3, ONLY_FOURS, "sit_out", ()),
        (2, FOURS, "sit_out", ()),
        (100, THREES, "sit_out", (3,) * 33),
        (4, THREES, "trio", (2, 2)),
    ],
)
def test_as_many_seats_as_can_be_and_the_sizes_as_near_as_can_be(
    people: int, group: GroupSize, odd: str, expected: tuple[int, ...]
) -> None:
    assert room_sizes(people, group, odd) == expected


@pytest.mark.parametrize("odd", ["trio", "sit_out"])
@pytest.mark.parametrize("group", [PAIRS, FOURS, ONLY_FOURS, UP_TO_FOUR, THREES, GroupSize(target=5, min=2, max=6)])
def test_of_all_numbers_of_rooms_the_best_is_found(group: GroupSize, odd: str) -> None:
    least, most = lawful_sizes(group, odd)
    for people in range(least, 150):
        sizes = room_sizes(people, group, odd)
        counts = range(-(-sum(sizes) // most), sum(sizes) // least + 1)
        best = min(counts, key=lambda rooms: misfits(sum(sizes), rooms, group))
        assert sizes == even_sizes(sum(sizes), best)


@pytest.mark.parametrize("odd", ["trio", "sit_out"])
@pytest.mark.parametrize("size", range(2, MESH_SEATS + 1))
def test_sizes_differ_by_one_and_are_within_what_may_be(size: int, odd: str) -> None:
    group = usual_group(size)
    for people in range(2, 160):
        found = room_sizes(people, group, odd)
        if odd == "trio":
            assert sum(found) == people
            assert all(2 <= one <= max(3, group.max) for one in found)
        else:
            assert sum(found) <= people
            assert all(group.min <= one <= group.max for one in found)
        assert not found or max(found) - min(found) <= 1


def test_nobody_sits_out_who_could_be_seated() -> None:
    group = GroupSize(target=4, min=4, max=5)
    for people in range(30):
        seatable = {
            sum(sizes)
            for rooms in range(8)
            for sizes in combinations_with_replacement((4, 5), rooms)
            if sum(sizes) <= people
        }
        assert sum(room_sizes(people, group, "sit_out")) == max(seatable)


def test_a_part_of_the_agenda_asks_for_one_size() -> None:
    assert usual_group(2) == PAIRS
    assert usual_group(3) == GroupSize(target=3, min=2, max=4)
    assert usual_group(MESH_SEATS) == GroupSize(target=MESH_SEATS, min=MESH_SEATS - 1, max=MESH_SEATS)
    assert usual_sizes(5, 2, "sit_out") == (2, 2)
    assert usual_sizes(12, 4, "trio") == (4, 4, 4)


def test_ten_thousand_are_counted_at_once() -> None:
    assert room_sizes(10_000, FOURS, "trio") == (4,) * 2_500
