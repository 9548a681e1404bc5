"""The peers of one room follow who sits in it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from aiortc import RTCConfiguration

from rooms.language.cards import Card, Clock, RoomPerson, RoomView
from rooms.language.ids import AttendeeId, ConnectionId, RoomId
from rooms.language.signals import Signal, Signalled
from rooms.media.loop import Loop
from rooms.media.mesh import EARLY_SIGNALS, Mesh
from rooms.media.tone import tone

TONE = tone(0)
ROOM, ROUND = RoomId("1-1"), 1
WITHIN_S = 15.0


def a_room(people: dict[str, str | None], room: str = ROOM) -> RoomView:
    seats = tuple(
        RoomPerson(Card(AttendeeId(name), name), "here", ConnectionId(connection) if connection else None)
        for name, connection in people.items()
    )
    return RoomView(RoomId(room), 1, ROUND, seats, Clock(60_000))


class Table:
    """Meshes that hear each other, each by its current connection."""

    def __init__(self) -> None:
        self.meshes: dict[str, Mesh] = {}
        self.connections: dict[str, str] = {}

    @asynccontextmanager
    async def of(self, *names: str) -> AsyncIterator["Table"]:
        async with AsyncExitStack() as stack:
            for name in names:
                self.connections[name] = f"{name}-1"
                self.meshes[name] = await stack.enter_async_context(self.a_mesh(name))
            yield self

    def a_mesh(self, name: str) -> Mesh:
        async def tell(signal: Signal) -> None:
            sender, connection = AttendeeId(name), ConnectionId(self.connections[name])
            told = Signalled(sender, connection, signal.room, signal.round, signal.kind, signal.payload)
            self.meshes[signal.to].hear(told)

        return Mesh(AttendeeId(name), lambda: [Loop(TONE)], RTCConfiguration(iceServers=[]), tell)

    def sit(self, *names: str) -> None:
        for name in names:
            self.meshes[name].sync(a_room({other: self.connections[other] for other in names}))

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(WITHIN_S):
            while not holds():
                await asyncio.sleep(0.02)


async def test_three_in_a_room_are_all_connected() -> None:
    async with Table().of("ada", "ben", "cleo") as table:
        table.sit("ada", "ben", "cleo")
        await table.until(lambda: all(mesh.connected() == (2, 2) for mesh in table.meshes.values()))


async def test_a_signal_that_overtakes_the_room_is_kept_for_it() -> None:
    async with Table().of("ada", "ben") as table:
        table.meshes["ben"].sync(a_room({"ada": "ada-1", "ben": "ben-1"}))
        await asyncio.sleep(0.3)
        table.meshes["ada"].sync(a_room({"ada": "ada-1", "ben": "ben-1"}))
        async with asyncio.timeout(3):
            await table.until(lambda: table.meshes["ben"].connected() == (1, 1))


async def test_who_leaves_loses_the_peer_and_another_room_begins_with_none() -> None:
    async with Table().of("ada", "ben") as table:
        table.sit("ada", "ben")
        await table.until(lambda: table.meshes["ada"].connected() == (1, 1))
        table.meshes["ada"].sync(a_room({"ada": "ada-1"}))
        assert table.meshes["ada"].connected() == (0, 0)
        table.meshes["ben"].sync(a_room({"ben": "ben-1"}, room="2-1"))
        assert table.meshes["ben"].connected() == (0, 0)
        table.meshes["ben"].sync(None)
        assert table.meshes["ben"].connected() == (0, 0)


async def test_who_comes_back_by_another_tab_gets_a_new_peer() -> None:
    async with Table().of("ada", "ben") as table:
        table.sit("ada", "ben")
        await table.until(lambda: table.meshes["ada"].connected() == (1, 1))
        table.connections["ben"] = "ben-2"
        async with table.a_mesh("ben") as again:
            table.meshes["ben"].sync(None)
            table.meshes["ben"] = again
            table.sit("ada", "ben")
            await table.until(lambda: again.connected() == (1, 1) and table.meshes["ada"].connected() == (1, 1))


async def test_what_an_earlier_life_still_says_is_void() -> None:
    async with Table().of("ada", "ben") as table:
        ada = table.meshes["ada"]
        ada.sync(a_room({"ada": "ada-1", "ben": "ben-1"}))
        ada.sync(a_room({"ada": "ada-1", "ben": "ben-2"}))
        ada.hear(Signalled(AttendeeId("ben"), ConnectionId("ben-1"), ROOM, ROUND, "offer", "{}"))
        assert ada._links[AttendeeId("ben")].connection == "ben-2"


async def test_signals_for_other_rooms_do_not_pile_up() -> None:
    async with Table().of("ada") as table:
        for _ in range(10 * EARLY_SIGNALS):
            signal = Signalled(AttendeeId("ben"), ConnectionId("b"), RoomId("9-9"), 9, "candidate", "null")
            table.meshes["ada"].hear(signal)
        assert len(table.meshes["ada"]._early) == EARLY_SIGNALS
