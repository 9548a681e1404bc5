"""Organisers' accounts: passwords, logins, and the links by which accounts begin."""

import asyncio
import hashlib
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from msgspec import Struct
from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from rooms.language.ids import OrganiserId
from server.records.engine import Records, new_id, now_ms
from server.records.portable import one_at_a_time
from server.records.schema import one_time_links, organisers, sessions

Result = TypeVar("Result")

DAY_MS = 24 * 3600 * 1000
SESSION_MS = 30 * DAY_MS
SETUP_LINK_MS = 7 * DAY_MS
INVITE_LINK_MS = 7 * DAY_MS
TOKEN_BYTES = 32
HASHES_AT_ONCE = 2
"""Each takes 64 MiB and a good part of a core for a moment; the rest wait in line."""
HASHES_WAITING = 32
"""Beyond this line nobody is made to wait: they are asked to come back."""
DECOY = "$argon2id$v=19$m=65536,t=3,p=4$JRgypE9nBGvYp6/R6vWT7w$CW7GRWOSsvjK8WeGj/zWbGfscuMItAj5cMzCkvjLvZI"
"""Of a forgotten password: compared when the e-mail is unknown, so that the answer takes as long."""

_hasher = PasswordHasher()
_threads = ThreadPoolExecutor(HASHES_AT_ONCE, thread_name_prefix="argon2")
_in_line: set[object] = set()


class Organiser(Struct, frozen=True):
    """One account, without its secrets."""

    id: OrganiserId
    email: str
    name: str
    demo: bool


class BusyError(Exception):
    """Too many sign-ins wait already."""


class LinkSpentError(Exception):
    """The one-time link is unknown, used or too old."""


class EmailTakenError(Exception):
    """There is an account with this e-mail."""


async def create(records: Records, email: str, name: str, password: str | None, demo: bool = False) -> Organiser:
    """A new account; without a password only the demo's printed link opens it.

    Raises:
        EmailTakenError: as it says.
        BusyError: too many passwords are being hashed.
    """
    organiser = Organiser(OrganiserId(new_id()), folded(email), name, demo)
    hashed = None if password is None else await hashed_password(password)
    async with records.begin() as connection:
        await add(connection, organiser, hashed)
    return organiser


async def add(connection: AsyncConnection, organiser: Organiser, hashed: str | None) -> None:
    """Write the row of a new account."""
    row = {"id": organiser.id, "email": organiser.email, "name": organiser.name, "demo": organiser.demo}
    try:
        await connection.execute(insert(organisers).values(row | {"password_hash": hashed, "created_at": now_ms()}))
    except IntegrityError:
        raise EmailTakenError from None


async def find(records: Records, organiser: str) -> Organiser | None:
    """The account of that identifier."""
    async with records.connect() as connection:
        row = (await connection.execute(select(organisers).where(organisers.c.id == organiser))).mappings().first()
    return account(row) if row else None


async def by_email(records: Records, email: str) -> Organiser | None:
    """The account of that e-mail, however it is spelt in capitals."""
    async with records.connect() as connection:
        query = select(organisers).where(organisers.c.email == folded(email))
        row = (await connection.execute(query)).mappings().first()
    return account(row) if row else None


async def by_password(records: Records, email: str, password: str) -> Organiser | None:
    """Whose e-mail and password these are; None, after the same time, if nobody's.

    Raises:
        BusyError: too many people are signing in.
    """
    async with records.connect() as connection:
        query = select(organisers).where(organisers.c.email == folded(email))
        row = (await connection.execute(query)).mappings().first()
    known = row["password_hash"] if row and row["password_hash"] else None
    fits = await in_line(partial(verified, known or DECOY, password))
    return account(row) if row and known and fits else None


