"""One Redis for all tests of the server, or one of each form; each test finds it empty."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.store.client import Store
from tests.support.constellations import Sky
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


@pytest.fixture(scope="session")
async def sky(redis: TestRedis) -> AsyncIterator[Sky]:
    """Every form of Redis, each started when a test first wants it."""
    sky = Sky(redis.url)
    yield sky
    sky.stop()


@pytest.fixture
def where(request: pytest.FixtureRequest) -> str:
    """Which form of Redis a test runs on; one server unless it says otherwise."""
    return str(getattr(request, "param", "single"))


@pytest.fixture
async def store(sky: Sky, where: str) -> AsyncIterator[Store]:
    """A connection to an empty Redis."""
    async with flushed(await sky.url(where)) as store:
        yield store


@pytest.fixture
async def stage(sky: Sky, where: str, store: Store, tmp_path: Path) -> AsyncIterator[Stage]:
    """Two workers over an empty Redis."""
    async with a_stage(await sky.url(where), tmp_path) as stage:
        yield stage


@pytest.fixture
async def worker(redis: TestRedis, store: Store, tmp_path: Path) -> AsyncIterator[Worker]:
    """One worker with real sockets over an empty Redis."""
    async with a_worker(redis.url, tmp_path) as worker:
        yield worker
