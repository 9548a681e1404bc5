"""Who is told what about an entry: the difference between two pictures, by audience and never by viewer."""

from collections.abc import Iterator
from itertools import chain

from rooms.event import views
from rooms.event.announce_board import board_changes
from rooms.event.audiences import Attendees, Audience, Everyone, Hearers, InRoom, Organisers, Person
from rooms.event.difference import Step
from rooms.event.state import Attendee, Event, Formed, rooms_in_order
from rooms.language import changes as c
from rooms.language import notices as n
from rooms.language.cards import RosterRow
from rooms.language.ids import AttendeeId, RoomId
from rooms.language.message import Value

__all__ = [
    "Announcement",
    "Attendees",
    "Audience",
    "Everyone",
    "Hearers",
    "InRoom",
    "Organisers",
    "Person",
    "announce",
    "announce_apart",
]


class Announcement(Value, frozen=True):
    """One notice and for whom it is."""

    audience: Audience
    notice: n.Notice


NO_ATTENDEES_BUSINESS = (
    c.MeetingHeld,
    c.MeetingsRecalled,
    c.FeedAdded,
    c.OrganiserArrived,
    c.OrganiserGone,
    c.ReportFiled,
    c.ReportClosed,
)
"""Changes that no attendee's picture shows; a round that ends has one for each room."""


def announce(before: Event, after: Event, entry: c.Entry, hearers: Hearers | None = None) -> Iterator[Announcement]:
    """What is to be told about this entry, in the order in which it is to be told; made one by one as it is taken.

    With `hearers`, without what none of them would hear: where half of ten thousand are elsewhere, half is not made.
    """
    return chain(*announce_apart(before, after, entry, hearers))


def announce_apart(
    before: Event, after: Event, entry: c.Entry, hearers: Hearers | None = None
) -> tuple[Iterator[Announcement], Iterator[Announcement]]:
    """The same in two parts: what people are told, then the console's board, which takes long in a large crowd."""
    step = Step(before, after, entry, hearers)
    return _to_attendees(step), _to_organisers(step)


def _to_organisers(step: Step) -> Iterator[Announcement]:
    board = board_changes(step) if step.hosts_hear and not isinstance(step.change, c.MeetingHeld) else None
    if board is not None:
        yield Announcement(Organisers(), board)


def _to_attendees(step: Step) -> Iterator[Announcement]:
    if isinstance(step.change, NO_ATTENDEES_BUSINESS):
        return
    yield from _course(step)
    yield from _roster(step)
    yield from _seats(step)
    yield from _rooms(step)
    yield from _next(step)
    yield from _me(step)
    yield from _once(step)


def _course_differs(step: Step) -> bool:
    before, after = step.before, step.after
    return (
        before.phase != after.phase
        or before.segment != after.segment
        or before.round != after.round
        or before.clock != after.clock
        or before.paused_at != after.paused_at
        or before.awaited_since != after.awaited_since
        or before.plan is not after.plan
        or before.begun is not after.begun
        or before.running is not after.running
    )


def _course(step: Step) -> Iterator[Announcement]:
    if _course_differs(step):
        view = views.event_view(step.after)
        if view != views.event_view(step.before):
            yield Announcement(Everyone(), n.EventChanged(event=view, now=step.at, seq=step.seq))


def _roster(step: Step) -> Iterator[Announcement]:
    before, after = step.before, step.after
    rows: list[RosterRow] = []
    gone = _fallen_off(before, after)
    for person in _listed(step):
        was = before.people.get(person.id)
        old, new = views.roster_row(was) if was else None, views.roster_row(person)
        if new is not None and new != old:
            rows.append(new)
        elif new is None and old is not None:
            gone.append(person.id)
    if rows or gone or (before.present, before.ready) != (after.present, after.ready):
        notice = n.RosterChanged(
            rows=tuple(rows), gone=tuple(gone), present=after.present, ready=after.ready, seq=step.seq
        )
        yield Announcement(Everyone(), notice)


def _listed(step: Step) -> list[Attendee]:
    """Those of the changed people whom the list names."""
    newest = step.after.lists.newest
    if len(step.people) <= len(newest):
        return [person for person in step.people if person.id in newest]
    found = [(step.before.people.get(who), step.after.people[who]) for who in newest]
    return [person for was, person in found if person is not was]


def _fallen_off(before: Event, after: Event) -> list[AttendeeId]:
    """Whom the list named before newer ones came."""
    if before.lists.newest is after.lists.newest:
        return []
    listed = set(after.lists.newest)
    return [who for who in before.lists.newest if who not in listed and not before.people[who].left]


# Seats and rooms.


