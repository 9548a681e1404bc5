"""Evenings whose next round is made before it is due, and what an organiser asks about it."""

from rooms.event.state import Formed
from rooms.language import commands as k
from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment
from rooms.language.ids import AttendeeId, Role
from rooms.language.refusals import Refusal
from tests.support.builders import Evening, an_event

LONG = (LobbySegment(length_s=600), RoundsSegment(rounds=4, length_s=120, changeover_s=60), ClosingSegment())
Group = tuple[AttendeeId, ...]


def made(evening: Evening) -> Formed:
    """The next round, which is made."""
    assert evening.event.match is not None
    return evening.event.match


def previewed(people: int = 6) -> Evening:
    """So many people in a long lobby; the organiser has asked for the next round."""
    evening = an_event(LONG).in_lobby().with_attendees(people)
    evening.organiser(k.PreviewRound())
    return evening


def mates(evening: Evening, who: AttendeeId) -> Group:
    """With whom somebody is to be."""
    match = made(evening)
    return tuple(other for other in match.matches[match.place[who]] if other != who)


def swap(evening: Evening, one: AttendeeId, other: AttendeeId) -> k.SwapPlaces:
    """That `one` takes the place which `other` has now."""
    return k.SwapPlaces(one=one, other=other, people=mates(evening, other))


def refused(evening: Evening, wish: k.OrganiserCommand) -> Refusal | None:
    """Why an organiser may not."""
    return evening.refusal(wish, "o1", Role.ORGANISER)


def opened(evening: Evening) -> set[frozenset[AttendeeId]]:
    """The rooms of the round, once it has opened."""
    while evening.event.phase != "talking":
        evening.next_deadline()
    return {frozenset(people) for people in evening.rooms()}
