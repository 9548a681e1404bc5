"""The prompt cards."""

from itertools import pairwise

import pytest

from rooms.event.decks import DECKS
from rooms.event.prompts import card, first_prompt, next_prompt
from rooms.language.ids import AttendeeId, EventId, Instant, RoomId

EVENT, ROOM = EventId("midsummer"), RoomId("1-1")


@pytest.mark.parametrize("deck", sorted(DECKS))
def test_a_deck_is_used_up_before_a_card_comes_again_and_never_twice_in_a_row(deck: str) -> None:
    size = len(DECKS[deck])
    for number in range(20):
        shown = [card(deck, EVENT, RoomId(f"1-{number}"), turn) for turn in range(3 * size)]
        assert set(shown[:size]) == set(shown[size : 2 * size]) == set(DECKS[deck])
        assert all(one != other for one, other in pairwise(shown))


def test_rooms_do_not_all_begin_with_the_same_card() -> None:
    assert len({card("openers", EVENT, RoomId(f"1-{number}"), 0) for number in range(30)}) > 8


def test_the_same_turn_is_always_the_same_card() -> None:
    assert card("light", EVENT, ROOM, 7) == card("light", EVENT, ROOM, 7)


@pytest.mark.parametrize("deck", ["none", "unheard of", ""])
def test_without_a_deck_there_is_no_card(deck: str) -> None:
    assert first_prompt(deck, EVENT, ROOM, Instant(0)) is None
    assert next_prompt(deck, EVENT, ROOM, 1, AttendeeId("p1"), Instant(0)) is None
