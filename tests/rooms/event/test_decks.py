"""The decks themselves."""

import pytest

from rooms.event.decks import DECKS
from rooms.language.limits import SHORT_TEXT_CHARS


@pytest.mark.parametrize("deck", sorted(DECKS))
def test_a_deck_has_enough_different_questions_that_fit_on_a_card(deck: str) -> None:
    cards = DECKS[deck]

    assert len(set(cards)) == len(cards) >= 16
    assert all(text.endswith("?") and "!" not in text and len(text) <= SHORT_TEXT_CHARS for text in cards)
