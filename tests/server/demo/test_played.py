"""The demo as it is played: the real server, simulated attendees, one visitor without a browser."""

import asyncio
import re
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
from aiortc import RTCConfiguration
from websockets.asyncio.client import ClientConnection

from rooms.language.codec import Upward, decode_downward, encode_upward
from rooms.language.commands import SetReadiness, TakeSeat
from rooms.language.ids import AttendeeId, EventId
from rooms.language.notices import ChatHeard, RoomChanged, RoomLeft, Welcome
from rooms.language.signals import Hello, Signalled
from rooms.media.loop import Loop
from rooms.media.mesh import Mesh
from rooms.media.tone import tone
from server.demo.cast import CAST
from server.demo.web import Web
from server.settings import Settings, load

ROOT = Path(__file__).parents[3]
READY_WITHIN_S = 60.0
EVENING_WITHIN_S = 100.0
"""Generous: on two busy cores all of it takes several times as long."""
OPTIONS = ("--port", "0", "--workers", "1", "--demo-bots", "5", "--demo-round-s", "10", "--demo-changeover-s", "8")


class Person(msgspec.Struct):
    """A row of the connection list."""

    id: AttendeeId
    name: str
    mutual: bool


class MetList(msgspec.Struct):
    """The connection list."""

    met: list[Person]


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Settings]:
    """A server with its demo, as `./go run` starts it."""
    data = tmp_path_factory.mktemp("rondo")
    command = [sys.executable, "-m", "server", "serve", *OPTIONS, "--data", str(data)]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(READY_WITHIN_S):
            banner = (await process.stdout.readline()).decode()
        found = re.search(r"http://\S+", banner)
        assert found, banner
        yield load({"RONDO_PORT": str(urlsplit(found[0]).port)})
    finally:
        process.send_signal(signal.SIGINT)
        await process.wait()


@dataclass
class Visitor:
    """Somebody who sits down wherever they are put, watches and listens."""

    event: EventId
    names: dict[AttendeeId, str] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    received: dict[AttendeeId, Counter[str]] = field(default_factory=dict)
    parted: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the first room has closed."""

    async def live(self, connection: ClientConnection) -> None:
        async def tell(body: Upward) -> None:
            await connection.send(encode_upward(None, body).decode())

        await tell(Hello())
        welcome = decode_downward(await connection.recv())
        assert isinstance(welcome, Welcome)
        assert welcome.snapshot.me is not None
        me, voice = welcome.snapshot.me.card.id, tone(0)
        await tell(SetReadiness(True))
        ice = RTCConfiguration(iceServers=[])
        async with Mesh(me, lambda: [Loop(voice)], ice, tell, listens=True) as mesh:
            async for frame in connection:
                match decode_downward(frame):
                    case RoomChanged(room):
                        await tell(TakeSeat(room.id))
                        self.names |= {one.card.id: one.card.name for one in room.people if one.card.id != me}
                        mesh.sync(room)
                        self.received |= mesh.received()
                    case RoomLeft():
                        mesh.sync(None)
                        self.parted.set()
                    case ChatHeard(line):
                        self.heard.append(line.text)
                    case Signalled() as signal:
                        mesh.hear(signal)
                    case _:
                        pass


@pytest.mark.timeout(180)
async def test_a_visitor_meets_somebody_sees_and_hears_them_and_gets_an_answer(server: Settings) -> None:
    web = Web(server)
    location = (await web.get("/demo", 303)).headers["location"]
    visitor = Visitor(EventId(location.removeprefix("/e/")))
    web.sit(visitor.event, await web.join(visitor.event, "Viv", "viv@people.example", "Guests"))
    async with asyncio.timeout(EVENING_WITHIN_S), web.socket(f"/e/{visitor.event}/ticket") as connection:
        living = asyncio.create_task(visitor.live(connection))
        await visitor.parted.wait()
        met = await answered(web, visitor)
        living.cancel()
    await web.close()
    partners = {part.name: part for part in CAST}
    assert all(visitor.received[partner][kind] > 20 for partner in met for kind in ("audio", "video"))
    for attendee, mutual in met.items():
        part = partners[visitor.names[attendee]]
        assert part.hello in visitor.heard
        assert mutual is part.says_yes


async def answered(web: Web, visitor: Visitor) -> dict[AttendeeId, bool]:
    """Say yes to everybody met, wait until those who say yes have said it; whether both did."""
    while not (met := await met_list(web, visitor)):
        await asyncio.sleep(0.2)
    for person in met:
        await web.say(visitor.event, person.id, {"answer": "yes", "shared": ["email"]}, "")
    yes = {part.name for part in CAST if part.says_yes}
    while any(not person.mutual and person.name in yes for person in met):
        await asyncio.sleep(0.2)
        met = await met_list(web, visitor)
    return {person.id: person.mutual for person in met}


async def met_list(web: Web, visitor: Visitor) -> list[Person]:
    answer = await web.get(f"/e/{visitor.event}/met.json", 200)
    return msgspec.json.decode(answer.content, type=MetList).met
