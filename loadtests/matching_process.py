"""What the matcher process costs the loop of its worker: heartbeats counted while rooms are found."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, thread_time

import uvloop
from msgspec.structs import replace

from loadtests.matching.crowds import crowd
from rooms.event import Event, initial, judge, match_request
from rooms.event.state import Attendee
from rooms.language.agenda import LobbySegment, Plan, RoundsSegment
from rooms.language.cards import Card, Clock
from rooms.language.ids import AttendeeId, ConnectionId, EventId, Instant
from rooms.matching import Profile, match
from server.launching.workers import tune_collector
from server.lifetimes import beside, restart_with_backoff
from server.matching.matchmaker import OURS, MatcherGoneError, Matchmaker, Solvers
from server.store.client import Store
from server.store.keys import inbox
from tests.support.redis import TestRedis, flushed
from tests.support.shelf import EVENT, FIRST, Shelf
from tests.support.solvers import hang
from tests.support.stage import quick_settings

SIZES = (1_000, 10_000)
ROUNDS_HELD = 5
BEAT_S = 0.001
"""How often the loop is to turn; what is more is a delay."""
LOOK_S = 0.02
"""How often is looked whether the answer is there, and how much memory the processes take."""
TARGET_MS = 5.0
HANGING = Solvers(f"{hang.__module__}:{hang.__name__}", OURS.greedy)
OPENS_IN_MS = 15_000
WARM, STARTING_MS = EventId("warm"), 120_000
"""The first question waits until the process has loaded everything."""


@dataclass
class Beats:
    """How late the loop was each time, and how long it had worked meanwhile, whoever else wanted the processor."""

    late_ms: list[float] = field(default_factory=list)
    worked_ms: list[float] = field(default_factory=list)

    async def beat(self) -> None:
        """Note for ever by how much each beat comes late."""
        while True:
            before, work_before = perf_counter(), thread_time()
            await asyncio.sleep(BEAT_S)
            self.late_ms.append((perf_counter() - before - BEAT_S) * 1000)
            self.worked_ms.append((thread_time() - work_before) * 1000)

    def row(self) -> str:
        """Lateness: median, 99th of a hundred, worst, how many beyond the target; and the longest work between two."""
        late = sorted(self.late_ms)
        beyond = sum(delay > TARGET_MS for delay in late)
        ranks = f"{late[len(late) // 2]:.2f} | {late[len(late) * 99 // 100]:.2f} | {late[-1]:.1f}"
        return f"{ranks} | {beyond} of {len(late)} | {max(self.worked_ms):.1f}"


def measure(_: list[str]) -> str:
    """How long the loop of a worker is held while its matcher finds rooms, and what the processes take."""
    return uvloop.run(_measure())


async def _measure() -> str:
    lines = [
        "| people | who solves | answer ms | beats late ms: median | p99 | worst | beyond 5 "
        "| longest work of the loop ms | peak MB | taking the answer ms |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    redis = TestRedis()
    await redis.start()
    tune_collector()
    try:
        for people in SIZES:
            state = an_event(people)
            lines.append(await nothing(people))
            lines.append(await by_process(redis, state, "matcher process", OURS))
            lines.append(await by_process(redis, state, "it hangs, greedy after 2 s", HANGING))
            lines.append(await by_thread(state))
    finally:
        redis.stop()
    return "\n".join(lines)


async def nothing(people: int) -> str:
    """How late an idle loop is on this machine."""
    beats = Beats()
    async with beside(beats.beat()):
        await asyncio.sleep(1)
    return f"| {people:,} | nobody | | {beats.row()} | | |"


async def by_thread(state: Event) -> str:
    """In a thread of the worker, as it would be without a process."""
    beats, began = Beats(), perf_counter()
    async with beside(beats.beat()):
        await asyncio.to_thread(lambda: match(match_request(state)))
    took = (perf_counter() - began) * 1000
    return f"| {len(state.people):,} | a thread instead | {took:.0f} | {beats.row()} | | |"


async def by_process(redis: TestRedis, state: Event, name: str, solvers: Solvers) -> str:
    """By the matcher process, asked as a conductor asks."""
    async with flushed(redis.url) as store, an_office(redis, store, solvers) as (shelf, matchmaker):
        await keep(shelf, state)
        beats, began, held = Beats(), perf_counter(), [0.0]
        async with beside(beats.beat()):
            matchmaker.ask(EVENT, state.request, OPENS_IN_MS)
            await answered(store, EVENT, lambda: held.append(megabytes(matchmaker)))
        took = (perf_counter() - began) * 1000
        began = perf_counter()
        (waiting,) = await shelf.inbox.read(EVENT, "0-0", 1)
        judge(state, waiting.order)
        taking = (perf_counter() - began) * 1000
    return f"| {len(state.people):,} | {name} | {took:.0f} | {beats.row()} | {max(held):.0f} | {taking:.0f} |"


@asynccontextmanager
async def an_office(redis: TestRedis, store: Store, solvers: Solvers) -> AsyncIterator[tuple[Shelf, Matchmaker]]:
    """A matchmaker with its process loaded and idle."""
    shelf = Shelf(store)
    with tempfile.TemporaryDirectory() as folder:
        matchmaker = Matchmaker(shelf.inbox, quick_settings(Path(folder)), redis.url, FIRST, solvers)
        async with beside(restart_with_backoff("matcher", matchmaker.run, (MatcherGoneError,)), matchmaker.watch()):
            await keep(shelf, an_event(2), WARM)
            matchmaker.ask(WARM, an_event(2).request, STARTING_MS)
            await answered(store, WARM)
            yield shelf, matchmaker


async def answered(store: Store, event: EventId, look: Callable[[], None] = lambda: None) -> None:
    """Wait until there is an answer in the event's inbox."""
    while True:
        if await store.do("XLEN", inbox(event)):
            return
        look()
        await asyncio.sleep(LOOK_S)


