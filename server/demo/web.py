"""The web as a simulated attendee or host needs it: forms, JSON and the socket, with a cookie and our own origin."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx2
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

from rooms.language.cards import Card
from rooms.language.ids import AttendeeId, EventId
from rooms.language.limits import NAME_CHARS
from server.identity.cookies import SEAT, SESSION
from server.settings import Settings

TIMEOUT_S = 10.0
CLOSE_S = 1.0
"""Longest wait for the server's goodbye: it may be on its way out itself."""
SNAPSHOT_BYTES = 4 * 1024 * 1024
"""Largest frame we take; a picture of a full event is some hundred KiB."""

AWAY = (httpx2.TransportError, OSError, TimeoutError, WebSocketException)
"""The server is not there, or not yet, or just going."""


class UnexpectedAnswerError(Exception):
    """The server said something else than what people get; the message has the request and the status."""


class Ticket(msgspec.Struct, frozen=True):
    """What a ticket request answers."""

    ws: str


class Saved(msgspec.Struct, frozen=True):
    """What saving a profile answers."""

    card: Card


class Web:
    """One visitor's browser, as far as it has no window. Close it with `close`."""

    def __init__(self, settings: Settings) -> None:
        public = urlsplit(settings.url)
        self._host = public.netloc
        self._origin = settings.url
        self._address = "127.0.0.1" if not settings.host.strip("0.:") else settings.host
        self._port = settings.port
        self._cookies: dict[str, str] = {}
        where = f"[{self._address}]" if ":" in self._address else self._address
        self._http = httpx2.AsyncClient(base_url=f"http://{where}:{self._port}", timeout=TIMEOUT_S, trust_env=False)

    async def close(self) -> None:
        """Let the connections go."""
        await self._http.aclose()

    # --- as an attendee -------------------------------------------------------------------------------------------

    async def join(self, event: EventId, name: str, email: str, team: str) -> str:
        """Fill in the form at the door; the token of the seat."""
        form = {"name": name[:NAME_CHARS], "email": email, "team": team, "consent": "on"}
        answer = await self._ask("POST", f"/e/{event}/join", 303, data=form)
        token = answer.cookies.get(SEAT + event)
        if token is None:
            raise UnexpectedAnswerError(f"POST /e/{event}/join set no cookie")
        return str(token)

    def sit(self, event: EventId, token: str) -> None:
        """Hold a seat from now on."""
        self._cookies[SEAT + event] = token

    async def show_card(self, event: EventId, card: dict[str, object]) -> AttendeeId:
        """Save the profile; whose it is."""
        answer = await self._ask("PUT", f"/e/{event}/profile.json", 200, json=card)
        return msgspec.json.decode(answer.content, type=Saved).card.id

    async def ice(self, event: EventId) -> bytes:
        """The ICE servers, as told."""
        return (await self.get(f"/e/{event}/ice.json")).content

    async def say(self, event: EventId, about: AttendeeId, word: dict[str, object], thanks: str) -> None:
        """Answer whether to stay in touch, with thanks if there are any."""
        await self._ask("PUT", f"/e/{event}/met/{about}.json", 200, json=word)
        if thanks:
            await self._ask("POST", f"/e/{event}/met/{about}/thanks.json", 200, json={"text": thanks})

    # --- as a host ------------------------------------------------------------------------------------------------

    def sign_in(self, session: str) -> None:
        """Be an organiser from now on."""
        self._cookies[SESSION] = session

    # --- both -----------------------------------------------------------------------------------------------------

    async def get(self, path: str, expected: int = 200) -> httpx2.Response:
        """Look at a page."""
        return await self._ask("GET", path, expected)

    @asynccontextmanager
    async def socket(self, ticket_path: str) -> AsyncIterator[ClientConnection]:
        """An open socket, by a fresh ticket."""
        answer = await self._ask("POST", ticket_path, 200)
        path = msgspec.json.decode(answer.content, type=Ticket).ws
        async with connect(
            f"ws://{self._host}{path}",
            origin=Origin(self._origin),
            subprotocols=[Subprotocol("rooms.v1")],
            host=self._address,
            port=self._port,
            compression=None,
            proxy=None,
            max_size=SNAPSHOT_BYTES,
            close_timeout=CLOSE_S,
        ) as connection:
            yield connection

    async def _ask(self, method: str, path: str, expected: int, **body: Any) -> httpx2.Response:
        headers = {"host": self._host, "origin": self._origin, "accept": "application/json"}
        headers["cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        answer = await self._http.request(method, path, headers=headers, **body)
        # What the server sets belongs to the caller's list alone, or a second cookie of the same name would be sent.
        self._http.cookies.clear()
        if answer.status_code != expected:
            raise UnexpectedAnswerError(f"{method} {path} answered {answer.status_code}, not {expected}")
        return answer
