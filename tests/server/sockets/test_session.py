"""A quiet line gets a pulse, a silent browser does not stay, and nobody holds many sockets."""

import asyncio

import pytest

from rooms.language.closing import CloseCode
from rooms.language.limits import CONNECTIONS_PER_PERSON
from rooms.language.notices import Pulse, Welcome
from server.sockets import session as module
from tests.support.stage import Stage


async def test_a_quiet_line_gets_a_pulse_with_the_number_of_the_event(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PULSE_MS", 300)
    ada = await stage.attendee("Ada", 0)
    pulse = await ada.wait_for(Pulse)
    assert pulse.seq == ada.session.seq
    assert abs(pulse.now - stage.workers[0].clock.now()) < 5_000


async def test_a_browser_that_never_says_hello_is_closed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HELLO_S", 0.2)
    ada = await stage.open(await stage.person("Ada"), 0)
    ada.wire.sent.get_nowait()
    assert await ada.closed() == CloseCode.TOO_SLOW


async def test_one_person_cannot_hold_many_sockets(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    who = await stage.person("Ada")
    browsers = [await stage.open(who, 0) for _ in range(CONNECTIONS_PER_PERSON + 5)]
    codes = [await browser.closed() for browser in browsers[CONNECTIONS_PER_PERSON:]]
    assert CloseCode.TOO_MANY in codes
    async with asyncio.timeout(20):
        while sum(browser.wire.closed is None for browser in browsers) > 1:
            await asyncio.sleep(0.05)
    (left,) = [browser for browser in browsers if browser.wire.closed is None]
    await left.wait_for(Welcome)


async def test_an_event_that_does_not_exist_closes_with_a_fault_of_ours(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.relay.line.BEGIN_S", 0.3)
    ada = await stage.person("Ada")
    stage.event = type(stage.event)("no-such-event")
    browser = await stage.open(ada, 0)
    assert await browser.closed() == CloseCode.INTERNAL
