"""The organiser's hand on the next round before it opens: preview, pin, swap, exclude, another chance."""

from msgspec.structs import replace

from rooms.event import agenda, rounds
from rooms.event.clocks import left_ms
from rooms.event.explain import cost, why
from rooms.event.ledger import Ledger
from rooms.event.state import Event, Formed, peaceful, pins, pool_size, to_be_matched
from rooms.language import changes as c
from rooms.language import commands as k
from rooms.language.ids import AttendeeId
from rooms.language.refusals import Refusal, RefusedError

Group = tuple[AttendeeId, ...]


def preview_round(ledger: Ledger) -> None:
    """Make the next round from who is ready now. What is made already and still true is not made again."""
    event = ledger.event
    if agenda.upcoming(event) is None:
        raise RefusedError(Refusal.NO_ROUND)
    if pool_size(event) < 2:
        raise RefusedError(Refusal.TOO_FEW)
    on_its_way = event.asked_at is not None and ledger.at - event.asked_at < agenda.MATCH_WAIT_MS
    if not on_its_way and (event.asked_at is not None or rounds.outdated(event)):
        rounds.want_match(ledger)


def pin_room(ledger: Ledger, wish: k.PinRoom) -> None:
    """Hold a room, or let it go. A room that is not there any more is not held."""
    wanted = frozenset(wish.people)
    if not wish.pinned:
        if any(wanted & set(room) for room in ledger.event.pinned):
            ledger.write(c.RoomPinned(people=wish.people, pinned=False))
            _ask_again_if_asked(ledger)
        return
    found = [match for match in _made(ledger).matches if frozenset(match) == wanted]
    if not found:
        raise RefusedError(Refusal.MADE_ANEW)
    if not peaceful(ledger.event, found[0]):
        raise RefusedError(Refusal.KEPT_APART)
    if all(frozenset(room) != wanted for room in ledger.event.pinned):
        ledger.write(c.RoomPinned(people=found[0], pinned=True))
        _ask_again_if_asked(ledger)


def swap_places(ledger: Ledger, wish: k.SwapPlaces) -> None:
    """Two people take each other's place. Only people who must not meet are a reason to refuse; the rest is told."""
    match, people = _made(ledger), frozenset(wish.people)
    mine, theirs = match.place.get(wish.one), match.place.get(wish.other)
    if mine is not None and frozenset(match.matches[mine]) - {wish.one} == people:
        return
    known = mine is not None or wish.one in match.sits_out
    if not known or theirs is None or mine == theirs or frozenset(match.matches[theirs]) - {wish.other} != people:
        raise RefusedError(Refusal.MADE_ANEW)
    if not (to_be_matched(ledger.event, wish.one) and to_be_matched(ledger.event, wish.other)):
        raise RefusedError(Refusal.NOT_HERE)
    rooms = [_exchanged(match.matches[theirs], wish.other, wish.one)]
    if mine is not None:
        rooms.append(_exchanged(match.matches[mine], wish.one, wish.other))
    if not all(peaceful(ledger.event, room) for room in rooms):
        raise RefusedError(Refusal.KEPT_APART)
    told = why(ledger.event, rooms)
    reasons = tuple(reason for room in rooms for reason in told[room])
    ledger.write(c.PlacesSwapped(one=wish.one, other=wish.other, reasons=reasons, given_up=cost(ledger.event, rooms)))
    ledger.feed("swapped", ledger.names(wish.one, wish.other))
    _ask_again_if_asked(ledger)


def _exchanged(room: Group, out: AttendeeId, into: AttendeeId) -> Group:
    return tuple(into if who == out else who for who in room)


def exclude(ledger: Ledger, wish: k.ExcludeAttendee) -> None:
    """Somebody sits out the next round, or does not have to any more."""
    person = ledger.person(wish.attendee)
    if (person.id in ledger.event.excluded) == wish.excluded:
        return
    ledger.write(c.AttendeeExcluded(attendee=person.id, excluded=wish.excluded))
    ledger.feed("excluded" if wish.excluded else "included", (person.card.name,))
    _make_anew(ledger)


def redo(ledger: Ledger, wish: k.RedoRound) -> None:
    """The same people by another chance; what is pinned stays. Back to the one before are the very rooms it had."""
    _made(ledger)
    if wish.redo == ledger.event.redo:
        return
    if _opens_now(ledger):
        raise RefusedError(Refusal.OPENS_NOW)
    replaced = ledger.event.replaced
    ledger.write(c.ChanceChanged(redo=wish.redo))
    ledger.feed("redone")
    if replaced is not None and replaced.redo == wish.redo and _still_true(ledger.event, replaced):
        ledger.write(_as_it_was(ledger.event, replaced))
    else:
        _make_anew(ledger)


def _still_true(event: Event, match: Formed) -> bool:
    """Whether this is for those who are here now, and holds what is pinned."""
    rooms = {frozenset(people) for people in match.matches}
    return not rounds.outdated(replace(event, match=match)) and all(frozenset(room) in rooms for room in pins(event))


def _as_it_was(event: Event, match: Formed) -> c.MatchMade:
    return c.MatchMade(
        request=event.request,
        matches=match.matches,
        reasons=tuple(reason for reasons in match.reasons for reason in reasons),
        sits_out=tuple(match.sits_out.values()),
        given_up=match.given_up,
    )


def _make_anew(ledger: Ledger) -> None:
    """Ask the matcher again if the next round is made or in the making; too late, it is mended as it opens."""
    event = ledger.event
    begun = event.match is not None or event.asked_at is not None
    if begun and agenda.upcoming(event) is not None and not _opens_now(ledger):
        rounds.want_match(ledger)


def _ask_again_if_asked(ledger: Ledger) -> None:
    """An answer that is on its way knows nothing of this; it must not undo it."""
    if ledger.event.asked_at is not None:
        _make_anew(ledger)


def _made(ledger: Ledger) -> Formed:
    if ledger.event.match is None or agenda.upcoming(ledger.event) is None:
        raise RefusedError(Refusal.NOTHING_MADE)
    return ledger.event.match


def _opens_now(ledger: Ledger) -> bool:
    event = ledger.event
    if not agenda.opening_due(event) or event.clock is None:
        return False
    return left_ms(event.clock, ledger.at) <= rounds.REMATCH_MS