def _seats(step: Step) -> Iterator[Announcement]:
    change, seq = step.change, step.seq
    match change:
        case c.SeatVacated() if step.hears(change.attendee):
            why = "left" if change.why == "lost" else change.why
            notice = n.RoomLeft(room=change.room, why=why, seq=seq)
            yield Announcement(Person(change.attendee), notice)
        case c.RoomClosed():
            closed = n.RoomLeft(room=change.room, why="alone" if change.alone else "round_ended", seq=seq)
            yield Announcement(InRoom(change.room), closed)
        case c.RoundEnded():
            for room in step.rooms:
                if room not in step.after.rooms and step.one_hears(step.after.closed[room]):
                    yield Announcement(InRoom(room), n.RoomLeft(room=room, why="round_ended", seq=seq))
        case _:
            return


def _rooms(step: Step) -> Iterator[Announcement]:
    if isinstance(step.change, c.ChatSaid):
        return
    for room in _touched_rooms(step):
        if not step.one_hears(step.after.rooms[room].seats):
            continue
        view = views.room_view(step.after, step.after.rooms[room])
        old = step.before.rooms.get(room)
        if old is None or view != views.room_view(step.before, old):
            yield Announcement(InRoom(room), n.RoomChanged(room=view, now=step.at, seq=step.seq))


def _touched_rooms(step: Step) -> list[RoomId]:
    before, after = step.before, step.after
    if not after.rooms:
        return []
    if before.phase != after.phase or before.plan is not after.plan or before.paused_at != after.paused_at:
        return [room.id for room in rooms_in_order(after)]
    touched = dict.fromkeys(step.rooms)
    for person in step.people:
        # Also where somebody is only shown as having left.
        touched |= dict.fromkeys(person.was_in if person.room is None else (person.room, *person.was_in))
    return [room for room in touched if room in after.rooms]


# What one person is told.


def _next(step: Step) -> Iterator[Announcement]:
    before, after = step.before, step.after
    if before.told is None and after.told is None:
        return
    if after.told is None:
        yield Announcement(Attendees(), n.NextChanged(next=None, seq=step.seq))
        return
    for who in _concerned(step, after.told):
        if not step.hears(who):
            continue
        new = views.next_round(after, who)
        if new != views.next_round(before, who):
            yield Announcement(Person(who), n.NextChanged(next=new, seq=step.seq))


def _concerned(step: Step, match: Formed) -> list[AttendeeId]:
    before, after = step.before, step.after
    same_course = before.clock == after.clock and before.phase == after.phase and before.plan is after.plan
    if isinstance(step.change, c.AttendeeExcluded):
        return [step.change.attendee]
    if isinstance(step.change, c.PlacesSwapped):
        swapped = (step.change.one, step.change.other)
        rooms = (match.matches[match.place[who]] for who in swapped if who in match.place)
        return list(dict.fromkeys([*swapped, *(who for room in rooms for who in room)]))
    if before.told is not match or not same_course:
        return list(after.people)
    groups = {match.place[person.id] for person in step.people if person.id in match.place}
    return [who for group in sorted(groups) for who in match.matches[group]]


def _me(step: Step) -> Iterator[Announcement]:
    for person in _told_of_themselves(step):
        if not step.hears(person.id):
            continue
        was = step.before.people.get(person.id)
        new = views.me(step.after, person)
        if was is None or new != views.me(step.before, was):
            yield Announcement(Person(person.id), n.MeChanged(me=new, seq=step.seq))


def _told_of_themselves(step: Step) -> list[Attendee]:
    before, after = step.before, step.after
    if before.phase != after.phase:
        return list(after.people.values())
    if before.rooms is after.rooms and not isinstance(step.change, c.CardChanged | c.AttendeeArrived):
        return step.people
    # An offer names those in the room, so it reads otherwise when they change.
    known = {person.id for person in step.people}
    return [*step.people, *(after.people[who] for who in sorted(after.lists.offered) if who not in known)]


def _once(step: Step) -> Iterator[Announcement]:
    """What passes and leaves no trace in any picture but the chat."""
    change, seq = step.change, step.seq
    match change:
        case c.ChatSaid():
            audience: Audience = Everyone() if change.line.room is None else InRoom(change.line.room)
            yield Announcement(audience, n.ChatHeard(line=change.line, seq=seq))
        case c.ReactionSent():
            seen = n.ReactionSeen(attendee=change.attendee, room=change.room, kind=change.kind, seq=seq)
            yield Announcement(InRoom(change.room), seen)
        case c.BroadcastSent():
            heard = n.BroadcastHeard(text=change.text, name=change.name, seq=seq)
            yield Announcement(Everyone() if change.room is None else InRoom(change.room), heard)
        case c.ConnectionMade():
            for who, other in ((change.one, change.other), (change.other, change.one)):
                name = step.after.people[other].card.name
                yield Announcement(Person(who), n.ConnectionFound(attendee=other, name=name, seq=seq))
        case _:
            return
