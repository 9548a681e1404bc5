"""Two peers find each other, whoever begins, and sound and picture flow."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiortc import MediaStreamTrack, RTCConfiguration
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack

from rooms.language.signals import SignalKind
from rooms.media.loop import Loop
from rooms.media.negotiation import Step
from rooms.media.peer import Peer, ice_name
from rooms.media.tone import tone

NOBODY = RTCConfiguration(iceServers=[])
TONE = tone(0)
WITHIN_S = 15.0


def voice_and_picture() -> list[MediaStreamTrack]:
    return [Loop(TONE), VideoStreamTrack()]


class Pair:
    """A polite and an impolite peer, each hearing what the other says; what was said is kept."""

    def __init__(self, polite: Callable[[], list[MediaStreamTrack]] = voice_and_picture, lost: int = 0) -> None:
        self.said: list[tuple[str, SignalKind]] = []
        self._lost = lost
        self.polite = Peer(True, self._say("polite"), polite, NOBODY, listens=True)
        self.impolite = Peer(False, self._say("impolite"), voice_and_picture, NOBODY, listens=True)

    def _say(self, who: str) -> Callable[[SignalKind, str], "asyncio.Future[None]"]:
        def say(kind: SignalKind, payload: str) -> "asyncio.Future[None]":
            self.said.append((who, kind))
            if len(self.said) > self._lost:
                (self.impolite if who == "polite" else self.polite).post(kind, payload)
            done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            done.set_result(None)
            return done

        return say

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Pair"]:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self.polite.run()), group.create_task(self.impolite.run())]
            yield self
            for task in tasks:
                task.cancel()

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(WITHIN_S):
            while not holds():
                await asyncio.sleep(0.02)

    def flows(self) -> bool:
        return all(peer.received[kind] > 3 for peer in (self.polite, self.impolite) for kind in ("audio", "video"))


async def test_sound_and_picture_flow_both_ways() -> None:
    async with Pair().running() as pair:
        await pair.until(pair.flows)
    assert pair.said == [("impolite", "offer"), ("polite", "answer")]


async def test_after_it_is_cancelled_the_connection_is_closed() -> None:
    async with Pair().running() as pair:
        await pair.until(lambda: pair.polite.connection == "connected")
    assert (pair.polite.connection, pair.impolite.connection) == ("closed", "closed")


async def test_the_polite_one_may_offer_too_and_gives_way_when_both_do() -> None:
    pair = Pair()
    pair.polite.step = Step.OFFERED
    async with pair.running():
        await pair.until(pair.flows)
    assert ("polite", "offer") in pair.said
    assert pair.said.count(("polite", "answer")) == 1


async def test_a_lost_offer_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rooms.media.peer.ANSWER_WITHIN_S", 0.2)
    async with Pair(lost=1).running() as pair:
        await pair.until(pair.flows)
    assert pair.said[:2] == [("impolite", "offer"), ("impolite", "offer")]


async def test_a_wish_to_restart_builds_a_new_connection() -> None:
    async with Pair().running() as pair:
        await pair.until(pair.flows)
        pair.impolite.post("restart", "{}")
        await pair.until(lambda: len(pair.said) >= 4 and pair.polite.connection == "connected")
        pair.polite.received.clear()
        await pair.until(pair.flows)


async def test_somebody_without_a_camera_still_sees() -> None:
    def voice() -> list[MediaStreamTrack]:
        return [AudioStreamTrack()]

    pair = Pair(polite=voice)
    pair.polite.step, pair.impolite.step = Step.OFFERED, Step.WAITING
    async with pair.running():
        await pair.until(lambda: pair.polite.received["video"] > 3 and pair.impolite.received["audio"] > 3)
    assert pair.said == [("polite", "offer"), ("impolite", "answer"), ("impolite", "offer"), ("polite", "answer")]


async def test_after_a_hang_up_the_partner_may_come_back() -> None:
    async with Pair().running() as pair:
        await pair.until(pair.flows)
        pair.polite.post("hang-up", "{}")
        await pair.until(lambda: pair.polite.step is Step.WAITING)
        pair.impolite.post("restart", "{}")
        pair.polite.received.clear()
        await pair.until(pair.flows)


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("offer", "no JSON"),
        ("offer", json.dumps({"type": "offer", "sdp": "nonsense"})),
        ("answer", json.dumps({"type": "answer", "sdp": ""})),
        ("answer", "{}"),
        ("candidate", json.dumps({"candidate": "candidate:nonsense", "sdpMid": "0"})),
        ("candidate", json.dumps({"candidate": "candidate:1 1 udp 1 secret.local 9 typ host", "sdpMid": "0"})),
        ("candidate", "null"),
        ("candidate", "[]"),
    ],
)
async def test_nonsense_does_no_harm(kind: SignalKind, payload: str) -> None:
    pair = Pair()
    pair.polite.post(kind, payload)
    async with pair.running():
        pair.impolite.post(kind, payload)
        await pair.until(lambda: pair.polite.connection == "connected" and pair.impolite.connection == "connected")
        pair.polite.post(kind, payload)
        await pair.until(pair.flows)


async def test_more_signals_than_anybody_has_to_say_are_dropped() -> None:
    pair = Pair()
    for _ in range(10_000):
        pair.polite.post("candidate", "null")
    async with pair.running():
        await pair.until(pair.flows)


def test_the_ice_name_tells_sessions_apart() -> None:
    assert ice_name("v=0\r\na=ice-ufrag:abcd\r\na=ice-pwd:x\r\n") == "abcd"
    assert ice_name("v=0\r\n") == ""
