"""The organiser's hand on the programme: open, start, undo, pause, extend, end, next."""

from rooms.event import agenda, due, rounds, seats
from rooms.event.clocks import longer, started
from rooms.event.ledger import Ledger
from rooms.event.state import Room, pool_size, rooms_in_order
from rooms.language import changes as c
from rooms.language import commands as k
from rooms.language.agenda import RoundsSegment
from rooms.language.cards import Clock
from rooms.language.limits import EXTENSION_MS, FORMING_MS
from rooms.language.refusals import Refusal, RefusedError


def open_event(ledger: Ledger) -> None:
    """Open the doors now; open doors stay open."""
    if ledger.event.phase == "draft":
        due.open_event(ledger)


def start_round(ledger: Ledger) -> None:
    """Begin the next round: at once from a changeover, after a moment in which it can be undone from a wait."""
    if ledger.event.phase == "forming":
        return
    index = _next_rounds(ledger)
    if pool_size(ledger.event) < 2:
        raise RefusedError(Refusal.TOO_FEW)
    resume_if_paused(ledger)
    if ledger.event.phase == "changeover" and agenda.upcoming(ledger.event) is not None:
        _skip_wait(ledger)
    else:
        rounds.begin_forming(ledger, index, started(rounds.start_ms(ledger.event), ledger.at))


def _next_rounds(ledger: Ledger) -> int:
    ahead = agenda.upcoming(ledger.event)
    if ahead is not None:
        return ahead.segment
    parts = ledger.event.plan.agenda
    for index in range(ledger.event.segment + 1, len(parts)):
        if isinstance(parts[index], RoundsSegment):
            return index
    raise RefusedError(Refusal.NOTHING_NEXT)


def _skip_wait(ledger: Ledger) -> None:
    """Open as soon as the matches are there."""
    length_ms = ledger.event.clock.length_ms if ledger.event.clock else 0
    ledger.write(c.ClockChanged(clock=Clock(length_ms=length_ms, ends_at=ledger.at)))
    if ledger.event.told is not None:
        rounds.open_round(ledger)


def cancel_round(ledger: Ledger) -> None:
    """Back to the lobby. What is left of the wait runs on if it is worth it; otherwise it takes a word to begin."""
    event = ledger.event
    if event.phase != "forming":
        return
    resume_if_paused(ledger)
    clock = event.back.clock if event.back else None
    worth = clock is not None and clock.ends_at is not None and clock.ends_at - ledger.at > 2 * FORMING_MS
    ledger.write(c.FormingCancelled(clock=clock if worth else None))


def pause(ledger: Ledger) -> None:
    """Stop all clocks."""
    if ledger.event.paused_at is not None:
        raise RefusedError(Refusal.ALREADY_PAUSED)
    if ledger.event.clock is None and not ledger.event.rooms:
        raise RefusedError(Refusal.WRONG_PHASE)
    ledger.write(c.EventPaused())
    ledger.feed("paused")


def resume(ledger: Ledger) -> None:
    """Let all clocks run on."""
    if ledger.event.paused_at is None:
        raise RefusedError(Refusal.NOT_PAUSED)
    resume_if_paused(ledger)


def resume_if_paused(ledger: Ledger) -> None:
    """Whoever moves the programme on does not leave the clocks standing."""
    if ledger.event.paused_at is not None:
        ledger.write(c.EventResumed())
        ledger.feed("resumed")


def extend(ledger: Ledger, wish: k.ExtendRound) -> None:
    """One minute more for all, or for one room where the agenda has room."""
    if wish.room is not None:
        _extend_room(ledger, wish)
        return
    clock = ledger.event.clock
    if clock is None:
        raise RefusedError(Refusal.WRONG_PHASE)
    ledger.write(c.ClockChanged(clock=longer(clock, EXTENSION_MS)))
    if ledger.event.phase == "talking":
        for room in rooms_in_order(ledger.event):
            ledger.write(_longer_room(room, room.extended))
    ledger.feed("extended")


def _extend_room(ledger: Ledger, wish: k.ExtendRound) -> None:
    room = ledger.event.rooms.get(wish.room) if wish.room is not None else None
    if room is None:
        raise RefusedError(Refusal.ROOM_GONE)
    if not agenda.spare_time(ledger.event):
        raise RefusedError(Refusal.NO_SPARE_TIME)
    extend_room(ledger, room)


def extend_room(ledger: Ledger, room: Room) -> None:
    """One minute more for this room alone."""
    ledger.write(_longer_room(room, True))
    ledger.feed("room_extended", room=room.number)


def _longer_room(room: Room, extended: bool) -> c.RoomClockChanged:
    return c.RoomClockChanged(room=room.id, clock=longer(room.clock, EXTENSION_MS), extended=extended)


def end_round(ledger: Ledger) -> None:
    """End the round now; twice does no harm."""
    if ledger.event.phase == "talking":
        resume_if_paused(ledger)
        rounds.end_round(ledger)


def next_segment(ledger: Ledger) -> None:
    """Go to the next part of the agenda now; a round that is forming begins at once."""
    event = ledger.event
    if event.phase == "forming" and event.round == 0:
        resume_if_paused(ledger)
        _skip_wait(ledger)
        return
    index = event.segment + 1
    if index >= len(event.plan.agenda):
        raise RefusedError(Refusal.NOTHING_NEXT)
    resume_if_paused(ledger)
    if event.phase == "talking":
        rounds.end_round(ledger)
    rounds.begin_segment(ledger, index)


def end_event(ledger: Ledger) -> None:
    """End the event for everybody."""
    for room in rooms_in_order(ledger.event):
        seats.close_room(ledger, room.id)
    rounds.end_event(ledger)
