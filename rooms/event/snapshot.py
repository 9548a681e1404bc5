"""Everything one viewer may know, as one picture."""

from rooms.event import views, views_next
from rooms.event.state import Attendee, Event, in_order, rooms_in_order
from rooms.language.board import Board
from rooms.language.cards import RoomView
from rooms.language.ids import AttendeeId, Instant, Role
from rooms.language.message import Value
from rooms.language.notices import Snapshot


class Viewer(Value, frozen=True):
    """Whom a picture is for."""

    role: Role
    id: str


def snapshot(event: Event, viewer: Viewer, now: Instant) -> Snapshot:
    """The event as this viewer sees it at this instant."""
    person = event.people.get(AttendeeId(viewer.id)) if viewer.role is Role.ATTENDEE else None
    return Snapshot(
        seq=event.seq,
        now=now,
        event=views.event_view(event),
        roster=views.roster(event),
        present=event.present,
        ready=event.ready,
        chat=event.chat,
        me=views.me(event, person) if person else None,
        room=_own_room(event, person),
        next=views.next_round(event, person.id) if person else None,
        board=_board(event) if viewer.role is Role.ORGANISER else None,
    )


def _own_room(event: Event, person: Attendee | None) -> RoomView | None:
    if person is None or person.room is None:
        return None
    return views.room_view(event, event.rooms[person.room])


def _board(event: Event) -> Board:
    return Board(
        people=tuple(views.board_person(event, person) for person in in_order(event)),
        rooms=tuple(views.board_room(room) for room in rooms_in_order(event)),
        feed=event.feed,
        reports=event.reports,
        connections_made=len(event.connected),
        organisers=views.organiser_names(event),
        next=views_next.next_round_ahead(event),
        next_rooms=views_next.next_rooms(event),
        apart=views_next.pairs_apart(event),
        nevers=views_next.pairs_parted(event),
    )
