"""The pages of attendees and organisers over a real database and a real Redis, without workers behind them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from rooms.language.ids import EventId
from rooms.language.orders import Order
from server.assets import Assets
from server.identity.cookies import SEAT, SESSION
from server.launching.redis import binary
from server.records.engine import Records
from server.records.registrations import Registration
from server.store.client import Store, StoreAwayError
from server.templating import Templates

URL = "http://rondo.test"
STARTED_WITHIN_S = 5.0


@dataclass
class Letterbox:
    """Stands where the inbox stands and keeps what was submitted."""

    orders: list[tuple[EventId, Order]] = field(default_factory=list)
    away: bool = False

    async def submit(self, event: EventId, order: Order, within_ms: int = 0) -> None:
        if self.away:
            raise StoreAwayError("away")
        self.orders.append((event, order))

    @property
    def wishes(self) -> list[object]:
        return [order.wish for _, order in self.orders]


@dataclass
class House:
    """What a test needs in hand."""

    app: Starlette
    records: Records
    inbox: Letterbox

    def visitor(
        self, person: Registration | None = None, session: str = "", ip: str = "192.0.2.1"
    ) -> httpx2.AsyncClient:
        """A browser, with the seat of a person or the login of an organiser."""
        transport = httpx2.ASGITransport(app=self.app, client=(ip, 4711))
        client = httpx2.AsyncClient(transport=transport, base_url=URL)
        if person is not None:
            client.cookies.set(SEAT + person.event, person.token)
        if session:
            client.cookies.set(SESSION, session)
        return client


@asynccontextmanager
async def redis_at(folder: Path) -> AsyncIterator[Store]:
    """A Redis of one's own on a socket in this folder."""
    socket = folder / "redis.sock"
    options = ("--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no", "--dir", str(folder))
    process = await asyncio.create_subprocess_exec(binary(), *options, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    async with asyncio.timeout(STARTED_WITHIN_S):
        while b"ready to accept" not in (line := await process.stdout.readline()).lower():
            assert line, "Redis ended at once"
    store = Store(f"unix://{socket}", timeout_s=1.0)
    try:
        yield store
    finally:
        await store.close()
        process.terminate()
        await process.communicate()


def build(records: Records, store: Store, routes: Sequence[BaseRoute]) -> House:
    """A house with these pages."""
    assets = Assets()
    inbox = Letterbox()
    app = Starlette(routes=list(routes))
    services: Any = SimpleNamespace(
        settings=SimpleNamespace(url=URL, secure=False),
        records=records,
        store=store,
        inbox=inbox,
        assets=assets,
        templates=Templates(assets),
    )
    app.state.services = services
    return House(app, records, inbox)
