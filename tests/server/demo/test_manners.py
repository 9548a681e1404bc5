"""What simulated attendees do when something happens."""

from dataclasses import dataclass, field

import msgspec
import pytest

from rooms.language.cards import Card, ChatLine, Clock, EventView, Me, Offer, Phase, RoomPerson, RoomView, RosterRow
from rooms.language.commands import AcceptOffer, AskMinute, SayChat, SendReaction, SetReadiness, TakeSeat
from rooms.language.ids import AttendeeId, Instant, RoomId
from rooms.language.notices import (
    ChatHeard,
    EventChanged,
    MeChanged,
    Notice,
    Pulse,
    ReactionSeen,
    RoomChanged,
    RoomLeft,
    RosterChanged,
    Snapshot,
    Welcome,
)
from server.demo.cast import CAST, Part
from server.demo.manners import Answer, Ask, Deed, GoHome, Manners

AMARA, HANA = CAST[0], CAST[4]
ME, COLLEAGUE, VISITOR = AttendeeId("amara"), AttendeeId("mateo"), AttendeeId("visitor")
NOW = Instant(1)


def a_room(*others: AttendeeId, room: str = "1-1", asked_by: tuple[AttendeeId, ...] = ()) -> RoomView:
    people = tuple(RoomPerson(Card(one, one), "here") for one in (ME, *others))
    return RoomView(RoomId(room), 1, 1, people, Clock(60_000), minute_asked_by=asked_by, minute_possible=True)


def a_welcome(ready: bool = False, room: RoomView | None = None) -> Welcome:
    event = EventView("demo", "Demo", "lobby", 0, ())
    return Welcome(Snapshot(1, NOW, event, (), 1, 0, (), me=Me(Card(ME, "Amara"), ready=ready), room=room))


def said_in(room: str | None, by: AttendeeId) -> ChatHeard:
    return ChatHeard(ChatLine(1, NOW, by, "Somebody", "Hello", RoomId(room) if room else None), 2)


def an_event(phase: Phase, segment: int, round_number: int) -> EventChanged:
    return EventChanged(EventView("demo", "Demo", phase, segment, (), round=round_number), NOW, 2)


@dataclass
class Evening:
    """One part among colleagues."""

    part: Part = AMARA
    manners: Manners = field(init=False)

    def __post_init__(self) -> None:
        self.manners = Manners(self.part, {ME, COLLEAGUE}.__contains__)

    def on(self, *notices: Notice) -> list[Deed]:
        """What the last of these leads to."""
        self.on_all(*notices[:-1])
        return self.manners.on(notices[-1])

    def on_all(self, *notices: Notice) -> None:
        for notice in notices:
            self.manners.on(notice)

    def commands(self, *notices: Notice) -> list[object]:
        return [deed.command for deed in self.on(*notices) if isinstance(deed, Ask)]


def test_everybody_says_that_they_are_ready() -> None:
    assert Evening().commands(a_welcome()) == [SetReadiness(True)]
    assert Evening().commands(a_welcome(ready=True)) == []


def test_the_seat_of_a_room_is_taken_once_but_again_after_a_lost_connection() -> None:
    evening = Evening()
    room = a_room(COLLEAGUE)
    assert evening.commands(a_welcome(True), RoomChanged(room, NOW, 2)) == [TakeSeat(room.id)]
    assert evening.commands(RoomChanged(room, NOW, 3)) == []
    assert evening.commands(a_welcome(True, room)) == [TakeSeat(room.id)]


def test_visitors_are_greeted_once_a_room_and_colleagues_are_not() -> None:
    evening = Evening()
    room = a_room(VISITOR)
    greeting = SayChat(AMARA.hello, room.id)
    assert greeting in evening.commands(a_welcome(True), RoomChanged(room, NOW, 2))
    assert evening.commands(RoomChanged(room, NOW, 3)) == []
    assert greeting not in Evening().commands(a_welcome(True), RoomChanged(a_room(COLLEAGUE), NOW, 2))


