"""The real engine for a state machine: two workers in this process over a real Redis, one evening after the other."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from itertools import combinations
from pathlib import Path

from rooms.event import Event, snapshot
from rooms.event.state import pair
from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment, Segment
from rooms.language.changes import PeopleKeptApart, RoomOpened, RoundOpened
from rooms.language.commands import Command, SayChat
from rooms.language.ids import AttendeeId, Instant, RoomId, WorkerId
from rooms.language.notices import Refused, Settled, Snapshot, Welcome
from rooms.language.signals import Signalled
from server.conducting.reaper import departure
from server.store import keys
from server.store.client import StoreAwayError
from server.store.leases import Leases
from server.store.presence import Whereabouts
from server.store.running import Running
from tests.faults.auditor import Auditor, an_auditor
from tests.rooms.event.picture import comparable, reduced, viewer_of
from tests.support.redis import a_redis
from tests.support.stage import Browser, Stage, a_stage, an_event

AGENDA: tuple[Segment, ...] = (
    LobbySegment(length_s=3_600),
    RoundsSegment(rounds=3, length_s=600, changeover_s=3),
    RoundsSegment(rounds=3, length_s=600, changeover_s=3, size=3),
    ClosingSegment(length_s=3_600),
)
SETTLES_S, LOOK_S = 10.0, 0.05
LEASE_MS = 900
PATIENT_MS = "10000"
"""Silence after which a worker counts as dead: longer than a busy machine lets both wait in one process."""
PATIENT_S = 5.0
"""A page that hears nothing of what it asked gives up then, as static/js/connection/requests.js does."""


class Page:
    """One person's page: a name and numbers that stay when the line changes."""

    def __init__(self, browser: Browser, name: str, worker: int) -> None:
        self.browser = browser
        self.name = name
        self.worker = worker
        self.lost = False
        """Whether its line is gone for good, so that nobody listens."""
        self.last: tuple[int, SayChat] | None = None
        """What was said last, and under which number."""

    @property
    def open(self) -> bool:
        """Whether somebody looks at it and it has a line."""
        return not self.lost and self.browser.wire.closed is None


