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


PEOPLE_AT_ONCE = 500
"""Looked up by one statement."""

Row = dict[str, str | int]


async def hold(connection: AsyncConnection, event: EventId, all_held: Sequence[tuple[MeetingHeld, Instant]]) -> None:
    """Write meetings down inside the scribe's transaction; a repeat changes nothing, a longer talk counts.

    All of a round together: one by one, the thousands that end at the same time would keep the loop for seconds.
    """
    known = await _known(connection, event, sorted({who for held, _ in all_held for who in held.people}))
    rows: dict[tuple[str, str, str], Row] = {}
    for held, at in all_held:
        for one, other in permutations((who for who in held.people if who in known), 2):
            row = rows.get((held.room, one, other))
            if row is None or held.talked_ms > int(row["talked_ms"]):
                rows[held.room, one, other] = _row(event, held, one, other, at)
    if not rows:
        return
    statement = insert_into(connection, meetings)
    longer = statement.excluded.talked_ms > meetings.c.talked_ms
    talked = case((longer, statement.excluded.talked_ms), else_=meetings.c.talked_ms)
    keys = ["event", "room", "attendee", "partner"]
    await connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_={"talked_ms": talked}), list(rows.values())
    )


def _row(event: EventId, held: MeetingHeld, one: AttendeeId, other: AttendeeId, at: Instant) -> Row:
    return {
        "event": event,
        "room": held.room,
        "attendee": one,
        "partner": other,
        "round": held.round,
        "number": held.number,
        "talked_ms": held.talked_ms,
        "held_at": at,
    }


async def _known(connection: AsyncConnection, event: EventId, people: Sequence[AttendeeId]) -> set[AttendeeId]:
    # A registration may have been deleted since; its meetings have nowhere to hang.
    found: set[AttendeeId] = set()
    for start in range(0, len(people), PEOPLE_AT_ONCE):
        some = registrations.c.id.in_(people[start : start + PEOPLE_AT_ONCE])
        query = select(registrations.c.id).where(registrations.c.event == event, some)
        found.update(AttendeeId(who) for who in (await connection.execute(query)).scalars())
    return found


async def of(records: Records, event: EventId, attendee: AttendeeId) -> list[Meeting]:
    """All meetings of one person, in the order of rounds."""
    query = (
        select(meetings.c.partner, meetings.c.round, meetings.c.talked_ms)
        .where(meetings.c.event == event, meetings.c.attendee == attendee)
        .order_by(meetings.c.round, meetings.c.partner)
    )
    async with records.connect() as connection:
        return [Meeting(AttendeeId(who), number, talked) for who, number, talked in await connection.execute(query)]
