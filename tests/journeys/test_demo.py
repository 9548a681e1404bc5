"""Journey (e): somebody who knows nothing clones the project, starts it, and is rotated through the demo event."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.journeys.conftest import free_port
from tests.journeys.guests import Guest, Guests
from tests.journeys.venue import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

PRINTED_WITHIN_S = 150
"""The first start installs everything; CI shares two cores."""


async def run(*command: str, folder: Path) -> None:
    """Run something that has to work."""
    process = await asyncio.create_subprocess_exec(*command, cwd=folder)
    assert await process.wait() == 0


@asynccontextmanager
async def fresh_clone(home: Path) -> AsyncIterator[str]:
    """What `./go run` of a fresh clone prints, as long as it runs; a clean HOME, short rounds."""
    await run("git", "clone", "--quiet", "--no-hardlinks", str(ROOT), "rondo", folder=home)
    env = {key: value for key, value in os.environ.items() if not key.startswith(("RONDO_", "VIRTUAL_ENV"))}
    # As a person's shell has it: without the programs of our own environment.
    own = Path(sys.executable).parent
    env["PATH"] = os.pathsep.join(place for place in env["PATH"].split(os.pathsep) if Path(place) != own)
    flags = ["--port", str(free_port()), "--demo-round-s", "25", "--demo-changeover-s", "5", "--demo-bots", "4"]
    process = await asyncio.create_subprocess_exec(
        "./go", "run", *flags, cwd=home / "rondo", env=env | {"HOME": str(home)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout
    try:
        printed = ""
        async with asyncio.timeout(PRINTED_WITHIN_S):
            while "Ctrl-C" not in printed:
                line = await process.stdout.readline()
                assert line, printed
                printed += line.decode()
        yield printed
    finally:
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 0


async def room_after(guest: Guest, earlier: str) -> str:
    """Wait for a room that is another one than before, and meet everybody in it."""
    await guest.page.wait_for_function(
        "earlier => !['', earlier].includes(document.body.dataset.room)", arg=earlier, timeout=90_000
    )
    for partner in await guest.partners():
        await guest.connected(partner)
        await guest.sees(partner)
        await guest.hears(partner)
    return await guest.fact("room")


async def test_a_visitor_of_a_fresh_clone_is_rotated_and_keeps_a_list(tmp_path: Path, guests: Guests) -> None:
    async with fresh_clone(tmp_path) as printed:
        assert "/setup/" in printed
        assert "/demo/console/" in printed
        (address,) = re.findall(r"http://\S+/demo(?=\s)", printed)
        visitor = await guests.invite("Alex Visitor")
        await visitor.join(address)
        await visitor.enter()
        first = await room_after(visitor, "")
        await visitor.page.click(".stay-card button[aria-pressed]")
        second = await room_after(visitor, first)
        await room_after(visitor, second)
        await visitor.scene("closing", within_ms=180_000)
        await visitor.page.click("text=Open your list")
        await visitor.page.wait_for_url("**/connections**")
        assert await visitor.page.locator("main .ppl li").count() >= 3
        assert not guests.complaints()
