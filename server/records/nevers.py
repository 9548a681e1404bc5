"""Pairs whom an organiser keeps apart: copied from the journal, and taken back by the same road."""

from collections.abc import Sequence

from sqlalchemy import and_, delete, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.language.changes import PeopleParted
from rooms.language.ids import AttendeeId, EventId, Instant
from server.records.engine import Records
from server.records.portable import insert_into
from server.records.schema import nevers, registrations

COLUMNS = ("event", "one", "other", "created_at")


async def part(connection: AsyncConnection, event: EventId, change: PeopleParted, at: Instant) -> None:
    """Keep what an organiser decided about two people, as long as both are still known."""
    if not change.parted:
        pair = and_(nevers.c.one == change.one, nevers.c.other == change.other)
        await connection.execute(delete(nevers).where(nevers.c.event == event, pair))
        return
    one, other = registrations.alias("first"), registrations.alias("second")
    row = (
        select(literal(event), one.c.id, other.c.id, literal(at))
        .join_from(one, other, and_(other.c.event == one.c.event, other.c.id == change.other))
        .where(one.c.event == event, one.c.id == change.one)
    )
    kept = insert_into(connection, nevers).from_select(COLUMNS, row)
    await connection.execute(kept.on_conflict_do_nothing())


async def of_event(records: Records, event: EventId) -> Sequence[tuple[AttendeeId, AttendeeId]]:
    """All pairs that organisers of this event keep apart: for the engine's first state."""
    query = select(nevers.c.one, nevers.c.other).where(nevers.c.event == event).order_by(nevers.c.one, nevers.c.other)
    async with records.connect() as connection:
        return [(AttendeeId(one), AttendeeId(other)) for one, other in await connection.execute(query)]
