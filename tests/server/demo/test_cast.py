"""The people of the demo are whole people."""

import msgspec
import pytest

from rooms.language.cards import Card
from rooms.language.limits import CHAT_CHARS
from server.demo.cast import CAST, Part, cast_of
from server.times import known_zones

parts = pytest.mark.parametrize("part", CAST, ids=lambda part: part.key)


@parts
def test_a_card_is_full_and_fits(part: Part) -> None:
    body = dict(part.card)
    body.pop("contact")
    card = msgspec.convert({**body, "id": part.key}, Card)
    assert card.name == part.name
    empty = [name for name in ("pronouns", "said", "team", "place", "interests", "ask_me") if not getattr(card, name)]
    assert not empty
    assert card.timezone in known_zones()


@parts
def test_lines_fit_into_the_chat(part: Part) -> None:
    assert 0 < len(part.hello) <= CHAT_CHARS
    assert 0 < len(part.reply) <= CHAT_CHARS


@parts
def test_mailboxes_belong_to_nobody(part: Part) -> None:
    assert part.email.endswith(".example")


def test_of_seven_one_is_late_one_leaves_early_and_not_all_say_yes() -> None:
    seven = cast_of(7)
    assert len(seven) == 7
    assert sum(part.late for part in seven) == 1
    assert sum(part.leaves_after_round > 0 for part in seven) == 1
    assert 0 < sum(part.says_yes for part in seven) < 7


def test_everybody_shares_an_interest_with_somebody() -> None:
    for part in CAST:
        others = {interest for other in CAST if other is not part for interest in other.interests}
        assert others & set(part.interests)


@pytest.mark.parametrize("size", [1, 9, 10, 40])
def test_a_larger_cast_has_no_two_of_the_same_name(size: int) -> None:
    cast = cast_of(size)
    assert len(cast) == size
    assert len({part.key for part in cast}) == len({part.name for part in cast}) == size
