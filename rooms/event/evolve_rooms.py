"""Folding what happened to rooms and seats into the event."""

from typing import assert_never

from immutables import Map
from msgspec.structs import replace

from rooms.event.phases import Step, after
from rooms.event.register import with_people, with_person
from rooms.event.state import Attendee, Event, Room, Seat, rounds_segment, unsteered
from rooms.language import changes as c
from rooms.language.cards import Clock, Reason
from rooms.language.ids import AttendeeId, Instant, RoomId

Spatial = (
    c.RoundOpened
    | c.RoundEnded
    | c.RoomOpened
    | c.RoomClosed
    | c.SeatTaken
    | c.SeatGiven
    | c.SeatVacated
    | c.RoomClockChanged
    | c.MinuteAsked
    | c.PromptTurned
)


def fold(event: Event, change: Spatial, at: Instant) -> Event:
    """The event with that room as it is now."""
    match change:
        case c.RoundOpened():
            return _round_opened(event, change, at)
        case c.RoundEnded():
            return _round_ended(event, change)
        case c.RoomOpened():
            event = replace(event, opened=max(event.opened, change.room.number))
            return _seat_people(event, _room(event, change.room, change.clock))
        case c.RoomClosed():
            return _room_closed(event, change)
        case c.SeatVacated():
            return _seat_vacated(event, change)
        case c.SeatTaken():
            return _seat(event, change.attendee, change.room, Seat(taken_at=at))
        case c.SeatGiven():
            return _seat_given(event, change)
        case _:
            room = event.rooms.get(change.room)
            return event if room is None else _with_room(event, _changed(room, change))


def _changed(room: Room, change: c.RoomClockChanged | c.MinuteAsked | c.PromptTurned) -> Room:
    match change:
        case c.RoomClockChanged():
            asked = () if change.extended else room.minute_asked_by
            return replace(room, clock=change.clock, extended=change.extended, minute_asked_by=asked)
        case c.MinuteAsked():
            others = tuple(who for who in room.minute_asked_by if who != change.attendee)
            return replace(room, minute_asked_by=(*others, change.attendee) if change.wanted else others)
        case c.PromptTurned():
            return replace(room, prompt=change.prompt, turns=room.turns + 1)
        case _:
            assert_never(change)


def _with_room(event: Event, room: Room) -> Event:
    return replace(event, rooms=event.rooms.set(room.id, room))


def _room(event: Event, new: c.NewRoom, clock: Clock) -> Room:
    segment = rounds_segment(event)
    return Room(
        id=new.id,
        number=new.number,
        round=event.held,
        seats={who: Seat() for who in new.people},
        clock=clock,
        reasons=new.reasons,
        deck=segment.deck if segment else "none",
        prompt=new.prompt,
    )


def _round_opened(event: Event, change: c.RoundOpened, at: Instant) -> Event:
    same, agenda = change.segment == event.segment, event.plan.agenda
    event = replace(
        unsteered(event),
        phase=after(event.phase, Step.OPEN),
        segment=change.segment,
        running=event.running if same or change.segment >= len(agenda) else agenda[change.segment],
        begun=event.begun if change.round > 1 else {**event.begun, change.segment: at},
        round=change.round,
        held=event.held + 1,
        clock=change.clock,
        closed={},
        opened=len(change.rooms),
        back=None,
        asked_at=None,
        awaited_since=None,
        passed=frozenset(),
    )
    rooms = {new.id: _room(event, new, change.clock) for new in change.rooms}
    given = {who: room.id for room in rooms.values() for who in room.seats}
    out = {who: reason for reason in change.sits_out for who in reason.members}
    people = {who: _for_round(person, given.get(who), out.get(who)) for who, person in event.people.items()}
    event = with_people(replace(event, rooms=event.rooms.update(rooms)), people)
    return replace(event, met=_met(event, [tuple(room.seats) for room in rooms.values()]))


