"""One simulated attendee: comes in by the front door and carries out its manners over a real connection."""

import asyncio
from functools import partial
from typing import NamedTuple

import structlog
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from rooms.language.closing import MEANING, After, CloseCode
from rooms.language.codec import Downward, Upward, decode_downward, encode_upward
from rooms.language.commands import TellMedia
from rooms.language.ids import AttendeeId, EventId
from rooms.language.notices import RoomChanged, RoomLeft, Welcome
from rooms.language.signals import Goodbye, Hello, Signalled
from rooms.media.ice import configuration
from rooms.media.loop import Loop
from rooms.media.mesh import Mesh
from server.demo.cast import Part
from server.demo.manners import Answer, Ask, Deed, GoHome, Manners
from server.demo.seats import Seats
from server.demo.studio import Appearance, Studio
from server.demo.web import UnexpectedAnswerError, Web

log = structlog.get_logger("demo")

RETURN_AFTER_S: dict[After, float] = {"return": 2.0, "return_at_once": 0.3}
HEALTH_EVERY_S = 5.0
"""As often as the language allows."""
ANSWER_TRIES = 5
ANSWER_PAUSE_S = 2.0
"""A meeting is written down a moment after the room has closed; until then nobody of that id was met."""


class LineOverError(Exception):
    """The socket was closed."""


class Stay(NamedTuple):
    """One open socket with what belongs to it."""

    connection: ClientConnection
    group: asyncio.TaskGroup
    mesh: Mesh


class Company(NamedTuple):
    """What the simulated attendees of one evening share."""

    seats: Seats
    studio: Studio
    colleagues: set[AttendeeId]
    """Everybody who is simulated; all others are visitors."""


class Actor:
    """Plays one part at one event. `run` lasts until it is cancelled."""

    def __init__(self, part: Part, event: EventId, web: Web, company: Company, pace_s: float) -> None:
        self._part = part
        self._event = event
        self._web = web
        self._seats = company.seats
        self._studio = company.studio
        self._introduce = company.colleagues.add
        self._manners = Manners(part, company.colleagues.__contains__, pace_s)
        self._appearance: Appearance | None = None
        self._home = False

    async def run(self) -> None:
        """Come, stay, come back after each lost connection; once home, stay there."""
        while not self._home:
            try:
                await self._take_seat()
                async with self._web.socket(f"/e/{self._event}/ticket") as connection:
                    await self._attend(connection)
                    pause_s = self._pause_after(connection.close_code)
            except UnexpectedAnswerError as error:
                # The event is over or this seat was taken away: nothing to come back for.
                log.info("no ticket", part=self._part.key, error=str(error))
                break
            if pause_s is None:
                break
            await asyncio.sleep(pause_s)
        await asyncio.Event().wait()

    async def _take_seat(self) -> None:
        """Sit where we sat before the process was restarted, else join like everybody; the others know us then."""
        token = self._seats.token(self._part.key)
        if token is None:
            token = await self._web.join(self._event, self._part.name, self._part.email, self._part.team)
            self._seats.keep(self._part.key, token)
        self._web.sit(self._event, token)
        self._introduce(await self._web.show_card(self._event, self._part.card))

    def _pause_after(self, code: int | None) -> float | None:
        """How long to wait before coming back; None is never."""
        if self._home:
            return None
        known = code in set(CloseCode)
        after: After = MEANING[CloseCode(code)][0] if known and code is not None else "return"
        return RETURN_AFTER_S.get(after)

    # --- one connection -------------------------------------------------------------------------------------------

    async def _attend(self, connection: ClientConnection) -> None:
        """Everything that happens while one socket is open."""
        ice = configuration(await self._web.ice(self._event))
        try:
            await _tell(connection, Hello())
            welcome = decode_downward(await connection.recv())
        except (LineOverError, ConnectionClosed):
            return
        if not isinstance(welcome, Welcome) or welcome.snapshot.me is None:
            raise UnexpectedAnswerError("the socket began with something else than an attendee's welcome")
        me = welcome.snapshot.me.card.id
        try:
            async with (
                asyncio.TaskGroup() as group,
                Mesh(me, self._tracks, ice, partial(_tell, connection)) as mesh,
            ):
                await self._listen(Stay(connection, group, mesh), welcome)
        except* LineOverError:
            pass

    async def _listen(self, stay: Stay, welcome: Welcome) -> None:
        """Respond to everything; ends by raising, so that all other tasks of this connection end as well."""
        self._respond(stay, welcome)
        stay.group.create_task(self._report_health(stay))
        try:
            async for frame in stay.connection:
                self._respond(stay, decode_downward(frame))
        except ConnectionClosed:
            pass
        raise LineOverError

    def _respond(self, stay: Stay, message: Downward) -> None:
        if isinstance(message, Signalled):
            stay.mesh.hear(message)
            return
        for deed in self._manners.on(message):
            stay.group.create_task(self._carry_out(stay, deed))
        if isinstance(message, Welcome | RoomChanged | RoomLeft):
            stay.group.create_task(self._connect(stay))

    async def _connect(self, stay: Stay) -> None:
        """Be connected to the people of the room as it is by the time our picture is there."""
        if self._appearance is None:
            self._appearance = await self._studio.appearance(self._part)
        stay.mesh.sync(self._manners.room)

    def _tracks(self) -> list[Loop]:
        assert self._appearance is not None, "no room is connected before"
        return [Loop(self._appearance.voice), Loop(self._appearance.face)]

    async def _report_health(self, stay: Stay) -> None:
        said: TellMedia | None = None
        while True:
            await asyncio.sleep(HEALTH_EVERY_S)
            there, wanted = stay.mesh.connected()
            health = None if wanted == 0 else 3 if there == wanted else 1 if there else 0
            if (now := TellMedia(microphone=True, camera=True, health=health)) != said:
                await _tell(stay.connection, now)
                said = now

    # --- deeds ----------------------------------------------------------------------------------------------------

    async def _carry_out(self, stay: Stay, deed: Deed) -> None:
        await asyncio.sleep(deed.after_s)
        match deed:
            case Ask(_, command, room):
                if room is None or (self._manners.room is not None and self._manners.room.id == room):
                    await _tell(stay.connection, command)
            case Answer(_, about):
                await self._answer(about)
            case GoHome():
                self._home = True
                await _tell(stay.connection, Goodbye())
                await stay.connection.close()

    async def _answer(self, about: AttendeeId) -> None:
        word: dict[str, object] = {"answer": "no"}
        if self._part.says_yes:
            word = {"answer": "yes", "shared": ["email", "website"]}
        for _ in range(ANSWER_TRIES):
            try:
                await self._web.say(self._event, about, word, self._part.thanks)
            except UnexpectedAnswerError:
                await asyncio.sleep(ANSWER_PAUSE_S)
            else:
                return
        log.warning("an answer was not taken", part=self._part.key)


async def _tell(connection: ClientConnection, body: Upward) -> None:
    """Send one frame; nobody waits for what comes of it.

    Raises:
        LineOverError: when the socket has been closed meanwhile.
    """
    try:
        await connection.send(encode_upward(None, body).decode())
    except ConnectionClosed:
        raise LineOverError from None
