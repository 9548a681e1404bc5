"""A real database with one event, people who took seats and met: for tests of what attendees and organisers see."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from rooms.language.changes import Change, Entry, MeetingHeld
from rooms.language.ids import EventId, Instant, RoomId
from server.records import registrations, scribe
from server.records.engine import Records
from server.records.registrations import Newcomer, Registration
from server.records.schema import events

EVENT = EventId("midsummer-mixer-7k2p")
AGENDA = '[{"kind":"lobby"},{"kind":"rounds","rounds":5},{"kind":"break"},{"kind":"closing"}]'
STARTS_AT = 1_781_791_200_000
"""Thursday 18 June 2026, 16:00 in Amsterdam."""


@asynccontextmanager
async def records_at(folder: Path) -> AsyncIterator[Records]:
    """An empty database, up to date."""
    records = Records.at(folder / "rondo.db")
    await records.migrate()
    try:
        yield records
    finally:
        await records.close()


async def add_event(records: Records, slug: str = EVENT, **values: Any) -> EventId:
    """An event of this slug."""
    row = {
        "id": slug,
        "name": "Midsummer Mixer",
        "description": "Ten short conversations with colleagues you have not met yet.",
        "starts_at": STARTS_AT,
        "timezone": "Europe/Amsterdam",
        "agenda": AGENDA,
        "conduct": "Be kind. Listen. No recording.",
        "created_at": 1,
    }
    async with records.begin() as connection:
        await connection.execute(insert(events).values(**(row | values)))
    return EventId(slug)


async def seat(records: Records, name: str, event: EventId = EVENT, **values: Any) -> Registration:
    """Somebody who joined, with every contact field filled in."""
    first = name.split()[0].lower()
    newcomer = Newcomer(name, email=f"{first}@example.org", conduct_hash="accepted", **values)
    person = await registrations.join(records, event, newcomer, capacity=0)
    assert person is not None
    contact = registrations.Contact(
        email=f"{first}@contact.example",
        phone=f"+49 30 {first}",
        linkedin=f"https://linkedin.example/in/{first}",
        website=f"https://{first}.example",
        other=f"{first}@mastodon.example",
    )
    await registrations.save(records, person, person.card, contact, person.traits)
    found = await registrations.find(records, person.id)
    assert found is not None
    return found


async def write_down(records: Records, event: EventId, *changes: Change) -> None:
    """Let the scribe copy these changes, after all earlier ones."""
    start = await scribe.cursor(records, event)
    entries = [Entry(start + step, Instant(STARTS_AT + step), change) for step, change in enumerate(changes, 1)]
    await scribe.copy(records, event, entries)


async def meet(records: Records, round_number: int, *people: Registration, talked_ms: int = 240_000) -> None:
    """These people talked in this round."""
    ids = tuple(person.id for person in people)
    room = RoomId(f"{round_number}-{ids[0]}"[:20])
    await write_down(records, people[0].event, MeetingHeld(round_number, room, 1, ids, talked_ms))


async def event_row(records: Records, event: EventId = EVENT) -> Any:
    """The event as it stands in the table."""
    async with records.connect() as connection:
        return (await connection.execute(select(events).where(events.c.id == event))).mappings().one()
