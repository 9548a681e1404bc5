"""A plan for many events on paper: unit costs, some measured here and now, and what they add up to second by second."""

import asyncio
import math
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rooms.event import initial
from rooms.language.agenda import LobbySegment, Plan
from rooms.language.cards import ChatLine
from rooms.language.changes import ChatSaid, Entry
from rooms.language.commands import SetReadiness
from rooms.language.ids import ConnectionId, EventId, Instant, Role, WorkerId
from rooms.language.orders import Order
from server.launching.redis import PrivateRedis
from server.store import keys
from server.store.client import Store
from server.store.clock import Clock
from server.store.inbox import Inbox
from server.store.journal import Journal, Step
from server.store.leases import Leases
from server.store.presence import Presence, Whereabouts
from server.store.running import Running
from server.store.tickets import Ticket, Tickets

REPEATS = 500
CROWD = 50
"""People of an event."""
EVENING_S = 5_400
ROUND_S = 360
ROUNDS = 10
ARRIVE_S = 180.0
"""Standard deviation of arrivals around the beginning."""
BUSY = 0.6
"""Of a core, so that a lost host's people find room."""
REDIS_BUSY = 0.5
SIZES = (10_000, 100_000, 1_000_000)
BEGINS = ((0, "at once"), (900, "in 15 min"))
"""Over how many seconds the beginnings of all events are spread, and how that is called."""
SEED = 4
CELL = 50_000
"""People of one cell: see docs/scale.md."""
ROUND_TRIP_S = 0.0003
"""To Redis on another host of the same place and back."""

NOW = "measured now, one at a time: an upper bound"

Series = NDArray[np.float64]


@dataclass(frozen=True)
class Unit:
    """What one thing costs."""

    value: float
    unit: str
    source: str


ELSEWHERE = {
    "worker_join": Unit(670.0, "µs of a core", "the target of 3,000 joins a second on two cores"),
    "worker_told": Unit(18.0, "µs of a core", "from runs before building: 89 ms of two workers for 5,000 told"),
    "worker_order": Unit(500.0, "µs of a core", "an estimate: decide, evolve, encode, commit one order alone"),
    "worker_http": Unit(3_000.0, "µs of a core", "an estimate: a yes by HTTP, pages and SQL"),
    "worker_ping": Unit(30.0, "µs of a core", "an estimate: a ping every 8 s, and its pong"),
    "match": Unit(12_000.0, "µs of a core", "RESULTS.md: 3.4 ms for pairs of fifty, and a fork around it"),
    "worker_memory": Unit(45.0, "KiB", "the target for a person: all processes, replicas included"),
}
"""Costs that a short run cannot find; from longer ones, from the targets we are held to, or estimates that say so."""


async def measure_units() -> dict[str, Unit]:
    """Measure what Redis spends on each thing we ask of it: its own count of microseconds a command, and of bytes."""
    with tempfile.TemporaryDirectory(prefix="rondo-scale-") as folder:
        redis = PrivateRedis(Path(folder))
        await redis.start()
        store = Store(redis.url, 1.0)
        try:
            return await _measure(store)
        finally:
            await store.close()
            await redis.stop()


async def _measure(store: Store) -> dict[str, Unit]:
    clock, worker = Clock(), WorkerId("w1")
    running, event = Running(store), EventId("mixer")
    inbox, journal = Inbox(store, clock, running), Journal(store)
    leases, rival = Leases(store, worker, 600_000), Leases(store, WorkerId("w2"), 600_000)
    presence, tickets = Presence(store, clock, worker), Tickets(store)
    fence = await leases.take(event)
    assert fence
    await journal.put_snapshot(event, fence, initial(_plan(event)), 0)
    where = Whereabouts(event, Role.ATTENDEE, "01M7ZMXSEV8ZFSXN32B61R062C", ConnectionId("w1.abc"))
    ticket = Ticket(event, Role.ATTENDEE, "01M7ZMXSEV8ZFSXN32B61R062C", "Ada Lovelace")
    at = [0]

    async def commit() -> None:
        at[0] += 1
        line = ChatLine(id=at[0], at=Instant(at[0]), by="ada", name="Ada Lovelace", text="Where shall we meet?")
        entry = Entry(at[0], Instant(at[0]), ChatSaid(line))
        assert await journal.commit(event, leases, fence, Step(at[0] - 1, f"{at[0]}-0", [entry], []))

    things: dict[str, Callable[[], Awaitable[Any]]] = {
        "redis_order": lambda: inbox.submit(event, Order(SetReadiness(ready=True), "ada", Role.ATTENDEE, "Ada")),
        "redis_commit": commit,
        "redis_lease_lost": lambda: rival.take(event),
        "redis_heartbeat": presence.beat,
        "redis_presence": lambda: presence.note(where),
        "redis_ticket": lambda: tickets.give(ticket),
        "redis_look": lambda: running.due(clock.now()),
        "redis_break": lambda: rival.break_of(event, WorkerId("w9")),
    }
    found = {name: Unit(await _cost(store, thing), "µs of Redis", NOW) for name, thing in things.items()}
    kept = await store.do("MEMORY", "USAGE", keys.journal(event), "SAMPLES", 0)
    return found | {"redis_entry": Unit(kept / at[0], "bytes of Redis", "measured now: one line of chat, journaled")}


def _plan(event: EventId) -> Plan:
    return Plan(id=event, name="Mixer", starts_at=Instant(1_000), agenda=(LobbySegment(),))


async def _cost(store: Store, thing: Callable[[], Awaitable[Any]]) -> float:
    """Microseconds of processor time of Redis for one time of this."""
    await thing()
    before = await _spent_s(store)
    for _ in range(REPEATS):
        await thing()
    return (await _spent_s(store) - before) * 1e6 / REPEATS


