"""Keeping counts and lists of the people right, one person at a time or all at once."""

from collections.abc import Mapping
from typing import TypeVar

from immutables import Map
from msgspec.structs import replace

from rooms.event.state import Attendee, Event, Lists
from rooms.language.ids import AttendeeId, Instant
from rooms.language.limits import ROSTER_ROWS, ROSTER_ROWS_OF_MANY

V = TypeVar("V")


def with_person(event: Event, person: Attendee) -> Event:
    """The event with this person as they are now."""
    before = event.people.get(person.id)
    return replace(
        event,
        people=event.people.set(person.id, person),
        lists=_lists_with(event, before, person),
        away=_away_with(event.away, before, person),
        present=event.present + _counts(person)[0] - _counts(before)[0],
        ready=event.ready + _counts(person)[1] - _counts(before)[1],
    )


def with_people(event: Event, people: Mapping[AttendeeId, Attendee]) -> Event:
    """The event with all these as they are now: the same people, and as ready as they were."""
    offered = frozenset(who for who, person in people.items() if person.offer is not None)
    lists = replace(event.lists, loose=_loose(event, people), offered=offered)
    return replace(event, people=Map(people), lists=lists)


def listed(event: Event) -> Event:
    """The event with its lists made anew from the people, for whoever has only them."""
    people = sorted(event.people.values(), key=lambda person: person.number)
    lists = Lists(
        willing=Map({person.id: None for person in people if _willing(person)}),
        loose=_loose(event, event.people),
        offered=frozenset(person.id for person in people if person.offer is not None),
        newest=tuple(person.id for person in people[-_rows(len(people)) :]),
    )
    return replace(event, lists=lists)


def _lists_with(event: Event, before: Attendee | None, person: Attendee) -> Lists:
    lists, who = event.lists, person.id
    willing = _noted(lists.willing, who, _willing(person))
    loose = _noted(lists.loose, who, event.phase == "talking" and _is_loose(person))
    offered, newest = lists.offered, lists.newest
    if (who in offered) is (person.offer is None):
        offered = offered ^ {who}
    if before is None:
        newest = (*newest, who)[-_rows(person.number) :]
    if willing is lists.willing and loose is lists.loose and offered is lists.offered and newest is lists.newest:
        return lists
    return Lists(willing=willing, loose=loose, offered=offered, newest=newest)


def _noted(names: Map[AttendeeId, None], who: AttendeeId, wanted: bool) -> Map[AttendeeId, None]:
    if (who in names) is wanted:
        return names
    return names.set(who, None) if wanted else names.delete(who)


def _loose(event: Event, people: Mapping[AttendeeId, Attendee]) -> Map[AttendeeId, None]:
    if event.phase != "talking":
        return Map()
    return Map({who: None for who, person in people.items() if _is_loose(person)})


def _is_loose(person: Attendee) -> bool:
    return person.ready and person.connection is not None and person.room is None and not _wished(person)


def _wished(person: Attendee) -> bool:
    """By their own wish, or a host's."""
    return person.without is not None and person.without.code in ("own_wish", "host_wish")


def _willing(person: Attendee) -> bool:
    return person.ready and not person.left


def _rows(people: int) -> int:
    """How many the lobby's list names among so many."""
    return ROSTER_ROWS if people <= ROSTER_ROWS else ROSTER_ROWS_OF_MANY


def _away_with(away: Map[AttendeeId, Instant], before: Attendee | None, person: Attendee) -> Map[AttendeeId, Instant]:
    was = before.gone_since if before is not None and not before.left else None
    since = person.gone_since if not person.left else None
    if since == was:
        return away
    return away.delete(person.id) if since is None else away.set(person.id, since)


def _counts(person: Attendee | None) -> tuple[int, int]:
    if person is None or person.left:
        return 0, 0
    return 1, int(person.ready)
