"""Folding the course of the evening into the event: plan, phase, clock."""

from typing import assert_never

from immutables import Map
from msgspec.structs import replace

from rooms.event.clocks import run, stand
from rooms.event.phases import Step, after
from rooms.event.state import Back, Event, Formed, unsteered
from rooms.language import changes as c
from rooms.language.agenda import ClosingSegment
from rooms.language.cards import Clock
from rooms.language.ids import Instant

Course = (
    c.PlanChanged
    | c.EventOpened
    | c.SegmentBegun
    | c.EventEnded
    | c.MatchWanted
    | c.FormingBegun
    | c.FormingCancelled
    | c.PeopleAwaited
    | c.ClockChanged
    | c.EventPaused
    | c.EventResumed
)


def fold(event: Event, change: Course, at: Instant) -> Event:
    """The event with its programme, phase and clock as they are now."""
    match change:
        case c.PlanChanged():
            return _plan_changed(event, change)
        case c.EventOpened():
            return replace(event, phase=after(event.phase, Step.WAIT))
        case c.SegmentBegun():
            return _segment_begun(event, change, at)
        case c.EventEnded():
            ended = replace(event, asked_at=None, paused_at=None, awaited_since=None, back=None)
            return replace(unsteered(ended), phase=after(event.phase, Step.END), clock=None)
        case c.MatchWanted():
            return replace(event, request=change.request, asked_at=at)
        case c.FormingBegun():
            return _forming_begun(event, change)
        case c.FormingCancelled():
            return _back(event, change.clock, Step.CANCEL)
        case c.PeopleAwaited():
            return replace(_back(event, None, Step.AWAIT), awaited_since=at)
        case c.ClockChanged():
            return replace(event, clock=change.clock)
        case c.EventPaused():
            return _paused(event, at)
        case c.EventResumed():
            return _resumed(event, at)
        case _:
            assert_never(change)


def _plan_changed(event: Event, change: c.PlanChanged) -> Event:
    agenda, running = change.plan.agenda, event.running
    if running is not None and event.segment < len(agenda) and type(agenda[event.segment]) is type(running):
        running = agenda[event.segment]
    return replace(event, plan=change.plan, running=running)


def _segment_begun(event: Event, change: c.SegmentBegun, at: Instant) -> Event:
    running = event.plan.agenda[change.index] if change.index < len(event.plan.agenda) else None
    step = Step.WRAP_UP if isinstance(running, ClosingSegment) else Step.WAIT
    return replace(
        event,
        phase=after(event.phase, step),
        segment=change.index,
        running=running,
        round=0,
        clock=change.clock,
        begun={**event.begun, change.index: at},
        awaited_since=None,
        back=None,
        match=_kept_back(event),
        asked_at=None,
        passed=frozenset(),
    )


def _forming_begun(event: Event, change: c.FormingBegun) -> Event:
    same, agenda = change.segment == event.segment, event.plan.agenda
    return replace(
        event,
        phase=after(event.phase, Step.FORM),
        back=Back(segment=event.segment, round=event.round, running=event.running, clock=event.clock),
        segment=change.segment,
        running=event.running if same or change.segment >= len(agenda) else agenda[change.segment],
        round=event.round if same else 0,
        clock=change.clock,
        awaited_since=None,
        match=_kept_back(event),
        asked_at=None,
    )


def _back(event: Event, clock: Clock | None, step: Step) -> Event:
    there = event.back or Back(segment=event.segment, round=event.round, running=event.running, clock=None)
    return replace(
        event,
        phase=after(event.phase, step),
        segment=there.segment,
        round=there.round,
        running=there.running,
        clock=clock,
        awaited_since=None,
        back=None,
        match=_kept_back(event),
        asked_at=None,
        passed=frozenset(),
    )


def _kept_back(event: Event) -> Formed | None:
    """The next round is made anew, or later: what was made is a draft again, which only organisers see."""
    return None if event.match is None else replace(event.match, told=False)


def _back_with(back: Back | None, clock: Clock | None) -> Back | None:
    return None if back is None else replace(back, clock=clock)


def _paused(event: Event, at: Instant) -> Event:
    rooms = Map({key: replace(room, clock=stand(room.clock, at)) for key, room in event.rooms.items()})
    back = _back_with(event.back, stand(event.back.clock, at) if event.back and event.back.clock else None)
    return replace(event, clock=event.clock and stand(event.clock, at), rooms=rooms, paused_at=at, back=back)


def _resumed(event: Event, at: Instant) -> Event:
    since = event.paused_at if event.paused_at is not None else at
    # Who is away gets the rest of their 20 s after the pause, as if it had not been.
    away = Map({who: Instant(gone + at - max(gone, since)) for who, gone in event.away.items()})
    people = event.people.update({who: replace(event.people[who], gone_since=gone) for who, gone in away.items()})
    rooms = Map({key: replace(room, clock=run(room.clock, at)) for key, room in event.rooms.items()})
    back = _back_with(event.back, run(event.back.clock, at) if event.back and event.back.clock else None)
    return replace(
        event,
        clock=event.clock and run(event.clock, at),
        rooms=rooms,
        paused_at=None,
        people=people,
        away=away,
        back=back,
    )
