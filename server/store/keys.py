"""Every key and channel: name, Redis type, life, and who writes it."""

from dataclasses import dataclass

from rooms.language.ids import EventId, WorkerId


@dataclass(frozen=True)
class Key:
    """One row of the table. `{event}` keeps all keys of an event in one slot."""

    pattern: str
    kind: str
    life: str
    written_by: str


KEYS = (
    Key("event:{event}:inbox", "stream", "trimmed to the cursor by each commit", "submit.lua"),
    Key("event:{event}:journal", "stream, a row a commit", "back to the last snapshot but one", "commit.lua"),
    Key("event:{event}:head", "hash: seq, cursor, fence", "event", "commit.lua, lease_take.lua"),
    Key("event:{event}:lease", "string: worker", "3 s, prolonged by each commit", "lease_*.lua, commit.lua"),
    Key("event:{event}:snapshot", "string: the state", "event", "snapshot_put.lua"),
    Key("event:{event}", "channel", "-", "commit.lua"),
    Key("event:{event}:bell", "channel", "-", "submit.lua"),
    Key("worker:{worker}", "channel", "-", "relay.switchboard"),
    Key("worker:{worker}:connections", "hash connection -> who", "worker", "store.presence"),
    Key("workers", "sorted set worker -> last heartbeat", "-", "heartbeat.lua, reap.lua"),
    Key("{workers}:clock", "hash: behind in ms, turn", "as long as any worker", "clock_keep.lua"),
    Key("events:running", "sorted set event -> when to look again", "-", "store.running"),
    Key("events:wake", "channel", "-", "store.inbox"),
    Key("workers:died", "channel", "-", "launching.parent"),
    Key("ticket:{ticket}", "string: for whom", "30 s, taken once", "store.tickets"),
)

WORKERS = "workers"
CLOCK = "{workers}:clock"
"""What the clock of Redis was set wrong by; in the slot of the workers."""
RUNNING = "events:running"
WAKE = "events:wake"
DIED = "workers:died"
ENDED_EVENT_S = 30 * 24 * 3600
"""How long the keys of an ended event stay: what must last is in SQL."""


def inbox(event: EventId) -> str:
    """Orders that wait."""
    return f"event:{{{event}}}:inbox"


def journal(event: EventId) -> str:
    """Changes that happened."""
    return f"event:{{{event}}}:journal"


def head(event: EventId) -> str:
    """How far the event is."""
    return f"event:{{{event}}}:head"


def lease(event: EventId) -> str:
    """Who conducts."""
    return f"event:{{{event}}}:lease"


def snapshot(event: EventId) -> str:
    """The state as it was a while ago."""
    return f"event:{{{event}}}:snapshot"


def channel(event: EventId) -> str:
    """On which committed batches are heard."""
    return f"event:{{{event}}}"


def bell(event: EventId) -> str:
    """On which the conductor hears that an order waits."""
    return f"event:{{{event}}}:bell"


def worker(worker: WorkerId) -> str:
    """On which one worker hears signals for its people."""
    return f"worker:{{{worker}}}"


def connections(worker: WorkerId) -> str:
    """Which connections live on that worker."""
    return f"worker:{{{worker}}}:connections"


def ticket(token: str) -> str:
    """For whom a ticket is."""
    return f"ticket:{token}"
