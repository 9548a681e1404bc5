"""What the console is told about an entry: only rows that differ."""

from rooms.event import views
from rooms.event.difference import Step
from rooms.event.state import Attendee, Event
from rooms.language.cards import BoardPerson, BoardRoom, FeedLine, ReportLine
from rooms.language.changes import AttendeeReadmitted, AttendeeRemoved
from rooms.language.notices import BoardChanged


def board_changes(step: Step) -> BoardChanged | None:
    """The rows of the board that differ; None when nothing does."""
    before, after = step.before, step.after
    people = _people(step)
    rooms = _rooms(before, after)
    closed = tuple(room for room in before.rooms if room not in after.rooms) if before.rooms else ()
    feed = _new_feed(before, after)
    reports = _new_reports(before, after)
    connections = len(after.connected) if before.connected is not after.connected else None
    organisers = views.organiser_names(after) if before.organisers is not after.organisers else None
    if not (people or rooms or closed or feed or reports) and connections is None and organisers is None:
        return None
    return BoardChanged(
        seq=step.seq,
        now=step.at,
        people=people,
        rooms=rooms,
        rooms_closed=closed,
        feed=feed,
        reports=reports,
        connections_made=connections,
        organisers=organisers,
    )


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
        return list(step.after.people.values())
    if isinstance(step.change, AttendeeReadmitted | AttendeeRemoved):
        person = step.after.people.get(step.change.attendee)
        return [person] if person else []
    return step.people


def _rooms(before: Event, after: Event) -> tuple[BoardRoom, ...]:
    if before.rooms is after.rooms:
        return ()
    rows: list[BoardRoom] = []
    for key, room in after.rooms.items():
        was = before.rooms.get(key)
        if was is room:
            continue
        row = views.board_room(room)
        if was is None or row != views.board_room(was):
            rows.append(row)
    return tuple(rows)


def _new_feed(before: Event, after: Event) -> tuple[FeedLine, ...]:
    if before.feed is after.feed:
        return ()
    return tuple(line for line in after.feed if line.id > before.feed_lines)


def _new_reports(before: Event, after: Event) -> tuple[ReportLine, ...]:
    if before.reports is after.reports:
        return ()
    known = set(before.reports)
    return tuple(line for line in after.reports if line not in known)
