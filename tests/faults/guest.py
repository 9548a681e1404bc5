"""One scripted attendee: keeps a line to the server as the page's own `connection/socket.js` does, and a picture."""

import asyncio
import random
import secrets
import socket
import time
from contextlib import suppress
from urllib.parse import urlsplit

from msgspec.structs import replace
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin, Subprotocol

from rooms.language.closing import MEANING, CloseCode
from rooms.language.codec import Downward, decode_downward, encode_upward
from rooms.language.commands import Command, SayChat, TakeSeat
from rooms.language.ids import RoomId
from rooms.language.notices import Pulse, Refused, Resumed, RoomChanged, Settled, Snapshot, Welcome
from rooms.language.signals import Hello, Signalled
from server.records.registrations import Registration
from tests.faults.asking import ask
from tests.rooms.event.picture import reduced

BASE_S, CAP_S, AT_ONCE_S, STEADY_S = 0.5, 8.0, 0.3, 10.0
"""As in static/js/connection: backoff.js, and STEADY_MS of socket.js."""
ANSWER_S = 5.0
"""As ANSWER_MS in requests.js: beyond it the page says that there was no answer."""
LOST = 1006
"""The close code of a line that broke without one."""

NARROW_BYTES = 4_096
"""Of the kernel, for a line that is to be full soon."""

Answer = Settled | Refused


