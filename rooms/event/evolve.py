"""Folding changes into the event: nothing is refused and nothing decided here. Four parts of it have their own file."""

from typing import assert_never

from msgspec.structs import replace

from rooms.event import evolve_course, evolve_people, evolve_rooms, evolve_steering
from rooms.event.state import Event, Organiser, pair
from rooms.language import changes as c
from rooms.language.cards import ChatLine, FeedLine, ReportLine
from rooms.language.ids import Instant
from rooms.language.limits import CHAT_LINES_KEPT, DONE_KEPT, FEED_LINES_KEPT

REPORTS_KEPT = 200
"""Reports shown on the console; all of them are in SQL."""


def evolve(event: Event, entry: c.Entry) -> Event:
    """The event after this entry of the journal."""
    after = _fold(event, entry.change, entry.at)
    if entry.cause is None or not entry.cause.once:
        return replace(after, seq=entry.seq)
    return replace(after, seq=entry.seq, done=(*after.done, entry.cause.once)[-DONE_KEPT:])


def _fold(event: Event, change: c.Change, at: Instant) -> Event:
    if isinstance(change, c.MeetingHeld):
        return event  # for SQL alone; a round that ends has one for each room
    if isinstance(change, evolve_people.Personal):
        return evolve_people.fold(event, change, at)
    if isinstance(change, evolve_rooms.Spatial):
        return evolve_rooms.fold(event, change, at)
    if isinstance(change, evolve_course.Course):
        return evolve_course.fold(event, change, at)
    if isinstance(change, evolve_steering.Steering):
        return evolve_steering.fold(event, change)
    return _rest(event, change, at)


Rest = (
    c.OrganiserArrived
    | c.OrganiserGone
    | c.ChatSaid
    | c.ReactionSent
    | c.BroadcastSent
    | c.PeopleKeptApart
    | c.MeetingsRecalled
    | c.ReportFiled
    | c.ReportClosed
    | c.ConnectionMade
    | c.FeedAdded
)


def _rest(event: Event, change: Rest, at: Instant) -> Event:
    match change:
        case c.OrganiserArrived():
            organiser = Organiser(id=change.organiser, name=change.name)
            return replace(event, organisers={**event.organisers, change.connection: organiser})
        case c.OrganiserGone():
            rest = {key: who for key, who in event.organisers.items() if key != change.connection}
            return replace(event, organisers=rest)
        case c.ChatSaid():
            return _chat_said(event, change.line)
        case c.PeopleKeptApart():
            blocked = event.blocked | {pair(one, other) for one, other in change.pairs}
            return replace(event, blocked=blocked, apart=blocked | event.nevers)
        case c.MeetingsRecalled():
            return _meetings_recalled(event, change)
        case c.ReportFiled():
            return _report_filed(event, change, at)
        case c.ReportClosed():
            done = tuple(replace(line, done=line.done or line.id == change.report) for line in event.reports)
            return replace(event, reports=done)
        case c.ConnectionMade():
            return replace(event, connected=event.connected | {pair(change.one, change.other)})
        case c.FeedAdded():
            return _feed_added(event, change.line)
        case c.ReactionSent() | c.BroadcastSent():
            return event
        case _:
            assert_never(change)


def _chat_said(event: Event, line: ChatLine) -> Event:
    event = replace(event, lines=max(event.lines, line.id))
    if line.room is None:
        return replace(event, chat=(*event.chat, line)[-CHAT_LINES_KEPT:])
    room = event.rooms.get(line.room)
    if room is None:
        return event
    room = replace(room, chat=(*room.chat, line)[-CHAT_LINES_KEPT:])
    return replace(event, rooms=event.rooms.set(room.id, room))


def _meetings_recalled(event: Event, change: c.MeetingsRecalled) -> Event:
    who, before, now = change.attendee, event.known.get(change.attendee, {}), dict(change.met)
    known = {**event.known, who: now}
    for other in before.keys() - now.keys():
        known[other] = {one: ago for one, ago in known[other].items() if one != who}
    for other, ago in now.items():
        if before.get(other) != ago:
            known[other] = {**known.get(other, {}), who: ago}
    for one in (who, *before):
        if not known[one]:
            del known[one]
    return replace(event, known=known)


def _report_filed(event: Event, change: c.ReportFiled, at: Instant) -> Event:
    room = event.rooms.get(change.room) if change.room is not None else None
    line = ReportLine(
        id=event.reports[-1].id + 1 if event.reports else 1,
        at=at,
        by=change.by,
        about=change.about,
        room=room.number if room else None,
        kind=change.kind,
        text=change.text,
    )
    return replace(event, reports=(*event.reports, line)[-REPORTS_KEPT:])


def _feed_added(event: Event, line: FeedLine) -> Event:
    feed = (*event.feed, line)[-FEED_LINES_KEPT:]
    return replace(event, feed=feed, feed_lines=max(event.feed_lines, line.id))
