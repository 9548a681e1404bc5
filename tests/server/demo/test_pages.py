"""The two doors of the demo event."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace

import httpx2
import pytest
from starlette.applications import Starlette

from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment
from server.demo import evening, pages
from server.demo.addresses import console_key, paths
from server.identity.cookies import SESSION
from server.records import events, organisers
from server.records.engine import Records
from server.settings import Settings, load

SETTINGS = load({"RONDO_SECRET": "s" * 40, "RONDO_DEMO_ROUND_S": "45", "RONDO_DEMO_CHANGEOVER_S": "5"})


@pytest.fixture
async def records(tmp_path: Path) -> AsyncIterator[Records]:
    records = Records.at(tmp_path / "demo.sqlite3")
    await records.migrate()
    yield records
    await records.close()


@asynccontextmanager
async def a_visitor(records: Records, settings: Settings = SETTINGS) -> AsyncIterator[httpx2.AsyncClient]:
    app = Starlette(routes=pages.routes)
    app.state.services = SimpleNamespace(records=records, settings=settings)
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://rondo.test") as client:
        yield client


async def test_the_demo_leads_to_the_door_of_the_newest_event(records: Records) -> None:
    async with a_visitor(records) as visitor:
        first = await visitor.get("/demo")
        again = await visitor.get("/demo")
        fresh = await evening.fresh(records, SETTINGS)
        later = await visitor.get("/demo")
    assert (first.status_code, first.headers["location"]) == (303, again.headers["location"])
    assert first.headers["location"].startswith("/e/rondo-demo-")
    assert later.headers["location"] == f"/e/{fresh.id}"


async def test_after_the_event_is_over_there_is_another(records: Records) -> None:
    over = await evening.current(records, SETTINGS)
    await events.set_status(records, over.id, "ended")
    assert (await evening.current(records, SETTINGS)).id != over.id
    assert await events.find(records, over.id) is not None


async def test_events_that_were_left_open_are_found(records: Records) -> None:
    over, open_one, newest = [await evening.fresh(records, SETTINGS) for _ in range(3)]
    await events.set_status(records, over.id, "ended")
    assert await events.running_demos(records) == [open_one.id, newest.id]


async def test_the_console_signs_its_host_in(records: Records) -> None:
    async with a_visitor(records) as visitor:
        answer = await visitor.get(paths(SETTINGS)[1])
    event = await evening.current(records, SETTINGS)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/events/{event.id}/live")
    host = await organisers.by_session(records, answer.cookies[SESSION])
    assert host is not None
    assert host.demo
    assert await events.organised_by(records, event.id, host.id)


@pytest.mark.parametrize("key", ["x", console_key("another secret"), "é", "%00", "a" * 5000])
async def test_another_key_opens_nothing(records: Records, key: str) -> None:
    async with a_visitor(records) as visitor:
        answer = await visitor.get(f"/demo/console/{key}")
    assert answer.status_code == 404
    assert SESSION not in answer.cookies


@pytest.mark.parametrize("path", paths(SETTINGS))
async def test_without_the_demo_there_are_no_doors(records: Records, path: str) -> None:
    settings = load({"RONDO_SECRET": "s" * 40, "RONDO_DEMO": "no"})
    async with a_visitor(records, settings) as visitor:
        assert (await visitor.get(path)).status_code == 404
    assert await events.newest_demo(records) is None


async def test_the_agenda_follows_the_settings(records: Records) -> None:
    event = await evening.current(records, SETTINGS)
    lobby, pairs, group, closing = event.agenda
    assert isinstance(lobby, LobbySegment)
    assert isinstance(closing, ClosingSegment)
    assert isinstance(pairs, RoundsSegment)
    assert isinstance(group, RoundsSegment)
    assert (pairs.size, pairs.rounds, pairs.length_s, pairs.changeover_s) == (2, 3, 45, 5)
    assert group.size == 3
    assert not event.unattended


async def test_the_host_has_no_password(records: Records) -> None:
    host = await evening.host(records)
    assert await organisers.by_password(records, host.email, "") is None
    assert (await evening.host(records)).id == host.id
