"""The pages of organisers over a real database, with an inbox that only remembers."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import httpx2
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment
from rooms.language.ids import EventId, Instant
from rooms.language.orders import Order
from server import assets
from server.assets import Assets
from server.errors import HANDLERS
from server.identity.cookies import SESSION
from server.records import events
from server.records.engine import Records
from server.records.events import Draft, Event
from server.records.organisers import Organiser, create, open_session
from server.settings import load
from server.store.client import StoreAwayError
from server.templating import Templates

ADDRESS = "http://rondo.test"
PASSWORD = "three quiet herons"
IN_2100 = Instant(4_102_444_800_000)
ASSETS = Assets()


@dataclass
class MemoryInbox:
    """Remembers what was submitted; `away` is Redis gone."""

    orders: list[tuple[EventId, Order]] = field(default_factory=list)
    away: bool = False

    async def submit(self, event: EventId, order: Order, within_ms: int = 0) -> None:
        """Take an order."""
        if self.away:
            raise StoreAwayError("nobody answers")
        self.orders.append((event, order))


@dataclass
class House:
    """The pages with everything behind them."""

    app: Starlette
    records: Records
    inbox: MemoryInbox

    def visitor(self, token: str = "") -> httpx2.AsyncClient:
        """A browser; with a token, one that is signed in. Redirects are not followed."""
        transport = httpx2.ASGITransport(self.app, raise_app_exceptions=False)
        browser = httpx2.AsyncClient(transport=transport, base_url=ADDRESS)
        if token:
            browser.cookies.set(SESSION, token)
        return browser

    async def organiser(self, name: str = "Noor Haddad", password: str | None = None) -> Organiser:
        """An account; without a password unless given, because hashing one takes long."""
        email = name.split()[0].lower() + "@example.org"
        return await create(self.records, email, name, password)

    async def browser_of(self, organiser: Organiser) -> httpx2.AsyncClient:
        """A browser in which this organiser is signed in."""
        return self.visitor(await open_session(self.records, organiser.id))

    async def event(self, owner: Organiser, **values: object) -> Event:
        """An event in the far future, with rounds."""
        draft = Draft("Midsummer Mixer", "Ten rounds.", IN_2100, "Europe/Lisbon", 60, "open", "", "Be kind.", True)
        draft = Draft(**events.draft_row(draft) | values)
        agenda = (LobbySegment(), RoundsSegment(), ClosingSegment())
        return await events.create(self.records, draft, agenda, owner.id, "speed")


@asynccontextmanager
async def open_house(folder: Path, routes: Sequence[BaseRoute], **environ: str) -> AsyncIterator[House]:
    """Routes served with a database in this folder."""
    records = Records.at(folder / "rondo.sqlite")
    await records.migrate()
    settings = load({"RONDO_DATA": str(folder), "RONDO_PUBLIC_URL": ADDRESS, **environ})
    inbox = MemoryInbox()
    app = Starlette(routes=[*assets.routes, *routes], exception_handlers=HANDLERS)
    app.state.services = SimpleNamespace(
        settings=settings, records=records, inbox=inbox, assets=ASSETS, templates=Templates(ASSETS)
    )
    yield House(app, records, inbox)
    await records.close()
