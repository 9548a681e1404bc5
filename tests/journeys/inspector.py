"""Looks at pages for people with other eyes and hands: axe in both themes and sizes, and no sideways scroll."""

import json
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page

DESKTOP = (1440, 900)
PHONE = (390, 844)
NARROWEST = (360, 740)
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""What can differ between the themes; everything else is looked at in light."""
RUN = "options => axe.run(document, { ...options, resultTypes: ['violations'] }).then(found => found.violations)"
SETTLED = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  for (const _ of [1, 2]) await frame();
  const moving = one => one instanceof CSSTransition && one.playState !== 'finished';
  const running = () => document.getAnimations().filter(moving);
  while (running().length > 0) await frame();
}"""
WIDER = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const cuts = /auto|scroll|hidden|clip/;
  const scrolls = (one) => one && (cuts.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
  const beyond = [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > room + 1 && !scrolls(one.parentElement));
  return [...beyond.slice(-3).map(one => one.outerHTML.slice(0, 160)), `${document.documentElement.scrollWidth} px`];
}"""


class Inspector:
    """Collects what is wrong, so that one run tells everything."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.states: list[str] = []

    async def look(self, page: Page, state: str) -> None:
        """One state of one page, in every size and theme; it is left as a desktop in light."""
        self.states.append(state)
        for size in (PHONE, DESKTOP):
            await self._dress(page, size, "light")
            await self._scan(page, f"{state}, {size[0]} px, light", {})
            if size is PHONE:
                await self._measure(page, f"{state}, {size[0]} px")
            await self._dress(page, size, "dark")
            await self._scan(page, f"{state}, {size[0]} px, dark", COLOURS)
        await self._dress(page, NARROWEST, "light")
        await self._measure(page, f"{state}, {NARROWEST[0]} px")
        await self._dress(page, DESKTOP, "light")

    async def _dress(self, page: Page, size: tuple[int, int], theme: str) -> None:
        await page.set_viewport_size({"width": size[0], "height": size[1]})
        await page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
        await page.evaluate(SETTLED)

    async def _scan(self, page: Page, where: str, options: dict[str, Any]) -> None:
        if not await page.evaluate("() => 'axe' in window"):
            await page.evaluate(AXE_SCRIPT)
        for violation in await page.evaluate(RUN, options):
            nodes = [f"{one['target'][0]}: {one['html'][:160]}, {why(one)}" for one in violation["nodes"][:3]]
            self.found.append(
                f"{where}: {violation['id']}, {violation['help']} {json.dumps(nodes, ensure_ascii=False)}"
            )

    async def _measure(self, page: Page, where: str) -> None:
        wide = await page.evaluate(WIDER)
        if wide:
            self.found.append(f"{where}: scrolls sideways {json.dumps(wide, ensure_ascii=False)}")

    def report(self) -> str:
        """Everything that is wrong, line by line."""
        return "\n".join(self.found)


def why(node: dict[str, Any]) -> str:
    """What axe says is the matter, short."""
    messages = [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
    return " ".join(messages)[:200]
