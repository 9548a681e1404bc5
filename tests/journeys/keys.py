"""Somebody who uses nothing but the keyboard: where the focus is, whether it can be seen, and whether it can leave."""

from typing import Any

from playwright.async_api import Page

ROUND_TRIP = 160
"""More stops than any page of ours has."""

FRAMES = "async () => { for (const _ of [1, 2, 3]) await new Promise(requestAnimationFrame); }"
FOCUS = """() => {
  const on = document.activeElement;
  if (!on || on === document.body || on === document.documentElement) return null;
  const box = on.getBoundingClientRect();
  const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const rings = (one) => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  };
  const labels = [...(on.labels ?? [])].map(label => label.innerText).join(' ');
  const name = (on.getAttribute('aria-label') || labels || on.innerText || on.getAttribute('name') || '').trim();
  const seen = inside && [on, on.parentElement, on.parentElement?.parentElement].some(one => one && rings(one));
  window.stops ??= new Map();
  if (!window.stops.has(on)) window.stops.set(on, window.stops.size);
  return { name: name.replace(/\\s+/g, ' '), tag: on.tagName.toLowerCase(), seen, id: window.stops.get(on) };
}"""


class Keys:
    """The keyboard of one tab."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def press(self, *keys: str) -> None:
        """One after the other."""
        for key in keys:
            await self.page.keyboard.press(key)

    async def type(self, text: str) -> None:
        """Into whatever has the focus."""
        await self.page.keyboard.type(text)

    async def at(self) -> str:
        """The name of what has the focus; empty if nothing has."""
        focus = await self.page.evaluate(FOCUS)
        return str(focus["name"]) if focus else ""

    async def held(self) -> None:
        """Wait until the focus is on something: after a change of picture it is not lost."""
        await self.page.wait_for_function(f"() => ({FOCUS})() !== null", timeout=10_000)

    async def _step(self, key: str) -> dict[str, Any] | None:
        """One stop further, once what slides into view has arrived."""
        await self.press(key)
        await self.page.evaluate(FRAMES)
        focus: dict[str, Any] | None = await self.page.evaluate(FOCUS)
        return focus

    async def to(self, name: str, *, back: bool = False) -> None:
        """Tab until the focus is on something of this name; every stop on the way can be seen."""
        wraps = 0
        for _ in range(ROUND_TRIP):
            focus = await self._step("Shift+Tab" if back else "Tab")
            if focus is None:
                wraps += 1
                assert wraps < 3, f"nothing called {name} can be reached"
                continue
            assert focus["seen"], f"the focus on {focus['tag']} “{focus['name']}” cannot be seen"
            if focus["name"].startswith(name):
                return
        raise AssertionError(f"nothing called {name} can be reached")

    async def goes_round(self) -> list[str]:
        """Tab through the whole page once and back one step; the names of the stops."""
        stops: list[str] = []
        ids: list[int] = []
        for _ in range(ROUND_TRIP):
            focus = await self._step("Tab")
            if focus is None:
                continue
            if ids and focus["id"] == ids[0]:
                break
            assert focus["seen"], f"the focus on {focus['tag']} “{focus['name']}” cannot be seen"
            assert not ids or focus["id"] != ids[-1], f"the focus is trapped on “{focus['name']}”"
            ids.append(focus["id"])
            stops.append(focus["name"])
        else:
            raise AssertionError(f"the focus never comes round: {stops[-5:]}")
        await self.press("Shift+Tab")
        return stops
