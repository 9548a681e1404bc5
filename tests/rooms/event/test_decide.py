"""Who may ask for what."""

from typing import get_args

import pytest

from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.ids import Role
from rooms.language.refusals import Refusal
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
