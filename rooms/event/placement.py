"""Finding a room for whoever has none: orphans, latecomers, and who is left over when a round opens."""

from typing import Literal

from rooms.event.clocks import left_ms
from rooms.event.ledger import Ledger
from rooms.event.state import Attendee, Event, Room, fits, kept_apart, pair, pool
from rooms.language import changes as c
from rooms.language.cards import Reason
from rooms.language.ids import AttendeeId, Instant
from rooms.language.limits import LATE_SHARE, MESH_SEATS

TOGETHER_MS = 20_000
"""Two people without a partner are put together while so much time is left …"""
TOGETHER_SHARE = 0.1
"""… or this share of a shorter round."""
STRANGERS = -1_000
"""Longer ago than any event of a series."""
ORPHAN_SHARE = 0.25
"""Share of a round that must be left for an orphan to join a pair."""

Group = tuple[AttendeeId, ...]
LateCode = Literal["alone", "latecomer"]


# While a round runs.


def without_partner(event: Event) -> list[Attendee]:
    """Who could talk now but has nobody: ready, connected, without a room, and not because somebody wished it so."""
    return [
        person
        for person in event.people.values()
        if person.ready and person.connection is not None and person.room is None and not _wished(person)
    ]


def _wished(person: Attendee) -> bool:
    """By their own wish, or a host's."""
    return person.without is not None and person.without.code in ("own_wish", "host_wish")


def is_orphan(person: Attendee) -> bool:
    """Whether somebody lost their partner, as opposed to having come late."""
    return person.without is not None and person.without.code == "alone"


def pairs_to_make(event: Event, at: Instant) -> list[tuple[Attendee, Attendee]]:
    """Who is to be put together at once: those longest here first, strangers before acquaintances."""
    if not _time_together(event, at):
        return []
    waiting = sorted(without_partner(event), key=lambda person: person.number)
    found: list[tuple[Attendee, Attendee]] = []
    while waiting:
        one = waiting.pop(0)
        others = [other for other in waiting if not kept_apart(event, one.id, other.id)]
        if others:
            other = min(others, key=lambda person: (last_met(event, one.id, person.id), person.number))
            waiting.remove(other)
            found.append((one, other))
    return found


def _time_together(event: Event, at: Instant) -> bool:
    if event.clock is None:
        return False
    left = left_ms(event.clock, at)
    return left > TOGETHER_MS or left > TOGETHER_SHARE * event.clock.length_ms


def last_met(event: Event, one: AttendeeId, other: AttendeeId) -> int:
    """The number of the last round in which two people met; for earlier events of the series and strangers below 1."""
    if rounds := event.met.get(one, {}).get(other):
        return max(rounds)
    ago = event.known.get(one, {}).get(other) if event.plan.series_history else None
    return STRANGERS if ago is None else max(STRANGERS + 1, 1 - ago)


def time_enough(event: Event, person: Attendee, at: Instant) -> bool:
    """Whether so much of the round is left that this person may still join a pair."""
    if event.clock is None or event.clock.length_ms == 0:
        return False
    share = left_ms(event.clock, at) / event.clock.length_ms
    return share > (ORPHAN_SHARE if is_orphan(person) else LATE_SHARE)


def offers(ledger: Ledger) -> None:
    """Offer each single a place with a pair, and take back what can no longer be had."""
    singles = {person.id for person in without_partner(ledger.event)}
    for person in list(ledger.event.people.values()):
        if person.offer is not None and not _still_good(ledger.event, person):
            ledger.write(c.OfferMade(attendee=person.id, room=None))
        if person.id in singles and ledger.event.people[person.id].offer is None:
            _offer(ledger, ledger.event.people[person.id])


def _still_good(event: Event, person: Attendee) -> bool:
    room = event.rooms.get(person.offer) if person.offer is not None else None
    return room is not None and _has_place(event, person, room)


def _has_place(event: Event, person: Attendee, room: Room) -> bool:
    return 0 < len(room.people) < MESH_SEATS and not room.extended and fits(event, person.id, room.people)


