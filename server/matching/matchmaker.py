"""The worker's side: asks without waiting, keeps the matcher process alive, and is the last resort."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

from rooms.language.errands import MatchFound
from rooms.language.ids import EventId, WorkerId
from rooms.language.orders import Order
from server.matching.questions import Outcome, Question, decode_outcome, encode_line
from server.metrics import measures
from server.settings import Settings, as_environment
from server.store.inbox import Inbox

log = structlog.get_logger("matchmaker")

ROOT = Path(__file__).parent.parent.parent
RESERVE_S = 2.0
"""Kept before a round opens for greedy rooms and for telling them: twice what ten thousand people need."""
LEAST_S = 0.25
"""What a solver gets in any case: most rooms are found in a tenth of it, and a round that is late may wait so long."""
LAST_S = 0.15
"""After a round was due, or greedy rooms were, the rules are to seat everybody without us."""
STAY_FROM = 1_000
"""People from whom a solver stays for the next round of its event: of fewer, all is worked out anew in 0.2 s."""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
"""Forks keep one thread, and so do the libraries then: the same sums on every machine, one core a solver."""


class MatcherGoneError(Exception):
    """The matcher process ended."""


@dataclass
class Wish:
    """What an event waits for, by instants of the loop's clock."""

    request: int
    greedy_at: float
    """From here on greedy rooms are better than none."""
    last_at: float
    """From here on any answer is."""
    failed: bool = False
    """Whether the process has said that it cannot."""


@dataclass(frozen=True)
class Solvers:
    """Functions that find rooms, by name: `package.module:function`."""

    best: str
    greedy: str


OURS = Solvers("rooms.matching:match", "rooms.matching.fallback:greedy")


class Matchmaker:
    """Has matches made for the events of one worker. Only `run` and `watch` wait for anything."""

    def __init__(self, inbox: Inbox, settings: Settings, redis_url: str, worker: WorkerId, solvers: Solvers) -> None:
        self._inbox = inbox
        self._environ = {**os.environ, **as_environment(settings), **ONE_THREAD, "RONDO_REDIS_URL": redis_url}
        self._worker = worker
        self._solvers = solvers
        self._wishes: dict[EventId, Wish] = {}
        self._wanted = asyncio.Event()
        self._news = asyncio.Event()
        self._writer: asyncio.StreamWriter | None = None
        """To a process that is ready: what one hears that still loads it would count from too late."""
        self.process: subprocess.Popen[bytes] | None = None
        """The matcher process while there is one."""

    @property
    def ready(self) -> bool:
        """Whether the process is there and has loaded everything."""
        return self._writer is not None

    def stand_by(self) -> None:
        """Somebody may ask soon: see that the process is there."""
        self._wanted.set()

    def ask(self, event: EventId, request: int, opens_in_ms: int) -> None:
        """Have a request answered by the time its round opens. Asked twice it is answered once."""
        self.stand_by()
        wish = self._wishes.get(event)
        if wish is not None and wish.request == request:
            return
        now, left_s = asyncio.get_running_loop().time(), opens_in_ms / 1000
        greedy_at = now + max(LEAST_S, left_s - RESERVE_S)
        last_at = max(now + left_s, greedy_at + RESERVE_S) + LAST_S
        self._wishes[event] = Wish(request, greedy_at, last_at)
        self._send(event)
        self._news.set()

    # The process.

    async def run(self) -> None:
        """Start the process when it is first wanted, and talk with it until it ends. Run it by `restart_with_backoff`.

        Raises:
            MatcherGoneError: it ended.
        """
        await self._wanted.wait()
        async with self._conversation() as (reader, writer):
            if await reader.readline():  # it has loaded everything
                self._writer = writer
                for event in self._wishes:
                    self._send(event)
                while line := await reader.readline():
                    self._take(decode_outcome(line))
        raise MatcherGoneError(f"exit {self.process.poll() if self.process else None}")

    @asynccontextmanager
    async def _conversation(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = self._start(theirs)
        reader, writer = await asyncio.open_connection(sock=ours)
        try:
            yield reader, writer
        finally:
            self._writer = None
            writer.close()
            self.process.kill()
            await asyncio.to_thread(self.process.wait)

    def _start(self, line: socket.socket) -> subprocess.Popen[bytes]:
        # Not asyncio's way: `Popen` without a function to run before the program needs no copy of our memory's tables.
        names = ("--solver", self._solvers.best, "--greedy", self._solvers.greedy, "--stay-from", str(STAY_FROM))
        parent = ("--name", self._worker, "--parent", str(os.getpid()), "--line", str(line.fileno()))
        return subprocess.Popen(
            (sys.executable, "-m", "server", "matcher", *parent, *names),
            cwd=ROOT,
            env=self._environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(line.fileno(),),
            start_new_session=True,
        )

    def _send(self, event: EventId) -> None:
        """Say what an event waits for, if anybody is there to hear it; else it is said when somebody is."""
        if self._writer is not None:
            wish = self._wishes[event]
            left_s = max(0.0, wish.greedy_at - asyncio.get_running_loop().time())
            self._writer.write(encode_line(Question(event, wish.request, int(left_s * 1000))))

    def _take(self, outcome: Outcome) -> None:
        measures.match_seconds.labels(outcome.how).observe(outcome.took_ms / 1000)
        told = {"event_id": outcome.event, "request": outcome.request, "ms": outcome.took_ms}
        match outcome.how:
            case "found":
                log.info("match found", **told)
            case "greedy":
                log.warning("matcher failed, greedy rooms taken", why=outcome.why, **told)
            case "failed":
                log.error("no match found", why=outcome.why, **told)
            case "overtaken":
                log.debug("match no longer wanted", **told)
        wish = self._wishes.get(outcome.event)
        if wish is None or wish.request != outcome.request:
            return
        if outcome.how == "failed":
            wish.failed = True  # it stays for the last resort
        else:
            del self._wishes[outcome.event]

    # The last resort.

    async def watch(self) -> None:
        """See to the wishes nobody answered in time. Run it by `restart_with_backoff`.

        Raises:
            StoreAwayError: Redis is away; the wish stays.
        """
        while True:
            self._news.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout_at(min((wish.last_at for wish in self._wishes.values()), default=None)):
                    await self._news.wait()
            now = asyncio.get_running_loop().time()
            for event, wish in list(self._wishes.items()):
                if wish.last_at <= now:
                    await self._seat_without_us(event, wish)

    async def _seat_without_us(self, event: EventId, wish: Wish) -> None:
        """An answer without rooms opens a round that waits for one, and the rules seat everybody then."""
        log.error("no answer in time, the rules seat everybody", event_id=event, request=wish.request)
        if self._writer is not None and self.process is not None and not wish.failed:
            self.process.kill()  # it was ready, and should have said something by now
        await self._inbox.submit(event, Order(MatchFound(wish.request, ())))
        if self._wishes.get(event) is wish:
            del self._wishes[event]
