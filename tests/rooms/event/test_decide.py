"""Who may ask for what."""

from typing import get_args

import pytest

from rooms.event import Event, decode_event, encode_event, judge
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.ids import ConnectionId, Role
from rooms.language.limits import DONE_KEPT
from rooms.language.orders import Cause, Order
from rooms.language.refusals import Refusal, RefusedError
from tests.rooms.event.test_phases import WISHES
from tests.support.builders import an_event


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: type(wish).__name__)
def test_a_command_in_the_wrong_capacity_is_refused(wish: k.Command) -> None:
    evening = an_event().with_attendees(2).in_round()
    may_organise = isinstance(wish, k.OrganiserCommand | k.SayChat)

    if not isinstance(wish, k.AttendeeCommand):
        assert evening.refusal(wish, "p1", Role.ATTENDEE) is Refusal.NOT_ALLOWED
    if not may_organise:
        assert evening.refusal(wish, "o1", Role.ORGANISER) is Refusal.NOT_ALLOWED
    assert evening.refusal(wish, "", Role.PLATFORM) is Refusal.NOT_ALLOWED


def test_no_browser_can_give_an_errand() -> None:
    evening = an_event().with_attendees(2)

    for role in (Role.ATTENDEE, Role.ORGANISER):
        assert evening.refusal(e.DeadlinePassed(), "p1", role) is Refusal.NOT_ALLOWED


def test_errands_and_commands_share_no_word() -> None:
    assert not set(get_args(k.Command)) & set(get_args(e.Errand))


@pytest.mark.parametrize(
    ("by", "reason"), [("stranger", Refusal.NOT_HERE), ("p1", Refusal.REMOVED), ("p2", Refusal.NOT_HERE), ("p3", None)]
)
def test_only_who_is_here_may_ask(by: str, reason: Refusal | None) -> None:
    evening = an_event().in_lobby().with_attendees(3)
    evening.organiser(k.RemoveAttendee(attendee=evening.person(1).id))
    evening.depart(2, meant=True)

    assert evening.refusal(k.SayChat(text="Hello"), by, Role.ATTENDEE) is reason


# What is asked again.


def said(event: Event, ref: int, page: str = "page", connection: str = "c1") -> tuple[Event, int]:
    """The event after somebody said something, and how many changes that led to."""
    cause = Cause(ConnectionId(connection), ref, page)
    after, changes = judge(event, Order(k.SayChat("Hello"), "p1", Role.ATTENDEE, cause=cause))
    return after, len(changes)


def test_what_a_page_asks_again_over_another_connection_is_not_done_again() -> None:
    event, first = said(an_event().in_lobby().with_attendees(2).event, 7)
    event, again = said(event, 7, connection="c2")

    assert (first, again) == (1, 0)
    assert [line.text for line in event.chat] == ["Hello"]
    assert said(event, 8)[1] == 1
    assert said(event, 7, page="another")[1] == 1


def test_what_was_done_is_remembered_by_whoever_takes_over() -> None:
    event, _ = said(an_event().in_lobby().with_attendees(2).event, 7)

    assert said(decode_event(encode_event(event)), 7)[1] == 0


def test_what_was_refused_may_be_asked_again() -> None:
    evening = an_event().in_lobby().with_attendees(2)
    cause = Cause(ConnectionId("c1"), 7, "page")
    begin = Order(k.StartRound(), "o1", Role.ORGANISER, cause=cause)
    alone = an_event().in_lobby().with_attendees(1).event

    with pytest.raises(RefusedError):
        judge(alone, begin)
    assert judge(evening.event, begin)[1]


def test_a_wish_without_a_page_and_one_that_says_how_things_shall_be_are_not_remembered() -> None:
    event = an_event().in_lobby().with_attendees(2).event

    assert said(event, 7, page="")[0].done == ()
    assert not set(k.REPEATABLE) - set(get_args(k.AttendeeCommand))


def test_no_more_is_remembered_than_is_asked_again() -> None:
    event = an_event().in_lobby().with_attendees(2).event
    for ref in range(1, DONE_KEPT + 10):
        event, _ = said(event, ref)

    assert len(event.done) == DONE_KEPT
    assert said(event, DONE_KEPT)[1] == 0
