"""The session: one connection's reader, writer and watchdog, from hello to farewell."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from rooms.event import Viewer, snapshot
from rooms.language.codec import Frame, MalformedError, decode_frame, encode_downward
from rooms.language.commands import REPEATABLE
from rooms.language.errands import Arrive, KeepApart, OrganiserArrive, RecallMeetings
from rooms.language.ids import AttendeeId, ConnectionId, OrganiserId, Role
from rooms.language.limits import BOARD_OUTBOX_BYTES, COMMANDS_BURST, COMMANDS_PER_S, OUTBOX_BYTES, PULSE_MS
from rooms.language.notices import Pulse, Refused, Resumed, Settled, Welcome
from rooms.language.orders import Cause, Order
from rooms.language.refusals import SENTENCES, Refusal
from rooms.language.signals import Goodbye, Hello, Signal
from server.conducting.reaper import departure
from server.lifetimes import first_to_finish
from server.metrics import measures
from server.records import registrations, series
from server.relay.line import ARRIVAL, Line
from server.relay.listener import TooManyError
from server.services import Services
from server.sockets.farewell import GoneError, GoodbyeError, NotAdmittedError, TooSlowError, farewell
from server.sockets.handshake import Handshake, Stage
from server.sockets.outbox import Outbox
from server.sockets.rate import TokenBucket
from server.sockets.wire import Wire
from server.store.client import LostAnswerError, StoreAwayError
from server.store.presence import Whereabouts
from server.store.tickets import Ticket

log = structlog.get_logger("session")

HELLO_S = 10.0
"""Longest wait for the first frame."""
ARRIVAL_S = 6.0
"""Longest wait until the conductor has taken note: a lost one is replaced within that."""
ANSWER_S = 1.4
"""Longest wait until Redis has taken a command; then the browser hears that it was not carried out."""


class Session:
    """Serves one connection. For the relay it is a `Listener`."""

    def __init__(self, services: Services, ticket: Ticket, connection: ConnectionId, wire: Wire) -> None:
        self._services = services
        self._ticket = ticket
        self._wire = wire
        self.role = ticket.role
        self.id = ticket.id
        self.connection = connection
        self.arrived = False
        self._line: Line | None = None
        self._handshake = Handshake()
        self._rate = TokenBucket(COMMANDS_PER_S, COMMANDS_BURST)
        most_bytes = OUTBOX_BYTES if ticket.role is Role.ATTENDEE else BOARD_OUTBOX_BYTES
        self._outbox = Outbox(wire.send_now, self._picture, most_bytes)
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._heard_at = asyncio.get_running_loop().time()
        self._meant = False
        self._doubts: dict[int, asyncio.TimerHandle] = {}
        """Commands of which it is not known whether Redis has them, each with its refusal in time."""
        # Sooner than any refusal for want of an answer, so that what was refused is hardly ever done afterwards.
        self._void_after_ms = services.settings.redis_timeout_ms * 4 // 5

    async def run(self) -> None:
        """Serve until the connection ends, for whatever reason, and say farewell."""
        try:
            await self._serve()
        except GoneError:
            measures.closes_total.labels("gone").inc()
            return
        except Exception as error:
            code, reason = farewell(error)
            measures.closes_total.labels(code.name.lower()).inc()
            why = "" if isinstance(error, MalformedError) else str(error)  # that one repeats what the browser sent
            log.debug("farewell", event_id=self._ticket.event, code=code.name, why=why)
            await self._wire.close(code, reason)
        finally:
            for refusal in self._doubts.values():
                refusal.cancel()
            if self._line is not None:
                self._line.present.remove(self)
                await self._depart()

    async def _serve(self) -> None:
        hello = await self._in_time(self._wire.receive, HELLO_S)
        last = self._handshake.hello(decode_frame(hello))
        relay = self._services.relay
        self._line = await relay.join(self._ticket.event, self)
        await self._arrive(last)
        await first_to_finish(self._read(), self._write(), self._watch())

    async def _in_time(self, wish: Callable[[], Awaitable[str | bytes]], limit_s: float) -> str | bytes:
        try:
            async with asyncio.timeout(limit_s):
                return await wish()
        except TimeoutError:
            raise TooSlowError from None

    async def _arrive(self, last: int | None) -> None:
        """Go on where the page was if it missed nothing; in any case tell the conductor that we are here."""
        assert self._line is not None
        errand = await self._errand()
        resumes = self._line.may_resume(last)
        if last is not None:
            measures.reconnects_total.labels("resumed" if resumes else "snapshot").inc()
        if resumes:
            self._line.present.listen(self)
            self.hear(encode_downward(Resumed(self._line.replica.state.seq, self._services.clock.now())))
        await self._services.presence.note(self._whereabouts())
        await self._introduce(Order(errand, cause=Cause(self.connection, ARRIVAL)))

    async def _errand(self) -> Arrive | OrganiserArrive:
        if self.role is Role.ORGANISER:
            return OrganiserArrive(OrganiserId(self.id), self._ticket.name, self.connection)
        person = await registrations.find(self._services.records, AttendeeId(self.id))
        if person is None or person.status == "erased":
            raise NotAdmittedError("no such registration")
        return Arrive(person.card, self.connection, person.traits)

    async def _introduce(self, arrival: Order) -> None:
        """Submit an arrival, and around it what the person brings along from earlier events of the series."""
        event, inbox = self._ticket.event, self._services.inbox
        past = None
        if self.role is Role.ATTENDEE:
            past = await series.past_of(self._services.records, event, AttendeeId(self.id))
        if past is not None and past.apart:
            await inbox.submit(event, Order(KeepApart(past.apart)))  # first, lest they meet in between
        await inbox.submit(event, arrival)
        if past is not None:
            await inbox.submit(event, Order(RecallMeetings(AttendeeId(self.id), past.met)))

    async def _depart(self) -> None:
        order = departure(self._whereabouts(), self._meant)
        try:
            await self._services.presence.strike(self.connection)
            await self._services.inbox.submit(self._ticket.event, order)
        except StoreAwayError:
            self._services.heartbeat.say_later(self._ticket.event, order)

    def _whereabouts(self) -> Whereabouts:
        return Whereabouts(self._ticket.event, self.role, self.id, self.connection)

    async def _read(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            data = await self._wire.receive()
            if not self._rate.take(loop.time()):
                raise TooManyError
            await self._take(decode_frame(data))

    async def _take(self, frame: Frame) -> None:
        match frame.body:
            case Signal() as signal:
                await self._signal(signal)
            case Goodbye():
                self._meant = True
                raise GoodbyeError
            case Hello():
                raise MalformedError("hello comes once")
            case command:
                measures.commands_total.labels(command.__struct_config__.tag).inc()
                page = "" if isinstance(command, REPEATABLE) else self._handshake.page
                cause = None if frame.ref is None else Cause(self.connection, frame.ref, page)
                await self._submit(Order(command, self.id, self.role, self._ticket.name, cause), frame.ref)

    async def _submit(self, order: Order, ref: int | None) -> None:
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + ANSWER_S
        try:
            async with asyncio.timeout_at(give_up_at):
                await self._services.inbox.submit(self._ticket.event, order, within_ms=self._void_after_ms)
        except LostAnswerError:  # Redis may have it all the same: then the conductor's answer comes in time
            if ref is not None:
                self._doubts[ref] = loop.call_at(give_up_at, self._busy, ref)
        except (StoreAwayError, TimeoutError):
            self._busy(ref)

    def _busy(self, ref: int | None) -> None:
        """Say that there was no answer."""
        measures.refusals_total.labels(Refusal.BUSY.value).inc()
        if ref is not None:
            self.answer(ref, Refusal.BUSY)

    async def _signal(self, signal: Signal) -> None:
        try:
            passed = await self._services.switchboard.pass_on(self._ticket.event, self, signal)
        except StoreAwayError:
            passed = False  # browsers try again; what they have goes on without us
        measures.signals_total.labels("passed" if passed else "dropped").inc()

    async def _write(self) -> None:
        limit_s = self._services.settings.write_timeout_ms / 1000
        while True:
            data = await self._outbox.take()
            try:
                async with asyncio.timeout(limit_s):
                    await self._wire.send(data)
            except TimeoutError:
                raise TooSlowError from None
            self._outbox.written()

    async def _watch(self) -> None:
        """Wait for a reason to end; meanwhile keep a quiet line alive."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while True:
            waits = [self._heard_at + PULSE_MS / 1000 - loop.time()]
            if self._handshake.stage is not Stage.OPEN:
                waits.append(began + ARRIVAL_S - loop.time())
            await asyncio.wait([self._over], timeout=max(0.0, min(waits)))
            if self._over.done():
                self._over.result()
            if self._handshake.stage is not Stage.OPEN and loop.time() - began >= ARRIVAL_S:
                raise StoreAwayError("nobody took note of the arrival")
            if loop.time() - self._heard_at >= PULSE_MS / 1000:
                self.hear(encode_downward(Pulse(self._services.clock.now(), self.seq)))

    @property
    def seq(self) -> int:
        """The number up to which this page has been told everything."""
        assert self._line is not None
        return self._line.told

    def _picture(self) -> bytes:
        assert self._line is not None
        viewer = Viewer(self.role, self.id)
        return encode_downward(Welcome(snapshot(self._line.replica.state, viewer, self._services.clock.now())))

    def hear(self, *frames: bytes) -> None:
        """Send frames as soon as the network takes them."""
        self._heard_at = asyncio.get_running_loop().time()
        self._outbox.put_all(frames)

    def answer(self, ref: int, reason: Refusal | None) -> None:
        """Pass an answer on; the one to our own arrival opens the session."""
        if (refusal := self._doubts.pop(ref, None)) is not None:
            refusal.cancel()
        if ref == ARRIVAL:
            self._open(reason)
        elif reason is None:
            self._say(encode_downward(Settled(ref)))
        else:
            self._say(encode_downward(Refused(ref, reason, SENTENCES[reason])))

    def _say(self, data: bytes) -> None:
        """Send an answer, also when a snapshot takes the place of all else."""
        self._heard_at = asyncio.get_running_loop().time()
        self._outbox.put(data, answer=True)

    def start_over(self) -> None:
        """A fresh snapshot instead of whatever waits, unless the first one is still to come."""
        if self._handshake.stage is Stage.OPEN:
            self._outbox.start_over()

    def end(self, error: Exception) -> None:
        """End for this reason."""
        if not self._over.done():
            self._over.set_exception(error)
            self._over.exception()  # it is raised by the watchdog; before that nobody may be there to take it

    def _open(self, reason: Refusal | None) -> None:
        if self._handshake.stage is not Stage.ARRIVING or self._line is None:
            return
        try:
            self._handshake.arrived(reason)
        except Exception as error:
            self.end(error)
            return
        self.arrived = True
        measures.joins_total.labels(self.role.value).inc()
        if not self._line.present.listens(self):
            self._line.present.listen(self)
            self.hear(self._picture())
