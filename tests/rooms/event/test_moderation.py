"""Safety and help."""

from msgspec.structs import replace

from rooms.event import Everyone, InRoom, Organisers, Person
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.agenda import ClosingSegment, LobbySegment
from rooms.language.ids import AttendeeId, ConnectionId, Role, RoomId
from rooms.language.notices import BoardChanged, BroadcastHeard, ConnectionFound, RoomLeft
from rooms.language.refusals import Refusal
from tests.support.builders import a_card, an_event, last_told

ONE, TWO = AttendeeId("p1"), AttendeeId("p2")


def test_removing_empties_the_seat_at_once_and_closes_the_door_until_readmitted() -> None:
    evening = an_event().with_attendees(2).in_round()
    room = evening.room_of(1)
    evening.told.clear()
    evening.organiser(k.RemoveAttendee(attendee=ONE))

    assert evening.person(1).room is None
    assert evening.why(2) == "alone"
    to_one = [said.notice for said in evening.told if said.audience == Person(ONE)]
    assert RoomLeft(room=room, why="removed", seq=to_one[0].seq) == to_one[0]  # type: ignore[union-attr]
    arrival = e.Arrive(card=a_card(1), connection=ConnectionId("again"))
    assert evening.refusal(arrival) is Refusal.REMOVED
    assert evening.organiser(k.RemoveAttendee(attendee=ONE)) == []
    evening.organiser(k.ReadmitAttendee(attendee=ONE))
    assert evening.refusal(arrival) is None
    assert evening.organiser(k.ReadmitAttendee(attendee=ONE)) == []


def test_somebody_who_never_came_can_be_kept_out() -> None:
    evening = an_event()
    evening.organiser(k.RemoveAttendee(attendee=ONE, ban=True))

    assert evening.refusal(e.Arrive(card=a_card(1), connection=ConnectionId("x"))) is Refusal.REMOVED


def test_a_call_for_help_stays_until_it_is_answered_or_taken_back() -> None:
    evening = an_event().with_attendees(1)
    evening.attendee(1, k.AskHelp(text="No sound"))
    assert evening.person(1).help_text == "No sound"
    assert evening.attendee(1, k.AskHelp(text="No sound")) == []
    evening.organiser(k.AnswerHelp(attendee=ONE))
    assert evening.person(1).help_at is None
    assert evening.organiser(k.AnswerHelp(attendee=ONE)) == []
    evening.attendee(1, k.AskHelp())
    evening.attendee(1, k.AskHelp(wanted=False))
    assert evening.person(1).help_at is None
    assert evening.attendee(1, k.AskHelp(wanted=False)) == []
    assert evening.refusal(k.AnswerHelp(attendee=TWO), "o1", Role.ORGANISER) is Refusal.UNKNOWN_PERSON


def test_a_report_reaches_organisers_and_nobody_else() -> None:
    evening = an_event().with_attendees(2).in_round()
    evening.told.clear()
    evening.order(e.FileReport(by=ONE, about=TWO, kind="rude", text="Shouted"))

    assert {said.audience for said in evening.told} == {Organisers()}
    report = evening.event.reports[0]
    assert (report.by, report.about, report.room, report.kind) == ("p1", "p2", 1, "rude")
    evening.organiser(k.CloseReport(report=report.id))
    assert evening.event.reports[0].done
    assert evening.organiser(k.CloseReport(report=report.id)) == []
    assert evening.refusal(k.CloseReport(report=99), "o1", Role.ORGANISER) is Refusal.UNKNOWN_REPORT


def test_keeping_apart_tells_no_attendee_and_hosts_not_whose_wish_it_was() -> None:
    evening = an_event().with_attendees(2).in_round()
    evening.told.clear()
    errand = e.KeepApart(pairs=((TWO, ONE), (ONE, ONE)))
    evening.order(errand)

    (said,) = evening.told
    assert said.audience == Organisers()
    assert last_told(evening, BoardChanged).apart == ((ONE, TWO),)
    assert last_told(evening, BoardChanged).nevers is None
    assert evening.event.apart == {(ONE, TWO)}
    assert evening.order(errand) == []


def test_who_waits_because_of_a_block_is_not_told_so() -> None:
    evening = an_event().with_attendees(2)
    evening.order(e.KeepApart(pairs=((ONE, TWO),)))
    evening.in_lobby().wait(600_000).with_attendees(2)
    evening.wait(20_000)

    told = [said for said in evening.told if isinstance(said.audience, Person | Everyone | InRoom)]
    assert "kept_apart" not in repr(told)


def test_a_banner_goes_to_everybody_or_to_one_room() -> None:
    evening = an_event().with_attendees(4).in_round()
    room = evening.room_of(1)
    for goal, audience in ((None, Everyone()), (room, InRoom(room))):
        evening.told.clear()
        evening.organiser(k.SendBroadcast(text="Five minutes", room=goal))
        heard = [said for said in evening.told if isinstance(said.notice, BroadcastHeard)]
        assert [said.audience for said in heard] == [audience]
    gone = k.SendBroadcast(text="Hello", room=RoomId("9-9"))
    assert evening.refusal(gone, "o1", Role.ORGANISER) is Refusal.ROOM_GONE


def test_a_connection_is_told_to_both_and_once() -> None:
    evening = an_event().with_attendees(2)
    evening.told.clear()
    evening.order(e.MakeConnection(one=TWO, other=ONE))

    found = {said.audience: said.notice for said in evening.told if isinstance(said.notice, ConnectionFound)}
    assert set(found) == {Person(ONE), Person(TWO)}
    assert evening.order(e.MakeConnection(one=ONE, other=TWO)) == []
    assert evening.order(e.MakeConnection(one=ONE, other=AttendeeId("p9"))) == []


def test_an_older_plan_never_replaces_a_newer_one() -> None:
    evening = an_event()
    newer = replace(evening.event.plan, name="Autumn Mixer", version=3)
    evening.order(e.PlanChange(plan=newer))
    evening.order(e.PlanChange(plan=replace(newer, name="Old", version=2)))

    assert evening.event.plan.name == "Autumn Mixer"
    assert evening.order(e.PlanChange(plan=newer)) == []


def test_a_wait_gets_or_loses_its_clock_with_the_rule() -> None:
    evening = an_event((LobbySegment(length_s=60), ClosingSegment()), unattended=False).in_lobby()
    assert evening.event.clock is None
    evening.order(e.PlanChange(plan=replace(evening.event.plan, unattended=True, version=2)))
    assert evening.event.clock is not None
    assert evening.event.clock.length_ms == 60_000
    evening.order(e.PlanChange(plan=replace(evening.event.plan, unattended=False, version=3)))
    assert evening.event.clock is None