def test_a_visitor_who_writes_gets_one_reply() -> None:
    evening = Evening()
    first = evening.commands(a_welcome(True), RoomChanged(a_room(VISITOR), NOW, 2), said_in("1-1", VISITOR))
    assert first == [SayChat(AMARA.reply, RoomId("1-1"))]
    assert evening.commands(said_in("1-1", VISITOR)) == []


@pytest.mark.parametrize("heard", [said_in("1-1", COLLEAGUE), said_in("1-1", ME), said_in(None, VISITOR)])
def test_nobody_replies_to_colleagues_or_to_the_lobby(heard: ChatHeard) -> None:
    assert Evening().commands(a_welcome(True), RoomChanged(a_room(VISITOR), NOW, 2), heard) == []


def test_a_reaction_is_returned_once_so_that_it_does_not_go_back_and_forth() -> None:
    evening, wave = Evening(), ReactionSeen(VISITOR, RoomId("1-1"), "wave", 3)
    assert evening.commands(a_welcome(True), wave) == [SendReaction(RoomId("1-1"), "wave")]
    assert evening.commands(wave) == []
    assert Evening().commands(a_welcome(True), ReactionSeen(ME, RoomId("1-1"), "wave", 3)) == []


def test_one_more_minute_is_agreed_to() -> None:
    evening = Evening()
    room = a_room(VISITOR, asked_by=(VISITOR,))
    assert AskMinute(room.id) in evening.commands(a_welcome(True), RoomChanged(room, NOW, 2))
    assert AskMinute(room.id) not in evening.commands(RoomChanged(room, NOW, 3))


def test_nobody_asks_for_a_minute_that_is_not_there() -> None:
    room = msgspec.structs.replace(a_room(VISITOR, asked_by=(VISITOR,)), minute_possible=False)
    assert AskMinute(room.id) not in Evening().commands(a_welcome(True), RoomChanged(room, NOW, 2))


def test_an_offer_is_accepted() -> None:
    me = Me(Card(ME, "Amara"), ready=True, offer=Offer(RoomId("1-2"), ("Viv",)))
    assert Evening().commands(a_welcome(True), MeChanged(me, 2)) == [AcceptOffer(RoomId("1-2"))]


def test_after_a_room_there_is_an_answer_about_each_visitor_and_no_colleague() -> None:
    evening = Evening()
    evening.on_all(a_welcome(True), RoomChanged(a_room(VISITOR, COLLEAGUE), NOW, 2))
    (answer,) = evening.on(RoomLeft(RoomId("1-1"), "round_ended", 3))
    assert isinstance(answer, Answer)
    assert answer.about == VISITOR
    assert evening.manners.room is None


def test_leaving_a_room_that_one_is_not_in_means_nothing() -> None:
    evening = Evening()
    assert evening.on(a_welcome(True), RoomChanged(a_room(VISITOR), NOW, 2), RoomLeft(RoomId("9-9"), "moved", 3)) == []
    assert evening.manners.room is not None


def test_one_leaves_early_and_the_others_stay() -> None:
    assert isinstance(Evening(HANA).on(an_event("changeover", 1, 2))[0], GoHome)
    assert Evening(HANA).on(an_event("changeover", 1, 1)) == []
    assert Evening(HANA).on(an_event("changeover", 2, 2)) == []
    assert Evening(AMARA).on(an_event("changeover", 1, 2)) == []


def test_a_visitor_in_the_lobby_is_welcomed_once_by_one() -> None:
    here = RosterChanged((RosterRow(VISITOR, "Viv"),), (), 2, 1, 2)
    evening = Evening()
    assert len(evening.on(a_welcome(True), here)) == 1
    assert evening.on(here) == []
    assert Evening().on(RosterChanged((RosterRow(COLLEAGUE, "Mateo"),), (), 2, 1, 2)) == []
    assert sum(part.welcomes for part in CAST) == 1


def test_everything_else_is_taken_calmly() -> None:
    assert Evening().on(Pulse(NOW, 1)) == []