class Guest:
    """Somebody at the event, for as long as `stay` runs."""

    def __init__(self, url: str, person: Registration, chance: random.Random) -> None:
        self.url = url
        self.person = person
        self.picture: Snapshot | None = None
        self.here = asyncio.Event()
        """Set while the line is open and greeted."""
        self.connection: ClientConnection | None = None
        self.lost_at: float | None = None
        """Since when the line is down, on the monotonic clock."""
        self.outages: list[float] = []
        """How many seconds each loss of the line took, until the next greeting."""
        self.closes: list[int] = []
        """How lines ended; `LOST` for a try that never became one."""
        self.acknowledged: list[str] = []
        """Lines of chat which the server said it had taken."""
        self.refused: list[str] = []
        """Lines of chat of which the server said that nothing came."""
        self.answered_in: list[float] = []
        """Seconds from asking to an answer, yes or no."""
        self.unanswered = 0
        """Commands nobody answered within `ANSWER_S`."""
        self.narrow = False
        """Whether the kernel keeps next to nothing for a page that does not read."""
        self.noted: list[tuple[float, Downward]] | None = None
        """What came, with the monotonic moment; None while it is not kept."""
        self._chance = chance
        self._attempt = 0
        self._refs = 0
        self._page = secrets.token_hex(12)
        self._said = 0
        self._open: dict[int, tuple[Command, asyncio.Future[Answer]]] = {}
        self._taking: RoomId | None = None

    @property
    def id(self) -> str:
        """Of the registration."""
        return self.person.id

    @property
    def cookie(self) -> str:
        """By which pages know this person."""
        return f"rondo_seat_{self.person.event}={self.person.token}"

    async def stay(self) -> None:
        """Hold a line; whenever it is lost, come back as the page would. Ends when told to stay away."""
        while True:
            code = await self._one_line()
            self.here.clear()
            self.connection = None
            self.closes.append(code)
            self.lost_at = self.lost_at or time.monotonic()
            known = code in CloseCode._value2member_map_
            after = MEANING[CloseCode(code)][0] if known else "return"
            if after == "stay_away":
                return
            await asyncio.sleep(self._pause(after))

    async def ask(self, command: Command) -> Answer | None:
        """Ask and wait for the answer, also over a broken line; None when there was none."""
        began = time.monotonic()
        self._refs += 1
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._open[self._refs] = (command, answer)
        ref = self._refs
        if self.here.is_set():
            await self._send(ref, command)
        try:
            async with asyncio.timeout(ANSWER_S):
                found = await answer
        except TimeoutError:
            self.unanswered += 1
            return None
        finally:
            self._open.pop(ref, None)
        self.answered_in.append(time.monotonic() - began)
        return found

    def stop_reading(self) -> None:
        """Leave what comes where it is, as a page in a frozen tab does."""
        assert self.connection is not None
        self.connection.transport.pause_reading()

    async def say(self, length: int = 0) -> Answer | None:
        """Say something nobody has said before, and keep it in mind if it is acknowledged."""
        self._said += 1
        text = f"{self.id} {self._said}".ljust(length, ".")
        answer = await self.ask(SayChat(text))
        if isinstance(answer, Settled):
            self.acknowledged.append(text)
        if isinstance(answer, Refused):
            self.refused.append(text)
        return answer

    def _pause(self, after: str) -> float:
        if after == "return_at_once":
            return self._chance.random() * AT_ONCE_S
        ceiling: float = min(CAP_S, BASE_S * 2.0 ** min(self._attempt, 16))
        self._attempt += 1
        return self._chance.random() * ceiling

    async def _one_line(self) -> int:
        try:
            ticket = await ask(self.url, "POST", f"/e/{self.person.event}/ticket", self.cookie)
            address = self.url.replace("http", "ws", 1) + ticket["ws"]
            protocols, origin = [Subprotocol("rooms.v1")], Origin(self.url)
            async with connect(
                address, subprotocols=protocols, origin=origin, compression=None, proxy=None, sock=self._way()
            ) as line:
                self.connection = line
                await self._send(None, Hello(self.picture.seq if self.picture else None, self._page))
                await self._listen(line)
                return line.close_code or LOST
        except (OSError, InvalidHandshake, TimeoutError, EOFError):
            return LOST

    def _way(self) -> socket.socket | None:
        """A socket of our own where it must not be like any other."""
        if not self.narrow:
            return None
        where = urlsplit(self.url)
        way = socket.socket()
        way.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, NARROW_BYTES)
        way.connect((where.hostname, where.port))
        way.setblocking(False)
        return way

    async def _listen(self, line: ClientConnection) -> None:
        began = time.monotonic()
        self._taking = None
        with suppress(ConnectionClosed):
            async for frame in line:
                await self._hear(decode_downward(frame))
                if time.monotonic() - began > STEADY_S:
                    self._attempt = 0

    async def _send(self, ref: int | None, body: Command | Hello) -> None:
        with suppress(ConnectionClosed):
            if self.connection is not None:
                await self.connection.send(encode_upward(ref, body).decode())

    async def _hear(self, notice: Downward) -> None:
        if self.noted is not None:
            self.noted.append((time.monotonic(), notice))
        match notice:
            case Settled() | Refused():
                if (waiting := self._open.get(notice.ref)) is not None and not waiting[1].done():
                    waiting[1].set_result(notice)
            case Welcome(snapshot=picture):
                self.picture = picture
                await self._greeted()
            case Resumed():
                await self._greeted()
            case Pulse() | Signalled():
                pass
            case _:
                assert self.picture is not None
                seen = max(self.picture.seq, notice.seq)
                self.picture = replace(reduced(self.picture, notice), seq=seen)
        if isinstance(notice, Welcome | RoomChanged):
            await self._sit_down()

    async def _greeted(self) -> None:
        if self.lost_at is not None:
            self.outages.append(time.monotonic() - self.lost_at)
            self.lost_at = None
        self.here.set()
        for ref, (command, _) in list(self._open.items()):
            await self._send(ref, command)

    async def _sit_down(self) -> None:
        """Take the seat one is shown, as the page does."""
        room = self.picture.room if self.picture else None
        mine = next((one for one in room.people if one.card.id == self.id), None) if room else None
        if room is None or mine is None or mine.presence != "coming" or self._taking == room.id:
            return
        self._taking = room.id
        self._refs += 1
        await self._send(self._refs, TakeSeat(room.id))
