"""What holds of every event at every moment, whatever has happened to it: in words, what does not."""

from collections.abc import Callable
from itertools import combinations

from rooms.event.clocks import left_ms
from rooms.event.register import listed
from rooms.event.state import Attendee, Event, kept_apart
from rooms.event.views import why_without_room
from rooms.language.ids import Instant
from rooms.language.limits import MESH_SEATS

LATE_MS = 20_000
"""So close to the end of a round nobody is given a room any more."""


def wrong_at(event: Event, now: Instant) -> list[str]:
    """Everything that is not as it must be."""
    return [found for check in CHECKS for found in check(event, now)]


def _seats(event: Event, _now: Instant) -> list[str]:
    found = []
    held = [who for room in event.rooms.values() for who in room.people]
    if len(held) != len(set(held)):
        found.append("somebody holds two seats")
    for room in event.rooms.values():
        if not 1 <= len(room.people) <= MESH_SEATS:
            found.append(f"room {room.id} has {len(room.people)} people")
        if any(event.people[who].room != room.id for who in room.people):
            found.append(f"room {room.id} and its people disagree")
    for person in event.people.values():
        if person.room is not None and person.id not in event.rooms[person.room].people:
            found.append(f"{person.id} believes in a seat they have not")
    return found


def _counts(event: Event, _now: Instant) -> list[str]:
    here = [person for person in event.people.values() if not person.left]
    found = [] if event.present == len(here) else ["the count of those present is wrong"]
    if event.ready != sum(person.ready for person in here):
        found.append("the count of those ready is wrong")
    if set(event.away) != {person.id for person in here if person.connection is None}:
        found.append("who is away is wrong")
    if event.lists != listed(event).lists:
        found.append("a list is not what the people say")
    return found


def _forgotten(event: Event, now: Instant) -> list[str]:
    if event.phase != "talking":
        return []
    waiting = [person for person in event.people.values() if _waits(person)]
    found = [f"{person.id} is told nothing" for person in waiting if why_without_room(event, person) is None]
    assert event.clock is not None
    if left_ms(event.clock, now) <= LATE_MS:
        return found
    for one, other in combinations(waiting, 2):
        if not kept_apart(event, one.id, other.id):
            found.append(f"{one.id} and {other.id} wait beside each other")
    return found


def _waits(person: Attendee) -> bool:
    wished = person.without is not None and person.without.code in ("own_wish", "host_wish")
    return person.ready and person.connection is not None and person.room is None and not wished


def _clocks(event: Event, _now: Instant) -> list[str]:
    clocks = [clock for clock in (event.clock, *(room.clock for room in event.rooms.values())) if clock is not None]
    found = ["a clock stands below zero" for clock in clocks if clock.left_ms is not None and clock.left_ms < 0]
    paused = event.paused_at is not None
    if any((clock.ends_at is None) != paused for clock in clocks):
        found.append("a clock runs in a pause or stands without one")
    return found


def _ahead(event: Event, _now: Instant) -> list[str]:
    found = []
    if len({who for room in event.pinned for who in room}) != sum(len(room) for room in event.pinned):
        found.append("somebody is held in two rooms")
    if event.apart != event.blocked | event.nevers:
        found.append("who is kept apart is wrong")
    match = event.match
    if match is None:
        return found
    seated = [who for room in match.matches for who in room]
    if len(seated) != len(set(seated)) or set(seated) & match.sits_out.keys():
        found.append("somebody is twice in the next round")
    if any(who not in match.matches[index] for who, index in match.place.items()):
        found.append("somebody believes in another room of the next round")
    if match.told and not (event.phase == "forming" or event.phase == "changeover"):
        found.append(f"people are shown the next round in {event.phase}")
    return found


CHECKS: tuple[Callable[[Event, Instant], list[str]], ...] = (_seats, _counts, _forgotten, _clocks, _ahead)
