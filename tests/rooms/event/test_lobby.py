"""Arriving, leaving, coming back, and being ready."""

import pytest

from rooms.event import idle, is_current, removed
from rooms.language import changes as c
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.ids import AttendeeId, ConnectionId, OrganiserId
from rooms.language.limits import SEAT_KEPT_MS
from rooms.language.refusals import Refusal
from tests.support.builders import a_card, an_event, of_kind


def test_the_newest_tab_counts_and_the_older_ones_end_does_not() -> None:
    evening = an_event().with_attendees(1)
    old = evening.connection_of(1)
    new = evening.arrive(1)

    assert evening.order(e.Depart(attendee=AttendeeId("p1"), connection=old)) == []
    assert is_current(evening.event, AttendeeId("p1"), new)
    assert not is_current(evening.event, AttendeeId("p1"), old)


def test_an_arrival_that_is_heard_of_twice_or_late_changes_nothing() -> None:
    evening = an_event().with_attendees(1)
    first = evening.connection_of(1)
    evening.arrive(1)

    assert evening.order(e.Arrive(card=a_card(1), connection=first)) == []
    evening.depart(1)
    assert evening.order(e.Arrive(card=a_card(1), connection=first)) == []
    assert evening.person(1).connection is None


def test_readiness_survives_a_refresh_but_not_a_goodbye() -> None:
    evening = an_event().with_attendees(2)
    evening.depart(1)
    evening.arrive(1)
    evening.depart(2, meant=True)
    evening.arrive(2)

    assert evening.person(1).ready
    assert not evening.person(2).ready


def test_who_stays_away_is_present_for_twenty_seconds_and_then_not() -> None:
    evening = an_event().in_lobby().with_attendees(2)
    evening.depart(1)

    evening.wait(SEAT_KEPT_MS - 1)
    assert evening.event.present == 2
    evening.wait(1)
    assert evening.event.present == 1
    assert evening.person(1).presence == "left"


def test_a_full_event_lets_in_only_who_has_a_place_already() -> None:
    evening = an_event(capacity=2).with_attendees(2)
    errand = e.Arrive(card=a_card(3), connection=ConnectionId("late"))

    assert evening.refusal(errand) is Refusal.EVENT_FULL
    evening.depart(1)
    assert evening.refusal(errand) is Refusal.EVENT_FULL
    evening.arrive(1)
    evening.depart(1, meant=True)
    assert evening.refusal(errand) is None


def test_nobody_arrives_after_the_end_or_after_being_removed() -> None:
    evening = an_event().in_lobby().with_attendees(2)
    evening.organiser(k.RemoveAttendee(attendee=AttendeeId("p1"), ban=True))
    assert removed(evening.event, AttendeeId("p1"))
    assert evening.refusal(e.Arrive(card=a_card(1), connection=ConnectionId("x"))) is Refusal.REMOVED

    evening.organiser(k.EndEvent())
    assert evening.refusal(e.Arrive(card=a_card(3), connection=ConnectionId("y"))) is Refusal.EVENT_ENDED


@pytest.mark.parametrize("ready", [True, False])
def test_readiness_is_a_wish_and_repeating_it_changes_nothing(ready: bool) -> None:
    evening = an_event().with_attendees(1, ready=ready)

    assert evening.attendee(1, k.SetReadiness(ready=ready)) == []
    assert len(of_kind(evening.attendee(1, k.SetReadiness(ready=not ready)), c.ReadinessChanged)) == 1


def test_passing_leads_to_another_match_that_keeps_the_two_apart_for_this_round_only() -> None:
    evening = an_event().with_attendees(4)
    while evening.event.phase != "forming":
        evening.next_deadline()
    match = evening.event.match
    assert match is not None
    passed = next(group for group in match.matches if "p1" in group)
    evening.attendee(1, k.PassMatch())

    assert evening.event.match is not None
    assert passed not in evening.event.match.matches
    evening.in_round()
    assert passed not in evening.rooms()
    assert not evening.event.passed


def test_whoever_was_passed_is_told_nothing_but_the_new_match() -> None:
    evening = an_event().with_attendees(2)
    while evening.event.phase != "forming":
        evening.next_deadline()
    evening.told.clear()
    evening.attendee(1, k.PassMatch())

    told = repr(evening.told)
    assert "kept_apart" not in told
    assert "passed" not in told.casefold()


def test_a_card_that_is_saved_again_unchanged_is_no_news() -> None:
    evening = an_event().with_attendees(1)

    assert evening.order(e.ChangeCard(card=a_card(1))) == []
    assert evening.order(e.ChangeCard(card=a_card(9))) == []
    assert len(evening.order(e.ChangeCard(card=a_card(1, team="Blue")))) == 1


def test_organisers_come_and_go_once() -> None:
    evening = an_event().open_console()
    again = e.OrganiserArrive(organiser=OrganiserId("o1"), name="Ines", connection=ConnectionId("console"))

    assert evening.order(again) == []
    assert len(evening.order(e.OrganiserDepart(connection=ConnectionId("console")))) == 1
    assert evening.order(e.OrganiserDepart(connection=ConnectionId("console"))) == []


def test_an_event_without_people_is_idle_once_nothing_comes_by_itself() -> None:
    evening = an_event()
    assert not idle(evening.event)
    evening.in_lobby().wait(60_000)
    assert evening.event.awaited_since is not None
    assert idle(evening.event)
    evening.arrive(1)
    assert not idle(evening.event)
