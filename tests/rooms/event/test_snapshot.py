"""What one viewer may know, as one picture."""

from rooms.event import Viewer, snapshot
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.ids import AttendeeId, Role
from rooms.language.limits import ROSTER_ROWS, ROSTER_ROWS_OF_MANY
from tests.rooms.event.picture import ORGANISER, Watcher, viewer_of
from tests.support.builders import an_event


def test_an_attendee_sees_themselves_and_their_room_and_no_board() -> None:
    evening = an_event().with_attendees(4).in_round()
    picture = snapshot(evening.event, viewer_of(AttendeeId("p1")), evening.now)

    assert picture.me is not None
    assert picture.me.card.id == "p1"
    assert picture.room is not None
    assert picture.room.id == evening.room_of(1)
    assert {person.presence for person in picture.room.people} == {"here"}
    assert picture.board is None
    assert picture.seq == evening.event.seq


def test_an_organiser_sees_the_board_and_is_nobody_else() -> None:
    evening = an_event().open_console().with_attendees(4).in_round()
    picture = snapshot(evening.event, ORGANISER, evening.now)

    assert picture.board is not None
    assert len(picture.board.people) == 4
    assert len(picture.board.rooms) == 2
    assert picture.board.organisers == ("Ines",)
    assert (picture.me, picture.room, picture.next) == (None, None, None)


def test_an_organiser_with_the_id_of_an_attendee_stays_an_organiser() -> None:
    evening = an_event().with_attendees(2)

    assert snapshot(evening.event, Viewer(role=Role.ORGANISER, id="p1"), evening.now).me is None


def test_the_next_partner_shows_with_reasons_while_forming() -> None:
    evening = an_event().with_attendees(2)
    while not evening.is_in("forming"):
        evening.next_deadline()
    shown = snapshot(evening.event, viewer_of(AttendeeId("p1")), evening.now).next

    assert shown is not None
    assert [card.id for card in shown.people] == ["p2"]
    assert [reason.code for reason in shown.reasons] == ["first_time"]
    assert (shown.round, shown.starts_at) == (1, evening.now + 15_000)


def test_everybody_without_a_room_is_told_why() -> None:
    evening = an_event().with_attendees(2).in_round()
    evening.with_attendees(1, ready=False)
    evening.arrive(4)
    evening.attendee(4, k.SetReadiness(ready=True))
    evening.attendee(1, k.LeaveSeat(room=evening.room_of(1)))
    why = {}
    for number in (1, 2, 3, 4):
        me = snapshot(evening.event, viewer_of(AttendeeId(f"p{number}")), evening.now).me
        assert me is not None
        why[number] = me.without_room.code if me.without_room else None

    assert why == {1: "own_wish", 2: None, 3: "own_wish", 4: None}


def test_a_roster_is_bounded_and_its_count_is_whole() -> None:
    evening = an_event().with_attendees(ROSTER_ROWS, ready=False)
    assert len(snapshot(evening.event, viewer_of(AttendeeId("p1")), evening.now).roster) == ROSTER_ROWS

    evening.with_attendees(5, ready=False)
    picture = snapshot(evening.event, viewer_of(AttendeeId("p1")), evening.now)

    assert len(picture.roster) == ROSTER_ROWS_OF_MANY
    assert picture.roster[0].id == f"p{ROSTER_ROWS + 5}"
    assert picture.present == ROSTER_ROWS + 5


def test_a_page_forgets_whom_newer_ones_have_taken_the_place_of() -> None:
    evening = an_event().with_attendees(ROSTER_ROWS - 2, ready=False)
    watcher = Watcher(evening.event, viewer_of(AttendeeId("p1")), evening.now)
    for number in range(ROSTER_ROWS - 1, ROSTER_ROWS + 4):
        told = len(evening.told)
        evening.arrive(number)
        evening.attendee(1, k.SetReadiness(ready=number % 2 == 0))
        watcher.hear(evening.event, evening.told[told:])
        assert watcher.differs_from(evening.event, evening.now) == []

    assert len(watcher.picture.roster) == ROSTER_ROWS_OF_MANY


def test_what_is_one_sided_is_in_no_picture_of_the_other() -> None:
    evening = an_event().with_attendees(2).in_round()
    evening.order(e.KeepApart(pairs=((AttendeeId("p1"), AttendeeId("p2")),)))
    before = snapshot(evening.event, viewer_of(AttendeeId("p2")), evening.now)
    evening.order(e.FileReport(by=AttendeeId("p1"), about=AttendeeId("p2"), kind="rude", text="secret"))
    after = snapshot(evening.event, viewer_of(AttendeeId("p2")), evening.now)

    assert "secret" not in repr(after)
    assert (before.me, before.room, before.roster) == (after.me, after.room, after.roster)
