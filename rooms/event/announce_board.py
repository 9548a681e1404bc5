"""What the console is told about an entry: only rows that differ."""

from rooms.event import views, views_next
from rooms.event.difference import Step
from rooms.event.state import Attendee, Event, in_order
from rooms.language.board import NextRoom, NextRound
from rooms.language.cards import BoardPerson, BoardRoom, FeedLine, ReportLine
from rooms.language.changes import AttendeeReadmitted, AttendeeRemoved
from rooms.language.notices import BoardChanged

AHEAD = ("match", "excluded", "passed", "asked_at", "redo", "phase", "segment", "round", "running", "plan")
"""What the next round as hosts see it is made of, apart from its rooms."""


def board_changes(step: Step) -> BoardChanged | None:
    """The rows of the board that differ; None when nothing does."""
    before, after = step.before, step.after
    people = _people(step)
    rooms = _rooms(step)
    closed = tuple(room for room in step.rooms if room not in after.rooms)
    feed = _new_feed(before, after)
    reports = _new_reports(before, after)
    connections = len(after.connected) if before.connected is not after.connected else None
    organisers = views.organiser_names(after) if before.organisers is not after.organisers else None
    told = BoardChanged(
        seq=step.seq,
        now=step.at,
        people=people,
        rooms=rooms,
        rooms_closed=closed,
        feed=feed,
        reports=reports,
        connections_made=connections,
        organisers=organisers,
        next=_next_round(before, after),
        next_rooms=_next_rooms(before, after),
        apart=views_next.pairs_apart(after) if before.apart is not after.apart else None,
        nevers=views_next.pairs_parted(after) if before.nevers is not after.nevers else None,
    )
    return None if told == BoardChanged(seq=step.seq, now=step.at) else told


def _people(step: Step) -> tuple[BoardPerson, ...]:
    rows: list[BoardPerson] = []
    for person in _candidates(step):
        was = step.before.people.get(person.id)
        row = views.board_person(step.after, person)
        if was is None or row != views.board_person(step.before, was):
            rows.append(row)
    return tuple(rows)


def _candidates(step: Step) -> list[Attendee]:
    if step.before.phase != step.after.phase:
        return in_order(step.after)
    if isinstance(step.change, AttendeeReadmitted | AttendeeRemoved):
        person = step.after.people.get(step.change.attendee)
        return [person] if person else []
    return step.people


def _rooms(step: Step) -> tuple[BoardRoom, ...]:
    rows: list[BoardRoom] = []
    for key in step.rooms:
        was, room = step.before.rooms.get(key), step.after.rooms.get(key)
        if room is None:
            continue
        row = views.board_room(room)
        if was is None or row != views.board_room(was):
            rows.append(row)
    return tuple(rows)


def _next_round(before: Event, after: Event) -> NextRound | None:
    if all(getattr(before, name) is getattr(after, name) for name in AHEAD):
        return None
    summary = views_next.next_round_ahead(after)
    return summary if summary != views_next.next_round_ahead(before) else None


def _next_rooms(before: Event, after: Event) -> tuple[NextRoom, ...]:
    same_course = before.phase == after.phase and before.plan is after.plan and before.running is after.running
    same_rooms = before.match is after.match and before.pinned is after.pinned and before.met is after.met
    if same_rooms and (same_course or after.match is None):
        return ()
    return views_next.next_rooms_changed(before, after)


def _new_feed(before: Event, after: Event) -> tuple[FeedLine, ...]:
    if before.feed is after.feed:
        return ()
    return tuple(line for line in after.feed if line.id > before.feed_lines)


def _new_reports(before: Event, after: Event) -> tuple[ReportLine, ...]:
    if before.reports is after.reports:
        return ()
    known = set(before.reports)
    return tuple(line for line in after.reports if line not in known)
