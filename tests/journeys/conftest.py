"""One running server for all journeys; those that hurt it start their own."""

import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.conftest import CHROMIUM_FLAGS
from tests.journeys.guests import Guests
from tests.journeys.venue import Venue, open_venue


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
async def venue(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Venue]:
    """Two workers, a database and a Redis of their own."""
    data: Path = tmp_path_factory.mktemp("rondo")
    async with open_venue(data, free_port(), "--no-demo") as venue:
        yield venue


@pytest.fixture(scope="session")
async def slow_camera_browser() -> AsyncIterator[Browser]:
    """Chromium whose fake camera takes five pictures a second, so that two cores are enough for five people."""
    camera = "--use-fake-device-for-media-stream=fps=5"
    flags = [flag for flag in CHROMIUM_FLAGS if not flag.startswith("--use-fake-device")]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*flags, camera])
        yield browser
        await browser.close()


@pytest.fixture
async def guests(slow_camera_browser: Browser) -> AsyncIterator[Guests]:
    """Tabs for as many people as a journey needs."""
    async with Guests(slow_camera_browser) as guests:
        yield guests
