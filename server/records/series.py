"""What an event inherits from the others of its series: who met whom there, and who is to be kept apart.

Two registrations are one person where their `address` is the same; who has none is nobody known.
"""

from collections.abc import Sequence
from itertools import product

import msgspec
from sqlalchemy import Column, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.language.cards import EarlierMeetings
from rooms.language.ids import AttendeeId, EventId
from rooms.language.limits import EARLIER_MEETINGS
from server.records.engine import Records
from server.records.events import Event
from server.records.registrations import SEATED
from server.records.schema import blocks, events, meetings, nevers, registrations

EARLIER_EVENTS = 24
"""Events of a series that are looked back on: two years of a monthly one."""
EARLIER_PAIRS = 100_000
"""Pairs that one event looks back on, or its state outgrows all else: 60 each of 1,666 people, 10 each of 10,000."""
ADDRESSES_AT_ONCE = 500
"""In one statement; SQLite takes 32,766 values."""

Pair = tuple[AttendeeId, AttendeeId]


class Past(msgspec.Struct, frozen=True):
    """What one person brings along to an event, in the ids of that event."""

    met: EarlierMeetings
    """Whom they met, and how many events ago; the latest first."""
    apart: tuple[Pair, ...]
    """Never together, by the wish of one of the two, of both, or of a host: whose is not to be seen from the order."""


class Seat(msgspec.Struct, frozen=True):
    """One registration of somebody at one event."""

    event: EventId
    attendee: AttendeeId


class Acquaintance(msgspec.Struct, frozen=True):
    """How well those registered for an event know each other from the earlier ones of its series."""

    name: str
    """Of the first event that still exists."""
    earlier: int
    """Events held before this one."""
    people: int
    """Seated here, and met somebody there who is seated here as well."""


