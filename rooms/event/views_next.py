"""The round that comes next as organisers see it before it opens."""

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
    if event.match is None or not next_round_ahead(event).round:
        return ()
    held = {who: index for index, room in enumerate(event.pinned) for who in room}
    return tuple(
        NextRoom(
            number=index + 1,
            people=people,
            reasons=event.match.reasons[index],
            repeats=_repeats(event, people),
            pinned=_pinned(held, people),
        )
        for index, people in enumerate(event.match.matches)
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
