"""An organiser's events: the list, new ones, copies, deletion."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rooms.language.ids import Instant
from server.pages import event_settings, events
from server.records import events as kept
from server.records.engine import now_ms
from server.shapes import SHAPES
from tests.support.organising import IN_2100, House, open_house

DAY_MS = 24 * 3_600_000
NEW = {"template": "speed", "name": "Autumn", "date": "2100-03-01", "time": "16:00", "timezone": "Europe/Lisbon"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, [*events.routes, *event_settings.routes]) as opened:
        yield opened


async def test_without_events_there_are_chairs_to_set_out(house: House) -> None:
    page = (await (await house.browser_of(await house.organiser())).get("/events")).text
    assert "Set out the first chairs" in page
    assert all(f"/events/new?template={shape.key}" in page for shape in SHAPES)
    assert page.count('class="btn sun') == 1


async def test_the_next_event_is_large_and_past_ones_are_a_table(house: House) -> None:
    noor = await house.organiser()
    later = await house.event(noor, name="Later")
    soon = await house.event(noor, name="Soon", starts_at=Instant(now_ms() + DAY_MS), capacity=0, description="")
    gone = await house.event(noor, name="Gone", starts_at=Instant(now_ms() - 9 * DAY_MS))
    over = await house.event(noor, name="Over")
    await kept.set_status(house.records, over.id, "ended")
    page = (await (await house.browser_of(noor)).get("/events")).text
    assert '<h2 id="n" class="name">Soon</h2>' in page
    assert "One event this week." in page
    assert f"http://rondo.test/e/{soon.id}" in page
    coming, past = page.index(f"/events/{later.id}/agenda"), page.index("Past events")
    assert coming < past < page.index(f"/events/{gone.id}/report")
    assert page.index(f"/events/{over.id}/report") > past
    assert "Say what people can expect" in page


async def test_a_running_event_comes_first(house: House) -> None:
    noor = await house.organiser()
    await house.event(noor, name="Soon", starts_at=Instant(now_ms() + 60_000))
    running = await house.event(noor, name="Running", starts_at=Instant(now_ms() - 3 * DAY_MS))
    await kept.set_status(house.records, running.id, "live")
    page = (await (await house.browser_of(noor)).get("/events")).text
    assert '<h2 id="n" class="name">Running</h2>' in page
    assert "Running now" in page


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.key)
async def test_an_event_begins_from_a_shape(house: House, shape: object) -> None:
    chosen = next(one for one in SHAPES if one is shape)
    noor = await house.organiser()
    browser = await house.browser_of(noor)
    page = await browser.get(f"/events/new?template={chosen.key}")
    assert f'value="{chosen.key}" checked' in page.text
    assert f'value="{chosen.event_name}"' in page.text
    answer = await browser.post("/events", data=NEW | {"template": chosen.key})
    slug = re.fullmatch(r"/events/(autumn-[a-z0-9]{4})/agenda", answer.headers["location"])
    assert slug
    event = await kept.find(house.records, slug[1])
    assert event
    assert (event.agenda, event.template, event.timezone) == (chosen.agenda, chosen.key, "Europe/Lisbon")
    assert event.description
    assert event.conduct


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Give it a name that people recognise."),
        ({"name": "   "}, "Give it a name that people recognise."),
        ({"name": "x" * 121}, "Shorten this to 120 characters; it has 121."),
        ({"date": "2020-01-01"}, "This is in the past."),
        ({"date": "tomorrow"}, "Write the date like"),
        ({"date": ""}, "Write the date like"),
        ({"date": "2100-02-30"}, "Write the date like"),
        ({"time": "26:99"}, "Write the date like"),
        ({"timezone": "Mars/Olympus"}, "Choose a zone from the list."),
        ({"timezone": "../../etc/passwd"}, "Choose a zone from the list."),
        ({"timezone": ""}, "Choose a zone from the list."),
        ({"date": "2027-03-28", "time": "02:30", "timezone": "Europe/Berlin"}, "clocks jump over this hour"),
        ({"template": "nonsense"}, "Choose one of these."),
        ({"name": "<script>alert(1)</script>", "date": ""}, "Write the date like"),
    ],
)
async def test_a_new_event_says_what_it_needs(house: House, change: dict[str, str], sentence: str) -> None:
    noor = await house.organiser()
    answer = await (await house.browser_of(noor)).post("/events", data=NEW | change)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<script>alert" not in answer.text
    assert await kept.of_organiser(house.records, noor.id) == []


async def test_summer_time_is_reckoned_where_the_event_is(house: House) -> None:
    noor = await house.organiser()
    browser = await house.browser_of(noor)
    await browser.post("/events", data=NEW | {"date": "2030-07-01", "timezone": "America/New_York"})
    (row,) = await kept.of_organiser(house.records, noor.id)
    assert row.event.starts_at == 1_909_166_400_000  # 2030-07-01 20:00 UTC


async def test_a_copy_is_a_week_later_and_free_of_people(house: House) -> None:
    noor = await house.organiser()
    event = await house.event(noor, name="x" * 120)
    answer = await (await house.browser_of(noor)).post(f"/events/{event.id}/duplicate")
    slug = answer.headers["location"].split("/")[2]
    copy = await kept.find(house.records, slug)
    assert copy
    assert copy.starts_at == IN_2100 + 7 * DAY_MS
    assert len(copy.name) == 120
    assert copy.name.endswith(" (copy)")
    page = await (await house.browser_of(noor)).get(answer.headers["location"])
    assert "This is the copy." in page.text


async def test_deleting_asks_first(house: House) -> None:
    noor = await house.organiser()
    event = await house.event(noor)
    browser = await house.browser_of(noor)
    assert "Delete Midsummer Mixer?" in (await browser.get(f"/events/{event.id}/delete")).text
    assert await kept.find(house.records, event.id)
    assert (await browser.post(f"/events/{event.id}/delete")).headers["location"] == "/events"
    assert await kept.find(house.records, event.id) is None
    assert (await browser.post(f"/events/{event.id}/delete")).status_code == 404


async def test_a_running_event_is_not_deleted(house: House) -> None:
    noor = await house.organiser()
    event = await house.event(noor)
    await kept.set_status(house.records, event.id, "live")
    answer = await (await house.browser_of(noor)).post(f"/events/{event.id}/delete")
    assert answer.status_code == 409
    assert "End the event from its console first" in answer.text
    assert await kept.find(house.records, event.id)
