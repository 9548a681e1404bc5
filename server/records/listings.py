"""Lists of registrations: the organiser's pages of people, counts, and the ring of the landing page."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import and_, func, or_, select

from rooms.language.cards import Card
from rooms.language.ids import EventId
from server.records.engine import Records
from server.records.portable import team_of
from server.records.registrations import SEATED, Registration, card_of, registration, seated
from server.records.schema import registrations

PEOPLE_PER_PAGE = 50
"""Rows of the organiser's list on one page."""


class Counts(msgspec.Struct, frozen=True):
    """How many people an event has."""

    seated: int
    came: int
    removed: int
    teams: tuple[tuple[str, int], ...]
    """Largest first."""


class Page(msgspec.Struct, frozen=True):
    """One page of the organiser's list."""

    rows: tuple[Registration, ...]
    total: int


async def remaining(records: Records, event: EventId, wanted: Sequence[str]) -> set[str]:
    """Which of these e-mail addresses are on the list already."""
    query = select(registrations.c.email).where(
        registrations.c.event == event, registrations.c.status != "erased", registrations.c.email != ""
    )
    async with records.connect() as connection:
        known = {email.casefold() for email in (await connection.execute(query)).scalars()}
    return known & {email.casefold() for email in wanted}


async def listing(records: Records, event: EventId, search: str, status: str, page: int) -> Page:
    """The organiser's list: newest last, `search` in name, e-mail and team; `status` empty for all; pages from 1."""
    condition = and_(registrations.c.event == event, registrations.c.status != "erased")
    if search:
        pattern = f"%{_escaped(search)}%"
        texts = (registrations.c.name, registrations.c.email, registrations.c.profile)
        condition = and_(condition, or_(*(text.ilike(pattern, escape="\\") for text in texts)))
    if status == "came":
        condition = and_(condition, registrations.c.first_seen_at.is_not(None))
    elif status:
        condition = and_(condition, registrations.c.status == status)
    rows = select(registrations).where(condition).order_by(registrations.c.created_at, registrations.c.id)
    async with records.connect() as connection:
        total = (
            await connection.execute(select(func.count()).select_from(registrations).where(condition))
        ).scalar_one()
        found = await connection.execute(rows.limit(PEOPLE_PER_PAGE).offset((page - 1) * PEOPLE_PER_PAGE))
        return Page(tuple(registration(row) for row in found.mappings()), total)


def _escaped(search: str) -> str:
    return search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def everyone(records: Records, event: EventId) -> list[Registration]:
    """All who are not erased, in the order in which they came onto the list."""
    query = (
        select(registrations)
        .where(registrations.c.event == event, registrations.c.status != "erased")
        .order_by(registrations.c.created_at, registrations.c.id)
    )
    async with records.connect() as connection:
        return [registration(row) for row in (await connection.execute(query)).mappings()]


async def first_seated(records: Records, event: EventId, most: int) -> list[Registration]:
    """The first of those who have a seat, in the order in which they came onto the list."""
    query = select(registrations).where(seated(event)).order_by(registrations.c.created_at, registrations.c.id)
    async with records.connect() as connection:
        return [registration(row) for row in (await connection.execute(query.limit(most))).mappings()]


async def newest(records: Records, event: EventId, most: int) -> list[Card]:
    """Cards of those who took a seat last, oldest of them first: the ring of the landing page."""
    query = select(registrations).where(seated(event))
    query = query.order_by(registrations.c.created_at.desc(), registrations.c.id.desc()).limit(most)
    async with records.connect() as connection:
        return [card_of(row) for row in (await connection.execute(query)).mappings()][::-1]


async def count(records: Records, event: EventId) -> Counts:
    """How many seats are taken, how many of them came, and from which teams."""
    team = team_of(registrations).label("team")
    seats = func.count()
    query = (
        select(registrations.c.status, team, seats, func.count(registrations.c.first_seen_at))
        .where(registrations.c.event == event, registrations.c.status != "erased")
        .group_by(registrations.c.status, team)
    )
    seated = came = removed = 0
    teams: dict[str, int] = {}
    async with records.connect() as connection:
        for status, name, people, seen in await connection.execute(query):
            came += seen
            if status not in SEATED:
                removed += people
                continue
            seated += people
            if name:
                teams[name] = teams.get(name, 0) + people
    return Counts(seated, came, removed, tuple(sorted(teams.items(), key=lambda item: (-item[1], item[0]))))
