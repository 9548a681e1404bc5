"""Attendees in real browser tabs: they join by the form, pass the device check, and say what they see and hear."""

from contextlib import AsyncExitStack
from typing import Any

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page

SEES_WITHIN_MS = 30_000
"""Two cores encode and decode for every tab; a lonely machine needs a tenth of this."""
HEARD_PEAK = 0.01
"""The fake microphone beeps far above this."""

EXPECTED = ("ERR_CONNECTION", "WebSocket", "AudioContext encountered an error from the audio device")
"""What Chromium says of a worker that was killed and of a machine without a sound card."""

FRAMES = """id => document.querySelector(`.tile[data-attendee='${id}'] video`)
  ?.getVideoPlaybackQuality().totalVideoFrames ?? 0"""

LISTEN = """async ([id, enough, within]) => {
  const video = document.querySelector(`.tile[data-attendee='${id}'] video`);
  const tracks = video?.srcObject?.getAudioTracks() ?? [];
  if (tracks.length === 0) return 0;
  const context = new AudioContext();
  await context.resume();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(new MediaStream(tracks)).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let peak = 0;
  const until = performance.now() + within;
  while (peak <= enough && performance.now() < until) {
    await new Promise(requestAnimationFrame);
    analyser.getFloatTimeDomainData(samples);
    for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  }
  await context.close();
  return peak;
}"""


class Guest:
    """One person with one tab."""

    def __init__(self, name: str, context: BrowserContext, page: Page) -> None:
        self.name = name
        self.context = context
        self.page = page
        self.complaints: list[str] = []
        """What the browser's console said that it should not have."""
        page.on("console", self._overhear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _overhear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(text in message.text for text in EXPECTED):
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    async def join(self, landing: str, **fields: str) -> None:
        """Fill in the form of the event page and arrive at the device check."""
        await self.page.goto(landing)
        for field, value in ({"name": self.name} | fields).items():
            await self.page.fill(f"main [name={field}]", value)
        if await self.page.locator("main [name=consent]").count():
            await self.page.check("main [name=consent]")
        await self.page.click("main form button.sun")
        await self.page.wait_for_url("**/live", wait_until="domcontentloaded")

    async def enter(self, way: str = "both") -> None:
        """Pass the device check into the lobby."""
        await self.page.wait_for_selector(f"button[data-way={way}]:not([disabled])")
        if way == "both":
            await self.page.wait_for_selector(".tile[data-own][data-camera=on][data-microphone=on]")
        await self.page.click(f"button[data-way={way}]")
        await self.scene("lobby", "wait", "pair", "group")

    async def scene(self, *names: str, within_ms: float = SEES_WITHIN_MS) -> None:
        """Wait until the page shows one of these pictures."""
        selector = ", ".join(f"body[data-scene={name}]" for name in names)
        await self.page.wait_for_selector(selector, timeout=within_ms)

    async def fact(self, name: str) -> str:
        """What the page says of itself: scene, phase, round, room, line, attendee."""
        return str(await self.page.evaluate("name => document.body.dataset[name] ?? ''", name))

    async def write(self, text: str) -> None:
        """Open the chat of the room by its key and say something."""
        await self.page.keyboard.press("b")
        await self.page.wait_for_selector(":is(input, textarea):focus")
        await self.page.keyboard.type(text)
        await self.page.keyboard.press("Enter")

    async def partners(self) -> list[str]:
        """Ids of the people whose tiles are shown, without one's own."""
        tiles = "els => els.map(el => el.dataset.attendee)"
        return list(await self.page.eval_on_selector_all(".tile[data-attendee]:not([data-own])", tiles))

    async def connected(self, partner: str) -> None:
        """Wait until the connection to a partner stands."""
        selector = f".tile[data-attendee='{partner}'][data-connection=connected]"
        await self.page.wait_for_selector(selector, timeout=SEES_WITHIN_MS)

    async def sees(self, partner: str) -> None:
        """Wait until frames of this person are really being decoded, more and more of them."""
        before = await self.page.evaluate(FRAMES, partner)
        more = f"([id, before]) => (({FRAMES})(id)) > before + 3"
        await self.page.wait_for_function(more, arg=[partner, before], timeout=SEES_WITHIN_MS)

    async def hears(self, partner: str) -> None:
        """Wait until sound of this person arrives: what it measures is the signal itself."""
        peak = await self.page.evaluate(LISTEN, [partner, HEARD_PEAK, SEES_WITHIN_MS])
        assert peak > HEARD_PEAK, f"{self.name} hears nothing of {partner} (peak {peak})"

    async def meets(self, partner: str) -> None:
        """Connected, seen and heard."""
        await self.connected(partner)
        await self.sees(partner)
        await self.hears(partner)


class Guests:
    """All guests of a journey, each with a browser context of their own."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._stack = AsyncExitStack()
        self.all: list[Guest] = []

    async def __aenter__(self) -> "Guests":
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self._stack.aclose()

    async def invite(self, name: str, **context: Any) -> Guest:
        """Open a tab for somebody: small and without motion, because all of them are drawn on this machine."""
        calm: dict[str, Any] = {"viewport": {"width": 1024, "height": 720}, "reduced_motion": "reduce"}
        opened = await self._browser.new_context(**calm | context)
        self._stack.push_async_callback(opened.close)
        guest = Guest(name, opened, await opened.new_page())
        self.all.append(guest)
        return guest

    def complaints(self) -> list[str]:
        """Of all tabs."""
        return [f"{guest.name}: {text}" for guest in self.all for text in guest.complaints]
