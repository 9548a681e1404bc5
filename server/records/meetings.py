"""Who really met whom: copied from the journal, one row for each direction."""

from collections.abc import Sequence
from itertools import permutations

import msgspec
from sqlalchemy import case, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.language.changes import MeetingHeld
from rooms.language.ids import AttendeeId, EventId, Instant
from server.records.engine import Records
from server.records.portable import insert_into
from server.records.schema import meetings, registrations


class Meeting(msgspec.Struct, frozen=True):
    """One conversation of one person with another."""

    partner: AttendeeId
    round: int
    talked_ms: int


async def hold(connection: AsyncConnection, event: EventId, held: MeetingHeld, at: Instant) -> None:
    """Write a meeting down inside the scribe's transaction; a repeat changes nothing, a longer talk counts."""
    people = await _known(connection, event, held.people)
    rows = [
        {
            "event": event,
            "room": held.room,
            "attendee": one,
            "partner": other,
            "round": held.round,
            "number": held.number,
            "talked_ms": held.talked_ms,
            "held_at": at,
        }
        for one, other in permutations(people, 2)
    ]
    if not rows:
        return
    statement = insert_into(connection, meetings)
    longer = statement.excluded.talked_ms > meetings.c.talked_ms
    talked = case((longer, statement.excluded.talked_ms), else_=meetings.c.talked_ms)
    keys = ["event", "room", "attendee", "partner"]
    await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_={"talked_ms": talked}), rows)


async def _known(connection: AsyncConnection, event: EventId, people: Sequence[AttendeeId]) -> list[AttendeeId]:
    # A registration may have been deleted since; its meetings have nowhere to hang.
    query = select(registrations.c.id).where(registrations.c.event == event, registrations.c.id.in_(people))
    return [AttendeeId(found) for found in (await connection.execute(query)).scalars()]


async def of(records: Records, event: EventId, attendee: AttendeeId) -> list[Meeting]:
    """All meetings of one person, in the order of rounds."""
    query = (
        select(meetings.c.partner, meetings.c.round, meetings.c.talked_ms)
        .where(meetings.c.event == event, meetings.c.attendee == attendee)
        .order_by(meetings.c.round, meetings.c.partner)
    )
    async with records.connect() as connection:
        return [Meeting(AttendeeId(who), number, talked) for who, number, talked in await connection.execute(query)]
