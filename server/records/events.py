"""Events and who organises them: what an organiser wrote down, and the plan that the engine runs."""

import re
import secrets
import unicodedata
from typing import Any, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.language.agenda import Plan, Segment
from rooms.language.ids import EventId, Instant, OrganiserId
from server.records.engine import Records, now_ms
from server.records.organisers import Organiser, account
from server.records.portable import insert_into
from server.records.schema import event_organisers, events, meetings, organisers, registrations

Entry = Literal["open", "code"]
Status = Literal["planned", "live", "ended"]
Agenda = tuple[Segment, ...]

SLUG_CHARS = 48
"""Of the readable part of an event's address; four characters of chance follow."""
TAIL_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
TAIL_CHARS = 4
SEATED = ("invited", "joined")
EVENTS_LISTED = 200
"""Most events on one organiser's page."""


class Draft(Struct, frozen=True):
    """What an organiser may write about an event; its agenda has a page of its own."""

    name: str
    description: str
    starts_at: Instant
    timezone: str
    capacity: int
    entry: Entry
    code: str
    conduct: str
    unattended: bool
    series_history: bool = False
    """People who met at an earlier event of the series meet others first."""


class Event(Draft, frozen=True, kw_only=True):
    """One event as it is kept."""

    id: EventId
    agenda: Agenda
    template: str
    series: str
    """The id of the first event of the series: its own unless it was copied."""
    status: Status
    demo: bool
    version: int
    created_at: Instant
    ended_at: Instant | None


class Overview(Struct, frozen=True):
    """One event with its numbers, for the list of an organiser's events."""

    event: Event
    seats: int
    """People with a seat."""
    met: int
    """People who talked to at least one other person."""


_agenda_decoder = msgspec.json.Decoder(Agenda)


async def create(
    records: Records,
    draft: Draft,
    agenda: Agenda,
    owner: OrganiserId,
    template: str = "",
    series: str = "",
    demo: bool = False,
) -> Event:
    """A new event with one organiser; its address comes from its name. Without a `series` it begins one."""
    slug = new_slug(draft.name)
    event = Event(
        **draft_row(draft),
        id=slug,
        agenda=agenda,
        template=template,
        series=series or slug,
        status="planned",
        demo=demo,
        version=0,
        created_at=Instant(now_ms()),
        ended_at=None,
    )
    async with records.begin() as connection:
        await connection.execute(insert(events).values(row_of(event)))
        await add_organiser(connection, event.id, owner, owner=True)
    return event


async def find(records: Records, event: str) -> Event | None:
    """The event of that address."""
    async with records.connect() as connection:
        row = (await connection.execute(select(events).where(events.c.id == event))).mappings().first()
    return event_of(row) if row else None


async def newest_demo(records: Records) -> Event | None:
    """The demo event that was made last."""
    query = select(events).where(events.c.demo.is_(True)).order_by(events.c.created_at.desc()).limit(1)
    async with records.connect() as connection:
        row = (await connection.execute(query)).mappings().first()
    return event_of(row) if row else None


async def running_demos(records: Records) -> list[EventId]:
    """Demo events that have not ended, oldest first."""
    query = select(events.c.id).where(events.c.demo.is_(True), events.c.status != "ended").order_by(events.c.created_at)
    async with records.connect() as connection:
        return [EventId(row.id) for row in await connection.execute(query)]


async def plan(records: Records, event: EventId) -> Plan | None:
    """What the engine must know of an event to begin."""
    found = await find(records, event)
    return plan_of(found) if found else None


def plan_of(event: Event) -> Plan:
    """The engine's part of an event."""
    return Plan(
        id=event.id,
        name=event.name,
        starts_at=event.starts_at,
        agenda=event.agenda,
        capacity=event.capacity,
        unattended=event.unattended,
        series_history=event.series_history,
        version=event.version,
    )


async def of_organiser(records: Records, organiser: OrganiserId) -> list[Overview]:
    """All events of one organiser with their numbers, latest first."""
    seats = (
        select(func.count())
        .where(registrations.c.event == events.c.id, registrations.c.status.in_(SEATED))
        .scalar_subquery()
    )
    met = select(func.count(meetings.c.attendee.distinct())).where(meetings.c.event == events.c.id).scalar_subquery()
    query = (
        select(events, seats.label("seats"), met.label("met"))
        .join(event_organisers, event_organisers.c.event == events.c.id)
        .where(event_organisers.c.organiser == organiser)
        .order_by(events.c.starts_at.desc())
        .limit(EVENTS_LISTED)
    )
    async with records.connect() as connection:
        rows = (await connection.execute(query)).mappings().all()
    return [Overview(event_of(row), row["seats"], row["met"]) for row in rows]


