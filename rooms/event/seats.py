"""Seats: taken, left, given by an organiser, and what remains of a room when somebody goes."""

from typing import Literal

from rooms.event import placement
from rooms.event.clocks import started
from rooms.event.ledger import Ledger
from rooms.event.prompts import first_prompt
from rooms.event.state import Attendee, Event, Room, fits, rounds_segment
from rooms.language import changes as c
from rooms.language import commands as k
from rooms.language.cards import Reason
from rooms.language.ids import AttendeeId, RoomId
from rooms.language.limits import MESH_SEATS
from rooms.language.refusals import Refusal, RefusedError

MEETING_MS = 5_000
"""Shorter than this nobody has met anybody."""

Why = Literal["left", "moved", "lost", "removed"]


def take_seat(ledger: Ledger, wish: k.TakeSeat, by: Attendee) -> None:
    """Sit down. Asking twice is harmless."""
    room = own_room(ledger.event, wish.room, by)
    if room.seats[by.id].taken_at is None:
        ledger.write(c.SeatTaken(attendee=by.id, room=room.id))


def leave_seat(ledger: Ledger, wish: k.LeaveSeat, by: Attendee) -> None:
    """Go; there is no other room for them in this round unless they say they are ready again."""
    if by.room is None and wish.room not in ledger.event.rooms:
        return
    room = own_room(ledger.event, wish.room, by)
    ledger.feed("left", (by.card.name,), room.number)
    vacate(ledger, by.id, "left")


def accept_offer(ledger: Ledger, wish: k.AcceptOffer, by: Attendee) -> None:
    """Join the pair that was offered."""
    if by.room == wish.room and wish.room in ledger.event.rooms:
        return
    room = ledger.event.rooms.get(wish.room)
    if room is None or by.offer != wish.room:
        raise RefusedError(Refusal.ROOM_GONE)
    if len(room.people) >= MESH_SEATS or not fits(ledger.event, by.id, room.people):
        # Who is kept apart from whom is nobody's business: to them the room is full.
        raise RefusedError(Refusal.ROOM_FULL)
    if not placement.time_enough(ledger.event, by, ledger.at):
        raise RefusedError(Refusal.NO_SPARE_TIME)
    code: placement.LateCode = "alone" if placement.is_orphan(by) else "latecomer"
    ledger.write(c.SeatGiven(attendee=by.id, room=room.id, reason=Reason(code=code, members=(by.id,))))
    ledger.feed("joined_late", (by.card.name,), room.number)


def move_seat(ledger: Ledger, wish: k.MoveSeat) -> None:
    """Put somebody into another room, or into a new one."""
    person = _movable(ledger, wish.attendee)
    if wish.room is None:
        _open_moved(ledger, (person.id,))
        return
    if person.room == wish.room:
        return
    room = ledger.event.rooms.get(wish.room)
    if room is None:
        raise RefusedError(Refusal.ROOM_GONE)
    if len(room.people) >= MESH_SEATS:
        raise RefusedError(Refusal.ROOM_FULL)
    if not fits(ledger.event, person.id, room.people):
        raise RefusedError(Refusal.KEPT_APART)
    if person.room is not None:
        vacate(ledger, person.id, "moved")
    ledger.write(c.SeatGiven(attendee=person.id, room=room.id, reason=Reason(code="moved", members=(person.id,))))
    ledger.feed("moved", (person.card.name,), room.number)


def pair_up(ledger: Ledger, wish: k.PairUp) -> None:
    """Open a room for these people."""
    people = tuple(dict.fromkeys(wish.attendees))
    if len(people) < 2:
        raise RefusedError(Refusal.TOO_FEW)
    persons = [_movable(ledger, who) for who in people]
    if any(not fits(ledger.event, who, people) for who in people):
        raise RefusedError(Refusal.KEPT_APART)
    if persons[0].room is not None and all(person.room == persons[0].room for person in persons):
        return
    _open_moved(ledger, people)


def _movable(ledger: Ledger, attendee: AttendeeId) -> Attendee:
    person = ledger.person(attendee)
    if person.left:
        raise RefusedError(Refusal.NOT_HERE)
    return person


def _open_moved(ledger: Ledger, people: tuple[AttendeeId, ...]) -> None:
    for who in people:
        if ledger.event.people[who].room is not None:
            vacate(ledger, who, "moved")
    room = open_room(ledger, people, (Reason(code="moved", members=people),))
    ledger.feed("moved", ledger.names(*people), room.number)


# What the other rules use.


def own_room(event: Event, room: RoomId, by: Attendee) -> Room:
    """The room in which this person holds a seat.

    Raises:
        RefusedError: ROUND_CLOSED when no rooms are open, WRONG_ROOM when it is not theirs.
    """
    found = event.rooms.get(room)
    if found is not None and by.room == room:
        return found
    raise RefusedError(Refusal.WRONG_ROOM if event.rooms else Refusal.ROUND_CLOSED)


def open_room(ledger: Ledger, people: tuple[AttendeeId, ...], reasons: tuple[Reason, ...]) -> Room:
    """Open one more room in this round, with the time that is left of it."""
    event = ledger.event
    number = event.opened + 1
    room = RoomId(f"{event.held}-{number}")
    segment = rounds_segment(event)
    prompt = first_prompt(segment.deck if segment else "none", event.plan.id, room, ledger.at)
    new = c.NewRoom(id=room, number=number, people=people, reasons=reasons, prompt=prompt)
    ledger.write(c.RoomOpened(room=new, clock=event.clock or started(0, ledger.at)))
    return ledger.event.rooms[new.id]


def vacate(ledger: Ledger, attendee: AttendeeId, why: Why) -> None:
    """Empty somebody's seat; a room with one person left is closed, and that person has no partner."""
    room_id = ledger.event.people[attendee].room
    if room_id is None:
        return
    write_meeting(ledger, room_id)
    ledger.write(c.SeatVacated(attendee=attendee, room=room_id, why=why))
    room = ledger.event.rooms[room_id]
    if len(room.people) >= 2:
        return
    alone = bool(room.people) and ledger.event.phase == "talking"
    if alone:
        ledger.feed("alone", ledger.names(*room.people), room.number)
    ledger.write(c.RoomClosed(room=room_id, alone=alone))


def close_room(ledger: Ledger, room: RoomId) -> None:
    """Close a room whose time is over."""
    write_meeting(ledger, room)
    ledger.write(c.RoomClosed(room=room))


def write_meeting(ledger: Ledger, room_id: RoomId) -> None:
    """Keep that these people were together, if they were long enough."""
    room = ledger.event.rooms[room_id]
    sat: list[tuple[int, AttendeeId]] = []
    for who in room.people:
        taken_at = room.seats[who].taken_at
        if taken_at is not None and ledger.at - taken_at >= MEETING_MS:
            sat.append((taken_at, who))
    if len(sat) < 2:
        return
    ledger.write(
        c.MeetingHeld(
            round=room.round,
            room=room.id,
            number=room.number,
            people=tuple(who for _, who in sorted(sat)),
            talked_ms=ledger.at - max(taken_at for taken_at, _ in sat),
        )
    )
