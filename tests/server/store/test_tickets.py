"""Tickets: good once, however many try at the same moment."""

import asyncio

import pytest

from rooms.language.ids import Role
from server.store import keys
from server.store.client import Store
from server.store.tickets import GOOD_FOR_S, Ticket, Tickets
from tests.support.shelf import EVENT

TICKET = Ticket(EVENT, Role.ATTENDEE, "ada", "Ada")


async def test_a_ticket_raced_fifty_ways_is_taken_once(store: Store) -> None:
    tickets = Tickets(store)
    token = await tickets.give(TICKET)
    taken = await asyncio.gather(*(tickets.take(token) for _ in range(50)))
    assert [ticket for ticket in taken if ticket is not None] == [TICKET]


async def test_a_ticket_does_not_last(store: Store) -> None:
    tickets = Tickets(store)
    token = await tickets.give(TICKET)
    assert 0 < await store.do("TTL", keys.ticket(token)) <= GOOD_FOR_S


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "ä" * 43, "x" * 10_000, "*" * 43])
async def test_what_never_was_a_ticket_admits_nobody(store: Store, token: str) -> None:
    assert await Tickets(store).take(token) is None


async def test_tickets_cannot_be_guessed(store: Store) -> None:
    tokens = {await Tickets(store).give(TICKET) for _ in range(50)}
    assert len(tokens) == 50
    assert all(len(token) == 43 for token in tokens)