async def open_session(records: Records, organiser: OrganiserId) -> str:
    """Sign somebody in: the token for their cookie. Logins that are over are swept out."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    now = now_ms()
    values = {"token_hash": digest(token), "organiser": organiser, "created_at": now, "expires_at": now + SESSION_MS}
    async with records.begin() as connection:
        await connection.execute(delete(sessions).where(sessions.c.expires_at <= now))
        await connection.execute(insert(sessions).values(values))
    return token


async def by_session(records: Records, token: str) -> Organiser | None:
    """Who holds this cookie; None if the login is unknown or over."""
    query = (
        select(organisers)
        .join(sessions, sessions.c.organiser == organisers.c.id)
        .where(sessions.c.token_hash == digest(token), sessions.c.expires_at > now_ms())
    )
    async with records.connect() as connection:
        row = (await connection.execute(query)).mappings().first()
    return account(row) if row else None


async def close_session(records: Records, token: str) -> None:
    """Sign out: the cookie is worth nothing from now on."""
    async with records.begin() as connection:
        await connection.execute(delete(sessions).where(sessions.c.token_hash == digest(token)))


async def setup_link(records: Records) -> str | None:
    """A token for `/setup/<token>`, as long as nobody has an account; earlier ones are void then.

    Call it when the server starts, to print the link.
    """
    async with records.begin() as connection:
        await connection.run_sync(one_at_a_time)
        count = select(func.count()).select_from(organisers).where(organisers.c.demo.is_(False))
        if (await connection.execute(count)).scalar_one():
            return None
        unused = one_time_links.c.purpose == "setup", one_time_links.c.used_at.is_(None)
        await connection.execute(delete(one_time_links).where(*unused))
        return await add_link(connection, "setup", SETUP_LINK_MS)


async def invite_link(records: Records) -> str:
    """A token for `/setup/<token>` that an organiser hands to a colleague."""
    async with records.begin() as connection:
        await connection.execute(delete(one_time_links).where(one_time_links.c.expires_at <= now_ms()))
        return await add_link(connection, "invite", INVITE_LINK_MS)


async def add_link(connection: AsyncConnection, purpose: str, lasts_ms: int) -> str:
    """Write down a one-time link."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    values = {"token_hash": digest(token), "purpose": purpose, "expires_at": now_ms() + lasts_ms}
    await connection.execute(insert(one_time_links).values(values))
    return token


async def link_is_good(records: Records, token: str) -> bool:
    """Whether an account can be made by this link now."""
    async with records.connect() as connection:
        return (await connection.execute(select(one_time_links.c.purpose).where(*good(token)))).first() is not None


async def claim(records: Records, token: str, email: str, name: str, password: str) -> Organiser:
    """Make an account by a one-time link; of two at the same moment only one succeeds.

    Raises:
        LinkSpentError: the link is unknown, used or too old.
        EmailTakenError: there is such an account; the link stays good.
        BusyError: too many passwords are being hashed.
    """
    hashed = await hashed_password(password)
    organiser = Organiser(OrganiserId(new_id()), folded(email), name, demo=False)
    async with records.begin() as connection:
        spent = await connection.execute(update(one_time_links).where(*good(token)).values(used_at=now_ms()))
        if spent.rowcount != 1:
            raise LinkSpentError
        await add(connection, organiser, hashed)
    return organiser


def good(token: str) -> tuple[ColumnElement[bool], ...]:
    """The conditions under which a link still opens."""
    links = one_time_links.c
    return links.token_hash == digest(token), links.used_at.is_(None), links.expires_at > now_ms()


def account(row: RowMapping) -> Organiser:
    """A row without its secrets."""
    return Organiser(OrganiserId(row["id"]), row["email"], row["name"], row["demo"])


def folded(email: str) -> str:
    """How e-mails are compared: nobody's mailbox has ever differed by capitals alone."""
    return email.strip().lower()


def digest(token: str) -> str:
    """What we keep of a token: a stolen table opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


async def hashed_password(password: str) -> str:
    """Argon2id of a password."""
    return await in_line(partial(_hasher.hash, password))


def verified(hashed: str, password: str) -> bool:
    """Whether the password is that of the hash."""
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


async def in_line(work: Callable[[], Result]) -> Result:
    """Run a slow calculation on one of our two threads."""
    if len(_in_line) >= HASHES_WAITING:
        raise BusyError
    place = object()
    _in_line.add(place)
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads, work)
    finally:
        _in_line.discard(place)
