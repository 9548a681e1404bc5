"""Folding what happened to one person into the event."""

from typing import assert_never

from msgspec.structs import replace

from rooms.event.register import with_person
from rooms.event.state import EARLIER_CONNECTIONS, Attendee, Event
from rooms.language import changes as c
from rooms.language.ids import AttendeeId, ConnectionId, Instant

Personal = (
    c.AttendeeArrived
    | c.AttendeeGone
    | c.AttendeeLost
    | c.CardChanged
    | c.ReadinessChanged
    | c.OfferMade
    | c.MediaTold
    | c.HelpAsked
    | c.HelpSettled
    | c.AttendeeRemoved
    | c.AttendeeReadmitted
)


def fold(event: Event, change: Personal, at: Instant) -> Event:
    """The event with that person as they are now."""
    match change:
        case c.AttendeeArrived():
            return with_person(event, _arrived(event, change, at))
        case c.AttendeeRemoved():
            return _removed(event, change.attendee, at)
        case c.AttendeeReadmitted():
            return replace(event, removed=event.removed - {change.attendee})
        case c.CardChanged():
            person = event.people.get(change.card.id)
        case _:
            person = event.people.get(change.attendee)
    return event if person is None else with_person(event, _changed(person, change, at))


Single = (
    c.AttendeeGone
    | c.AttendeeLost
    | c.CardChanged
    | c.ReadinessChanged
    | c.OfferMade
    | c.MediaTold
    | c.HelpAsked
    | c.HelpSettled
)


def _changed(person: Attendee, change: Single, at: Instant) -> Attendee:
    match change:
        case c.AttendeeGone():
            return _gone(person, change, at)
        case c.AttendeeLost():
            return replace(person, left=True, offer=None)
        case c.CardChanged():
            return replace(person, card=change.card, traits=change.traits)
        case c.ReadinessChanged():
            return _readiness(person, change.ready)
        case c.OfferMade():
            return replace(person, offer=change.room)
        case c.MediaTold():
            return replace(person, microphone=change.microphone, camera=change.camera, health=change.health)
        case c.HelpAsked():
            return replace(person, help_text=change.text, help_at=at)
        case c.HelpSettled():
            return replace(person, help_text=None, help_at=None)
        case _:
            assert_never(change)


def _arrived(event: Event, change: c.AttendeeArrived, at: Instant) -> Attendee:
    person = event.people.get(change.card.id)
    if person is None:
        number = len(event.people) + 1
        return Attendee(
            card=change.card, number=number, traits=change.traits, connection=change.connection, arrived_at=at
        )
    return replace(
        person,
        card=change.card,
        traits=change.traits,
        connection=change.connection,
        earlier=_earlier(person),
        gone_since=None,
        left=False,
        health=None,
    )


def _earlier(person: Attendee) -> tuple[ConnectionId, ...]:
    if person.connection is None:
        return person.earlier
    return (*person.earlier, person.connection)[-EARLIER_CONNECTIONS:]


def _gone(person: Attendee, change: c.AttendeeGone, at: Instant) -> Attendee:
    gone = replace(person, connection=None, earlier=_earlier(person), gone_since=at, health=None)
    # Who says goodbye does not want to be matched on coming back by chance.
    return replace(gone, left=True, ready=False, offer=None) if change.meant else gone


def _readiness(person: Attendee, ready: bool) -> Attendee:
    own_wish = person.without is not None and person.without.code == "own_wish"
    without = None if ready and own_wish else person.without
    return replace(person, ready=ready, without=without, offer=person.offer if ready else None)


def _removed(event: Event, attendee: AttendeeId, at: Instant) -> Event:
    event = replace(event, removed=event.removed | {attendee})
    person = event.people.get(attendee)
    if person is None:
        return event
    out = replace(
        person,
        connection=None,
        earlier=_earlier(person),
        gone_since=person.gone_since if person.gone_since is not None else at,
        left=True,
        ready=False,
        offer=None,
        help_text=None,
        help_at=None,
        health=None,
    )
    return with_person(event, out)
