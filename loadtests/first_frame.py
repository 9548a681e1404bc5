"""From the round's beginning to the partner's first frame: two people in Chromium, many rounds."""

import asyncio
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from rooms.language.agenda import RoundsSegment
from rooms.language.commands import EndRound, OpenEvent, StartRound
from tests.conftest import CHROMIUM_FLAGS
from tests.journeys.conftest import free_port
from tests.journeys.guests import Guest, Guests
from tests.journeys.hand import organise
from tests.journeys.venue import open_venue, short_agenda

ROUNDS = 15
"""Two samples each: enough for a 95th percentile that means something."""

WATCH = """() => {
  window.firstFrames = [];
  let room = document.body.dataset.room;
  const frames = (video) => video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
  new MutationObserver(() => {
    if (document.body.dataset.room === room || !document.body.dataset.room) return;
    room = document.body.dataset.room;
    const from = performance.now();
    const before = new Map();
    const look = () => {
      const tile = document.querySelector(".tile[data-attendee]:not([data-own])");
      const video = tile?.querySelector("video");
      if (video && !before.has(video)) before.set(video, frames(video));
      if (video && frames(video) > before.get(video) && tile.dataset.connection === "connected")
        window.firstFrames.push(performance.now() - from);
      else if (document.body.dataset.room === room) requestAnimationFrame(look);
    };
    look();
  }).observe(document.body, { attributeFilter: ["data-room"] });
}"""


async def measure() -> str:
    """From the room being given to the partner's first decoded frame, in Chromium."""
    flags = [flag for flag in CHROMIUM_FLAGS if not flag.startswith("--use-fake-device")]
    camera = "--use-fake-device-for-media-stream=fps=20"
    with tempfile.TemporaryDirectory() as data:
        async with open_venue(Path(data), free_port(), "--no-demo") as venue, async_playwright() as playwright:
            path = shutil.which("chromium")
            browser = await playwright.chromium.launch(executable_path=path, args=[*flags, camera])
            async with Guests(browser) as guests:
                rounds = RoundsSegment(rounds=ROUNDS, length_s=600, changeover_s=3)
                evening = await organise(venue, "First Frame", short_agenda(rounds))
                people = [await guests.invite(name) for name in ("Priya Raman", "Mateo Quispe")]
                async with evening.hand() as hand:
                    await hand.order(OpenEvent())
                    for guest in people:
                        await guest.join(evening.landing)
                        await guest.enter()
                        await guest.page.evaluate(WATCH)
                    await hand.until_ready(2)
                    await hand.order(StartRound())
                    for number in range(1, ROUNDS + 1):
                        await hand.until_round(number)
                        await asyncio.gather(*(seen(guest, number) for guest in people))
                        await hand.order(EndRound())
                samples = [ms for guest in people for ms in await guest.page.evaluate("() => window.firstFrames")]
            await browser.close()
    return table(samples)


async def seen(guest: Guest, number: int) -> None:
    """Wait until this tab has seen the first frame of so many rounds."""
    await guest.page.wait_for_function("count => window.firstFrames.length >= count", arg=number)


def table(samples: list[float]) -> str:
    """Milliseconds as a line of Markdown."""
    cuts = statistics.quantiles(samples, n=20)
    return (
        "| samples | p50 ms | p95 ms | max ms |\n|---|---|---|---|\n"
        f"| {len(samples)} | {statistics.median(samples):.0f} | {cuts[18]:.0f} | {max(samples):.0f} |"
    )