async def _spent_s(store: Store) -> float:
    about = await store.do("INFO", "cpu")
    return float(about["used_cpu_user"]) + float(about["used_cpu_sys"])


@dataclass(frozen=True)
class Evening:
    """What happens each second, over all events: `wakes` ring at every worker, the rest is each event's own."""

    online: Series
    joins: Series
    orders: Series
    told: Series
    yeses: Series
    rounds: Series
    wakes: Series
    copies: Series


def evening(events: int, spread_s: int, chance: np.random.Generator) -> Evening:
    """So many events of fifty, whose beginnings are spread evenly over so many seconds."""
    margin = int(4 * ARRIVE_S)
    length = margin + spread_s + EVENING_S
    starts = np.bincount(margin + chance.integers(0, spread_s + 1, events), minlength=length).astype(float)

    def over_all(profile: dict[int, float]) -> Series:
        one = np.zeros(2 * margin + EVENING_S)
        for second, times in profile.items():
            one[second + margin] += times
        whole = np.convolve(starts, one)[margin : margin + length]
        return chance.poisson(np.maximum(whole, 0)).astype(float)

    span = range(-margin, margin)
    weights = {second: math.exp(-(((second + 60) / ARRIVE_S) ** 2) / 2) for second in span}
    joins = over_all({second: CROWD * weight / sum(weights.values()) for second, weight in weights.items()})
    begins = [600 + number * ROUND_S for number in range(ROUNDS)]
    seats = {begin + late: CROWD / 4 for begin in begins for late in range(4)}
    yeses = {begin + ROUND_S - 60 + late: CROWD / 60 for begin in begins for late in range(60)}
    rounds = over_all(dict.fromkeys(begins, 1.0))
    said = over_all(dict.fromkeys(range(EVENING_S), CROWD / 100))
    taken = over_all(seats)
    return Evening(
        online=np.cumsum(joins),
        joins=joins,
        orders=joins + taken + said,
        told=rounds * CROWD + (taken + said) * 2,
        yeses=over_all(yeses),
        rounds=rounds,
        wakes=over_all({0: 1.0}),
        copies=over_all({begin + ROUND_S - 10: 1.0 for begin in begins}) + joins,
    )


@dataclass(frozen=True)
class Needs:
    """What one cell needs at its busiest second."""

    people: int
    cores: float
    """Of workers, each of which is one process."""
    memory_gib: float
    redis_events: float
    """Cores for what is spread over the nodes of a Cluster by event."""
    redis_shared: float
    """Cores for the few keys and channels that all events share: these live on one node each."""
    sql_writes: float
    freed_s: float
    """Until the last event of a dead worker has another conductor."""


def needs(people: int, spread_s: int, units: dict[str, Unit], chance: np.random.Generator) -> Needs:
    """Add everything up."""
    cost = {name: unit.value / 1e6 for name, unit in units.items()}
    events = max(1, people // CROWD)
    seen = evening(events, spread_s, chance)
    worker = (
        seen.joins * cost["worker_join"]
        + seen.orders * cost["worker_order"]
        + seen.told * cost["worker_told"]
        + seen.yeses * cost["worker_http"]
        + seen.online / 8 * cost["worker_ping"]
        + seen.rounds * cost["match"]
    )
    cores = float(worker.max()) / BUSY
    workers = max(2, math.ceil(cores))
    own = seen.orders * (cost["redis_order"] + cost["redis_commit"])
    own = own + seen.joins * (cost["redis_ticket"] * 2 + cost["redis_presence"])
    # Every worker hears each waking, looks, tries for the lease, and all but one look again later.
    tries = seen.wakes * workers
    shared = tries * 2 * cost["redis_look"] + workers * (cost["redis_heartbeat"] + 2 * cost["redis_look"])
    return Needs(
        people=people,
        cores=cores,
        memory_gib=people * units["worker_memory"].value / 1024**2,
        redis_events=float((own + tries * cost["redis_lease_lost"]).max()) / REDIS_BUSY,
        redis_shared=float(shared.max()) / REDIS_BUSY,
        sql_writes=float((seen.yeses + seen.copies).max()),
        freed_s=events * (cost["redis_break"] + ROUND_TRIP_S),
    )


def table(units: dict[str, Unit]) -> str:
    """Unit costs, then what evenings of several sizes need."""
    lines = ["unit costs", ""]
    lines += [f"  {name:18}{unit.value:10.1f} {unit.unit:24}{unit.source}" for name, unit in units.items()]
    head = f"{'people':>9} {'begin':>12} {'cores':>7} {'GiB':>6} {'Redis':>6} {'shared':>7} {'SQL/s':>7} {'freed s':>8}"
    lines += ["", f"at the busiest second; events of {CROWD}, {ROUNDS} rounds", "", head]
    chance = np.random.default_rng(SEED)
    lines += [_row(needs(people, spread_s, units, chance), begin) for people in SIZES for spread_s, begin in BEGINS]
    lines += ["", f"one of the cells of {CELL:,} people, each with workers and a Redis of its own", "", head]
    lines += [_row(needs(CELL, spread_s, units, chance), begin) for spread_s, begin in BEGINS]
    return "\n".join(lines)


def _row(need: Needs, begin: str) -> str:
    return (
        f"{need.people:>9,} {begin:>12} {need.cores:>7.0f} {need.memory_gib:>6.1f} {need.redis_events:>6.2f} "
        f"{need.redis_shared:>7.2f} {need.sql_writes:>7.0f} {need.freed_s:>8.1f}"
    )


def measure(_: list[str]) -> str:
    """What 10,000 to 1,000,000 people at events of fifty need, from unit costs measured now and elsewhere."""
    return table(asyncio.run(measure_units()) | ELSEWHERE)
