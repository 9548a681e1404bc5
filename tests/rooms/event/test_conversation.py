"""Chat, reactions, prompt cards, one more minute, microphone and camera."""

import pytest

from rooms.event.decks import DECKS
from rooms.language import changes as c
from rooms.language import commands as k
from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment
from rooms.language.ids import Role, RoomId
from rooms.language.limits import CHAT_LINES_KEPT, EXTENSION_MS, PROMPT_REST_MS
from rooms.language.notices import ChatHeard, ReactionSeen
from rooms.language.refusals import Refusal
from tests.support.builders import Evening, an_event, last_told, of_kind

ONE_ROUND = (LobbySegment(length_s=60), RoundsSegment(rounds=1, length_s=120), ClosingSegment(length_s=300))


def elsewhere(evening: Evening) -> RoomId:
    """A room in which p1 does not sit."""
    return next(room for room in evening.event.rooms if room != evening.room_of(1))


def test_a_line_is_kept_where_it_was_said() -> None:
    evening = an_event().with_attendees(4).in_round()
    evening.attendee(1, k.SayChat(text="  Hello all  "))
    evening.attendee(1, k.SayChat(text="Hello you", room=evening.room_of(1)))

    assert [line.text for line in evening.event.chat] == ["Hello all"]
    assert [line.text for line in evening.event.rooms[evening.room_of(1)].chat] == ["Hello you"]
    assert last_told(evening, ChatHeard).line.id == 2
    assert evening.attendee(1, k.SayChat(text="   ")) == []


def test_each_place_keeps_its_last_lines() -> None:
    evening = an_event().with_attendees(1).in_lobby()
    for number in range(CHAT_LINES_KEPT + 3):
        evening.attendee(1, k.SayChat(text=f"line {number}"))

    assert len(evening.event.chat) == CHAT_LINES_KEPT
    assert evening.event.chat[-1].text == f"line {CHAT_LINES_KEPT + 2}"


def test_nobody_speaks_into_a_room_they_do_not_sit_in() -> None:
    evening = an_event().with_attendees(4).in_round()
    room = elsewhere(evening)

    assert evening.refusal(k.SayChat(text="Hi", room=room), "p1", Role.ATTENDEE) is Refusal.WRONG_ROOM
    assert evening.refusal(k.SayChat(text="Hi", room=room), "o1", Role.ORGANISER) is Refusal.NOT_ALLOWED
    assert evening.refusal(k.SendReaction(room=room, kind="clap"), "p1", Role.ATTENDEE) is Refusal.WRONG_ROOM


def test_an_organiser_speaks_to_the_lobby_under_their_name() -> None:
    evening = an_event().in_lobby()
    evening.organiser(k.SayChat(text="Welcome"))

    assert (evening.event.chat[0].name, evening.event.chat[0].organiser) == ("Ines", True)


def test_a_reaction_reaches_the_room() -> None:
    evening = an_event().with_attendees(2).in_round()
    evening.attendee(1, k.SendReaction(room=evening.room_of(1), kind="heart"))

    assert last_told(evening, ReactionSeen).kind == "heart"


def test_a_card_rests_five_seconds_before_it_is_turned_again() -> None:
    evening = an_event().with_attendees(2).in_round()
    turn = k.TurnPrompt(room=evening.room_of(1))
    first = evening.event.rooms[evening.room_of(1)].prompt
    evening.attendee(1, turn)

    second = evening.event.rooms[evening.room_of(1)].prompt
    assert first is not None
    assert second is not None
    assert first.text != second.text
    assert second.turned_by == "p1"
    assert evening.refusal(turn, "p2", Role.ATTENDEE) is Refusal.TOO_SOON
    evening.wait(PROMPT_REST_MS)
    assert evening.refusal(turn, "p2", Role.ATTENDEE) is None


def test_a_table_without_cards_stays_empty() -> None:
    agenda = (LobbySegment(length_s=60), RoundsSegment(rounds=1, deck="none"), ClosingSegment())
    evening = an_event(agenda).with_attendees(2).in_round()

    assert evening.event.rooms[evening.room_of(1)].prompt is None
    assert evening.refusal(k.TurnPrompt(room=evening.room_of(1)), "p1", Role.ATTENDEE) is Refusal.NOT_ALLOWED


@pytest.mark.parametrize("deck", sorted(DECKS))
def test_no_card_comes_twice_in_a_room_until_the_deck_is_used_up(deck: str) -> None:
    agenda = (LobbySegment(length_s=60), RoundsSegment(rounds=1, deck=deck), ClosingSegment())
    evening = an_event(agenda).with_attendees(2).in_round()
    seen = [evening.event.rooms[evening.room_of(1)].prompt]
    for _ in range(len(DECKS[deck]) - 1):
        evening.wait(PROMPT_REST_MS)
        evening.attendee(1, k.TurnPrompt(room=evening.room_of(1)))
        seen.append(evening.event.rooms[evening.room_of(1)].prompt)

    assert {prompt.text for prompt in seen if prompt} == set(DECKS[deck])


def test_a_minute_is_given_when_all_in_the_room_want_it() -> None:
    evening = an_event(ONE_ROUND).with_attendees(4).in_round()
    room = evening.room_of(1)
    one, other = (int(who[1:]) for who in evening.event.rooms[room].people)
    evening.attendee(one, k.AskMinute(room=room))
    assert not evening.event.rooms[room].extended
    evening.attendee(one, k.AskMinute(room=room, wanted=False))
    evening.attendee(other, k.AskMinute(room=room))
    assert not evening.event.rooms[room].extended
    evening.attendee(one, k.AskMinute(room=room))

    assert evening.event.rooms[room].extended
    assert evening.event.rooms[room].clock.length_ms == 120_000 + EXTENSION_MS
    assert evening.refusal(k.AskMinute(room=room), f"p{one}", Role.ATTENDEE) is Refusal.NO_SPARE_TIME
    assert evening.attendee(one, k.AskMinute(room=room, wanted=False)) == []


@pytest.mark.parametrize(
    "agenda",
    [
        (LobbySegment(length_s=60), RoundsSegment(rounds=2), ClosingSegment()),
        (LobbySegment(length_s=60), RoundsSegment(rounds=1), RoundsSegment(rounds=1), ClosingSegment()),
        (LobbySegment(length_s=60), RoundsSegment(rounds=1, minute_more=False), ClosingSegment()),
        (LobbySegment(length_s=60), RoundsSegment(rounds=1, changeover_s=3), ClosingSegment(length_s=10)),
        (LobbySegment(length_s=60), RoundsSegment(rounds=1)),
    ],
    ids=["a round follows", "another part with rounds", "not wanted", "too short", "nothing follows"],
)
def test_there_is_no_minute_where_the_programme_has_none(agenda: tuple[RoundsSegment, ...]) -> None:
    evening = an_event(agenda).with_attendees(2).in_round()

    assert evening.refusal(k.AskMinute(room=evening.room_of(1)), "p1", Role.ATTENDEE) is Refusal.NO_SPARE_TIME


def test_media_are_told_once_and_a_broken_one_is_in_the_feed() -> None:
    evening = an_event().with_attendees(2).in_round()
    wish = k.TellMedia(microphone=True, camera=False, health=0)
    changes = evening.attendee(1, wish)

    assert len(of_kind(changes, c.MediaTold)) == 1
    assert [added.line.kind for added in of_kind(changes, c.FeedAdded)] == ["media_failed"]
    assert evening.attendee(1, wish) == []
