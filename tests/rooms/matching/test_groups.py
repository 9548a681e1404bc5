"""Sizes and arrangements."""

import pytest

from rooms.language.limits import MESH_SEATS
from rooms.matching.groups import arrangements, sizes


@pytest.mark.parametrize(
    ("people", "size", "expected"),
    [
        (0, 4, ()),
        (1, 2, ()),
        (2, 2, (2,)),
        (3, 2, (3,)),
        (5, 2, (3, 2)),
        (2, 4, (2,)),
        (3, 4, (3,)),
        (5, 4, (3, 2)),
        (6, 4, (3, 3)),
        (7, 4, (4, 3)),
        (9, 4, (3, 3, 3)),
        (4, 3, (4,)),
        (5, 3, (3, 2)),
        (7, 3, (4, 3)),
        (8, 3, (3, 3, 2)),
    ],
)
def test_sizes_are_what_was_asked_as_nearly_as_can_be(people: int, size: int, expected: tuple[int, ...]) -> None:
    assert sizes(people, size) == expected


@pytest.mark.parametrize("size", [2, 3, 4])
def test_no_room_of_one_and_sizes_differ_by_one_at_most(size: int) -> None:
    for people in range(2, 120):
        found = sizes(people, size)
        assert sum(found) == people
        assert min(found) >= 2
        assert max(found) <= min(size + 1, MESH_SEATS)
        assert max(found) - min(found) <= 1


def test_pairs_only_leave_one_out() -> None:
    assert sizes(7, 2, "sit_out") == (2, 2, 2)


@pytest.mark.parametrize(("wanted", "count"), [((2, 2), 3), ((2, 2, 2), 15), ((3, 2), 10), ((3, 3), 10), ((4, 3), 35)])
def test_each_arrangement_comes_once(wanted: tuple[int, ...], count: int) -> None:
    found = [frozenset(map(frozenset, groups)) for groups in arrangements(list(range(sum(wanted))), wanted)]

    assert len(found) == len(set(found)) == count
