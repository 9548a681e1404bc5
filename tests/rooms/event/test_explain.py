"""The event in the matcher's words."""

from rooms.event import match_request
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment
from rooms.language.cards import Traits
from rooms.language.ids import AttendeeId, ConnectionId
from rooms.language.rules import MustDiffer, Weights
from rooms.matching import GroupSize, Held, Profile
from tests.support.builders import a_card, an_event


def test_the_matcher_is_told_of_those_who_are_present_and_ready_and_how_the_round_is_to_be() -> None:
    rules, weights = (MustDiffer(attr="team"),), Weights(interests=0.9)
    rounds = RoundsSegment(rounds=3, size=3, rules=rules, weights=weights, repeat="idle_over_repeat")
    evening = an_event((LobbySegment(length_s=60), rounds, ClosingSegment()))
    card = a_card(1, team="Red", interests=("Tea",), offering=("time",), groups_only=True)
    evening.order(e.Arrive(card, ConnectionId("c0"), Traits("mentor", ("night",), True)))
    evening.attendee(1, k.SetReadiness(ready=True))
    evening.with_attendees(3).with_attendees(1, ready=False)
    evening.in_lobby().depart(4, meant=True)
    evening.order(e.KeepApart(pairs=((AttendeeId("p3"), AttendeeId("p2")),)))
    request = match_request(evening.event)

    assert [profile.id for profile in request.attendees] == ["p1", "p2", "p3"]
    assert request.attendees[0] == Profile(
        id=AttendeeId("p1"),
        team="Red",
        role="mentor",
        groups=("night",),
        interests=("Tea",),
        offering=("time",),
        language_required=True,
        size=3,
        present_since=evening.person(1).arrived_at,
    )
    assert (request.group, request.rules, request.weights) == (GroupSize(3, 2, 4), rules, weights)
    assert request.repeat == "idle_over_repeat"
    assert (request.round, request.rounds_planned) == (1, 3)
    assert request.apart == {("p2", "p3")}


def test_the_history_of_the_evening_goes_along() -> None:
    evening = an_event().with_attendees(2)
    assert match_request(evening.in_lobby().event).history == ()
    evening.in_changeover()
    request = match_request(evening.event)

    assert request.history == (Held(1, ((AttendeeId("p1"), AttendeeId("p2")),)),)
    assert request.round == 2
