"""Health and readiness for whoever watches the server."""

import asyncio
from types import SimpleNamespace

import pytest

from server.records.engine import RecordsAwayError
from server.store.client import StoreAwayError
from tests.support.worker import Worker


async def test_a_living_worker_says_so_and_nothing_else(worker: Worker) -> None:
    async with worker.browser() as browser, worker.attendee():
        about = (await browser.get("/health")).json()
    assert about == {"status": "ok", "worker": worker.services.worker}


async def test_a_worker_that_moves_is_not_ready(worker: Worker) -> None:
    async with worker.browser() as browser:
        assert (await browser.get("/ready")).status_code == 200
        worker.services.relay.moving = True
        assert (await browser.get("/ready")).status_code == 503
        worker.services.relay.moving = False


async def wrong(worker: Worker) -> list[str]:
    """The parts that /ready says are wrong; its status agrees, and there is nothing else in it."""
    async with worker.browser() as browser:
        answer = await browser.get("/ready")
    said = answer.json()
    assert answer.status_code == (503 if said["wrong"] else 200)
    assert said == {"status": "not ready" if said["wrong"] else "ready", "wrong": said["wrong"]}
    return list(said["wrong"])


async def test_a_database_that_is_away_is_named(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away() -> None:
        raise RecordsAwayError("connection to 10.0.0.7 refused")

    monkeypatch.setattr(worker.services.records, "ping", away)
    assert await wrong(worker) == ["sql"]


async def test_a_database_that_hangs_holds_up_nobody_for_long(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.readiness.ASK_S", 0.05)
    monkeypatch.setattr(worker.services.records, "ping", asyncio.Event().wait)
    assert await wrong(worker) == ["sql"]


async def test_however_many_ask_the_database_is_asked_once(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    async def ping() -> None:
        nonlocal asked
        asked += 1

    monkeypatch.setattr("server.readiness.FRESH_S", 60.0)
    monkeypatch.setattr(worker.services.records, "ping", ping)
    worker.services.readiness._asked_at = -60.0
    answers = await asyncio.gather(*(worker.services.readiness.wrong() for _ in range(50)))
    assert answers == [()] * 50
    assert asked == 1


async def test_a_redis_that_is_away_is_named(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away() -> bool:
        raise StoreAwayError("nobody answers")

    monkeypatch.setattr(worker.services.presence, "beat", away)
    async with asyncio.timeout(10):
        while worker.services.heartbeat.well:
            await asyncio.sleep(0.05)
    assert await wrong(worker) == ["redis"]


async def test_a_conductor_that_does_not_keep_up_is_named(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    now = worker.services.clock.now()
    busy = SimpleNamespace(state=None, busy_since=now - 4_000)
    monkeypatch.setattr(worker.services.supervisor, "_conductors", {"mixer": busy})
    assert await wrong(worker) == ["conductor"]
    busy.busy_since = now
    assert await wrong(worker) == []
