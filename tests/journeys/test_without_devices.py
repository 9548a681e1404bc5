"""Journey (g): a camera that is held back, and no devices at all, are ways to take part."""

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from rooms.language.agenda import RoundsSegment
from rooms.language.commands import OpenEvent, StartRound
from tests.conftest import CHROMIUM_FLAGS
from tests.journeys.guests import Guest, Guests
from tests.journeys.hand import organise
from tests.journeys.venue import Venue, short_agenda

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
async def bare_browser() -> AsyncIterator[Browser]:
    """Chromium on a machine without camera and microphone, which asks before it gives any."""
    flags = [flag for flag in CHROMIUM_FLAGS if "media-stream" not in flag]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        yield browser
        await browser.close()


@pytest.fixture(scope="module")
async def denying_browser() -> AsyncIterator[Browser]:
    """Chromium with devices that the person does not let pages use."""
    flags = [flag for flag in CHROMIUM_FLAGS if "fake-ui" not in flag]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=[*flags, "--deny-permission-prompts"]
        )
        yield browser
        await browser.close()


async def talk(venue: Venue, name: str, with_devices: Guests, guest: Guest) -> None:
    """Somebody without devices and somebody with them are in one room and chat."""
    evening = await organise(venue, name, short_agenda(RoundsSegment(rounds=1, length_s=900, changeover_s=5)))
    async with evening.hand() as hand:
        await hand.order(OpenEvent())
        await guest.join(evening.landing)
        await guest.page.wait_for_selector("[data-device-trouble]")
        await guest.enter("audio")
        mateo = await with_devices.invite("Mateo Quispe")
        await mateo.join(evening.landing)
        await mateo.enter()
        await hand.until_ready(2)
        await hand.order(StartRound())
        await guest.scene("pair")
        (partner,) = await guest.partners()
        await guest.meets(partner)
        await mateo.scene("pair")
        (other,) = await mateo.partners()
        await mateo.connected(other)
        await guest.write("hello from the quiet side")
        await mateo.page.keyboard.press("b")
        await mateo.page.get_by_text("hello from the quiet side").first.wait_for()
    assert not guest.complaints


async def test_somebody_without_any_device_sees_hears_and_writes(
    venue: Venue, guests: Guests, bare_browser: Browser
) -> None:
    async with Guests(bare_browser) as bare:
        await talk(venue, "No Devices", guests, await bare.invite("Priya Raman"))


async def test_a_camera_held_back_is_explained_and_no_obstacle(
    venue: Venue, guests: Guests, denying_browser: Browser
) -> None:
    async with Guests(denying_browser) as denying:
        await talk(venue, "Held Back", guests, await denying.invite("Priya Raman"))
