"""Arriving, leaving, coming back, and wanting to be matched."""

from rooms.event import seats
from rooms.event.ledger import Ledger
from rooms.event.state import Attendee, fits
from rooms.language import changes as c
from rooms.language import commands as k
from rooms.language import errands as e
from rooms.language.cards import Reason
from rooms.language.limits import ATTENDEES_PER_EVENT, MESH_SEATS
from rooms.language.refusals import Refusal, RefusedError


def arrive(ledger: Ledger, errand: e.Arrive) -> None:
    """Somebody is here by a new connection, which from now on is the only one that counts."""
    event, person = ledger.event, ledger.event.people.get(errand.card.id)
    if errand.card.id in event.removed:
        raise RefusedError(Refusal.REMOVED)
    if event.phase == "ended":
        raise RefusedError(Refusal.EVENT_ENDED)
    if person is not None and (errand.connection == person.connection or errand.connection in person.earlier):
        return
    _check_capacity(ledger, person)
    ledger.write(c.AttendeeArrived(card=errand.card, connection=errand.connection, traits=errand.traits))
    if person is None:
        ledger.feed("arrived", (errand.card.name,))
    elif person.left:
        ledger.feed("returned", (errand.card.name,))
        _back_to_seat(ledger, person)


def _check_capacity(ledger: Ledger, person: Attendee | None) -> None:
    event = ledger.event
    if person is not None and not person.left:
        return
    full = 0 < event.plan.capacity <= event.present
    if full or (person is None and len(event.people) >= ATTENDEES_PER_EVENT):
        raise RefusedError(Refusal.EVENT_FULL)


def _back_to_seat(ledger: Ledger, person: Attendee) -> None:
    """Whoever lost a seat by staying away too long gets it back while its room is still open."""
    for room in (ledger.event.rooms.get(key) for key in person.was_in):
        if room is None or room.seats[person.id].gone != "lost" or len(room.people) >= MESH_SEATS:
            continue
        if fits(ledger.event, person.id, room.people):
            reason = Reason(code="latecomer", members=(person.id,))
            ledger.write(c.SeatGiven(attendee=person.id, room=room.id, reason=reason))
            return


def depart(ledger: Ledger, errand: e.Depart) -> None:
    """A connection is gone; that of a tab which another one replaced does not count."""
    person = ledger.event.people.get(errand.attendee)
    if person is None or person.connection != errand.connection:
        return
    if errand.meant:
        seats.vacate(ledger, person.id, "left")
    ledger.write(c.AttendeeGone(attendee=person.id, meant=errand.meant))
    if errand.meant:
        ledger.feed("left", (person.card.name,))


def change_card(ledger: Ledger, errand: e.ChangeCard) -> None:
    """A card or what the matcher knows was saved; who has not come yet brings it along."""
    person = ledger.event.people.get(errand.card.id)
    if person is not None and (person.card, person.traits) != (errand.card, errand.traits):
        ledger.write(c.CardChanged(card=errand.card, traits=errand.traits))


def recall_meetings(ledger: Ledger, errand: e.RecallMeetings) -> None:
    """Whom somebody met at earlier events of the series. Whoever comes later brings their part of it along."""
    event = ledger.event
    if errand.attendee not in event.people:
        return
    met = {who: ago for who, ago in errand.met if who in event.people and who != errand.attendee}
    if met != event.known.get(errand.attendee, {}):
        ledger.write(c.MeetingsRecalled(attendee=errand.attendee, met=tuple(sorted(met.items()))))


def set_readiness(ledger: Ledger, wish: k.SetReadiness, by: Attendee) -> None:
    """To be matched or not: counts from the next round, or at once for somebody without a room."""
    if by.ready != wish.ready:
        ledger.write(c.ReadinessChanged(attendee=by.id, ready=wish.ready))


def pass_match(ledger: Ledger, by: Attendee) -> None:
    """Rather not this one, this time. Whom it concerns is told nothing but their new match."""
    match = ledger.event.told
    if match is None or by.id not in match.place:
        return
    others = tuple(who for who in match.matches[match.place[by.id]] if who != by.id)
    ledger.write(c.MatchPassed(attendee=by.id, others=others))


def organiser_arrive(ledger: Ledger, errand: e.OrganiserArrive) -> None:
    """A console was opened."""
    if errand.connection not in ledger.event.organisers:
        ledger.write(c.OrganiserArrived(organiser=errand.organiser, name=errand.name, connection=errand.connection))


def organiser_depart(ledger: Ledger, errand: e.OrganiserDepart) -> None:
    """A console was closed."""
    if errand.connection in ledger.event.organisers:
        ledger.write(c.OrganiserGone(connection=errand.connection))
