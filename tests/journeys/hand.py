"""An organiser without a browser: speaks the same protocol, so that a journey begins and ends rounds when it likes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosedError, InvalidHandshake
from websockets.typing import Origin, Subprotocol

from rooms.language import codec, notices
from rooms.language.agenda import Segment
from rooms.language.board import Board
from rooms.language.cards import BoardPerson, EventView
from rooms.language.commands import Command
from rooms.language.ids import Instant
from rooms.language.refusals import Refusal
from rooms.language.signals import Hello
from server.records import events, organisers
from server.records.engine import now_ms
from tests.journeys.venue import Venue

LINES = 20
"""Lines opened before the server counts as gone."""
PAUSE_S = 0.25
PASSWORD = "a long walk in the woods"


class RefusedCommandError(Exception):
    """The server said no."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Hand:
    """One organiser's open console, as data."""

    def __init__(self) -> None:
        self._line: ClientConnection | None = None
        self._ref = 0
        self._answers: dict[int, asyncio.Future[None]] = {}
        self._heard = asyncio.Condition()
        self.event: EventView | None = None
        self.board: dict[str, BoardPerson] = {}

    @property
    def phase(self) -> str:
        """Where the event stands."""
        assert self.event
        return self.event.phase

    @property
    def round(self) -> int:
        """Of this segment."""
        assert self.event
        return self.event.round

    async def order(self, command: Command) -> None:
        """Ask and wait for the answer."""
        self._ref += 1
        answer = self._answers[self._ref] = asyncio.get_running_loop().create_future()
        assert self._line
        await self._line.send(codec.encode_upward(self._ref, command).decode())
        await asyncio.wait_for(answer, 10)

    async def until_ready(self, count: int) -> None:
        """Wait until so many people are here and ready."""
        await self.until(lambda: sum(one.ready and one.presence == "here" for one in self.board.values()) >= count)

    async def until_round(self, number: int) -> None:
        """Wait until people talk in this round of the segment."""
        await self.until(lambda: self.phase == "talking" and self.round == number)

    async def until(self, fact: Callable[[], bool], within_s: float = 30) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(within_s), self._heard:
            await self._heard.wait_for(fact)

    async def listen(self, line: ClientConnection) -> None:
        """Take in what the server says until the line ends."""
        self._line = line
        async for frame in line:
            async with self._heard:
                self._hear(codec.decode_downward(frame))
                self._heard.notify_all()

    def _hear(self, message: codec.Downward) -> None:
        match message:
            case notices.Welcome(snapshot=snapshot):
                self.event = snapshot.event
                self._rows((snapshot.board or Board()).people)
            case notices.EventChanged(event=event):
                self.event = event
            case notices.BoardChanged(people=people):
                self._rows(people)
            case notices.Settled(ref=ref):
                self._answers.pop(ref).set_result(None)
            case notices.Refused(ref=ref, reason=reason):
                self._answers.pop(ref).set_exception(RefusedCommandError(reason))
            case _:
                pass

    def _rows(self, people: tuple[BoardPerson, ...]) -> None:
        self.board.update({person.id: person for person in people})


class Organising:
    """An account and an event of its own, made at the database as the pages would."""

    def __init__(self, venue: Venue, session: str, event: events.Event) -> None:
        self.venue = venue
        self.session = session
        self.event = event

    @property
    def landing(self) -> str:
        """Where guests come in."""
        return f"{self.venue.url}/e/{self.event.id}"

    @property
    def console(self) -> str:
        """Where the organiser runs it."""
        return f"{self.venue.url}/events/{self.event.id}/live"

    @asynccontextmanager
    async def hand(self) -> AsyncIterator[Hand]:
        """Open the console without a browser."""
        hand = Hand()
        async with asyncio.TaskGroup() as tasks:
            listening = tasks.create_task(self._stay(hand))
            await hand.until(lambda: hand.event is not None)
            yield hand
            listening.cancel()

    async def _stay(self, hand: Hand) -> None:
        """Hold a line, and as any console does open another when its worker dies."""
        for _ in range(LINES):
            with suppress(ConnectionClosedError, InvalidHandshake, OSError, httpx2.HTTPError):
                async with connect(
                    await self._address(), subprotocols=[Subprotocol("rooms.v1")], origin=Origin(self.venue.url)
                ) as line:
                    await line.send(codec.encode_upward(None, Hello()).decode())
                    await hand.listen(line)
            await asyncio.sleep(PAUSE_S)
        raise ConnectionError(f"{LINES} lines were lost one after the other")

    async def _address(self) -> str:
        """Where a console listens: a ticket opens one line."""
        async with httpx2.AsyncClient(
            headers={"origin": self.venue.url}, cookies={"rondo_session": self.session}
        ) as http:
            answer = await http.post(f"{self.venue.url}/events/{self.event.id}/ticket")
        answer.raise_for_status()
        return self.venue.url.replace("http", "ws", 1) + str(answer.json()["ws"])


async def organise(venue: Venue, name: str, agenda: tuple[Segment, ...], *, unattended: bool = False) -> Organising:
    """A new organiser with a new event whose doors open at once."""
    email = f"{name.lower().replace(' ', '-')}@example.org"
    organiser = await organisers.create(venue.records, email, "Noor Haddad", PASSWORD)
    session = await organisers.open_session(venue.records, organiser.id)
    draft = events.Draft(
        name=name, description="", starts_at=Instant(now_ms() - 1000), timezone="Europe/Lisbon", capacity=0,
        entry="open", code="", conduct="Be kind.", unattended=unattended,
    )  # fmt: skip
    return Organising(venue, session, await events.create(venue.records, draft, agenda, organiser.id))
