"""Everybody meets everybody by the circle method."""

from itertools import combinations

import pytest

from rooms.matching.circle import circle_rounds


@pytest.mark.parametrize("people", range(2, 52))
def test_everybody_meets_everybody_once_and_sits_out_once_at_most(people: int) -> None:
    order = list(range(people))[::-1]
    rounds = circle_rounds(order, people - 1 + people % 2)
    met = [room for rooms in rounds for room in rooms]
    assert sorted(met) == list(combinations(range(people), 2))
    for number, rooms in enumerate(rounds):
        seated = sorted(who for room in rooms for who in room)
        assert seated == [who for who in range(people) if people % 2 == 0 or who != order[number]]


def test_more_rounds_than_there_are_others_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 5 rounds for 6 people"):
        circle_rounds(range(6), 6)
