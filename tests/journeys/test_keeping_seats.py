"""Journey (b): a refresh and a killed worker in mid-round cost nobody a seat, a partner or the picture."""

import json
import re

import pytest

from rooms.language.agenda import RoundsSegment
from rooms.language.commands import OpenEvent, StartRound
from tests.journeys.guests import Guest, Guests
from tests.journeys.hand import organise
from tests.journeys.venue import Venue, short_agenda

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


class Wire:
    """What a tab receives on its sockets: enough to know which worker holds the line."""

    def __init__(self, guest: Guest) -> None:
        self._guest = guest
        self.connections: list[str] = []
        guest.page.on("websocket", lambda socket: socket.on("framereceived", self._frame))

    def _frame(self, payload: str | bytes) -> None:
        message = json.loads(payload)
        room = message.get("room") or (message.get("snapshot") or {}).get("room")
        if isinstance(room, dict):
            own = [one["connection"] for one in room["people"] if one["card"]["name"] == self._guest.name]
            self.connections += [one for one in own if one]

    @property
    def worker(self) -> str:
        """The name of the worker that holds the newest line."""
        found = re.match(r"(w[0-9a-f]+)\.", self.connections[-1])
        assert found, self.connections
        return found[1]


async def test_a_refresh_and_a_killed_worker_leave_everybody_where_they_were(venue: Venue, guests: Guests) -> None:
    pairs = RoundsSegment(rounds=1, length_s=900, changeover_s=5)
    evening = await organise(venue, "Refresh Mixer", short_agenda(pairs))
    async with evening.hand() as hand:
        await hand.order(OpenEvent())
        priya, mateo = await guests.invite("Priya Raman"), await guests.invite("Mateo Quispe")
        wire = Wire(mateo)
        for guest in (priya, mateo):
            await guest.join(evening.landing)
            await guest.enter()
        await hand.until_ready(2)
        await hand.order(StartRound())
        for guest in (priya, mateo):
            await guest.scene("pair")
        room, (her,), (him,) = await priya.fact("room"), await mateo.partners(), await priya.partners()
        await priya.meets(him)
        await mateo.meets(her)

        await priya.page.reload()
        await priya.scene("pair")
        assert (await priya.fact("room"), await priya.partners()) == (room, [him])
        await priya.meets(him)
        await mateo.meets(her)

        await mateo.page.evaluate("""() => {
          const { dataset } = document.body;
          new MutationObserver(() => dataset.line !== 'open' && (window.lost = true)).observe(document.body,
            { attributeFilter: ['data-line'] });
        }""")
        venue.kill_worker(venue.worker_named(wire.worker))
        await mateo.page.wait_for_function("() => window.lost && document.body.dataset.line === 'open'")
        assert (await mateo.fact("room"), await mateo.partners()) == (room, [her])
        await mateo.sees(her)
        await priya.sees(him)
        await priya.hears(him)
