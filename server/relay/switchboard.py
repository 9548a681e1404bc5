"""The switchboard: passes signals between two people of one room, byte for byte, whichever worker holds them."""

import msgspec

from rooms.event import may_signal
from rooms.language.codec import encode_downward
from rooms.language.ids import AttendeeId, ConnectionId, EventId, Role, WorkerId
from rooms.language.signals import Signal, Signalled
from server.relay.listener import Listener
from server.relay.relay import Relay
from server.store import keys
from server.store.bus import Bus
from server.store.client import Store


class Parcel(msgspec.Struct, frozen=True, array_like=True):
    """A signal on its way to another worker, ready for the wire."""

    event: EventId
    to: AttendeeId
    connection: ConnectionId
    """The receiver's, as the sender's worker knew it; for any other one it would be stale."""
    frame: bytes


def worker_of(connection: ConnectionId) -> WorkerId:
    """Where a connection lives: its name begins with that."""
    return WorkerId(connection.partition(".")[0])


class Switchboard:
    """Takes signals from sessions here, and from other workers for sessions here."""

    def __init__(self, relay: Relay, store: Store, bus: Bus, worker: WorkerId) -> None:
        self._relay = relay
        self._store = store
        self._bus = bus
        self._worker = worker

    async def open(self) -> None:
        """Begin to hear what other workers have for people here."""
        await self._bus.subscribe(keys.worker(self._worker), self._receive)

    async def pass_on(self, event: EventId, sender: Listener, signal: Signal) -> bool:
        """Pass a signal on; False when it was dropped: not both in that room and round, or nobody there.

        Raises:
            StoreAwayError: Redis is away; the signal is lost, as signals may be.
        """
        line = self._relay.line_of(event)
        if line is None or sender.role is not Role.ATTENDEE or not sender.arrived:
            return False
        state = line.replica.state
        if not may_signal(state, AttendeeId(sender.id), signal.to, signal.room, signal.round):
            return False
        receiver = state.people.get(signal.to)
        if receiver is None or receiver.connection is None:
            return False
        frame = encode_downward(
            Signalled(AttendeeId(sender.id), sender.connection, signal.room, signal.round, signal.kind, signal.payload)
        )
        await self._deliver(Parcel(event, signal.to, receiver.connection, frame))
        return True

    async def _deliver(self, parcel: Parcel) -> None:
        worker = worker_of(parcel.connection)
        if worker == self._worker:
            self._hand_over(parcel)
        else:
            await self._store.do("SPUBLISH", keys.worker(worker), msgspec.msgpack.encode(parcel))

    def _receive(self, data: bytes) -> None:
        self._hand_over(msgspec.msgpack.decode(data, type=Parcel))

    def _hand_over(self, parcel: Parcel) -> None:
        line = self._relay.line_of(parcel.event)
        listener = line.present.all.get(parcel.connection) if line is not None else None
        if listener is not None and listener.id == parcel.to:
            listener.hear(parcel.frame)