async def keep(shelf: Shelf, state: Event, event: EventId = EVENT) -> None:
    """Let this be the event's state in Redis."""
    fence = await shelf.leases.take(event)
    assert fence
    assert await shelf.journal.put_snapshot(event, fence, state, 0)


def megabytes(matchmaker: Matchmaker) -> float:
    """What the largest of the matcher process and its forks has held at most, pages they share included."""
    assert matchmaker.process is not None
    pid = matchmaker.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children")
    forks = children.read_text().split() if children.exists() else []
    return max(_peak_kb(process) for process in (str(pid), *forks)) / 1024


def _peak_kb(pid: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:  # it ended in between
        return 0
    return max((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), default=0)


def an_event(people: int) -> Event:
    """An event in its changeover after some rounds, waiting for matches."""
    rounds = RoundsSegment(rounds=20, length_s=300)
    agenda = (LobbySegment(length_s=60), rounds)
    plan = Plan(EVENT, "Large", Instant(0), agenda, capacity=0, unattended=True, version=1)
    here = {profile.id: attendee(profile, number) for number, profile in enumerate(crowd(people), start=1)}
    return replace(
        initial(plan),
        phase="changeover",
        segment=1,
        running=rounds,
        round=ROUNDS_HELD,
        held=ROUNDS_HELD,
        people=here,
        present=people,
        ready=people,
        met=past(list(here)),
        clock=Clock(length_ms=OPENS_IN_MS, ends_at=Instant(OPENS_IN_MS)),
        request=7,
        asked_at=Instant(1),
    )


def attendee(profile: Profile, number: int) -> Attendee:
    """Somebody who is here and ready."""
    card = Card(
        id=profile.id,
        name=f"Person {number}",
        team=profile.team,
        interests=profile.interests,
        looking_for=profile.looking_for,
        offering=profile.offering,
        languages=profile.languages,
    )
    return Attendee(card=card, number=number, connection=ConnectionId(f"c{number}"), ready=True)


def past(people: list[AttendeeId]) -> dict[AttendeeId, dict[AttendeeId, tuple[int, ...]]]:
    """Who met whom in rounds of which none repeats a pair: in each, two whose places add up to the same."""
    count = len(people)
    met: dict[AttendeeId, dict[AttendeeId, tuple[int, ...]]] = {who: {} for who in people}
    for number in range(1, ROUNDS_HELD + 1):
        for place, who in enumerate(people):
            other = people[(number - place) % count]
            if other != who:
                met[who][other] = (number,)
    return met
