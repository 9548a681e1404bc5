"""The host of the demo watches and acts over a socket."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

from rooms.language.cards import EventView, Phase, RosterRow, SegmentView
from rooms.language.codec import decode_frame, encode_downward
from rooms.language.commands import EndEvent, OpenEvent, StartRound
from rooms.language.ids import AttendeeId, EventId, Instant
from rooms.language.notices import EventChanged, Notice, RosterChanged, Snapshot, Welcome
from server.demo.director import Director

NOW = Instant(1)
AGENDA = (SegmentView("lobby", "", None, 1), SegmentView("rounds", "", None, 1), SegmentView("closing", "", None, 1))
BOT, VISITOR = AttendeeId("bot"), AttendeeId("viv")


def an_event(phase: Phase, segment: int = 0) -> EventView:
    return EventView("demo", "Demo", phase, segment, AGENDA)


def a_welcome(phase: Phase, *people: RosterRow, segment: int = 0) -> Welcome:
    return Welcome(Snapshot(1, NOW, an_event(phase, segment), people, len(people), 0, ()))


class Stage:
    """A server that says what the test tells it to, and keeps what the host wishes."""

    def __init__(self) -> None:
        self.port = 0
        self.notices: asyncio.Queue[Notice] = asyncio.Queue()
        self.wishes: asyncio.Queue[object] = asyncio.Queue()
        self.prepared = 0
        self.tickets: list[str] = []

    async def serve(self, connection: ServerConnection) -> None:
        await connection.recv()
        async with asyncio.TaskGroup() as group:
            speaking = group.create_task(self._speak(connection))
            async for frame in connection:
                self.wishes.put_nowait(decode_frame(frame).body)
            speaking.cancel()

    async def _speak(self, connection: ServerConnection) -> None:
        while True:
            await connection.send(encode_downward(await self.notices.get()).decode())

    @asynccontextmanager
    async def socket(self, ticket_path: str) -> AsyncIterator[object]:
        self.tickets.append(ticket_path)
        async with connect(f"ws://127.0.0.1:{self.port}", proxy=None) as connection:
            yield connection

    async def prepare(self) -> None:
        self.prepared += 1


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    stage = Stage()
    async with serve(stage.serve, "127.0.0.1", 0) as server:
        stage.port = next(iter(server.sockets)).getsockname()[1]
        yield stage
        server.close(close_connections=True)


@asynccontextmanager
async def a_host(stage: Stage) -> AsyncIterator[Director]:
    director = Director(EventId("demo"), {BOT}.__contains__, stage.prepare)
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        task = group.create_task(director.run(stage))  # type: ignore[arg-type]  # all that it uses of a Web
        yield director
        task.cancel()


async def test_the_doors_are_opened_and_a_ready_visitor_starts_the_rounds(stage: Stage) -> None:
    async with a_host(stage) as host:
        stage.notices.put_nowait(a_welcome("draft", RosterRow(BOT, "Bot", ready=True)))
        assert await stage.wishes.get() == OpenEvent()
        stage.notices.put_nowait(EventChanged(an_event("lobby"), NOW, 2))
        assert not host.first_round.is_set()
        stage.notices.put_nowait(RosterChanged((RosterRow(VISITOR, "Viv", ready=True),), (), 2, 2, 3))
        assert await stage.wishes.get() == StartRound()
        stage.notices.put_nowait(EventChanged(an_event("talking", 1), NOW, 4))
        await host.first_round.wait()
    assert stage.tickets == ["/events/demo/ticket"]


async def test_the_same_is_not_wished_again_at_once(stage: Stage) -> None:
    async with a_host(stage):
        stage.notices.put_nowait(a_welcome("lobby", RosterRow(VISITOR, "Viv", ready=True)))
        assert await stage.wishes.get() == StartRound()
        for number in range(5):
            stage.notices.put_nowait(EventChanged(an_event("lobby"), NOW, number))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await stage.wishes.get()


async def test_in_the_closing_the_next_evening_is_prepared_once(stage: Stage) -> None:
    async with a_host(stage) as host:
        stage.notices.put_nowait(a_welcome("closing", RosterRow(VISITOR, "Viv"), segment=2))
        await host.closing.wait()
        stage.notices.put_nowait(EventChanged(an_event("closing", 2), NOW, 2))
    assert stage.prepared == 1


async def test_when_all_visitors_have_gone_the_event_ends_and_so_does_the_host(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.demo.direction.GONE_S", 0.1)
    monkeypatch.setattr("server.demo.director.LOOK_EVERY_S", 0.05)
    director = Director(EventId("demo"), {BOT}.__contains__, stage.prepare)
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        running = group.create_task(director.run(stage))  # type: ignore[arg-type]  # all that it uses of a Web
        stage.notices.put_nowait(a_welcome("talking", RosterRow(BOT, "Bot"), RosterRow(VISITOR, "Viv"), segment=1))
        stage.notices.put_nowait(RosterChanged((), (VISITOR,), 1, 1, 2))
        assert await stage.wishes.get() == EndEvent()
        stage.notices.put_nowait(EventChanged(an_event("ended", 2), NOW, 3))
        await running
    assert stage.prepared >= 1
