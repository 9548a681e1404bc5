"""One server: what becomes of those who wait for it when it is let go."""

import asyncio

import pytest
from redis.asyncio import UnixDomainSocketConnection

from server.store.away import StoreAwayError
from server.store.node import Node
from tests.support.redis import TestRedis, a_redis


def node_at(redis: TestRedis) -> Node:
    """A node of a server on a unix socket."""
    return Node({"connection_class": UnixDomainSocketConnection, "path": redis.url.removeprefix("unix://")}, 5.0)


async def test_who_waits_for_a_server_that_is_let_go_hears_that_it_is_away() -> None:
    async with a_redis() as redis:
        node = node_at(redis)
        await node.ask(("PING",))
        with redis.stalled():
            waiting = asyncio.create_task(node.ask(("PING",)))
            await asyncio.sleep(0)
            await node.close()
            with pytest.raises(StoreAwayError, match="not one of ours"):
                await waiting


async def test_who_is_cancelled_while_waiting_is_cancelled() -> None:
    async with a_redis() as redis:
        node = node_at(redis)
        with redis.stalled():
            waiting = asyncio.create_task(node.ask(("PING",)))
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
        await node.close()
