"""Copies from the journal into SQL what must outlast the event: meetings, presence, removals, nevers, its end."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.language.changes import (
    AttendeeArrived,
    AttendeeGone,
    AttendeeReadmitted,
    AttendeeRemoved,
    Entry,
    EventEnded,
    EventOpened,
    MeetingHeld,
    PeopleParted,
)
from rooms.language.ids import AttendeeId, EventId, Instant
from server.records import meetings, nevers
from server.records.engine import Records
from server.records.portable import insert_into
from server.records.schema import events, registrations, scribed


async def cursor(records: Records, event: EventId) -> int:
    """The number of the last entry that has been copied; 0 before the first."""
    async with records.connect() as connection:
        return await _cursor(connection, event)


async def _cursor(connection: AsyncConnection, event: EventId) -> int:
    found = await connection.execute(select(scribed.c.seq).where(scribed.c.event == event))
    return found.scalar() or 0


async def copy(records: Records, event: EventId, entries: Sequence[Entry]) -> None:
    """Copy these entries, in one transaction with the cursor; those copied before are passed over."""
    if not entries:
        return
    async with records.begin() as connection:
        if not await _claim(connection, event):
            return
        done = await _cursor(connection, event)
        fresh = [entry for entry in entries if entry.seq > done]
        await _copy_seen(connection, event, fresh)
        held = [(entry.change, entry.at) for entry in fresh if isinstance(entry.change, MeetingHeld)]
        if held:
            await meetings.hold(connection, event, held)
        for entry in fresh:
            await _copy_one(connection, event, entry)
        if fresh:
            last = max(entry.seq for entry in fresh)
            await connection.execute(update(scribed).where(scribed.c.event == event).values(seq=last))


async def rewind(records: Records, event: EventId, to: int) -> None:
    """The journal lost what came after this number: what it says under those numbers from now on is new."""
    later = and_(scribed.c.event == event, scribed.c.seq > to)
    async with records.begin() as connection:
        await connection.execute(update(scribed).where(later).values(seq=to))


async def _claim(connection: AsyncConnection, event: EventId) -> bool:
    """Make sure there is a cursor; there can be none for an event that has been deleted meanwhile."""
    exists = select(events.c.id, literal(0)).where(events.c.id == event)
    new = insert_into(connection, scribed).from_select(["event", "seq"], exists)
    await connection.execute(new.on_conflict_do_nothing())
    # Held until the end: of two that copy at once the second finds what the first has done.
    found = await connection.execute(select(scribed.c.seq).where(scribed.c.event == event).with_for_update())
    return found.first() is not None


async def _copy_seen(connection: AsyncConnection, event: EventId, entries: Sequence[Entry]) -> None:
    """When people came first and were seen last: of all in one statement, for thousands may come at once."""
    seen: dict[AttendeeId, tuple[Instant | None, Instant]] = {}
    for entry in entries:
        match entry.change:
            case AttendeeArrived(card=card):
                first, _ = seen.get(card.id, (None, entry.at))
                seen[card.id] = (entry.at if first is None else first, entry.at)
            case AttendeeGone(attendee=attendee):
                seen[attendee] = (seen.get(attendee, (None, entry.at))[0], entry.at)
            case _:
                pass
    if not seen:
        return
    rows = [{"who": who, "first": first, "last": last} for who, (first, last) in seen.items()]
    first_seen = registrations.c.first_seen_at
    values = {
        "first_seen_at": func.coalesce(first_seen, bindparam("first", type_=first_seen.type)),
        "last_seen_at": bindparam("last", type_=first_seen.type),
    }
    await connection.execute(update(registrations).where(_living(event, bindparam("who"))).values(values), rows)


async def _copy_one(connection: AsyncConnection, event: EventId, entry: Entry) -> None:
    match entry.change:
        case AttendeeRemoved(attendee=attendee, ban=ban):
            await _mark(connection, event, attendee, {"status": "banned" if ban else "removed"})
        case AttendeeReadmitted(attendee=attendee):
            await _mark(connection, event, attendee, {"status": "joined"})
        case PeopleParted() as parted:
            await nevers.part(connection, event, parted, entry.at)
        case EventOpened():
            await _turn(connection, event, {"status": "live", "ended_at": None})
        case EventEnded():
            await _turn(connection, event, {"status": "ended", "ended_at": entry.at})
        case _:
            pass  # Everything else dies with the event.


async def _mark(connection: AsyncConnection, event: EventId, attendee: str, values: dict[str, Any]) -> None:
    await connection.execute(update(registrations).where(_living(event, attendee)).values(values))


def _living(event: EventId, attendee: Any) -> ColumnElement[bool]:
    """The row of somebody; nothing comes back onto that of somebody who has been erased."""
    return and_(registrations.c.id == attendee, registrations.c.event == event, registrations.c.status != "erased")


async def _turn(connection: AsyncConnection, event: EventId, values: dict[str, Any]) -> None:
    await connection.execute(update(events).where(events.c.id == event).values(values))
