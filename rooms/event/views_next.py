"""The round that comes next as organisers see it before it opens."""

from collections.abc import Iterable
from itertools import combinations

from msgspec.structs import replace

from rooms.event import agenda
from rooms.event.state import Event, Formed
from rooms.language.board import NextRoom, NextRound, Repeat, Two
from rooms.language.cards import Reason
from rooms.language.ids import AttendeeId


def next_round_ahead(event: Event) -> NextRound:
    """What is known of the next round but its rooms."""
    ahead = agenda.upcoming(event)
    if ahead is None or event.phase == "ended":
        return NextRound()
    match = event.match
    common = NextRound(
        round=ahead.round,
        making=event.asked_at is not None,
        excluded=tuple(sorted(who for who in event.excluded if who in event.people)),
        redo=event.redo,
    )
    return common if match is None else _made(event, common, match)


def _made(event: Event, common: NextRound, match: Formed) -> NextRound:
    return NextRound(
        round=common.round,
        rooms=len(match.matches),
        making=common.making,
        made=True,
        shown=match.told,
        sits_out=tuple(_said_to_hosts(event, reason) for reason in match.sits_out.values()),
        given_up=match.given_up,
        mixing=match.mixing,
        excluded=common.excluded,
        redo=common.redo,
    )


def _said_to_hosts(event: Event, reason: Reason) -> Reason:
    # A no is nobody's business but theirs who said it, not even a host's.
    passed = any(set(reason.members) & set(two) for two in event.passed)
    return replace(reason, code="not_enough_people") if passed and reason.code == "kept_apart" else reason


def next_rooms(event: Event) -> tuple[NextRoom, ...]:
    """The rooms of the next round, if it is made."""
    match = event.match
    if match is None or agenda.upcoming(event) is None:
        return ()
    return _rows(event, match, range(len(match.matches)))


def next_rooms_changed(before: Event, after: Event) -> tuple[NextRoom, ...]:
    """Those of its rooms that differ; what is the very same value is not looked at, for there may be thousands."""
    match = after.match
    if match is None or agenda.upcoming(after) is None:
        return ()
    if before.match is None or before.met is not after.met or agenda.upcoming(before) is None:
        known = set(next_rooms(before))
        return tuple(room for room in next_rooms(after) if room not in known)
    touched = _touched(before.match, match)
    if before.pinned is not after.pinned:
        moved = {who for room in set(before.pinned) ^ set(after.pinned) for who in room}
        touched |= {index for index, people in enumerate(match.matches) if not moved.isdisjoint(people)}
    known = set(_rows(before, before.match, [index for index in touched if index < len(before.match.matches)]))
    return tuple(row for row in _rows(after, match, sorted(touched)) if row not in known)


def _touched(before: Formed, after: Formed) -> set[int]:
    """Places of the rooms that are other values than before."""
    if before.matches is after.matches and before.reasons is after.reasons:
        return set()
    olds, news = (zip(match.matches, match.reasons, strict=True) for match in (before, after))
    same = [old is new and why is because for (old, why), (new, because) in zip(olds, news, strict=False)]
    return {index for index, kept in enumerate(same) if not kept} | set(range(len(same), len(after.matches)))


def _rows(event: Event, match: Formed, indexes: Iterable[int]) -> tuple[NextRoom, ...]:
    held = {who: index for index, room in enumerate(event.pinned) for who in room}
    return tuple(
        NextRoom(
            number=index + 1,
            people=match.matches[index],
            reasons=match.reasons[index],
            repeats=_repeats(event, match.matches[index]),
            pinned=_pinned(held, match.matches[index]),
        )
        for index in indexes
    )


def _repeats(event: Event, people: tuple[AttendeeId, ...]) -> tuple[Repeat, ...]:
    found = ((one, other, event.met.get(one, {}).get(other, ())) for one, other in combinations(people, 2))
    return tuple(Repeat(members=(one, other), rounds=rounds) for one, other, rounds in found if rounds)


def _pinned(held: dict[AttendeeId, int], people: tuple[AttendeeId, ...]) -> bool:
    """Whether two of these are held together; one who is left of a pinned room is not."""
    rooms = [held[who] for who in people if who in held]
    return len(rooms) > len(set(rooms))


def pairs_apart(event: Event) -> tuple[Two, ...]:
    """Who must not share a room, in a fixed order."""
    return tuple(sorted(event.apart))


def pairs_parted(event: Event) -> tuple[Two, ...]:
    """Those whom organisers keep apart, in a fixed order."""
    return tuple(sorted(event.nevers))
