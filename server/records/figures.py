"""What organisers learn afterwards: counts of meetings and of mutual yeses, never who said what about whom."""

from typing import Any

import msgspec
from sqlalchemy import Select, String, and_, cast, func, select

from rooms.language.ids import AttendeeId, EventId
from server.records.engine import Records
from server.records.portable import team_of
from server.records.schema import answers, meetings, registrations

SMALL_GROUP = 5
"""Groups and counts under this are merged or left out, so that nobody is recognised in a figure."""
ROUND_BREAK = ", "
PAIRS_PER_PAGE = 50
"""Rows of "who met whom" on one page."""


class Figures(msgspec.Struct, frozen=True):
    """The whole event in numbers."""

    registered: int
    came: int
    conversations: int
    pairs: int
    """Different pairs of people who met."""
    both_yes: int | None
    """How many of them both said yes; None when there are too few pairs to hide anybody in."""
    talked_ms: int
    """Length of all conversations together."""


class Attended(msgspec.Struct, frozen=True):
    """One person's evening."""

    id: AttendeeId
    name: str
    team: str
    came: bool
    people: int
    """How many different people they met."""
    meetings: int


class Pair(msgspec.Struct, frozen=True):
    """Two people who met."""

    one: str
    one_team: str
    other: str
    other_team: str
    rounds: str
    talked_ms: int


async def figures(records: Records, event: EventId) -> Figures:
    """Count the event."""
    registered = select(func.count(), func.count(registrations.c.first_seen_at)).where(
        registrations.c.event == event, registrations.c.status != "invited"
    )
    invited = select(func.count()).where(registrations.c.event == event, registrations.c.status == "invited")
    rooms = (
        select(meetings.c.room, func.max(meetings.c.talked_ms).label("talked"))
        .where(meetings.c.event == event)
        .group_by(meetings.c.room)
        .subquery()
    )
    async with records.connect() as connection:
        joined, came = (await connection.execute(registered)).one()
        waiting = (await connection.execute(invited)).scalar_one()
        held, talked = (
            await connection.execute(select(func.count(), func.coalesce(func.sum(rooms.c.talked), 0)))
        ).one()
        pairs = (await connection.execute(select(func.count()).select_from(_pairs(event).subquery()))).scalar_one()
        both = (await connection.execute(_both_yes(event))).scalar_one()
    return Figures(joined + waiting, came, held, pairs, both if pairs >= SMALL_GROUP else None, talked)


def _pairs(event: EventId) -> Select[Any]:
    return (
        select(meetings.c.attendee, meetings.c.partner)
        .where(meetings.c.event == event, meetings.c.attendee < meetings.c.partner)
        .group_by(meetings.c.attendee, meetings.c.partner)
    )


def _both_yes(event: EventId) -> Select[Any]:
    pairs = _pairs(event).subquery()
    one, other = answers.alias("one"), answers.alias("other")
    first = and_(one.c.event == event, one.c.by == pairs.c.attendee, one.c.about == pairs.c.partner)
    second = and_(other.c.event == event, other.c.by == pairs.c.partner, other.c.about == pairs.c.attendee)
    return (
        select(func.count())
        .select_from(pairs.join(one, first).join(other, second))
        .where(one.c.answer == "yes", other.c.answer == "yes")
    )


_team = team_of(registrations)


async def attended(records: Records, event: EventId) -> list[Attended]:
    """Everybody with how many they met, in the order of names."""
    mine = and_(meetings.c.event == event, meetings.c.attendee == registrations.c.id)
    query = (
        select(
            registrations.c.id,
            registrations.c.name,
            _team,
            registrations.c.first_seen_at,
            func.count(meetings.c.partner.distinct()),
            func.count(meetings.c.room.distinct()),
        )
        .select_from(registrations.outerjoin(meetings, mine))
        .where(registrations.c.event == event)
        .group_by(registrations.c.id)
        .order_by(func.lower(registrations.c.name), registrations.c.id)
    )
    async with records.connect() as connection:
        return [
            Attended(AttendeeId(who), name, team, seen is not None, met, held)
            for who, name, team, seen, met, held in await connection.execute(query)
        ]


async def who_met_whom(records: Records, event: EventId, page: int | None = None) -> tuple[list[Pair], int]:
    """The pairs of one page, from 1 (None: all of them), and how many pairs there are."""
    one, other = registrations.alias("one"), registrations.alias("other")
    query = (
        select(
            one.c.name,
            team_of(one),
            other.c.name,
            team_of(other),
            func.aggregate_strings(cast(meetings.c.round, String), ROUND_BREAK),
            func.sum(meetings.c.talked_ms),
        )
        .select_from(meetings.join(one, one.c.id == meetings.c.attendee).join(other, other.c.id == meetings.c.partner))
        .where(meetings.c.event == event, meetings.c.attendee < meetings.c.partner)
        .group_by(one.c.id, other.c.id)
        .order_by(func.lower(one.c.name), one.c.id, func.lower(other.c.name), other.c.id)
    )
    if page is not None:
        query = query.limit(PAIRS_PER_PAGE).offset((page - 1) * PAIRS_PER_PAGE)
    async with records.connect() as connection:
        total = (await connection.execute(select(func.count()).select_from(_pairs(event).subquery()))).scalar_one()
        return [_pair(*row) for row in await connection.execute(query)], total


def _pair(one: str, one_team: str, other: str, other_team: str, rounds: str, talked_ms: int) -> Pair:
    # In the order of rounds, whatever the order in which the database came by them.
    ordered = ROUND_BREAK.join(sorted(rounds.split(ROUND_BREAK), key=int))
    return Pair(one, one_team, other, other_team, ordered, talked_ms)


class Teams(msgspec.Struct, frozen=True):
    """How often people of each team met people of each; `counts[row][column]` is None where it is too small to show."""

    names: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]


OTHERS = "Smaller teams"


async def teams(records: Records, event: EventId) -> Teams:
    """Conversations between teams; teams of fewer than five people are merged, counts under five left out."""
    one, other = registrations.alias("one"), registrations.alias("other")
    first = team_of(one)
    second = team_of(other)
    between = (
        select(first, second, func.count())
        .select_from(meetings.join(one, one.c.id == meetings.c.attendee).join(other, other.c.id == meetings.c.partner))
        .where(meetings.c.event == event)
        .group_by(first, second)
    )
    sizes = select(_team, func.count()).where(registrations.c.event == event).group_by(_team)
    async with records.connect() as connection:
        people = {row[0]: row[1] for row in await connection.execute(sizes)}
        met = [(row, column, number) for row, column, number in await connection.execute(between)]
    return _merged(people, met)


def _merged(people: dict[str, int], met: list[tuple[str, str, int]]) -> Teams:
    large = sorted(name for name, size in people.items() if name and size >= SMALL_GROUP)
    small = len(large) < len(people)
    names = (*large, OTHERS) if small else tuple(large)
    counts = {(row, column): 0 for row in names for column in names}
    for row, column, number in met:
        counts[row if row in large else OTHERS, column if column in large else OTHERS] += number
    for name in names:
        counts[name, name] //= 2  # Both directions of a conversation within one team are in the table.

    def shown(number: int) -> int | None:
        return number if number == 0 or number >= SMALL_GROUP else None

    return Teams(names, tuple(tuple(shown(counts[row, column]) for column in names) for row in names))