class Engine:
    """What the machine has in hand; counts what it has done."""

    def __init__(self, stage: Stage, redis_url: str) -> None:
        self.stage = stage
        self.redis_url = redis_url
        self.steps = self.evenings = self.settled = 0
        self._stack = AsyncExitStack()
        self.auditor: Auditor
        self.people: list[AttendeeId] = []
        self.pages: dict[int, Page] = {}
        self.said: set[str] = set()
        """Lines which the server said it had taken."""
        self.apart: list[str] = []
        self._names = 0

    async def begin(self, people: int) -> None:
        """A new evening with so many on its list, its doors open, and somebody who reads along."""
        self.evenings += 1
        await self._heal()
        self.stage.event = await an_event(self.stage.records, AGENDA)
        self.people = [await self.stage.person(f"Person {number}") for number in range(people)]
        self.pages, self.said = {}, set()
        await self.stage.begin()
        self.auditor = await self._stack.enter_async_context(an_auditor(self.redis_url, self.stage.event))
        await self.auditor.until(lambda event: event.phase == "lobby")

    async def _heal(self) -> None:
        """Wait until both workers reach Redis again after what befell them in the evening before."""
        async with asyncio.timeout(SETTLES_S):
            for worker in self.stage.workers:
                while not await reaches(worker.presence.beat()):
                    await asyncio.sleep(LOOK_S)

    async def settle(self) -> None:
        """Wait until all pages show what is so: the list of people comes a moment later than the rest."""
        for proxy in self.stage.proxies:
            proxy.lose_answers = 0
        with suppress(TimeoutError):
            async with asyncio.timeout(SETTLES_S):
                await self.auditor.catch_up()
                while self.differing():
                    await asyncio.sleep(LOOK_S)
                    await self.auditor.catch_up()

    async def end(self) -> None:
        """Everybody goes."""
        await self._stack.aclose()
        await self.stage.close()

    async def come(self, number: int, worker: int) -> None:
        """A page opens, the first of somebody or another one."""
        self._names += 1
        await self._open(number, worker, f"page {self._names}", 0)

    async def come_back(self, number: int, worker: int) -> None:
        """A page loses its line and opens another on this worker; what it said last it says again."""
        page = self.pages.get(number)
        if page is None:
            return
        last = page.last
        found = await self._open(number, worker, page.name, last[0] - 1 if last else 0)
        if found is not None and last is not None:
            found.last = last
            self._note(last[1], await self._answer(found, last[1]))

    async def _open(self, number: int, worker: int, name: str, refs: int) -> Page | None:
        browser = await self.stage.open(self.people[number], worker, page=name)
        browser.refs = refs
        await browser.until(lambda: browser.wire.closed is not None or greeted(browser))
        if browser.wire.closed is not None:
            return None
        self.pages[number] = Page(browser, name, worker)
        return self.pages[number]

    async def ask(self, number: int, command: Command) -> None:
        """Somebody asks for something; any answer will do, and none where what came of it was not heard."""
        page = self.pages.get(number)
        if page is None or not page.open:
            return
        if isinstance(command, SayChat):
            page.last = (page.browser.refs + 1, command)
        answer = await self._answer(page, command)
        if isinstance(command, SayChat):
            self._note(command, answer)

    async def _answer(self, page: Page, command: Command) -> Settled | Refused | None:
        browser = page.browser
        asking = asyncio.ensure_future(browser.ask(command))
        closing = asyncio.ensure_future(browser.until(lambda: browser.wire.closed is not None))
        try:
            await asyncio.wait([asking, closing], timeout=PATIENT_S, return_when=asyncio.FIRST_COMPLETED)
            return asking.result() if asking.done() else None
        finally:
            for one in (asking, closing):
                one.cancel()
            await asyncio.gather(asking, closing, return_exceptions=True)

    def room_of(self, number: int) -> RoomId | None:
        """Where somebody sits."""
        assert self.auditor.state is not None
        person = self.auditor.state.people.get(self.people[number])
        return None if person is None else person.room

    def _note(self, command: SayChat, answer: Settled | Refused | None) -> None:
        if isinstance(answer, Settled):
            self.settled += 1
            self.said.add(command.text)

    async def lose(self, number: int, *, meant: bool = False, told: bool = True) -> None:
        """Somebody's page is closed; or the process that served it is gone and says nothing."""
        page = self.pages.get(number)
        if page is None or not page.open:
            return
        page.lost = True
        if told:
            page.browser.leave(meant)
            await self.stage.over(page.browser)
        else:
            await self.stage.vanish(page.browser)
        self.pages.pop(number) if meant else None

    async def twice(self, number: int) -> None:
        """What is said of somebody's line by one worker and by the reaper, too; and once more when it is stale."""
        page = self.pages.get(number)
        if page is not None:
            browser = page.browser
            where = Whereabouts(self.stage.event, browser.session.role, browser.id, browser.session.connection)
            for _ in range(2):
                await self.auditor.submit(departure(where))

    async def order(self, command: Command) -> None:
        """A host wishes something; the rules may refuse."""
        await self.auditor.order(command)  # type: ignore[arg-type]  # the machine has none but theirs

    async def take_over(self, worker: int) -> None:
        """The lease is lost to another conductor, and the one who had it knows nothing of that yet."""
        event = self.stage.event
        owner = await self.stage.store.do("GET", keys.lease(event))
        if owner is not None:
            await Leases(self.stage.store, WorkerId("nobody"), LEASE_MS).break_of(event, WorkerId(owner.decode()))
            await Running(self.stage.store).wake(event, self.stage.workers[worker].clock.now())

    async def blip(self, worker: int) -> None:
        """A worker loses Redis and finds it again."""
        await self.stage.isolate(worker)
        await self.stage.rejoin(worker)

    async def judge(self) -> list[str]:
        """Everything that does not hold now, or did not at some moment since the evening began."""
        self.steps += 1
        await self.auditor.catch_up()
        state, said = self.auditor.state, self.auditor.said()
        assert state is not None
        twice = [f"{text!r} is there {times} times" for text, times in said.items() if times > 1]
        lost = [f"{text!r} was acknowledged and is not there" for text in self.said if not said[text]]
        return [*self.auditor.wrong, *twice, *lost, *self._together()]

    def _together(self) -> list[str]:
        """People kept apart who were put into one room after that was said."""
        found, apart = list[str](), set[tuple[AttendeeId, AttendeeId]]()
        for entry in self.auditor.entries:
            change = entry.change
            if isinstance(change, PeopleKeptApart):
                apart |= {pair(*two) for two in change.pairs}
            rooms = change.rooms if isinstance(change, RoundOpened) else ()
            rooms = (change.room,) if isinstance(change, RoomOpened) else rooms
            for room in rooms:
                if quarrel := apart & {pair(*two) for two in combinations(room.people, 2)}:
                    found.append(f"{quarrel} were put together at {entry.seq}")
        return found

    def differing(self) -> list[str]:
        """Pages which show something else than is so."""
        return [f"page of {number}: {slices}" for number, page in self.pages.items() if (slices := self._differs(page))]

    def _differs(self, page: Page) -> list[str]:
        state = self.auditor.state
        return differences_of(state, page.browser) if state is not None and page.open else []


def differences_of(state: Event, browser: Browser) -> list[str]:
    """The slices in which a page shows something else than is so."""
    if not greeted(browser):
        return ["everything"]
    fresh = comparable(snapshot(state, viewer_of(browser.id), Instant(0)))
    mine = comparable(picture_of(browser))
    return [name for name in fresh.__struct_fields__ if getattr(fresh, name) != getattr(mine, name)]


async def reaches(question: Awaitable[object]) -> bool:
    """Whether Redis answers."""
    try:
        await question
    except StoreAwayError:
        return False
    return True


def greeted(browser: Browser) -> bool:
    """Whether a page has its first picture."""
    return any(isinstance(notice, Welcome) for notice in browser.wire.got)


def picture_of(browser: Browser) -> Snapshot:
    """What a page shows: the newest picture, and what came after."""
    start = max(index for index, notice in enumerate(browser.wire.got) if isinstance(notice, Welcome))
    first = browser.wire.got[start]
    assert isinstance(first, Welcome)
    picture = first.snapshot
    for notice in browser.wire.got[start + 1 :]:
        if not isinstance(notice, Signalled):
            picture = reduced(picture, notice)
    return picture


@asynccontextmanager
async def an_engine(folder: Path) -> AsyncIterator[Engine]:
    """Two workers over a Redis of their own."""
    async with a_redis() as redis, a_stage(redis.url, folder, worker_dead_ms=PATIENT_MS) as stage:
        yield Engine(stage, redis.url)
