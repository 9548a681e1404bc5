"""Tickets: a page asks for one over its login and opens a socket with it; good for 30 s, once."""

import secrets

import msgspec

from rooms.language.ids import EventId, Role
from server.store import keys
from server.store.client import Store

GOOD_FOR_S = 30
TICKET_CHARS = 43
"""256 bits as text."""


class Ticket(msgspec.Struct, frozen=True):
    """Whom it admits, where, and as what."""

    event: EventId
    role: Role
    id: str
    """AttendeeId or OrganiserId."""
    name: str


class Tickets:
    """Hands tickets out and takes them, each only once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def give(self, ticket: Ticket) -> str:
        """The secret text by which the ticket is taken."""
        token = secrets.token_urlsafe(32)
        await self._store.do("SET", keys.ticket(token), msgspec.msgpack.encode(ticket), "EX", GOOD_FOR_S)
        return token

    async def take(self, token: str) -> Ticket | None:
        """The ticket, if nobody took it before; None also for anything that never was one."""
        if len(token) != TICKET_CHARS or not token.isascii():
            return None
        data = await self._store.do("GETDEL", keys.ticket(token))
        return None if data is None else msgspec.msgpack.decode(data, type=Ticket)
