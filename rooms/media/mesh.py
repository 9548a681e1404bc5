"""The peers of one room: who sits down gets one, who goes loses theirs, who comes back gets a new one."""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from types import TracebackType

from aiortc import RTCConfiguration

from rooms.language.cards import RoomView
from rooms.language.ids import AttendeeId, ConnectionId
from rooms.language.signals import Signal, SignalKind, Signalled
from rooms.media.peer import Peer, Tracks

EARLY_SIGNALS = 128
"""Signals may overtake the notice of the room they belong to; so many are kept for it."""

Tell = Callable[[Signal], Awaitable[None]]


class Link:
    """One partner: our peer, its task, and the connection of theirs that it belongs to."""

    def __init__(self, peer: Peer, task: asyncio.Task[None], connection: ConnectionId | None, past: set[str]) -> None:
        self.peer = peer
        self.task = task
        self.connection = connection
        self.past = past
        """Connections of theirs that are over; what still comes from them is void."""


class Mesh:
    """Connects one attendee with all others of the room they sit in. Use as `async with`; peers end with it."""

    def __init__(
        self, me: AttendeeId, tracks: Tracks, configuration: RTCConfiguration, tell: Tell, *, listens: bool = False
    ) -> None:
        self._me = me
        self._tracks = tracks
        self._configuration = configuration
        self._tell = tell
        self._listens = listens
        self._room: RoomView | None = None
        self._links: dict[AttendeeId, Link] = {}
        self._early: deque[Signalled] = deque(maxlen=EARLY_SIGNALS)
        self._group = asyncio.TaskGroup()

    async def __aenter__(self) -> "Mesh":
        await self._group.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for link in self._links.values():
            link.task.cancel()
        await self._group.__aexit__(kind, error, trace)

    def sync(self, room: RoomView | None) -> None:
        """Be connected to those who sit in this room, and to nobody else."""
        if self._room is not None and (room is None or room.id != self._room.id):
            for attendee in list(self._links):
                self._drop(attendee)
        self._room = room
        if room is None:
            return
        others = {one.card.id: one for one in room.people if one.card.id != self._me and one.presence != "left"}
        for attendee in self._links.keys() - others.keys():
            self._drop(attendee)
        for attendee, person in others.items():
            self._meet(attendee, person.connection)
        for signal in [self._early.popleft() for _ in range(len(self._early))]:
            self.hear(signal)

    def hear(self, signal: Signalled) -> None:
        """What somebody in our room said; what belongs to another room or an earlier life is void."""
        link = self._links.get(signal.sender)
        if link is None or self._room is None or (signal.room, signal.round) != (self._room.id, self._room.round):
            self._early.append(signal)
            return
        self._meet(signal.sender, signal.connection)
        link = self._links[signal.sender]
        if signal.connection == link.connection:
            link.peer.post(signal.kind, signal.payload)

    def connected(self) -> tuple[int, int]:
        """How many partners we are connected to, of how many."""
        states = [link.peer.connection for link in self._links.values()]
        return states.count("connected"), len(states)

    def received(self) -> dict[AttendeeId, Counter[str]]:
        """Frames decoded from each partner, by kind; without listening none are."""
        return {attendee: link.peer.received for attendee, link in self._links.items()}

    def _meet(self, attendee: AttendeeId, connection: ConnectionId | None) -> None:
        link = self._links.get(attendee)
        if link is None:
            self._links[attendee] = self._connect(attendee, connection, set())
        elif connection is None or connection == link.connection or connection in link.past:
            return
        elif link.connection is None:
            link.connection = connection
        else:
            link.task.cancel()
            self._links[attendee] = self._connect(attendee, connection, {*link.past, link.connection})

    def _connect(self, attendee: AttendeeId, connection: ConnectionId | None, past: set[str]) -> Link:
        assert self._room is not None
        room, round_number = self._room.id, self._room.round

        async def say(kind: SignalKind, payload: str) -> None:
            await self._tell(Signal(attendee, room, round_number, kind, payload))

        peer = Peer(self._me < attendee, say, self._tracks, self._configuration, listens=self._listens)
        return Link(peer, self._group.create_task(peer.run()), connection, past)

    def _drop(self, attendee: AttendeeId) -> None:
        self._links.pop(attendee).task.cancel()
