"""The event in the matcher's words."""

from rooms.event import match_request
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment
from rooms.language.ids import AttendeeId
from rooms.matching import Profile
from tests.support.builders import an_event


def test_the_matcher_is_told_of_those_who_are_present_and_ready_and_how_the_round_is_to_be() -> None:
    rounds = RoundsSegment(rounds=3, size=3, mix_teams="must", common_ground="off")
    evening = an_event((LobbySegment(length_s=60), rounds, ClosingSegment()))
    evening.arrive(1, team="Red", interests=("Tea",), offering=("time",), groups_only=True)
    evening.attendee(1, k.SetReadiness(ready=True))
    evening.with_attendees(3).with_attendees(1, ready=False)
    evening.in_lobby().depart(4, meant=True)
    evening.order(e.KeepApart(pairs=((AttendeeId("p3"), AttendeeId("p2")),)))
    request = match_request(evening.event)

    assert [profile.id for profile in request.attendees] == ["p1", "p2", "p3"]
    assert request.attendees[0] == Profile(
        id=AttendeeId("p1"), team="Red", interests=("Tea",), offering=("time",), groups_only=True
    )
    assert (request.size, request.mix_teams, request.common_ground) == (3, "must", "off")
    assert (request.round, request.rounds_left) == (1, 2)
    assert request.apart == {("p2", "p3")}


def test_the_history_of_the_evening_goes_along_and_each_round_has_a_seed_of_its_own() -> None:
    evening = an_event().with_attendees(2)
    seed = match_request(evening.in_lobby().event).seed
    evening.in_changeover()
    request = match_request(evening.event)

    assert request.met == {"p1": {"p2": (1,)}, "p2": {"p1": (1,)}}
    assert request.round == 2
    assert request.seed != seed
