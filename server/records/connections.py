"""One person's word about another, and what becomes visible once both said yes.

What the other side said is joined in SQL only where both said yes and neither was removed, so one-sided interest never
even reaches this process.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import FromClause, Select, and_, exists, or_, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.language.cards import Text
from rooms.language.ids import AttendeeId, EventId
from rooms.language.message import Value
from server.records import meetings as meetings_of
from server.records import registrations as people
from server.records.engine import Records
from server.records.meetings import Meeting
from server.records.portable import insert_into
from server.records.registrations import CONTACT_FIELDS, SEATED, Contact, ContactField, Registration
from server.records.schema import answers, meetings, registrations

Answer = Literal["yes", "no"]
KudosCode = Annotated[str, Meta(pattern=r"^[a-z_]{0,20}$")]
"""A code; the words belong to the page: great_listener, made_me_laugh, taught_me, made_me_welcome."""


class Word(Value, frozen=True):
    """What somebody says about somebody; what is not given stays as it is, an answer of null is undecided."""

    answer: Answer | UnsetType | None = UNSET
    note: Text | UnsetType = UNSET
    kudos: KudosCode | UnsetType = UNSET
    shared: Annotated[tuple[ContactField, ...], Meta(max_length=len(CONTACT_FIELDS))] | UnsetType = UNSET
    """Which of my contact fields the other one may see once both said yes."""


class Met(Value, frozen=True):
    """One row of my list: the person, my own word, and what both agreed to."""

    id: AttendeeId
    name: str
    pronouns: str
    said: str
    team: str
    headline: str
    place: str
    timezone: str
    interests: tuple[str, ...]
    ask_me: str
    rounds: tuple[int, ...]
    talked_ms: int
    answer: Answer | None
    shared: tuple[ContactField, ...]
    note: str
    kudos: str
    thanks: str
    thanks_sent: bool
    mutual: bool
    contact: dict[ContactField, str] | None
    """Only what the other one agreed to show, and only when both said yes."""
    thanks_received: str
    kudos_received: str


class Said(msgspec.Struct, frozen=True):
    """What came of somebody's word."""

    row: Met
    newly_mutual: bool


_SHOWN = ("id", "name", "pronouns", "said", "team", "headline", "place", "timezone", "interests", "ask_me")


class UnknownPersonError(Exception):
    """There is nobody of that id at this event."""


def _query(event: EventId, me: AttendeeId) -> Select[Any]:
    mine = answers.alias("mine")
    theirs = answers.alias("theirs")
    met = exists().where(meetings.c.event == event, meetings.c.attendee == me, meetings.c.partner == registrations.c.id)
    columns = (
        *registrations.c,
        *(mine.c[name].label(f"my_{name}") for name in ("answer", "shared", "note", "kudos", "thanks")),
        mine.c.thanks_sent_at.label("my_thanks_sent_at"),
        theirs.c.by.label("mutual"),
        theirs.c.shared.label("their_shared"),
        theirs.c.thanks.label("their_thanks"),
        theirs.c.thanks_sent_at.label("their_thanks_sent_at"),
        theirs.c.kudos.label("their_kudos"),
    )
    of_mine = and_(mine.c.event == event, mine.c.by == me, mine.c.about == registrations.c.id)
    source = registrations.outerjoin(mine, of_mine).outerjoin(theirs, _mutual(event, me, mine, theirs))
    known = or_(met, mine.c.by.is_not(None))
    whose = and_(registrations.c.event == event, registrations.c.id != me, known)
    return select(*columns).select_from(source).where(whose)


def _mutual(event: EventId, me: AttendeeId, mine: FromClause, theirs: FromClause) -> Any:
    return and_(
        theirs.c.event == event,
        theirs.c.by == registrations.c.id,
        theirs.c.about == me,
        theirs.c.answer == "yes",
        mine.c.answer == "yes",
        registrations.c.status.in_(SEATED),
    )


def _met(row: RowMapping, held: Sequence[Meeting]) -> Met:
    person = people.registration(row)
    both = row["mutual"] is not None
    gone = person.status == "erased"
    return Met(
        **{name: getattr(person.card, name) for name in _SHOWN},
        rounds=tuple(sorted({meeting.round for meeting in held})),
        talked_ms=sum(meeting.talked_ms for meeting in held),
        answer=None if gone else row["my_answer"],
        shared=msgspec.json.decode(row["my_shared"] or "[]", type=tuple[ContactField, ...]),
        note=row["my_note"] or "",
        kudos=row["my_kudos"] or "",
        thanks=row["my_thanks"] or "",
        thanks_sent=row["my_thanks_sent_at"] is not None,
        mutual=both,
        contact=_agreed(person.contact, row["their_shared"]) if both else None,
        thanks_received=row["their_thanks"] if both and row["their_thanks_sent_at"] is not None else "",
        kudos_received=row["their_kudos"] if both else "",
    )


