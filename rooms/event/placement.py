"""Finding a room for whoever has none: orphans, latecomers, and who is left over when a round opens."""

from typing import Literal

from rooms.event.clocks import left_ms
from rooms.event.company import Company, Group, Tables
from rooms.event.ledger import Ledger
from rooms.event.state import Attendee, Event, Room, fits, pool, rooms_in_order, rounds_segment
from rooms.language import changes as c
from rooms.language.agenda import RoundsSegment
from rooms.language.cards import Reason
from rooms.language.ids import AttendeeId, Instant
from rooms.language.limits import LATE_SHARE, MESH_SEATS
from rooms.language.rules import Weights

TOGETHER_MS = 20_000
"""Two people without a partner are put together while so much time is left …"""
TOGETHER_SHARE = 0.1
"""… or this share of a shorter round."""
ORPHAN_SHARE = 0.25
"""Share of a round that must be left for an orphan to join a pair."""

LateCode = Literal["alone", "latecomer"]


# While a round runs.


def without_partner(event: Event) -> list[Attendee]:
    """Who could talk now but has nobody and did not wish it so, who came first first."""
    return sorted((event.people[who] for who in event.lists.loose), key=lambda person: person.number)


def is_orphan(person: Attendee) -> bool:
    """Whether somebody lost their partner, as opposed to having come late."""
    return person.without is not None and person.without.code == "alone"


def pairs_to_make(event: Event, at: Instant) -> list[tuple[Attendee, Attendee]]:
    """Who is to be put together at once: those longest here first, strangers before acquaintances."""
    if not _time_together(event, at):
        return []
    waiting = without_partner(event)
    if len(waiting) < 2:
        return []
    pairs, _ = Company(event, event.apart, _weights(event)).pair_up(person.id for person in waiting)
    return [(event.people[one], event.people[other]) for one, other in pairs]


def _weights(event: Event) -> Weights:
    running = rounds_segment(event)
    return running.weights if running is not None else Weights()


def _time_together(event: Event, at: Instant) -> bool:
    if event.clock is None:
        return False
    left = left_ms(event.clock, at)
    return left > TOGETHER_MS or left > TOGETHER_SHARE * event.clock.length_ms


def time_enough(event: Event, person: Attendee, at: Instant) -> bool:
    """Whether so much of the round is left that this person may still join a pair."""
    if event.clock is None or event.clock.length_ms == 0:
        return False
    share = left_ms(event.clock, at) / event.clock.length_ms
    return share > (ORPHAN_SHARE if is_orphan(person) else LATE_SHARE)


def offers(ledger: Ledger) -> None:
    """Offer each single a place with a pair, and take back what can no longer be had."""
    event = ledger.event
    for person in [event.people[who] for who in sorted(event.lists.offered)]:
        if not _still_good(event, person):
            ledger.write(c.OfferMade(attendee=person.id, room=None))
    singles = [person for person in without_partner(ledger.event) if person.offer is None and _may_join(ledger, person)]
    if not singles:
        return
    company, rooms = Company(event, event.apart, _weights(event)), list(filter(_has_place, rooms_in_order(event)))
    for person in singles:
        best = company.best(person.id, ((room.id, room.people, len(room.people)) for room in rooms))
        if best is not None:
            ledger.write(c.OfferMade(attendee=person.id, room=best))


def _still_good(event: Event, person: Attendee) -> bool:
    room = event.rooms.get(person.offer) if person.offer is not None else None
    return room is not None and _has_place(room) and fits(event, person.id, room.people)


def _has_place(room: Room) -> bool:
    return not room.extended and 0 < len(room.people) < MESH_SEATS


def _may_join(ledger: Ledger, person: Attendee) -> bool:
    sits_out = person.without is not None and person.without.code == "odd_number"
    return not sits_out and time_enough(ledger.event, person, ledger.at)


# When a round opens.


def settle(event: Event, plan: RoundsSegment) -> tuple[list[Group], list[Reason]]:
    """The rooms of the round about to open: the matches as they were made, mended for who is here at this instant."""
    here = set(pool(event))
    company = Company(event, event.apart | event.passed, plan.weights)
    groups: list[Group] = []
    for match in event.match.matches if event.match else ():
        group = _peaceful(company, tuple(who for who in dict.fromkeys(match) if who in here))[:MESH_SEATS]
        if len(group) >= 2:
            groups.append(group)
            here.difference_update(group)
    loose = sorted(here, key=lambda who: (-event.people[who].sat_out, event.people[who].number))
    return groups, _take_in(company, groups, loose, plan)


def set_aside(event: Event) -> list[Reason]:
    """Why those sit out whom an organiser has excluded from this round."""
    here = (who for who in sorted(event.excluded) if who in event.people and not event.people[who].left)
    return [Reason(code="host_wish", members=(who,)) for who in here]


def _peaceful(company: Company, group: Group) -> Group:
    kept: Group = ()
    for who in group:
        if all(company.may_meet(who, other) for other in kept):
            kept = (*kept, who)
    return kept


def _take_in(company: Company, groups: list[Group], loose: list[AttendeeId], plan: RoundsSegment) -> list[Reason]:
    """Fill groups that are short, then make pairs, then let the last one join, split a group, or sit out."""
    short = Tables(groups, plan.size)
    pairs, left = company.pair_up([who for who in loose if not short.join(company, who)])
    groups += pairs
    sits_out = plan.size == 2 and plan.odd == "sit_out"
    larger = Tables(groups, min(plan.size + 1, MESH_SEATS))
    return [
        _why_out(groups, who, sits_out)
        for who in left
        if sits_out or not (larger.join(company, who) or larger.split(company, who))
    ]


def _why_out(groups: list[Group], who: AttendeeId, sits_out: bool) -> Reason:
    if not groups:
        return Reason(code="not_enough_people", members=(who,))
    if sits_out:
        return Reason(code="odd_number", members=(who,))
    return Reason(code="kept_apart", members=(who,))