async def past_of(records: Records, event: EventId, attendee: AttendeeId) -> Past | None:
    """What somebody registered for this event brings along; None where there is nothing to look back on."""
    if not await records.one_of_many(_in_series, attendee):
        return None
    async with records.connect() as connection:
        address = await _address(connection, event, attendee)
        siblings = await _siblings(connection, event) if address else []
        if not siblings:
            return None
        ago = {found: number for number, found in enumerate(await _earlier(connection, event), 1)}
        rows = (await connection.execute(_met(event, attendee, address, list(ago)))).all()
        crowd = (await connection.execute(select(func.count()).where(registrations.c.event == event))).scalar_one()
        pairs = await _apart(connection, event, siblings, address)
    latest: dict[AttendeeId, int] = {}
    for other, where in rows:
        latest[AttendeeId(other)] = min(ago[where], latest.get(AttendeeId(other), ago[where]))
    met = sorted(latest.items(), key=lambda one: (one[1], one[0]))
    return Past(tuple(met[: min(EARLIER_MEETINGS, EARLIER_PAIRS // crowd)]), tuple(pairs))


async def _in_series(connection: AsyncConnection, attendees: Sequence[AttendeeId]) -> dict[AttendeeId, bool]:
    """Who of these has an address and an event of a series: one statement spares most of them all others."""
    query = (
        select(registrations.c.id)
        .join(events, events.c.id == registrations.c.event)
        .where(registrations.c.id.in_(attendees), registrations.c.address != "", events.c.series != "")
    )
    return {AttendeeId(found): True for found in (await connection.execute(query)).scalars()}


async def apart(records: Records, event: EventId) -> list[Pair]:
    """All pairs of this event that are kept apart since another one of the series, whether or not meetings count."""
    async with records.connect() as connection:
        siblings = await _siblings(connection, event)
        return await _apart(connection, event, siblings) if siblings else []


async def acquaintance(records: Records, event: Event) -> Acquaintance | None:
    """What the organiser may know of it; None for the first event of a series."""
    async with records.connect() as connection:
        earlier = await _earlier(connection, event.id)
        if not earlier:
            return None
        first = select(events.c.name).where(events.c.series == event.series).order_by(events.c.created_at).limit(1)
        name = (await connection.execute(first)).scalar_one()
        people = (await connection.execute(_acquainted(event.id, earlier))).scalar_one()
    return Acquaintance(name, len(earlier), people)


async def seats_of(records: Records, attendee: AttendeeId) -> list[Seat]:
    """All seats of this person at events of the series that are not over, this one included."""
    one, event, sibling, seat = (
        registrations,
        events.alias("event"),
        events.alias("sibling"),
        registrations.alias("seat"),
    )
    query = (
        select(seat.c.event, seat.c.id)
        .select_from(one)
        .join(event, event.c.id == one.c.event)
        .join(sibling, and_(sibling.c.series == event.c.series, sibling.c.status != "ended"))
        .join(seat, and_(seat.c.event == sibling.c.id, seat.c.address == one.c.address))
        .where(one.c.id == attendee, one.c.address != "", event.c.series != "")
    )
    async with records.connect() as connection:
        return [Seat(EventId(where), AttendeeId(who)) for where, who in await connection.execute(query)]


async def _address(connection: AsyncConnection, event: EventId, attendee: AttendeeId) -> str:
    query = select(registrations.c.address).where(registrations.c.id == attendee, registrations.c.event == event)
    return (await connection.execute(query)).scalar() or ""


async def _siblings(connection: AsyncConnection, event: EventId) -> list[str]:
    """The other events of the series."""
    return list((await connection.execute(_others(event))).scalars())


async def _earlier(connection: AsyncConnection, event: EventId) -> list[str]:
    """Those that were held before this one, the last one first."""
    this = select(events.c.starts_at).where(events.c.id == event).scalar_subquery()
    held = and_(events.c.status.in_(("live", "ended")), events.c.starts_at < this)
    query = _others(event).where(held).order_by(events.c.starts_at.desc(), events.c.id).limit(EARLIER_EVENTS)
    return list((await connection.execute(query)).scalars())


def _others(event: EventId) -> Select[str]:
    this = select(events.c.series).where(events.c.id == event).scalar_subquery()
    return select(events.c.id).where(events.c.series == this, events.c.series != "", events.c.id != event)


def _met(event: EventId, attendee: AttendeeId, address: str, earlier: Sequence[str]) -> Select[str, str]:
    """Whom the person of this address met, as registered here, and at which event."""
    mine, theirs, here = (registrations.alias(name) for name in ("mine", "theirs", "here"))
    return (
        select(here.c.id, meetings.c.event)
        .select_from(mine)
        .join(meetings, meetings.c.attendee == mine.c.id)
        .join(theirs, theirs.c.id == meetings.c.partner)
        .join(here, and_(here.c.event == event, here.c.address == theirs.c.address))
        .where(mine.c.address == address, mine.c.event.in_(earlier), theirs.c.address != "", here.c.id != attendee)
        .distinct()
    )


def _acquainted(event: EventId, earlier: Sequence[str]) -> Select[int]:
    """How many of those seated here met another of them there."""
    me, mine, theirs, here = (registrations.alias(name) for name in ("me", "mine", "theirs", "here"))
    met = exists(
        select(meetings.c.room)
        .select_from(mine)
        .join(meetings, meetings.c.attendee == mine.c.id)
        .join(theirs, theirs.c.id == meetings.c.partner)
        .join(here, and_(here.c.event == event, here.c.address == theirs.c.address, here.c.status.in_(SEATED)))
        .where(mine.c.address == me.c.address, mine.c.event.in_(earlier), theirs.c.address != "", here.c.id != me.c.id)
    )
    seated = and_(me.c.event == event, me.c.status.in_(SEATED), me.c.address != "")
    return select(func.count()).select_from(me).where(seated, met)


async def _apart(
    connection: AsyncConnection, event: EventId, siblings: Sequence[str], address: str | None = None
) -> list[Pair]:
    """Pairs of this event who were kept apart at one of these, whoever wished it; of one address if it is given."""
    # Not in one statement: a database without statistics may begin with everybody who is registered here.
    apart = [
        *await connection.execute(_apart_there(blocks.c.by, blocks.c.about, siblings, address)),
        *await connection.execute(_apart_there(nevers.c.one, nevers.c.other, siblings, address)),
    ]
    here = await _seats_by_address(connection, event, sorted({some for pair in apart for some in pair}))
    pairs = {pair for one, other in apart for pair in product(here.get(one, ()), here.get(other, ()))}
    return sorted((one, other) for one, other in pairs if one != other)


def _apart_there(
    first: Column[str], second: Column[str], siblings: Sequence[str], address: str | None
) -> Select[str, str]:
    """The addresses of pairs that these two columns of one table keep apart."""
    one, other, table = registrations.alias("one"), registrations.alias("other"), first.table
    query = (
        select(one.c.address, other.c.address)
        .select_from(table)
        .join(one, one.c.id == first)
        .join(other, other.c.id == second)
        .where(table.c.event.in_(siblings), one.c.address != "", other.c.address != "")
    )
    if address is not None:
        query = query.where(or_(one.c.address == address, other.c.address == address))
    return query


async def _seats_by_address(
    connection: AsyncConnection, event: EventId, addresses: Sequence[str]
) -> dict[str, list[AttendeeId]]:
    found: dict[str, list[AttendeeId]] = {}
    for start in range(0, len(addresses), ADDRESSES_AT_ONCE):
        some = registrations.c.address.in_(addresses[start : start + ADDRESSES_AT_ONCE])
        query = select(registrations.c.address, registrations.c.id).where(registrations.c.event == event, some)
        for address, attendee in await connection.execute(query):
            found.setdefault(address, []).append(AttendeeId(attendee))
    return found
