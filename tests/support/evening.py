"""Guests and hosts of a real server without browsers: by HTTP and by the socket, each keeping what came."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from websockets.asyncio.client import ClientConnection

from rooms.language.codec import Downward, Upward, decode_downward, encode_upward
from rooms.language.commands import Command
from rooms.language.ids import AttendeeId, EventId
from rooms.language.notices import Refused, Settled, Snapshot, Welcome
from rooms.language.signals import Hello
from server.demo.web import Web
from server.settings import load

T = TypeVar("T")
PATIENCE_S = 40.0
"""Longest wait of a test for something that should come at once."""


@asynccontextmanager
async def a_web(url: str) -> AsyncIterator[Web]:
    """One visitor's browser for the server at this address."""
    port = url.rpartition(":")[2]
    web = Web(load({"RONDO_PORT": port, "RONDO_PUBLIC_URL": url}))
    try:
        yield web
    finally:
        await web.close()


@dataclass
class Visitor:
    """Somebody with the live page or the console open."""

    web: Web
    line: ClientConnection
    got: list[Downward] = field(default_factory=list)
    refs: int = 0

    async def send(self, body: Upward, ref: int | None = None) -> None:
        """Send a frame."""
        await self.line.send(encode_upward(ref, body).decode())

    async def ask(self, command: Command) -> Settled | Refused:
        """Send a command and wait for its answer."""
        self.refs += 1
        ref = self.refs
        await self.send(command, ref)
        return await self.wait_for(Settled | Refused, lambda answer: answer.ref == ref)  # type: ignore[arg-type]

    async def wait_for(self, kind: type[T], matching: Callable[[T], bool] = lambda _: True) -> T:
        """Wait for a notice of this kind; the newest that came already counts."""
        async with asyncio.timeout(PATIENCE_S):
            for notice in reversed(self.got):
                if isinstance(notice, kind) and matching(notice):
                    return notice
            while True:
                notice = decode_downward(await self.line.recv())
                self.got.append(notice)
                if isinstance(notice, kind) and matching(notice):
                    return notice

    async def picture(self) -> Snapshot:
        """What the page was told first."""
        return (await self.wait_for(Welcome)).snapshot


@asynccontextmanager
async def visiting(web: Web, ticket_path: str, last: int | None = None) -> AsyncIterator[Visitor]:
    """Come in by the socket, welcome or not."""
    async with web.socket(ticket_path) as line:
        visitor = Visitor(web, line)
        await visitor.send(Hello(last))
        yield visitor


@dataclass
class Guest:
    """Somebody with a seat at the event, whether or not a page is open."""

    web: Web
    event: EventId
    token: str
    id: AttendeeId

    @asynccontextmanager
    async def live(self, last: int | None = None) -> AsyncIterator[Visitor]:
        """With the live page open."""
        async with visiting(self.web, f"/e/{self.event}/ticket", last) as visitor:
            yield visitor


@asynccontextmanager
async def a_guest(url: str, event: EventId, name: str, email: str) -> AsyncIterator[Guest]:
    """Somebody who fills in the form at the door."""
    async with a_web(url) as web:
        token = await web.join(event, name, email, team="")
        web.sit(event, token)
        yield Guest(web, event, token, await web.show_card(event, {"name": name}))


@asynccontextmanager
async def a_host(url: str, event: EventId, session: str) -> AsyncIterator[Visitor]:
    """An organiser of the event, at the console."""
    async with a_web(url) as web:
        web.sign_in(session)
        async with visiting(web, f"/events/{event}/ticket") as visitor:
            yield visitor
