"""Who has a seat at which event: registrations, their cards and their contact fields."""

import secrets
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta
from sqlalchemy import and_, delete, func, insert, literal, or_, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.language.cards import Card, Traits
from rooms.language.ids import AttendeeId, EventId, Instant
from rooms.language.limits import SHORT_TEXT_CHARS
from rooms.language.message import Value
from server.records.engine import Records, new_id, now_ms
from server.records.schema import answers, events, registrations, reports

Status = Literal["invited", "joined", "removed", "banned", "erased"]
Source = Literal["link", "import", "organiser", "demo"]
ContactField = Literal["email", "phone", "linkedin", "website", "other"]
ContactLine = Annotated[str, Meta(max_length=254)]

SEATED: tuple[Status, ...] = ("invited", "joined")
"""Those who hold a seat: invited people keep theirs until they come."""
TOMBSTONE_NAME = "Somebody who left"
"""What stands in other people's lists where an erased person was."""

_known_fields = frozenset(field.encode_name for field in msgspec.structs.fields(Card))

_PLAIN = (
    *("id", "event", "email", "role", "token", "source", "status"),
    *("consented_at", "created_at", "first_seen_at", "last_seen_at"),
)


class Contact(Value, frozen=True):
    """How to reach somebody afterwards; shown to nobody unless both said yes, and then field by field."""

    email: ContactLine = ""
    phone: Annotated[str, Meta(max_length=40)] = ""
    linkedin: ContactLine = ""
    website: ContactLine = ""
    other: Annotated[str, Meta(max_length=SHORT_TEXT_CHARS)] = ""


CONTACT_FIELDS: tuple[ContactField, ...] = ("email", "phone", "linkedin", "website", "other")


_profiles = msgspec.json.Decoder(dict[str, Any])
_contacts = msgspec.json.Decoder(Contact)


class Registration(msgspec.Struct, frozen=True):
    """One person's seat at one event."""

    id: AttendeeId
    event: EventId
    email: str
    """For the organisers and the personal link; never part of the card."""
    role: str
    groups: tuple[str, ...]
    """Tags for making matches; shown to no other guest."""
    language_required: bool
    card: Card
    contact: Contact
    token: str
    source: Source
    status: Status
    consented_at: int | None
    created_at: int
    first_seen_at: int | None
    last_seen_at: int | None

    @property
    def name(self) -> str:
        """The name on the card."""
        return self.card.name

    @property
    def traits(self) -> Traits:
        """What the matcher knows beyond the card."""
        return Traits(self.role, self.groups, self.language_required)

    @property
    def welcome(self) -> bool:
        """Whether the person may come in: neither removed nor banned nor erased."""
        return self.status in SEATED


class Newcomer(msgspec.Struct, frozen=True):
    """What is known of somebody before they have a seat."""

    name: str
    email: str = ""
    team: str = ""
    role: str = ""
    interests: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    source: Source = "link"
    conduct_hash: str = ""
    """Of the code of conduct they accepted; empty while they have not."""


def now() -> Instant:
    """The instant for rows that no order of the engine caused."""
    return Instant(now_ms())


def _row(event: EventId, newcomer: Newcomer, attendee: str) -> dict[str, Any]:
    joined = bool(newcomer.conduct_hash) or newcomer.source in {"link", "demo"}
    at = now()
    # Whoever wrote their own address down may share it later; one that an organiser brought is the organiser's.
    own = newcomer.email if newcomer.source in {"link", "demo"} else ""
    profile = {"team": newcomer.team, "interests": newcomer.interests, "groups": newcomer.groups}
    return {
        "id": attendee,
        "event": event,
        "name": newcomer.name,
        "email": newcomer.email,
        "address": newcomer.email.casefold(),
        "role": newcomer.role,
        "profile": msgspec.json.encode(profile).decode(),
        "contact": msgspec.json.encode({"email": own}).decode(),
        "token": secrets.token_urlsafe(32),
        "source": newcomer.source,
        "status": "joined" if joined else "invited",
        "conduct_hash": newcomer.conduct_hash,
        "consented_at": at if newcomer.conduct_hash else None,
        "created_at": at,
    }


