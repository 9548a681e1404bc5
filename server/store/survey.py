"""What a Redis says about itself: whether it keeps what it is given, and what time it has."""

import time
from collections.abc import Mapping
from typing import Any

import msgspec

from server.store.probe import briefly


class Surveyed(msgspec.Struct, frozen=True):
    """One server that holds keys."""

    version: str
    appends: bool
    """Whether every change goes to a file at once (`appendonly yes`)."""
    policy: str
    """What it does when memory is full: only `noeviction` forgets nothing."""
    replicas: int
    ahead_ms: float
    """Its clock minus ours."""
    within_ms: float
    """How exact that is: half the way there and back."""


async def survey(url: str) -> list[Surveyed]:
    """Each server behind this address. INFO tells it, which also those allow that have CONFIG switched off.

    Raises:
        StoreAwayError: nobody answers there.
    """
    async with briefly(url) as store:
        tellings = [_fields(about) for about in await store.everywhere("INFO", "everything")]
        sent = time.time()
        clocks = [_milliseconds(answer) for answer in await store.everywhere("TIME")]
        heard = time.time()
    ours, within = (sent + heard) * 500, (heard - sent) * 500
    return [
        Surveyed(
            version=str(told.get("redis_version", "")),
            appends=str(told.get("aof_enabled")) == "1",
            policy=str(told.get("maxmemory_policy", "")),
            replicas=int(told.get("connected_slaves", 0)),
            ahead_ms=clock - ours,
            within_ms=within,
        )
        for told, clock in zip(tellings, clocks, strict=True)
    ]


def _fields(about: Any) -> Mapping[str, Any]:
    """The answer to INFO, which the library may have taken apart already."""
    if isinstance(about, Mapping):
        return about
    text = about.decode() if isinstance(about, bytes) else str(about)
    return dict(line.split(":", 1) for line in text.splitlines() if ":" in line)


def _milliseconds(answer: Any) -> float:
    seconds, micros = (int(part) for part in answer)
    return seconds * 1000 + micros / 1000