def _agreed(contact: Contact, shared: str) -> dict[ContactField, str]:
    agreed = msgspec.json.decode(shared, type=set[ContactField])
    return {name: getattr(contact, name) for name in CONTACT_FIELDS if name in agreed and getattr(contact, name)}


async def met(records: Records, event: EventId, me: AttendeeId) -> list[Met]:
    """Everybody I met or said a word about, in the order of our first rounds."""
    held: dict[AttendeeId, list[Meeting]] = {}
    for meeting in await meetings_of.of(records, event, me):
        held.setdefault(meeting.partner, []).append(meeting)
    async with records.connect() as connection:
        rows = (await connection.execute(_query(event, me))).mappings().all()
    found = [_met(row, held.get(row["id"], ())) for row in rows]
    return sorted(found, key=lambda one: (one.rounds or (1_000_000,), one.name.casefold(), one.id))


async def _one(connection: AsyncConnection, event: EventId, me: AttendeeId, about: AttendeeId) -> RowMapping:
    query = _query(event, me).where(registrations.c.id == about)
    row: RowMapping | None = (await connection.execute(query)).mappings().first()
    if row is None:
        raise UnknownPersonError(about)
    return row


async def say(records: Records, me: Registration, about: AttendeeId, word: Word) -> Said:
    """Keep my word about somebody; when this returns it is committed.

    Raises:
        UnknownPersonError: when nobody of that id has a seat at my event.
    """
    values: dict[str, Any] = {
        name: value for name in ("answer", "note", "kudos") if (value := getattr(word, name)) is not UNSET
    }
    if word.shared is not UNSET:
        values["shared"] = msgspec.json.encode([name for name in CONTACT_FIELDS if name in word.shared]).decode()
    if "answer" in values:
        values["answered_at"] = people.now()
    return await _write(records, me, about, values)


async def thank(records: Records, me: Registration, about: AttendeeId, text: str) -> Said:
    """Send my thanks; the other one reads them only if both said yes.

    Raises:
        UnknownPersonError: when nobody of that id has a seat at my event.
    """
    return await _write(records, me, about, {"thanks": text, "thanks_sent_at": people.now() if text else None})


async def draft_thanks(records: Records, me: Registration, about: AttendeeId, text: str) -> Said:
    """Keep the words of thanks without sending them; sent ones are taken back by this.

    Raises:
        UnknownPersonError: when nobody of that id has a seat at my event.
    """
    return await _write(records, me, about, {"thanks": text, "thanks_sent_at": None})


async def _write(records: Records, me: Registration, about: AttendeeId, values: dict[str, Any]) -> Said:
    key = {"event": me.event, "by": me.id, "about": about}
    blank = {"shared": "[]", "note": "", "kudos": "", "thanks": "", "updated_at": people.now()}
    whose = and_(*(answers.c[name] == value for name, value in key.items()))
    async with records.begin() as connection:
        await _hold_both(connection, me, about)
        await connection.execute(insert_into(connection, answers).values(**key, **blank).on_conflict_do_nothing())
        before = (await _one(connection, me.event, me.id, about))["mutual"] is not None
        await connection.execute(update(answers).where(whose).values({**values, "updated_at": people.now()}))
        after = await _one(connection, me.event, me.id, about)
    held = [meeting for meeting in await meetings_of.of(records, me.event, me.id) if meeting.partner == about]
    return Said(_met(after, held), newly_mutual=not before and after["mutual"] is not None)


async def _hold_both(connection: AsyncConnection, me: Registration, about: AttendeeId) -> None:
    """Hold the rows of both to the end, always in the same order: of two yeses at once one sees the other."""
    both = select(registrations.c.id).where(
        registrations.c.id.in_((me.id, about)),
        registrations.c.event == me.event,
        or_(registrations.c.status != "erased", registrations.c.id == me.id),
    )
    held = await connection.execute(both.order_by(registrations.c.id).with_for_update(key_share=True))
    if about == me.id or about not in held.scalars().all():
        raise UnknownPersonError(about)