def card_of(row: RowMapping) -> Card:
    """The card in a row of the table."""
    return _card(row, _profile_of(row))


def _profile_of(row: RowMapping) -> dict[str, Any]:
    profile: dict[str, Any] = _profiles.decode(row["profile"])
    return profile


def _card(row: RowMapping, profile: dict[str, Any]) -> Card:
    known = {key: value for key, value in profile.items() if key in _known_fields}
    return msgspec.convert({**known, "id": row["id"], "name": row["name"]}, Card)


def registration(row: RowMapping) -> Registration:
    """A row of the table as a value."""
    profile = _profile_of(row)
    return Registration(
        groups=tuple(profile.get("groups", ())),
        language_required=bool(profile.get("language_required", False)),
        card=_card(row, profile),
        contact=_contacts.decode(row["contact"]),
        **{key: row[key] for key in _PLAIN},
    )


async def join(records: Records, event: EventId, newcomer: Newcomer, capacity: int) -> Registration | None:
    """Give somebody a seat at once; None when all `capacity` seats (0: no limit) are taken."""
    row = _row(event, newcomer, new_id())
    columns = list(row)
    values = [literal(row[name], registrations.c[name].type) for name in columns]
    wanted = select(*values)
    if capacity:
        taken = select(func.count()).select_from(registrations).where(seated(event)).scalar_subquery()
        wanted = wanted.where(taken < capacity)
    async with records.begin() as connection:
        if capacity:
            # Whoever joins next counts when this one is written down, so the last seat is given once.
            await connection.execute(select(events.c.id).where(events.c.id == event).with_for_update(key_share=True))
        done = await connection.execute(insert(registrations).from_select(columns, wanted))
        if not done.rowcount:
            return None
        return await _find(connection, AttendeeId(row["id"]))


def seated(event: EventId) -> Any:
    """The condition of holding a seat at this event."""
    return and_(registrations.c.event == event, registrations.c.status.in_(SEATED))


async def add(records: Records, event: EventId, newcomers: Sequence[Newcomer]) -> list[Registration]:
    """Write many people down, all or none; they are invited until they come."""
    # Sorted, so that the list keeps the order in which they were given.
    ids = sorted(new_id() for _ in newcomers)
    rows = [_row(event, newcomer, attendee) for newcomer, attendee in zip(newcomers, ids, strict=True)]
    if not rows:
        return []
    async with records.begin() as connection:
        await connection.execute(insert(registrations), rows)
        found = [await _find(connection, AttendeeId(row["id"])) for row in rows]
    return [person for person in found if person is not None]


async def consent(records: Records, attendee: AttendeeId, conduct_hash: str) -> None:
    """An invited person accepts the code of conduct and has joined."""
    change = {"status": "joined", "conduct_hash": conduct_hash, "consented_at": now()}
    await _change(records, attendee, change, statuses=SEATED)


async def hold(connection: AsyncConnection, attendee: AttendeeId) -> None:
    """Let nobody else change what hangs on this person until the transaction ends."""
    row = select(registrations.c.id).where(registrations.c.id == attendee)
    await connection.execute(row.with_for_update(key_share=True))


async def _find(connection: AsyncConnection, attendee: AttendeeId) -> Registration | None:
    found = await connection.execute(select(registrations).where(registrations.c.id == attendee))
    row = found.mappings().first()
    return registration(row) if row else None


async def find(records: Records, attendee: AttendeeId) -> Registration | None:
    """The registration of this id, whatever its status."""
    return await records.one_of_many(_by_ids, attendee)


