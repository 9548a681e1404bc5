"""What every conductor of a worker works with."""

from dataclasses import dataclass

from server.matching.matchmaker import Matchmaker
from server.records.engine import Records
from server.store.bus import Bus
from server.store.clock import Clock
from server.store.inbox import Inbox
from server.store.journal import Journal
from server.store.leases import Leases
from server.store.presence import Presence
from server.store.running import Running


@dataclass(frozen=True)
class Desk:
    """The stores of one worker, as conductors need them."""

    inbox: Inbox
    matchmaker: Matchmaker
    journal: Journal
    leases: Leases
    running: Running
    presence: Presence
    clock: Clock
    bus: Bus
    records: Records
