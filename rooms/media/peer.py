"""One connection to one partner: hand it what the partner says, pass on what it says."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import msgspec
from aiortc import (
    InvalidAccessError,
    InvalidStateError,
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.exceptions import OperationError
from aiortc.mediastreams import MediaStreamError
from aiortc.rtcrtpsender import RTCRtpSender
from aiortc.sdp import candidate_from_sdp

from rooms.language.signals import SignalKind
from rooms.media.negotiation import AFTER, Cause, Deed, Step, first_step, respond

ANSWER_WITHIN_S = 4.0
"""An offer may be lost, as signals are dropped while one of both has no seat yet; after this long comes the next."""
QUEUED = 64
"""Signals waiting for one peer; a browser trickles about ten."""
TRIES = 12
"""How often one peer begins again before it leaves it at that."""

_STRANGE = (
    ValueError,
    AssertionError,
    LookupError,
    AttributeError,
    OperationError,
    InvalidStateError,
    InvalidAccessError,
)
"""What aiortc raises for descriptions and candidates that it cannot use."""

Say = Callable[[SignalKind, str], Awaitable[None]]
Tracks = Callable[[], Sequence[MediaStreamTrack]]


class Description(msgspec.Struct, frozen=True):
    """A session description, as browsers write it."""

    type: str
    sdp: str


class Candidate(msgspec.Struct, frozen=True, rename="camel"):
    """An ICE candidate, as browsers write it; the empty one says that there are no more."""

    candidate: str = ""
    sdp_mid: str | None = None
    sdp_m_line_index: int | None = msgspec.field(default=None, name="sdpMLineIndex")


class Peer:
    """Negotiates with one partner until cancelled. `post` is for the same loop, at any time."""

    def __init__(
        self, polite: bool, say: Say, tracks: Tracks, configuration: RTCConfiguration, *, listens: bool = False
    ) -> None:
        self.step = first_step(polite)
        self.received: Counter[str] = Counter()
        """Frames decoded of each kind; stays empty unless it listens."""
        self._polite = polite
        self._say = say
        self._tracks = tracks
        self._configuration = configuration
        self._listens = listens
        self._queue: asyncio.Queue[tuple[Cause | None, str]] = asyncio.Queue(QUEUED)
        self._early: list[Candidate] = []
        self._ice_name = ""
        self._tries = 0

    @property
    def connection(self) -> str:
        """How it stands, in aiortc's words: new, connecting, connected, failed, closed."""
        return str(self._pc.connectionState) if hasattr(self, "_pc") else "new"

    def post(self, kind: SignalKind, payload: str) -> None:
        """Something the partner said. More than anybody has to say is dropped."""
        self._notice(None if kind == "candidate" else Cause(kind), payload)

    def _notice(self, cause: Cause | None, payload: str = "") -> None:
        with contextlib.suppress(asyncio.QueueFull):
            self._queue.put_nowait((cause, payload))

    async def run(self) -> None:
        """Negotiate. On the way out the connection is closed; telling the partner is up to the caller."""
        async with asyncio.TaskGroup() as self._group, self._connections():
            if self.step is Step.OFFERED:
                await self._offer()
            while True:
                cause, payload = await self._next()
                with contextlib.suppress(msgspec.DecodeError):
                    await self._take(cause, payload)

    # --- what comes -----------------------------------------------------------------------------------------------

    async def _next(self) -> tuple[Cause | None, str]:
        """The next thing to respond to; silence after an offer is one."""
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S if self.step is Step.OFFERED else None):
                return await self._queue.get()
        except TimeoutError:
            return Cause.NO_ANSWER, ""

    async def _take(self, cause: Cause | None, payload: str) -> None:
        if cause is None:
            await self._add(msgspec.json.decode(payload, type=Candidate | None) or Candidate())
            return
        if cause in (Cause.OFFER, Cause.ANSWER):
            name = ice_name(msgspec.json.decode(payload, type=Description).sdp)
            if not name:
                return
            if cause is Cause.OFFER and name != self._ice_name:
                cause = Cause.FRESH_OFFER
        deed = respond(self.step, cause, self._polite)
        if deed.name.startswith("REBUILD"):
            if self._tries == TRIES:
                return
            await self._rebuild()
        await self._do(deed, payload)
        self.step = AFTER[deed] or self.step

    async def _do(self, deed: Deed, payload: str) -> None:
        match deed:
            case Deed.ACCEPT:
                await self._hear(payload)
            case Deed.REPLY | Deed.REBUILD_AND_REPLY:
                await self._reply(payload)
            case Deed.OFFER | Deed.REBUILD_AND_OFFER:
                await self._offer()
            case Deed.REBUILD_AND_ASK:
                await self._say("restart", "{}")
            case Deed.NOTHING | Deed.REBUILD_AND_WAIT:
                pass

    # --- what is said ---------------------------------------------------------------------------------------------

    async def _offer(self) -> None:
        self._send({"audio", "video"})
        await self._pc.setLocalDescription(await self._pc.createOffer())
        await self._describe("offer")

    async def _reply(self, payload: str) -> None:
        # aiortc cannot answer while it has a track that was not offered a place: that one waits for an offer of ours.
        self._send(kinds_offered(payload))
        if await self._hear(payload):
            await self._pc.setLocalDescription(await self._pc.createAnswer())
            await self._describe("answer")
            if self._unsent:
                self._notice(Cause.UNHEARD)

    async def _describe(self, kind: SignalKind) -> None:
        ours = self._pc.localDescription
        await self._say(kind, msgspec.json.encode(Description(ours.type, ours.sdp)).decode())

    async def _hear(self, payload: str) -> bool:
        """Take the partner's description; false when it makes no sense, and then all begins again."""
        theirs = msgspec.json.decode(payload, type=Description)
        try:
            await self._pc.setRemoteDescription(RTCSessionDescription(theirs.sdp, theirs.type))
        except _STRANGE:
            self._notice(Cause.BROKEN)
            return False
        self._ice_name = ice_name(theirs.sdp)
        self._stop_surplus()
        early, self._early = self._early, []
        for candidate in early:
            await self._add(candidate)
        return True

    async def _add(self, candidate: Candidate) -> None:
        """Let a candidate in. `.local` names need a multicast look-up; checks from that side arrive without it."""
        text = candidate.candidate.removeprefix("candidate:")
        if not text or ".local " in text:
            return
        if self._pc.remoteDescription is None:
            self._early = [*self._early, candidate][-QUEUED:]
            return
        with contextlib.suppress(*_STRANGE):
            parsed = candidate_from_sdp(text)
            parsed.sdpMid, parsed.sdpMLineIndex = candidate.sdp_mid, candidate.sdp_m_line_index
            await self._pc.addIceCandidate(parsed)

    # --- the connection itself ------------------------------------------------------------------------------------

    @contextlib.asynccontextmanager
    async def _connections(self) -> AsyncIterator[None]:
        """Have a connection, in the end none."""
        self._pc = self._new()
        try:
            yield
        finally:
            await self._pc.close()

    async def _rebuild(self) -> None:
        self._tries += 1
        self._early, self._ice_name = [], ""
        old, self._pc = self._pc, self._new()
        await old.close()

    def _new(self) -> RTCPeerConnection:
        pc = RTCPeerConnection(self._configuration)
        pc.on("connectionstatechange", lambda: self._on_state(pc))
        if self._listens:
            pc.on("track", lambda track: self._group.create_task(self._listen(track)))
        self._unsent = list(self._tracks())
        return pc

    def _send(self, kinds: set[str]) -> None:
        """Let the tracks of these kinds take part in the descriptions from now on."""
        for track in (track for track in self._unsent if track.kind in kinds):
            transceiver = self._pc.addTransceiver(track, direction="sendrecv" if self._listens else "sendonly")
            if track.kind == "video":
                # What is encoded already is VP8, so nothing else may be agreed on.
                codecs = RTCRtpSender.getCapabilities("video").codecs
                transceiver.setCodecPreferences([one for one in codecs if one.mimeType in ("video/VP8", "video/rtx")])
        self._unsent = [track for track in self._unsent if track.kind not in kinds]

    def _on_state(self, pc: RTCPeerConnection) -> None:
        if pc is self._pc and pc.connectionState == "failed":
            self._notice(Cause.BROKEN)

    def _stop_surplus(self) -> None:
        """Take in nothing that nobody hears: undelivered frames would pile up in aiortc."""
        if not self._listens:
            for transceiver in self._pc.getTransceivers():
                if transceiver.direction == "recvonly":
                    transceiver.direction = "inactive"

    async def _listen(self, track: MediaStreamTrack) -> None:
        with contextlib.suppress(MediaStreamError):
            while True:
                await track.recv()
                self.received[track.kind] += 1


def kinds_offered(payload: str) -> set[str]:
    """Of what an offer has room for: audio, video."""
    sdp = msgspec.json.decode(payload, type=Description).sdp
    return {line[2:7] for line in sdp.splitlines() if line.startswith(("m=audio ", "m=video "))}


def ice_name(sdp: str) -> str:
    """The ICE user name fragment of a description; another one means another ICE session."""
    return next((line.partition(":")[2].strip() for line in sdp.splitlines() if line.startswith("a=ice-ufrag:")), "")
