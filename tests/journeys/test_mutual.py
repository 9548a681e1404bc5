"""Journey (c): yes and yes shows to both; a yes alone shows to nobody, not even on the wire."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Route

from rooms.language.agenda import RoundsSegment
from rooms.language.commands import EndRound, OpenEvent, StartRound
from tests.journeys.guests import Guest, Guests
from tests.journeys.hand import organise
from tests.journeys.venue import Venue, short_agenda

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


TALKED_S = 7
"""More than the five seconds that make a meeting."""
LEFT_S = """() => {
  const found = document.body.innerText.match(/\\b(1[0-5]):(\\d\\d)\\b/);
  return found ? 60 * Number(found[1]) + Number(found[2]) : 900;
}"""
"""What the room's clock shows."""


@dataclass
class Traffic:
    """Everything that reaches one tab, as text."""

    texts: list[str] = field(default_factory=list)

    async def watch(self, guest: Guest) -> None:
        """Listen to all answers and all frames."""
        guest.page.on("websocket", lambda socket: socket.on("framereceived", lambda data: self.texts.append(str(data))))
        await guest.page.route(re.compile(r"\.json|/connections"), self._pass_on)

    async def _pass_on(self, route: Route) -> None:
        answer = await route.fetch()
        self.texts.append(await answer.text())
        await route.fulfill(response=answer)

    def carries(self, secret: str) -> bool:
        return any(secret in text for text in self.texts)


async def say_yes(guest: Guest) -> None:
    """Press yes in the room and see that it is kept."""
    async with guest.page.expect_response(lambda answer: "/met/" in answer.url and answer.request.method == "PUT"):
        await guest.page.click(".stay-card button[aria-pressed]")
    await guest.page.wait_for_selector(".stay-card [aria-pressed=true]")


async def talk(people: list[Guest]) -> None:
    """Be together, both of them, for as long as makes a meeting."""
    for guest in people:
        (partner,) = await guest.partners()
        await guest.connected(partner)
    page = people[0].page
    await page.keyboard.press("t")
    together_at = await page.evaluate(LEFT_S)
    await page.wait_for_function(f"left => ({LEFT_S})() <= left", arg=together_at - TALKED_S)


async def one_round(
    venue: Venue, guests: Guests, name: str, yes: tuple[bool, bool]
) -> tuple[list[Guest], list[Traffic]]:
    """Two people meet; each says yes or nothing; both open their lists."""
    evening = await organise(venue, name, short_agenda(RoundsSegment(rounds=1, length_s=900, changeover_s=5)))
    people = [await guests.invite(f"{name} Priya"), await guests.invite(f"{name} Mateo")]
    traffic = [Traffic(), Traffic()]
    async with evening.hand() as hand:
        await hand.order(OpenEvent())
        for guest, watched in zip(people, traffic, strict=True):
            await watched.watch(guest)
            await guest.join(evening.landing, email=f"{guest.name.split()[-1].lower()}@secret.example.org")
            await guest.enter("audio")
        await hand.until_ready(2)
        await hand.order(StartRound())
        for guest, says in zip(people, yes, strict=True):
            await guest.scene("pair")
            if says:
                await say_yes(guest)
        await talk(people)
        await hand.order(EndRound())
        for guest in people:
            await guest.scene("closing")
            await guest.page.goto(f"{evening.landing}/connections?show=all")
    return people, traffic


async def test_two_yeses_are_shown_to_both(venue: Venue, guests: Guests) -> None:
    people, _ = await one_round(venue, guests, "Mutual", (True, True))
    for guest in people:
        assert "Both said yes" in await guest.page.inner_text("main .ppl")


@pytest.mark.parametrize(("who", "other"), [(0, 1), (1, 0)])
async def test_a_single_yes_is_shown_to_nobody(venue: Venue, guests: Guests, who: int, other: int) -> None:
    yes = (who == 0, who == 1)
    people, traffic = await one_round(venue, guests, f"Single {who}", yes)
    assert "Waiting for them" in await people[who].page.inner_text("main .ppl")
    assert "Not decided" in await people[other].page.inner_text("main .ppl")
    assert not traffic[other].carries('"answer":"yes"')
    assert not traffic[other].carries('"mutual":true')
    assert not traffic[other].carries("connection.found")
    theirs = f"{people[who].name.split()[-1].lower()}@secret.example.org"
    assert not traffic[other].carries(theirs)
