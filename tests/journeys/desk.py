"""An organiser in a real browser tab: fills in the pages and runs the console as a person would."""

import re
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from playwright.async_api import FloatRect, Locator, Page, expect

from tests.journeys.guests import Guest

Meetings = set[frozenset[str]]
"""Pairs of names."""
TALKED_S = 6
"""A little longer than what counts as having met."""
AGREES_WITHIN_MS = 15_000
expect.set_options(timeout=AGREES_WITHIN_MS)


class Desk:
    """One organiser's tab; what the browser complains about is kept with the guest it looks like."""

    def __init__(self, tab: Guest) -> None:
        self.tab = tab

    @property
    def page(self) -> Page:
        """The tab."""
        return self.tab.page

    def forgive(self, status: int) -> None:
        """Browsers log an answer that refuses; one that was provoked is no complaint, anything else stays."""
        self.tab.complaints[:] = [text for text in self.tab.complaints if f"status of {status}" not in text]

    async def fill(self, **fields: str) -> None:
        """Fields of the form in the middle, by name."""
        for name, value in fields.items():
            await self.page.fill(f"main [name={name}]", value)

    async def press(self, words: str) -> None:
        """A button of the page, by its words."""
        await self.page.get_by_role("button", name=words, exact=True).click()

    async def go(self, words: str) -> None:
        """A page of the event, by its name in the bar."""
        await self.page.get_by_role("navigation", name="Event").get_by_role("link", name=words).click()

    async def said(self, words: str) -> None:
        """Wait until the page says this somewhere in its middle."""
        await self.page.locator("main").get_by_text(words).first.wait_for()

    def verb(self, name: str) -> Locator:
        """One of the verbs under the clock."""
        return self.page.locator(f"[data-verb={name}]")

    async def do(self, name: str, *, asks: bool = False) -> None:
        """A verb of the clock; those that end something ask once, in place."""
        await self.verb(name).click()
        if asks:
            await self.page.locator(".question button").first.click()

    async def phase(self, words: str) -> None:
        """Wait until the clock stands over this."""
        await expect(self.page.locator("#phase")).to_contain_text(words)

    async def left_s(self) -> int:
        """What the clock says, in seconds."""
        minutes, seconds = (await self.page.locator(".phase .dial .big").inner_text()).split(":")
        return int(minutes) * 60 + int(seconds)

    async def clock_shows(self, words: str) -> None:
        """Wait until the clock says just this."""
        await expect(self.page.locator(".phase .dial .big")).to_have_text(words)

    async def some_talk(self) -> Meetings:
        """Let the clock run until those who sit together have met; who they are."""
        together = pairs_in(await self.rooms())
        until = await self.left_s() - TALKED_S
        less = """until => {
          const [minutes, seconds] = document.querySelector('.phase .dial .big').textContent.split(':');
          return Number(minutes) * 60 + Number(seconds) <= until;
        }"""
        await self.page.wait_for_function(less, arg=until)
        return together

    async def rooms(self) -> list[list[str]]:
        """The names in the rooms, in their places."""
        titles = "cards => cards.map(card => [...card.querySelectorAll('.pp .truncate')].map(one => one.title))"
        return list(await self.page.eval_on_selector_all(".rooms .rm", titles))

    async def seated(self, rooms: Iterable[Iterable[str]]) -> None:
        """Wait until just these people sit together; the order within a room is nobody's business."""
        wanted = [sorted(room) for room in rooms]
        same = """wanted => JSON.stringify(wanted) === JSON.stringify([...document.querySelectorAll('.rooms .rm')]
          .map(card => [...card.querySelectorAll('.pp .truncate')].map(one => one.title).sort()))"""
        await self.page.wait_for_function(same, arg=wanted, timeout=AGREES_WITHIN_MS)

    def handle(self, name: str) -> Locator:
        """What moves somebody, on their room's card."""
        return self.page.locator(".rooms").get_by_role("button", name=f"Move {name} to another room")

    def card(self, place: int) -> Locator:
        """The card of a room, by its place from zero."""
        return self.page.locator(".rooms .rm").nth(place)

    async def carry(self, name: str, place: int) -> None:
        """Pick somebody up with the pointer and put them down on another room."""
        row = self.page.locator(".rooms .pp", has_text=name.split()[0])
        start, end = middle(await row.bounding_box()), middle(await self.card(place).bounding_box())
        mouse = self.page.mouse
        await mouse.move(*start)
        await mouse.down()
        await mouse.move(start[0] + 12, start[1] + 6, steps=3)
        await mouse.move(*end, steps=5)
        await self.card(place).locator(".verdict").wait_for()
        await mouse.move(end[0] + 2, end[1] + 2, steps=2)
        await mouse.up()


def middle(box: FloatRect | None) -> tuple[float, float]:
    """Of something that can be seen."""
    assert box, "nothing to be seen there"
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def pairs_in(rooms: Iterable[Iterable[str]]) -> Meetings:
    """Everybody with everybody in the same room."""
    return {frozenset(pair) for room in rooms for pair in combinations(room, 2)}


async def rows_of(table: Locator) -> list[list[str]]:
    """The words of a table, row by row."""
    cells = "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    found: Any = await table.locator("tbody tr").evaluate_all(cells)
    return [[re.sub(r"\s+", " ", cell) for cell in row] for row in found]
