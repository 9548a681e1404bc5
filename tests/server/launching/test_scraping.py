"""/metrics: one text for all workers, for nobody who should not read it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest
from prometheus_client import CollectorRegistry, Gauge

from server.launching.children import StartError
from server.launching.scraping import Scraper
from server.lifetimes import beside
from server.metrics import line, report
from server.settings import load

TOKEN = "a token of sixteen or more"


def a_free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@asynccontextmanager
async def scraping(**environ: str) -> AsyncIterator[tuple[Scraper, httpx2.AsyncClient]]:
    port = a_free_port()
    scraper = Scraper(load({"RONDO_METRICS_PORT": str(port), **environ}))
    scraper.hold_port()
    base = f"http://127.0.0.1:{port}"
    try:
        async with beside(scraper.serve()), httpx2.AsyncClient(base_url=base, trust_env=False) as browser:
            await first_answer(browser)
            yield scraper, browser
    finally:
        scraper.close()


async def first_answer(browser: httpx2.AsyncClient) -> None:
    async with asyncio.timeout(20):
        while True:
            try:
                await browser.get("/")
            except httpx2.ConnectError:
                await asyncio.sleep(0.02)
            else:
                return


def a_worker(rooms: int) -> bytes:
    registry = CollectorRegistry()
    Gauge("rondo_rooms", "Rooms.", registry=registry).set(rooms)
    return report.take(registry)


async def test_one_scrape_has_each_worker_and_says_which_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "ANSWER_S", 0.2)
    async with scraping() as (scraper, browser):
        lines = [await scraper.line_to(place) for place in ("1", "2", "3")]
        with lines[2]:
            async with beside(*(line.answer(one, lambda: a_worker(7)) for one in lines[:2])):
                answer = await browser.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=1.0.0")
    assert answer.headers["cache-control"] == "no-store"
    for sample in (
        'rondo_rooms{worker="1"} 7.0',
        'rondo_rooms{worker="2"} 7.0',
        'rondo_worker_up{worker="1"} 1.0',
        'rondo_worker_up{worker="3"} 0.0',
    ):
        assert sample in answer.text
    assert 'process_open_fds{worker="parent"}' in answer.text
    assert 'rondo_rooms{worker="3"}' not in answer.text


async def test_a_worker_started_again_takes_the_place_of_the_last() -> None:
    scraper = Scraper(load({}))
    first, second = await scraper.line_to("again"), await scraper.line_to("again")
    with first:
        async with beside(line.answer(second, lambda: a_worker(9))):
            text = (await scraper.text()).decode()
    scraper.close()
    assert 'rondo_rooms{worker="again"} 9.0' in text
    assert 'rondo_worker_starts_total{worker="again"} 2.0' in text


@pytest.mark.parametrize("given", ["", TOKEN, f"Bearer {TOKEN}x", f"bearer {TOKEN}", "Bearer", "Bearer ä"])
async def test_without_the_token_it_says_nothing(given: str) -> None:
    async with scraping(RONDO_METRICS_TOKEN=TOKEN) as (_, browser):
        refused = await browser.get("/metrics", headers=[(b"authorization", given.encode())])
        told = await browser.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert refused.status_code == 401
    assert "rondo" not in refused.text
    assert told.status_code == 200


async def test_a_page_of_another_name_reads_nothing() -> None:
    """A web page whose name was made to point here asks by that name."""
    async with scraping() as (_, browser):
        assert (await browser.get("/metrics", headers={"host": "rebound.example"})).status_code == 400
        assert (await browser.get("/metrics", headers={"host": "localhost"})).status_code == 200


async def test_there_is_nothing_but_metrics() -> None:
    async with scraping() as (_, browser):
        assert [(await browser.get(path)).status_code for path in ("/", "/health", "/docs")] == [404] * 3
        assert (await browser.post("/metrics")).status_code == 405


def test_a_taken_port_is_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        scraper = Scraper(load({"RONDO_METRICS_PORT": str(taken.getsockname()[1])}))
        with pytest.raises(StartError, match="--metrics-port"):
            scraper.hold_port()


async def test_no_port_is_open_unless_asked_for() -> None:
    scraper = Scraper(load({}))
    scraper.hold_port()
    serving = asyncio.ensure_future(scraper.serve())
    done, _ = await asyncio.wait([serving], timeout=0)
    assert not done
    serving.cancel()
    scraper.close()
