"""The stage: two workers in one process over one real Redis, sessions without a network. Whole roads in one test."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TypeVar

from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment, Segment
from rooms.language.codec import Downward, Upward, decode_downward, encode_upward
from rooms.language.commands import Command, OpenEvent
from rooms.language.ids import AttendeeId, EventId, Instant, Role
from rooms.language.notices import ChatHeard, Refused, Settled, Snapshot, Welcome
from rooms.language.orders import Order
from rooms.language.refusals import Refusal
from rooms.language.signals import Goodbye, Hello
from server.matching.matchmaker import OURS, Solvers
from server.records import events, organisers, registrations
from server.records.engine import Records, now_ms
from server.records.events import Draft
from server.records.registrations import Newcomer
from server.services import Services, open_services
from server.settings import Settings, load
from server.sockets.endpoint import new_connection_id
from server.sockets.farewell import GoneError
from server.sockets.session import Session
from server.store import keys
from server.store.client import Store
from server.store.journal import Journal
from server.store.tickets import Ticket
from tests.support.network import Proxy, a_proxy

T = TypeVar("T")
PATIENCE_S = 30.0
"""Longest wait of a test for something that should come at once."""
SHORT_EVENING: tuple[Segment, ...] = (
    LobbySegment(length_s=600),
    RoundsSegment(rounds=2, length_s=60, changeover_s=5),
    ClosingSegment(length_s=60),
)


class Line:
    """The wire of one scripted browser: what it sends goes in, what it gets is kept."""

    def __init__(self) -> None:
        self.sent = asyncio.Queue[bytes | None]()
        self.got: list[Downward] = []
        self.raw: list[bytes] = []
        self.closed: tuple[int, str] | None = None
        self.taking = asyncio.Event()
        """Cleared while this browser reads nothing."""
        self.taking.set()
        self.news = asyncio.Event()

    async def receive(self) -> str | bytes:
        """The next frame of the browser."""
        data = await self.sent.get()
        if data is None:
            raise GoneError
        return data

    async def send(self, data: bytes) -> None:
        """To the browser, once it reads again."""
        await self.taking.wait()
        self._note(data)

    def send_now(self, frames: Sequence[bytes]) -> bool:
        """To the browser if it reads."""
        if self.taking.is_set():
            for data in frames:
                self._note(data)
        return self.taking.is_set()

    async def close(self, code: int, reason: str) -> None:
        """The server closes."""
        self.closed = (code, reason)
        self.news.set()

    def _note(self, data: bytes) -> None:
        self.raw.append(data)
        self.got.append(decode_downward(data))
        self.news.set()


class Browser:
    """One person with the live page open on one worker."""

    def __init__(self, services: Services, ticket: Ticket, last: int | None = None, page: str = "") -> None:
        self.wire = Line()
        self.id = AttendeeId(ticket.id)
        self.refs = 0
        """The number of the last command, counted by the page."""
        self.session = Session(services, ticket, new_connection_id(services.worker), self.wire)
        self.wire.sent.put_nowait(encode_upward(None, Hello(last, page)))

    def send(self, body: Upward, ref: int | None = None) -> None:
        """Send a frame."""
        self.wire.sent.put_nowait(encode_upward(ref, body))

    async def ask(self, command: Command) -> Settled | Refused:
        """Send a command and wait for its answer."""
        self.refs += 1
        self.send(command, self.refs)
        return await self.answer_to(self.refs)

    async def answer_to(self, ref: int) -> Settled | Refused:
        """Wait for the answer to a command."""

        def answer() -> Settled | Refused | None:
            answers = (notice for notice in self.wire.got if isinstance(notice, Settled | Refused))
            return next((notice for notice in answers if notice.ref == ref), None)

        await self.until(lambda: answer() is not None)
        found = answer()
        assert found is not None
        return found

    async def wait_for(self, kind: type[T], matching: Callable[[T], bool] = lambda _: True) -> T:
        """Wait for a notice of this kind; one that came already counts."""

        def found() -> T | None:
            notices = (notice for notice in self.wire.got if isinstance(notice, kind))
            return next((notice for notice in notices if matching(notice)), None)

        await self.until(lambda: found() is not None)
        notice = found()
        assert notice is not None
        return notice

    async def heard_chat(self, count: int) -> list[str]:
        """Wait for so many lines of chat; all that came."""

        def lines() -> list[str]:
            return [notice.line.text for notice in self.wire.got if isinstance(notice, ChatHeard)]

        await self.until(lambda: len(lines()) >= count)
        return lines()

    def forget(self) -> None:
        """What came until now is of no interest any more."""
        self.wire.got.clear()
        self.wire.raw.clear()

    async def closed(self) -> int:
        """Wait until the server closes; the code."""
        await self.until(lambda: self.wire.closed is not None)
        assert self.wire.closed is not None
        return self.wire.closed[0]

    @property
    def picture(self) -> Snapshot:
        """The newest snapshot."""
        return next(notice.snapshot for notice in reversed(self.wire.got) if isinstance(notice, Welcome))

    def leave(self, meant: bool = False) -> None:
        """Close the page, or press leave."""
        if meant:
            self.send(Goodbye())
        else:
            self.wire.sent.put_nowait(None)

    async def until(self, done: Callable[[], bool]) -> None:
        """Wait until something is so; looked at whenever a frame comes."""
        async with asyncio.timeout(PATIENCE_S):
            while not done():
                self.wire.news.clear()
                await self.wire.news.wait()


class Stage:
    """Two workers, one event, as many people as a test wants."""

    def __init__(self, workers: list[Services], proxies: list[Proxy], event: EventId, store: Store) -> None:
        self.workers = workers
        self.proxies = proxies
        self.store = store
        self.event = event
        self.records = workers[0].records
        self.conductor = 0
        """Which worker conducted when the doors were opened."""
        self._lives: dict[Browser, asyncio.Task[None]] = {}

    async def person(self, name: str) -> AttendeeId:
        """Somebody with a seat at the event."""
        person = await registrations.join(self.records, self.event, Newcomer(name), 0)
        assert person is not None
        return person.id

    async def open(
        self, who: AttendeeId, worker: int, last: int | None = None, name: str = "Somebody", page: str = ""
    ) -> Browser:
        """Open the live page on a worker, not yet waiting for anything."""
        return self._run(Browser(self.workers[worker], Ticket(self.event, Role.ATTENDEE, who, name), last, page))

    async def attendee(self, name: str, worker: int) -> Browser:
        """Somebody new who has come in."""
        browser = await self.open(await self.person(name), worker, name=name)
        await browser.wait_for(Welcome)
        return browser

    async def organiser(self, worker: int, name: str = "Olga") -> Browser:
        """An open console."""
        browser = self._run(Browser(self.workers[worker], Ticket(self.event, Role.ORGANISER, "olga", name)))
        await browser.wait_for(Welcome)
        return browser

    async def vanish(self, browser: Browser) -> None:
        """The process that served this browser is gone: nothing is said any more."""
        task = self._lives.pop(browser)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def over(self, browser: Browser) -> None:
        """Wait until a session is over on our side."""
        await asyncio.wait_for(asyncio.shield(self._lives[browser]), PATIENCE_S)

    async def begin(self) -> int:
        """Open the doors; the worker that conducts the event."""
        await self.workers[0].inbox.submit(self.event, Order(OpenEvent(), "olga", Role.ORGANISER, "Olga"))
        async with asyncio.timeout(PATIENCE_S):
            while not (found := await self.store.do("GET", keys.lease(self.event))):
                await asyncio.sleep(0.02)
        return next(i for i, services in enumerate(self.workers) if services.worker == found.decode())

    async def isolate(self, worker: int) -> None:
        """That worker reaches Redis no more: to all others it is as good as dead."""
        await self.proxies[worker].cut()

    async def rejoin(self, worker: int) -> None:
        """It reaches Redis again."""
        await self.proxies[worker].open()

    @asynccontextmanager
    async def deaf(self, worker: int) -> AsyncIterator[None]:
        """What is committed meanwhile is not heard on that worker."""
        bus, channel = self.workers[worker].bus, keys.channel(self.event)
        line = self.workers[worker].relay.line_of(self.event)
        assert line is not None
        await bus.unsubscribe(channel)
        yield
        await bus.subscribe(channel, line.hear)

    async def keep_state_and_trim(self) -> None:
        """Keep the state as of now and let go of the whole journal."""
        journal = Journal(self.store)
        state = await journal.load(self.event)
        assert state is not None
        fence = int(await self.store.do("HGET", keys.head(self.event), "fence"))
        assert await journal.put_snapshot(self.event, fence, state, state.seq + 1)

    async def insist(self, browser: Browser, command: Command) -> Settled | Refused:
        """Ask again while we are told that there is no answer."""
        while True:
            answer = await browser.ask(command)
            if not (isinstance(answer, Refused) and answer.reason is Refusal.BUSY):
                return answer
            await asyncio.sleep(0.2)

    async def close(self) -> None:
        """Everybody goes."""
        for task in self._lives.values():
            task.cancel()
        await asyncio.gather(*self._lives.values(), return_exceptions=True)
        self._lives.clear()

    def _run(self, browser: Browser) -> Browser:
        self._lives[browser] = asyncio.create_task(browser.session.run())
        return browser


def a_draft(starts_in_ms: int = 3_600_000) -> Draft:
    """What an organiser wrote."""
    return Draft(
        name="Midsummer mixer",
        description="",
        starts_at=Instant(now_ms() + starts_in_ms),
        timezone="Europe/Berlin",
        capacity=0,
        entry="open",
        code="",
        conduct="",
        unattended=False,
    )


def quick_settings(folder: Path, **others: str) -> Settings:
    """Settings under which nothing takes long."""
    quick = {"data": str(folder), "lease_ms": "900", "worker_dead_ms": "2500", "drain_ms": "100", "log_level": "error"}
    return load({}, {**quick, **others})


async def an_event(records: Records, agenda: tuple[Segment, ...] = SHORT_EVENING) -> EventId:
    """An event with an owner."""
    owner = await organisers.create(records, f"olga{now_ms()}@example.org", "Olga", None, demo=True)
    event = await events.create(records, a_draft(), agenda, owner.id)
    return event.id


@asynccontextmanager
async def a_stage(redis_url: str, folder: Path, solvers: Solvers = OURS, **settings: str) -> AsyncIterator[Stage]:
    """Two workers over this Redis and a database in this folder."""
    chosen = quick_settings(folder, **settings)
    async with AsyncExitStack() as stack:
        store = Store(redis_url, 1.0)
        stack.push_async_callback(store.close)
        # Only a single server stands behind proxies of ours: nodes of others tell their own addresses.
        alone = redis_url.startswith("unix://")
        proxies = [await stack.enter_async_context(a_proxy(redis_url)) for _ in range(2)] if alone else []
        urls = [proxy.url for proxy in proxies] or [redis_url, redis_url]
        workers = [await stack.enter_async_context(open_services(chosen, url, solvers=solvers)) for url in urls]
        await workers[0].records.migrate()
        stage = Stage(workers, proxies, await an_event(workers[0].records), store)
        stack.push_async_callback(stage.close)
        stage.conductor = await stage.begin()
        yield stage
