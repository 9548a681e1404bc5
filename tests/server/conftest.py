"""One Redis for all tests of the server; each finds it empty."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.store.client import Store
from tests.support.redis import TestRedis, flushed
from tests.support.stage import Stage, a_stage
from tests.support.worker import Worker, a_worker


@pytest.fixture(scope="session")
async def redis() -> AsyncIterator[TestRedis]:
    """A server that tests must not break."""
    server = TestRedis()
    await server.start()
    yield server
    server.stop()


@pytest.fixture
async def store(redis: TestRedis) -> AsyncIterator[Store]:
    """A connection to an empty Redis."""
    async with flushed(redis) as store:
        yield store


@pytest.fixture
async def stage(redis: TestRedis, store: Store, tmp_path: Path) -> AsyncIterator[Stage]:
    """Two workers over an empty Redis."""
    async with a_stage(redis.url, tmp_path) as stage:
        yield stage


@pytest.fixture
async def worker(redis: TestRedis, store: Store, tmp_path: Path) -> AsyncIterator[Worker]:
    """One worker with real sockets over an empty Redis."""
    async with a_worker(redis.url, tmp_path) as worker:
        yield worker
