"""The parts of the event as somebody may see them; `snapshot` joins them, `announce` tells what differs."""

from rooms.event import agenda, tact
from rooms.event.state import Attendee, Event, Room, Seat, rounds_segment
from rooms.language.cards import (
    BoardPerson,
    BoardRoom,
    EventView,
    Me,
    Next,
    Offer,
    Presence,
    Reason,
    RoomPerson,
    RoomView,
    RosterRow,
)
from rooms.language.ids import AttendeeId


def event_view(event: Event) -> EventView:
    """Where the event stands; the same for everybody."""
    running = rounds_segment(event)
    return EventView(
        id=event.plan.id,
        name=event.plan.name,
        phase=event.phase,
        segment=event.segment,
        agenda=agenda.segment_views(event),
        round=event.round,
        rounds=running.rounds if running else 0,
        clock=event.clock,
        paused=event.paused_at is not None,
        behind_ms=agenda.behind_ms(event),
        waiting_for_people=event.awaited_since is not None,
    )


def roster_row(person: Attendee) -> RosterRow | None:
    """One person of the lobby's list; None for those who are not here."""
    if person.left:
        return None
    card = person.card
    return RosterRow(
        id=card.id,
        name=card.name,
        pronouns=card.pronouns,
        team=card.team,
        headline=card.headline,
        ready=person.ready,
        presence=person.presence,
        talking=person.room is not None,
    )


def roster(event: Event) -> tuple[RosterRow, ...]:
    """Who of the newest is here, the newest first."""
    rows = (roster_row(event.people[who]) for who in reversed(event.lists.newest))
    return tuple(row for row in rows if row is not None)


def me(event: Event, person: Attendee) -> Me:
    """What one attendee is told of themselves."""
    return Me(
        card=person.card,
        ready=person.ready,
        sat_out=person.sat_out,
        without_room=tact.to_sitter(why_without_room(event, person), others_seated=bool(event.rooms)),
        offer=_offer(event, person),
        help_asked=person.help_at is not None,
    )


def why_without_room(event: Event, person: Attendee) -> Reason | None:
    """Why somebody has no room while others talk; None when they have one or nobody talks."""
    if event.phase != "talking" or person.room is not None:
        return None
    if person.left:
        return Reason(code="not_connected", members=(person.id,))
    if person.without is not None:
        return person.without
    return Reason(code="next_round" if person.ready else "own_wish", members=(person.id,))


def _offer(event: Event, person: Attendee) -> Offer | None:
    room = event.rooms.get(person.offer) if person.offer is not None else None
    if room is None:
        return None
    return Offer(room=room.id, names=tuple(event.people[who].card.name for who in room.people))


def next_round(event: Event, attendee: AttendeeId) -> Next | None:
    """Whom somebody meets next, or why nobody; None while that is open."""
    ahead = agenda.upcoming(event)
    match = event.told
    if match is None or ahead is None or event.clock is None:
        return None
    starts_at = event.clock.ends_at
    index = match.place.get(attendee)
    if index is not None:
        others = tuple(event.people[who].card for who in match.matches[index] if who != attendee)
        reasons = tact.to_one(match.reasons[index], len(match.matches[index]), attendee)
        return Next(round=ahead.round, starts_at=starts_at, people=others, reasons=reasons)
    out = match.sits_out.get(attendee)
    if attendee in event.excluded:
        out = Reason(code="host_wish", members=(attendee,))
    if out is None:
        return None
    return Next(round=ahead.round, starts_at=starts_at, sits_out=tact.to_sitter(out, others_seated=bool(match.matches)))


def room_view(event: Event, room: Room) -> RoomView:
    """A room as those who sit in it see it."""
    return RoomView(
        id=room.id,
        number=room.number,
        round=room.round,
        people=tuple(_room_person(event.people[who], seat) for who, seat in room.seats.items()),
        clock=room.clock,
        reasons=tact.to_room(room.reasons, len(room.seats)),
        prompt=room.prompt,
        minute_asked_by=room.minute_asked_by,
        minute_possible=not room.extended and agenda.minute_possible(event),
        extended=room.extended,
        chat=room.chat,
    )


def _room_person(person: Attendee, seat: Seat) -> RoomPerson:
    presence = _in_room(person, seat)
    return RoomPerson(
        card=person.card,
        presence=presence,
        connection=person.connection if presence != "left" else None,
        microphone=person.microphone,
        camera=person.camera,
    )


def _in_room(person: Attendee, seat: Seat) -> Presence:
    if seat.gone:
        return "left"
    if person.connection is None:
        return "reconnecting"
    return "here" if seat.taken_at is not None else "coming"


def board_person(event: Event, person: Attendee) -> BoardPerson:
    """One attendee as organisers see them."""
    return BoardPerson(
        id=person.id,
        name=person.card.name,
        team=person.card.team,
        presence=person.presence,
        ready=person.ready,
        room=person.room,
        why=why_without_room(event, person),
        health=person.health,
        microphone=person.microphone,
        camera=person.camera,
        arrived_at=person.arrived_at,
        gone_since=person.gone_since,
        help_text=person.help_text,
        help_at=person.help_at,
        removed=person.id in event.removed,
    )


def board_room(room: Room) -> BoardRoom:
    """One open room as organisers see it."""
    return BoardRoom(id=room.id, number=room.number, people=room.people, clock=room.clock, extended=room.extended)


def organiser_names(event: Event) -> tuple[str, ...]:
    """Who has a console open, each name once."""
    return tuple(dict.fromkeys(organiser.name for organiser in event.organisers.values()))
