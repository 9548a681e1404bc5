"""One worker with real sockets on a free port, in the test's own process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from rooms.language.ids import AttendeeId, EventId, Role
from server.launching.draining import DrainingServer
from server.launching.ports import listening_socket
from server.launching.workers import config
from server.records import registrations
from server.records.registrations import Newcomer, Registration
from server.services import Services, open_services
from server.store.tickets import Ticket
from tests.support.stage import an_event, quick_settings

PROTOCOL = Subprotocol("rooms.v1")


@dataclass
class Worker:
    """Where it listens, and what is inside."""

    services: Services
    server: DrainingServer
    event: EventId
    port: int

    @property
    def url(self) -> str:
        """For browsers."""
        return f"http://127.0.0.1:{self.port}"

    async def person(self, name: str = "Ada") -> Registration:
        """Somebody with a seat."""
        person = await registrations.join(self.services.records, self.event, Newcomer(name), 0)
        assert person is not None
        return person

    async def ticket(self, who: AttendeeId, event: EventId | None = None) -> str:
        """A ticket for an attendee."""
        return await self.services.tickets.give(Ticket(event or self.event, Role.ATTENDEE, who, "Ada"))

    def socket(self, ticket: str, origin: str | None = "") -> connect:
        """A WebSocket to the event; the origin is ours unless another is given."""
        where = f"ws://127.0.0.1:{self.port}/ws/{self.event}?ticket={ticket}"
        headers = {"Origin": self.url if origin == "" else origin} if origin is not None else {}
        return connect(where, subprotocols=[PROTOCOL], additional_headers=headers, compression=None, proxy=None)

    @asynccontextmanager
    async def attendee(self, name: str = "Ada") -> AsyncIterator[ClientConnection]:
        """Somebody who is in, welcome read."""
        person = await self.person(name)
        async with self.socket(await self.ticket(person.id)) as line:
            await line.send('[null,{"type":"hello","last":null}]')
            while '"type":"welcome"' not in str(await line.recv()):
                continue
            yield line

    def browser(self) -> httpx2.AsyncClient:
        """For plain requests."""
        return httpx2.AsyncClient(base_url=self.url, trust_env=False)


@asynccontextmanager
async def a_worker(redis_url: str, folder: Path) -> AsyncIterator[Worker]:
    """A worker over this Redis and a database in this folder."""
    async with AsyncExitStack() as stack:
        services = await stack.enter_async_context(open_services(quick_settings(folder), redis_url))
        await services.records.migrate()
        held = listening_socket("127.0.0.1", 0)
        server = DrainingServer(config(services), services)
        serving = asyncio.create_task(server.serve([held]))
        async with asyncio.timeout(10):
            while not server.started:
                await asyncio.sleep(0.01)
        try:
            yield Worker(services, server, await an_event(services.records), held.getsockname()[1])
        finally:
            server.should_exit = True
            await serving
