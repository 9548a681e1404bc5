"""Folding the next round into the event: the matches as they are made, and what organisers change about them."""

from collections.abc import Sequence
from itertools import combinations
from typing import assert_never

from msgspec.structs import replace

from rooms.event.agenda import opening_due
from rooms.event.state import Event, Formed, pair
from rooms.language import changes as c
from rooms.language.board import Mixing
from rooms.language.cards import Reason
from rooms.language.ids import AttendeeId
from rooms.matching.crowd import plain

Group = tuple[AttendeeId, ...]
Steering = (
    c.MatchMade | c.MatchPassed | c.RoomPinned | c.PlacesSwapped | c.AttendeeExcluded | c.ChanceChanged | c.PeopleParted
)


def fold(event: Event, change: Steering) -> Event:
    """The event with its next round as it is now."""
    match change:
        case c.MatchMade():
            return replace(event, match=_formed(event, change), asked_at=None)
        case c.MatchPassed():
            return _passed(event, change)
        case c.RoomPinned():
            return replace(event, pinned=_pinned(event.pinned, change.people, change.pinned))
        case c.PlacesSwapped():
            return _swapped(event, change)
        case c.AttendeeExcluded():
            return _excluded(event, change)
        case c.ChanceChanged():
            return replace(event, redo=change.redo, replaced=event.match)
        case c.PeopleParted():
            return _parted(event, change)
        case _:
            assert_never(change)


def _formed(event: Event, change: c.MatchMade) -> Formed:
    place = {who: index for index, match in enumerate(change.matches) for who in match}
    reasons: list[list[Reason]] = [[] for _ in change.matches]
    for reason in change.reasons:
        if reason.members and reason.members[0] in place:
            reasons[place[reason.members[0]]].append(reason)
    return Formed(
        matches=change.matches,
        reasons=tuple(tuple(some) for some in reasons),
        place=place,
        sits_out={who: reason for reason in change.sits_out for who in reason.members if who not in place},
        given_up=change.given_up,
        mixing=_mixing(event, change.matches),
        redo=event.redo,
        told=opening_due(event),
    )


def _remixed(event: Event, mixing: Mixing, out: list[Group], into: list[Group]) -> Mixing:
    """The same with some rooms in the place of others."""
    less, more = _mixing(event, out), _mixing(event, into)
    return Mixing(pairs=mixing.pairs - less.pairs + more.pairs, across=mixing.across - less.across + more.across)


def _mixing(event: Event, matches: Sequence[Group]) -> Mixing:
    teams = {who: plain(event.people[who].card.team) for match in matches for who in match if who in event.people}
    pairs = across = 0
    for match in matches:
        for one, other in combinations([teams[who] for who in match if teams.get(who)], 2):
            pairs += 1
            across += one != other
    return Mixing(pairs=pairs, across=across)


def _passed(event: Event, change: c.MatchPassed) -> Event:
    pairs = {pair(change.attendee, other) for other in change.others}
    return replace(event, passed=event.passed | pairs, match=_without(event.match, {change.attendee, *change.others}))


def _without(match: Formed | None, gone: set[AttendeeId]) -> Formed | None:
    if match is None:
        return None
    return replace(
        match,
        place={who: index for who, index in match.place.items() if who not in gone},
        sits_out={who: reason for who, reason in match.sits_out.items() if who not in gone},
    )


def _pinned(pinned: tuple[Group, ...], people: Group, held: bool) -> tuple[Group, ...]:
    """Nobody is in two: what shares somebody with these people is let go."""
    others = tuple(room for room in pinned if not set(room) & set(people))
    return (*others, people) if held else others


def _excluded(event: Event, change: c.AttendeeExcluded) -> Event:
    if not change.excluded:
        return replace(event, excluded=event.excluded - {change.attendee})
    return replace(event, excluded=event.excluded | {change.attendee}, match=_without(event.match, {change.attendee}))


def _parted(event: Event, change: c.PeopleParted) -> Event:
    two = frozenset((pair(change.one, change.other),))
    nevers = event.nevers | two if change.parted else event.nevers - two
    return replace(event, nevers=nevers, apart=event.blocked | nevers)


def _swapped(event: Event, change: c.PlacesSwapped) -> Event:
    match = event.match
    if match is None or change.other not in match.place:
        return event
    other_way = {change.one: change.other, change.other: change.one}
    touched = [match.place[who] for who in other_way if who in match.place]
    matches, reasons = list(match.matches), list(match.reasons)
    for index in touched:
        matches[index] = tuple(other_way.get(who, who) for who in matches[index])
        reasons[index] = tuple(reason for reason in change.reasons if set(reason.members) & set(matches[index]))
    people = {who for index in touched for who in matches[index]}
    pinned = event.pinned
    for index in touched:
        pinned = _pinned(pinned, matches[index], True)
    swapped = replace(
        match,
        matches=tuple(matches),
        reasons=tuple(reasons),
        place=match.place | {who: index for index in touched for who in matches[index]},
        given_up=(*(line for line in match.given_up if not set(line.members) & people), *change.given_up),
        mixing=_remixed(
            event, match.mixing, [match.matches[index] for index in touched], [matches[i] for i in touched]
        ),
    )
    return replace(event, match=_other_sits_out(swapped, change), pinned=pinned)


def _other_sits_out(match: Formed, change: c.PlacesSwapped) -> Formed:
    """Whoever gave their place to somebody who sat out sits out for the same reason."""
    reason = match.sits_out.get(change.one)
    if reason is None:
        return match
    out = {who: why for who, why in match.sits_out.items() if who != change.one}
    place = {who: index for who, index in match.place.items() if who != change.other}
    return replace(match, place=place, sits_out={**out, change.other: replace(reason, members=(change.other,))})
