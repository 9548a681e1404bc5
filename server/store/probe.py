"""Short questions to Redis from outside the workers: is it there, and: this worker died."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis.exceptions import RedisError

from rooms.language.ids import WorkerId
from server.store import keys
from server.store.client import Store, StoreAwayError

ANSWER_S = 1.0
OLDEST = 7


class TooOldError(Exception):
    """That Redis lacks commands we need."""


@asynccontextmanager
async def briefly(url: str) -> AsyncIterator[Store]:
    """A connection for a few questions.

    Raises:
        StoreAwayError: nobody answers there, or not us.
    """
    try:
        store = Store(url, ANSWER_S)
    except ValueError as error:
        raise StoreAwayError(str(error)) from None
    try:
        yield store
    except RedisError as error:  # wrong password, no permission: as good as away
        raise StoreAwayError(str(error)) from error
    finally:
        await store.close()


async def ping(url: str) -> None:
    """Raises:
    StoreAwayError: nobody answers there.
    """
    async with briefly(url) as store:
        await store.do("PING")


async def check_version(url: str) -> None:
    """Raises:
    StoreAwayError: nobody answers there.
    TooOldError: it is older than 7.
    """
    async with briefly(url) as store:
        for about in await store.everywhere("INFO", "server"):
            version = str(about["redis_version"] if isinstance(about, dict) else about)
            major = version.partition("redis_version:")[2] or version
            if int(major.split(".")[0]) < OLDEST:
                raise TooOldError(version)


async def tell_death(url: str, worker: WorkerId) -> None:
    """A worker's process has ended: let the others see its people off at once, not when it has been silent."""
    async with briefly(url) as store:
        await store.do_all(("ZADD", keys.WORKERS, "XX", 0, worker), ("SPUBLISH", keys.DIED, worker))