async def seats_taken(records: Records, event: EventId) -> int:
    """How many people have a seat."""
    table = registrations.c
    query = select(func.count()).where(and_(table.event == event, table.status.in_(SEATED)))
    async with records.connect() as connection:
        return int((await connection.execute(query)).scalar_one())


async def update_draft(records: Records, event: EventId, draft: Draft) -> Event | None:
    """Write what an organiser changed; None if the event is gone."""
    return await change(records, event, draft_row(draft))


async def update_agenda(records: Records, event: EventId, agenda: Agenda) -> Event | None:
    """Write a new agenda; None if the event is gone."""
    return await change(records, event, {"agenda": encode_agenda(agenda)})


async def change(records: Records, event: EventId, values: dict[str, object]) -> Event | None:
    """Write some columns and make the version rise, so that an older plan never replaces this one."""
    async with records.begin() as connection:
        raised = values | {"version": events.c.version + 1}
        await connection.execute(update(events).where(events.c.id == event).values(raised))
        row = (await connection.execute(select(events).where(events.c.id == event))).mappings().first()
    return event_of(row) if row else None


async def set_status(records: Records, event: EventId, status: Status) -> None:
    """Note that an event is planned, running or over."""
    values = {"status": status, "ended_at": now_ms() if status == "ended" else None}
    async with records.begin() as connection:
        await connection.execute(update(events).where(events.c.id == event).values(values))


async def duplicate(records: Records, event: Event, name: str, starts_at: Instant, owner: OrganiserId) -> Event:
    """The next event of the same series: the same at another time, without its people but aware of who met."""
    draft = Draft(**draft_row(event) | {"name": name, "starts_at": starts_at, "series_history": True})
    return await create(records, draft, event.agenda, owner, event.template, event.series)


async def remove(records: Records, event: EventId) -> None:
    """Delete an event with everything that belongs to it: seats, meetings, answers, reports."""
    async with records.begin() as connection:
        await connection.execute(delete(events).where(events.c.id == event))


async def organised_by(records: Records, event: str, organiser: OrganiserId) -> bool:
    """Whether this organiser may open this event's pages."""
    table = event_organisers.c
    query = select(table.owner).where(and_(table.event == event, table.organiser == organiser))
    async with records.connect() as connection:
        return (await connection.execute(query)).first() is not None


async def organisers_of(records: Records, event: EventId) -> list[tuple[Organiser, bool]]:
    """Who organises an event, each with whether they made it; they come first."""
    table = event_organisers.c
    query = (
        select(organisers, table.owner)
        .join(event_organisers, table.organiser == organisers.c.id)
        .where(table.event == event)
        .order_by(table.owner.desc(), organisers.c.name)
    )
    async with records.connect() as connection:
        rows = (await connection.execute(query)).mappings().all()
    return [(account(row), row["owner"]) for row in rows]


async def join_organisers(records: Records, event: EventId, organiser: OrganiserId) -> None:
    """Give a colleague the keys of an event; twice is the same as once."""
    async with records.begin() as connection:
        row = insert_into(connection, event_organisers).values(event=event, organiser=organiser, owner=False)
        await connection.execute(row.on_conflict_do_nothing())


async def leave_organisers(records: Records, event: EventId, organiser: OrganiserId) -> None:
    """Take the keys back; whoever made the event keeps theirs."""
    table = event_organisers.c
    gone = and_(table.event == event, table.organiser == organiser, table.owner.is_(False))
    async with records.begin() as connection:
        await connection.execute(delete(event_organisers).where(gone))


async def add_organiser(connection: AsyncConnection, event: EventId, organiser: OrganiserId, *, owner: bool) -> None:
    """Write the row that opens an event's pages to somebody."""
    await connection.execute(insert(event_organisers).values(event=event, organiser=organiser, owner=owner))


def new_slug(name: str) -> EventId:
    """An address from a name: letters that every keyboard has, then some chance so that no two are alike."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain)[:SLUG_CHARS].strip("-") or "event"
    return EventId(words + "-" + "".join(secrets.choice(TAIL_ALPHABET) for _ in range(TAIL_CHARS)))


def draft_row(draft: Draft) -> dict[str, Any]:
    """The columns that an organiser writes, of a draft or of a whole event."""
    return {name: getattr(draft, name) for name in Draft.__struct_fields__}


def row_of(event: Event) -> dict[str, Any]:
    """The row of an event."""
    return msgspec.structs.asdict(event) | {"agenda": encode_agenda(event.agenda)}


def event_of(row: RowMapping) -> Event:
    """The event of a row."""
    values = {name: row[name] for name in Event.__struct_fields__}
    return Event(**values | {"agenda": _agenda_decoder.decode(row["agenda"])})


def encode_agenda(agenda: Agenda) -> str:
    """An agenda as it is kept."""
    return msgspec.json.encode(agenda).decode()
