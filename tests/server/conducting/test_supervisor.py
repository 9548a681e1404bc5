"""Which worker conducts: one of them, up to a number, and it hands on when it stops."""

import asyncio
from pathlib import Path

from rooms.language import commands as c
from rooms.language.ids import EventId
from rooms.language.notices import Settled
from server.store import keys
from server.store.client import Store
from tests.support.redis import TestRedis
from tests.support.stage import Stage, a_stage, an_event


async def test_exactly_one_worker_conducts(stage: Stage) -> None:
    await stage.attendee("Ada", 0)
    await asyncio.sleep(1.0)
    owner = (await stage.store.do("GET", keys.lease(stage.event))).decode()
    conducting = [services.worker for services in stage.workers if stage.event in services.supervisor.conducted]
    assert owner in conducting


async def test_a_worker_conducts_no_more_than_it_may(redis: TestRedis, store: Store, tmp_path: Path) -> None:
    async with a_stage(redis.url, tmp_path, events_per_worker="1") as stage:
        others = [await an_event(stage.records) for _ in range(3)]
        for event in others:
            await stage.workers[0].running.wake(event, stage.workers[0].clock.now())
        await asyncio.sleep(1.0)
        assert all(len(services.supervisor.conducted) <= 1 for services in stage.workers)


async def test_an_event_nobody_knows_is_forgotten(stage: Stage) -> None:
    services = stage.workers[0]
    await services.running.wake(EventId("no-such-event"), services.clock.now())
    async with asyncio.timeout(10):
        while "no-such-event" in await services.running.everything():
            await asyncio.sleep(0.05)


async def test_commands_are_decided_whichever_worker_conducts(stage: Stage) -> None:
    for worker in (0, 1):
        browser = await stage.attendee(f"Ada {worker}", worker)
        assert isinstance(await browser.ask(c.SetReadiness(ready=True)), Settled)
