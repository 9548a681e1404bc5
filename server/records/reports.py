"""Reports of people about people, and blocks: kept at once, told to the organisers afterwards."""

from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy import func, insert, select, update

from rooms.language.cards import Text
from rooms.language.ids import AttendeeId, EventId
from server.records.connections import UnknownPersonError
from server.records.engine import Records, new_id
from server.records.portable import insert_into
from server.records.registrations import Registration, find, hold, now
from server.records.schema import answers, blocks, reports

REPORTS_PER_PERSON = 50
"""Reports one person may file at one event: nobody in need is refused, nobody fills the disk."""


class Complaint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody reports about somebody. Snake case on the wire, as the contract of the live page has it."""

    about: AttendeeId
    kind: Annotated[str, Meta(pattern=r"^[a-z_]{1,20}$")]
    text: Text = ""
    never_again: bool = False
    """Never put us together again, and nothing between us is mutual any more."""


class TooManyReportsError(Exception):
    """This person has filed more reports than anybody needs."""


class Filed(msgspec.Struct, frozen=True):
    """A report as it was kept."""

    id: str
    by: AttendeeId
    about: AttendeeId
    kind: str
    text: str
    created_at: int


async def file(records: Records, by: Registration, complaint: Complaint) -> str:
    """Keep a report and, if wished, a block; when this returns both are committed. Its id comes back.

    Raises:
        UnknownPersonError: when nobody of that id is at the event.
        TooManyReportsError: when this person has filed `REPORTS_PER_PERSON` already.
    """
    about = await find(records, complaint.about)
    if about is None or about.event != by.event or about.id == by.id:
        raise UnknownPersonError(complaint.about)
    row = {
        "id": new_id(),
        "event": by.event,
        "by": by.id,
        "about": about.id,
        "kind": complaint.kind,
        "text": complaint.text,
        "created_at": now(),
    }
    filed_already = select(func.count()).select_from(reports).where(reports.c.by == by.id)
    async with records.begin() as connection:
        await hold(connection, by.id)
        if (await connection.execute(filed_already)).scalar_one() >= REPORTS_PER_PERSON:
            raise TooManyReportsError
        await connection.execute(insert(reports).values(row))
    if complaint.never_again:
        await block(records, by, about.id)
    return str(row["id"])


async def block(records: Records, by: Registration, about: AttendeeId) -> None:
    """Keep two people apart for good; a yes said before is taken back, silently."""
    key = {"event": by.event, "by": by.id, "about": about}
    mine = update(answers).where(*(answers.c[name] == value for name, value in key.items()))
    async with records.begin() as connection:
        await connection.execute(
            insert_into(connection, blocks).values(**key, created_at=now()).on_conflict_do_nothing()
        )
        await connection.execute(mine.values(answer="no", updated_at=now()))


async def apart(records: Records, event: EventId) -> list[tuple[AttendeeId, AttendeeId]]:
    """All pairs that must never meet: for the engine's first state."""
    query = select(blocks.c.by, blocks.c.about).where(blocks.c.event == event)
    async with records.connect() as connection:
        return [(AttendeeId(by), AttendeeId(about)) for by, about in await connection.execute(query)]


async def filed(records: Records, event: EventId) -> list[Filed]:
    """All reports of an event, oldest first."""
    query = select(reports).where(reports.c.event == event).order_by(reports.c.created_at, reports.c.id)
    async with records.connect() as connection:
        rows = (await connection.execute(query)).mappings().all()
    return [Filed(**{name: row[name] for name in ("id", "by", "about", "kind", "text", "created_at")}) for row in rows]