def _for_round(person: Attendee, room: RoomId | None, reason: Reason | None) -> Attendee:
    if room is None and reason is None and _untouched(person):
        return person
    sat_out = person.sat_out + (reason is not None and person.ready)
    return replace(person, room=room, was_in=(), without=reason, offer=None, sat_out=sat_out)


def _untouched(person: Attendee) -> bool:
    """Whether nothing is to be forgotten of the round before."""
    return person.room is None and not person.was_in and person.without is None and person.offer is None


def _met(event: Event, groups: list[tuple[AttendeeId, ...]]) -> dict[AttendeeId, dict[AttendeeId, tuple[int, ...]]]:
    met = dict(event.met)
    for group in groups:
        for who in group:
            known = dict(met.get(who, {}))
            for other in group:
                before = known.get(other, ())
                if other != who and event.held not in before:
                    known[other] = (*before, event.held)
            met[who] = known
    return met


def _seat_people(event: Event, room: Room) -> Event:
    event = _with_room(event, room)
    for who in room.people:
        event = _give(event, who, room.id)
    return replace(event, met=_met(event, [room.people]))


def _give(event: Event, attendee: AttendeeId, room: RoomId) -> Event:
    return with_person(event, replace(event.people[attendee], room=room, without=None, offer=None))


def _round_ended(event: Event, change: c.RoundEnded) -> Event:
    staying = Map({key: room for key, room in event.rooms.items() if room.extended})
    closed = {key: room.people for key, room in event.rooms.items() if not room.extended}
    people = {who: _after_round(person, staying) for who, person in event.people.items()}
    event = replace(event, phase=after(event.phase, Step.CLOSE), clock=change.clock, rooms=staying)
    return with_people(replace(event, closed={**event.closed, **closed}), people)


def _after_round(person: Attendee, staying: Map[RoomId, Room]) -> Attendee:
    room = person.room if person.room in staying else None
    if person.room == room and person.without is None and person.offer is None:
        return person
    return replace(person, room=room, without=None, offer=None)


def _room_closed(event: Event, change: c.RoomClosed) -> Event:
    room = event.rooms.get(change.room)
    if room is None:
        return event
    for who in room.people:
        without = Reason(code="alone", members=(who,)) if change.alone else None
        event = with_person(event, replace(event.people[who], room=None, without=without))
    return replace(event, rooms=event.rooms.delete(room.id), closed={**event.closed, room.id: room.people})


def _seat(event: Event, attendee: AttendeeId, room: RoomId, seat: Seat) -> Event:
    found = event.rooms.get(room)
    if found is None:
        return event
    return _with_room(event, replace(found, seats={**found.seats, attendee: seat}))


def _seat_given(event: Event, change: c.SeatGiven) -> Event:
    if change.room not in event.rooms or change.attendee not in event.people:
        return event
    event = _seat(event, change.attendee, change.room, Seat())
    event = _give(event, change.attendee, change.room)
    room = event.rooms[change.room]
    event = _with_room(event, replace(room, reasons=(*room.reasons, change.reason)))
    return replace(event, met=_met(event, [room.people]))


def _seat_vacated(event: Event, change: c.SeatVacated) -> Event:
    room = event.rooms.get(change.room)
    if room is not None and change.attendee in room.seats:
        asked = tuple(who for who in room.minute_asked_by if who != change.attendee)
        seats = {**room.seats, change.attendee: replace(room.seats[change.attendee], gone=change.why)}
        event = _with_room(event, replace(room, seats=seats, minute_asked_by=asked))
    person = event.people.get(change.attendee)
    if person is None or person.room != change.room:
        return event
    own_wish = Reason(code="own_wish", members=(person.id,)) if change.why == "left" else None
    was_in = (*(key for key in person.was_in if key != change.room), change.room)
    return with_person(event, replace(person, room=None, was_in=was_in, without=own_wish))