def _offer(ledger: Ledger, person: Attendee) -> None:
    sits_out = person.without is not None and person.without.code == "odd_number"
    if sits_out or not time_enough(ledger.event, person, ledger.at):
        return
    rooms = [room for room in ledger.event.rooms.values() if _has_place(ledger.event, person, room)]
    if rooms:
        best = min(rooms, key=lambda room: (len(room.people), _acquaintance(ledger.event, person, room), room.number))
        ledger.write(c.OfferMade(attendee=person.id, room=best.id))


def _acquaintance(event: Event, person: Attendee, room: Room) -> int:
    return max(last_met(event, person.id, other) for other in room.people)


# When a round opens.


def settle(event: Event, size: int, odd: str) -> tuple[list[Group], list[Reason]]:
    """The rooms of the round about to open: the matches as they were made, mended for who is here at this instant."""
    here = set(pool(event))
    groups: list[Group] = []
    placed: set[AttendeeId] = set()
    for match in event.match.matches if event.match else ():
        group = _peaceful(event, tuple(who for who in dict.fromkeys(match) if who in here and who not in placed))
        if len(group) >= 2:
            groups.append(group[:MESH_SEATS])
            placed.update(group[:MESH_SEATS])
    loose = sorted(here - placed, key=lambda who: (-event.people[who].sat_out, event.people[who].number))
    return _take_in(event, groups, loose, (size, odd))


def set_aside(event: Event) -> list[Reason]:
    """Why those sit out whom an organiser has excluded from this round."""
    here = (who for who in sorted(event.excluded) if who in event.people and not event.people[who].left)
    return [Reason(code="host_wish", members=(who,)) for who in here]


def _peaceful(event: Event, group: Group) -> Group:
    kept: Group = ()
    for who in group:
        if all(_may_meet(event, who, other) for other in kept):
            kept = (*kept, who)
    return kept


def _may_meet(event: Event, one: AttendeeId, other: AttendeeId) -> bool:
    return pair(one, other) not in event.apart and pair(one, other) not in event.passed


def _take_in(
    event: Event, groups: list[Group], loose: list[AttendeeId], wanted: tuple[int, str]
) -> tuple[list[Group], list[Reason]]:
    """Fill groups that are short, then make pairs, then let the last one join, split a group, or sit out."""
    size, odd = wanted
    waiting = [who for who in loose if not _join(event, groups, who, size)]
    left: list[AttendeeId] = []
    while waiting:
        who = waiting.pop(0)
        others = [other for other in waiting if _may_meet(event, who, other)]
        if others:
            other = min(others, key=lambda one: (last_met(event, who, one), waiting.index(one)))
            waiting.remove(other)
            groups.append((who, other))
        else:
            left.append(who)
    out: list[Reason] = []
    for who in left:
        sits_out = size == 2 and odd == "sit_out"
        if sits_out or not (_join(event, groups, who, min(size + 1, MESH_SEATS)) or _split(event, groups, who)):
            out.append(_why_out(event, groups, who, sits_out))
    return groups, out


def _join(event: Event, groups: list[Group], who: AttendeeId, largest: int) -> bool:
    open_to = [
        index
        for index, group in enumerate(groups)
        if len(group) < largest and all(_may_meet(event, who, other) for other in group)
    ]
    if not open_to:
        return False
    best = min(open_to, key=lambda i: (len(groups[i]), max(last_met(event, who, other) for other in groups[i]), i))
    groups[best] = (*groups[best], who)
    return True


def _split(event: Event, groups: list[Group], who: AttendeeId) -> bool:
    """Take one person out of a group of three or more, to make a pair with whoever is left over."""
    partners = [
        (last_met(event, who, other), -len(group), index, other)
        for index, group in enumerate(groups)
        for other in group
        if len(group) > 2 and _may_meet(event, who, other)
    ]
    if not partners:
        return False
    *_, index, partner = min(partners)
    groups[index] = tuple(other for other in groups[index] if other != partner)
    groups.append((who, partner))
    return True


def _why_out(event: Event, groups: list[Group], who: AttendeeId, sits_out: bool) -> Reason:
    if not groups:
        return Reason(code="not_enough_people", members=(who,))
    if sits_out:
        return Reason(code="odd_number", members=(who,))
    return Reason(code="kept_apart", members=(who,))