async def _by_ids(connection: AsyncConnection, ids: Sequence[AttendeeId]) -> dict[AttendeeId, Registration]:
    rows = await connection.execute(select(registrations).where(registrations.c.id.in_(ids)))
    return {AttendeeId(row["id"]): registration(row) for row in rows.mappings()}


async def by_token(records: Records, token: str) -> Registration | None:
    """Whose personal link or cookie this is; None for an unknown one. Removed people are found too: see `welcome`."""
    return await records.one_of_many(_by_tokens, token)


async def _by_tokens(connection: AsyncConnection, tokens: Sequence[str]) -> dict[str, Registration]:
    known = and_(registrations.c.token.in_(tokens), registrations.c.status != "erased")
    rows = await connection.execute(select(registrations).where(known))
    return {row["token"]: registration(row) for row in rows.mappings()}


async def banned(records: Records, event: EventId, email: str) -> bool:
    """Whether somebody with this address has been banned from the event."""
    if not email:
        return False
    same = func.lower(registrations.c.email) == email.lower()
    query = select(registrations.c.id).where(registrations.c.event == event, same, registrations.c.status == "banned")
    async with records.connect() as connection:
        return (await connection.execute(query.limit(1))).first() is not None


async def save(records: Records, person: Registration, changed: Card, contact: Contact, traits: Traits) -> None:
    """Keep a new card, new contact fields and what the matcher knows of somebody."""
    profile = msgspec.to_builtins(changed)
    del profile["id"], profile["name"]
    private = {"groups": traits.groups, "language_required": traits.language_required}
    change = {
        "name": changed.name,
        "role": traits.role,
        "profile": msgspec.json.encode(profile | private).decode(),
        "contact": msgspec.json.encode(contact).decode(),
    }
    await _change(records, person.id, change, statuses=SEATED)


async def set_status(records: Records, event: EventId, attendee: AttendeeId, status: Status) -> bool:
    """Remove, ban or readmit somebody; False when there is nobody of that id, or they are erased."""
    person = await find(records, attendee)
    if person is None or person.event != event:
        return False
    return await _change(records, attendee, {"status": status}, statuses=("invited", "joined", "removed", "banned"))


async def set_role(records: Records, event: EventId, attendee: AttendeeId, role: str) -> bool:
    """Write down which part somebody has in the evening; False when there is nobody of that id."""
    person = await find(records, attendee)
    if person is None or person.event != event:
        return False
    return await _change(records, attendee, {"role": role}, statuses=("invited", "joined", "removed", "banned"))


async def _change(
    records: Records, attendee: AttendeeId, values: dict[str, Any], *, statuses: Sequence[Status]
) -> bool:
    statement = update(registrations).where(registrations.c.id == attendee, registrations.c.status.in_(statuses))
    async with records.begin() as connection:
        return bool((await connection.execute(statement.values(values))).rowcount)


async def erase(records: Records, attendee: AttendeeId) -> None:
    """Forget a person: what remains is a row without personal data, so that others' counts stay right.

    Reports about the person keep their text, because safety outlives the wish to be forgotten.
    """
    blank = {
        "name": TOMBSTONE_NAME,
        "email": "",
        "address": "",
        "role": "",
        "profile": "{}",
        "contact": "{}",
        "token": f"erased-{secrets.token_hex(16)}",
        "status": "erased",
    }
    mine = or_(answers.c.by == attendee, answers.c.about == attendee)
    async with records.begin() as connection:
        await connection.execute(update(registrations).where(registrations.c.id == attendee).values(blank))
        await connection.execute(delete(answers).where(mine))
        await connection.execute(update(reports).where(reports.c.by == attendee).values(text=""))


async def remove_row(records: Records, event: EventId, attendee: AttendeeId) -> bool:
    """Delete somebody who never came, with everything that hangs on the row."""
    statement = delete(registrations).where(
        registrations.c.id == attendee, registrations.c.event == event, registrations.c.first_seen_at.is_(None)
    )
    async with records.begin() as connection:
        return bool((await connection.execute(statement)).rowcount)
