"""What a browser does with notices: a picture kept up to date, to be compared with a fresh snapshot."""

from typing import TypeVar

from msgspec.structs import replace

from rooms.event import (
    Announcement,
    Attendees,
    Event,
    Everyone,
    InRoom,
    Organisers,
    Person,
    Viewer,
    room_people,
    snapshot,
)
from rooms.language import notices as n
from rooms.language.board import Board, NextRoom
from rooms.language.cards import BoardPerson, BoardRoom, ReportLine, RosterRow
from rooms.language.ids import AttendeeId, Instant, Role
from rooms.language.limits import CHAT_LINES_KEPT, FEED_LINES_KEPT

Row = TypeVar("Row", RosterRow, BoardPerson, BoardRoom, ReportLine)


def reaches(event: Event, viewer: Viewer, announcement: Announcement) -> bool:
    """Whether this viewer gets this notice."""
    match announcement.audience:
        case Everyone():
            return True
        case Organisers():
            return viewer.role is Role.ORGANISER
        case Attendees():
            return viewer.role is Role.ATTENDEE
        case InRoom(room=room):
            return viewer.role is Role.ATTENDEE and viewer.id in room_people(event, room)
        case Person(attendee=attendee):
            return viewer.role is Role.ATTENDEE and viewer.id == attendee


def merged(rows: tuple[Row, ...], news: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows replaced by newer ones of the same id; new ones at the end."""
    by_id = {row.id: row for row in rows} | {row.id: row for row in news}
    return tuple(by_id.values())


def reduced(picture: n.Snapshot, notice: n.Notice) -> n.Snapshot:
    """The picture after one notice."""
    match notice:
        case n.EventChanged():
            return replace(picture, event=notice.event)
        case n.RosterChanged():
            kept = tuple(row for row in merged(picture.roster, notice.rows) if row.id not in notice.gone)
            return replace(picture, roster=kept, present=notice.present, ready=notice.ready)
        case n.MeChanged():
            return replace(picture, me=notice.me)
        case n.NextChanged():
            return replace(picture, next=notice.next)
        case n.RoomChanged():
            return replace(picture, room=notice.room)
        case n.RoomLeft():
            gone = picture.room is not None and picture.room.id == notice.room
            return replace(picture, room=None) if gone else picture
        case n.ChatHeard():
            return _heard(picture, notice)
        case n.BoardChanged():
            assert picture.board is not None
            return replace(picture, board=_board(picture.board, notice))
        case _:
            return picture


def _heard(picture: n.Snapshot, notice: n.ChatHeard) -> n.Snapshot:
    if notice.line.room is None:
        return replace(picture, chat=(*picture.chat, notice.line)[-CHAT_LINES_KEPT:])
    if picture.room is None or picture.room.id != notice.line.room:
        return picture
    room = replace(picture.room, chat=(*picture.room.chat, notice.line)[-CHAT_LINES_KEPT:])
    return replace(picture, room=room)


def _board(board: Board, notice: n.BoardChanged) -> Board:
    rooms = tuple(room for room in merged(board.rooms, notice.rooms) if room.id not in notice.rooms_closed)
    return Board(
        people=merged(board.people, notice.people),
        rooms=rooms,
        feed=(*board.feed, *notice.feed)[-FEED_LINES_KEPT:],
        reports=merged(board.reports, notice.reports),
        connections_made=board.connections_made if notice.connections_made is None else notice.connections_made,
        organisers=board.organisers if notice.organisers is None else notice.organisers,
        next=board.next if notice.next is None else notice.next,
        next_rooms=_next_rooms(board, notice),
        apart=board.apart if notice.apart is None else notice.apart,
        nevers=board.nevers if notice.nevers is None else notice.nevers,
    )


def _next_rooms(board: Board, notice: n.BoardChanged) -> tuple[NextRoom, ...]:
    rows = {room.number: room for room in (*board.next_rooms, *notice.next_rooms)}
    count = board.next.rooms if notice.next is None else notice.next.rooms
    return tuple(rows[number] for number in sorted(rows) if number <= count)


def comparable(picture: n.Snapshot) -> n.Snapshot:
    """The picture without what only the moment of taking it decides, rows in a fixed order."""
    roster = tuple(sorted(picture.roster, key=lambda row: row.id))
    board = picture.board
    if board is not None:
        people = tuple(sorted(board.people, key=lambda row: row.id))
        board = replace(board, people=people, rooms=tuple(sorted(board.rooms, key=lambda row: row.id)))
    return replace(picture, seq=0, now=Instant(0), roster=roster, board=board)


def viewer_of(attendee: AttendeeId) -> Viewer:
    """An attendee's eyes."""
    return Viewer(role=Role.ATTENDEE, id=attendee)


ORGANISER = Viewer(role=Role.ORGANISER, id="o1")


class Watcher:
    """One browser: a first picture, then notices only."""

    def __init__(self, event: Event, viewer: Viewer, now: Instant) -> None:
        self.viewer = viewer
        self.picture = snapshot(event, viewer, now)

    def hear(self, event: Event, announcements: list[Announcement]) -> None:
        """Take what is meant for this viewer; `event` is the state after the entry."""
        for announcement in announcements:
            if reaches(event, self.viewer, announcement):
                self.picture = reduced(self.picture, announcement.notice)

    def differs_from(self, event: Event, now: Instant) -> list[str]:
        """The slices in which the picture is not what a fresh one would be."""
        fresh, mine = comparable(snapshot(event, self.viewer, now)), comparable(self.picture)
        return [field for field in fresh.__struct_fields__ if getattr(fresh, field) != getattr(mine, field)]
