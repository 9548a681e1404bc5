"""The settings of an event: bad input, time zones, who helps, and telling the event that runs."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest

from rooms.language.errands import PlanChange
from rooms.language.ids import Instant
from server.pages import event_settings, sign_in
from server.pages.drafts import values_of
from server.records import events as kept
from server.records import registrations
from server.records.events import Draft, Event
from server.records.registrations import Newcomer
from tests.support.organising import IN_2100, PASSWORD, House, open_house
from tests.support.seating import meet


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, [*event_settings.routes, *sign_in.routes]) as opened:
        yield opened


@pytest.fixture
async def event(house: House) -> Event:
    return await house.event(await house.organiser())


@pytest.fixture
async def browser(house: House, event: Event) -> httpx2.AsyncClient:
    ((noor, _),) = await kept.organisers_of(house.records, event.id)
    return await house.browser_of(noor)


async def stored(house: House, event: Event) -> Event:
    found = await kept.find(house.records, event.id)
    assert found
    return found


async def test_settings_are_saved_and_the_running_event_hears_of_them(
    house: House, browser: httpx2.AsyncClient, event: Event
) -> None:
    changes = {"name": "Autumn", "capacity": "12", "entry": "code", "code": "heron", "unattended": "no"}
    answer = await browser.post(f"/events/{event.id}/settings", data=values_of(event) | changes)
    assert answer.headers["location"] == f"/events/{event.id}/settings?done=saved"
    saved = await stored(house, event)
    assert (saved.name, saved.capacity, saved.entry, saved.code, saved.unattended) == (
        "Autumn",
        12,
        "code",
        "heron",
        False,
    )
    assert [order.wish for _, order in house.inbox.orders] == [PlanChange(kept.plan_of(saved))]
    assert "Saved." in (await browser.get(answer.headers["location"])).text


async def test_what_is_saved_while_redis_is_away_stays_saved(
    house: House, browser: httpx2.AsyncClient, event: Event
) -> None:
    house.inbox.away = True
    answer = await browser.post(f"/events/{event.id}/settings", data=values_of(event) | {"name": "Autumn"})
    assert answer.headers["location"].endswith("done=kept")
    assert (await stored(house, event)).name == "Autumn"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Give it a name that people recognise."),
        ({"name": "x" * 121}, "Shorten this to 120 characters"),
        ({"description": "x" * 2001}, "Shorten this to 2000 characters"),
        ({"conduct": "x" * 4001}, "Shorten this to 4000 characters"),
        ({"capacity": "-1"}, "Write a whole number from 0 to 10\u202f000."),
        ({"capacity": "10001"}, "Write a whole number from 0 to 10\u202f000."),
        ({"capacity": "many"}, "Write a whole number from 0 to 10\u202f000."),
        ({"entry": "closed"}, "Choose one of these."),
        ({"entry": "code", "code": ""}, "Choose a code of 4 characters or more"),
        ({"entry": "code", "code": "abc"}, "Choose a code of 4 characters or more"),
        ({"code": "x" * 41}, "Shorten this to 40 characters"),
        ({"date": "2020-02-02"}, "This is in the past."),
        ({"date": "2100-13-01"}, "Write the date like"),
        ({"timezone": "Europe/Atlantis"}, "Choose a zone from the list."),
        ({"unattended": "maybe"}, "Choose one of these."),
        ({"description": "</textarea><script>alert(1)</script>", "name": ""}, "Give it a name"),
    ],
)
async def test_settings_say_what_they_need_and_nothing_is_saved(
    house: House, browser: httpx2.AsyncClient, event: Event, change: dict[str, str], sentence: str
) -> None:
    answer = await browser.post(f"/events/{event.id}/settings", data=values_of(event) | change)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<script>alert" not in answer.text
    assert await stored(house, event) == event
    assert house.inbox.orders == []


async def test_a_start_in_the_past_may_stay_but_not_move_into_it(house: House) -> None:
    noor = await house.organiser()
    event = await house.event(noor, starts_at=1_600_000_012_345)
    browser = await house.browser_of(noor)
    answer = await browser.post(f"/events/{event.id}/settings", data=values_of(event) | {"name": "Still"})
    assert answer.status_code == 303
    assert (await stored(house, event)).starts_at == 1_600_000_012_345


async def test_the_zone_decides_what_the_time_means(house: House, browser: httpx2.AsyncClient, event: Event) -> None:
    changes = {"date": "2030-07-01", "time": "16:00", "timezone": "Asia/Kathmandu"}
    await browser.post(f"/events/{event.id}/settings", data=values_of(event) | changes)
    assert (await stored(house, event)).starts_at == 1_909_131_300_000  # 10:15 UTC


async def test_once_people_are_in_the_start_stays(house: House, browser: httpx2.AsyncClient, event: Event) -> None:
    await kept.set_status(house.records, event.id, "live")
    changes = {"date": "2030-07-01", "timezone": "UTC", "name": "Renamed"}
    await browser.post(f"/events/{event.id}/settings", data=values_of(event) | changes)
    saved = await stored(house, event)
    assert (saved.starts_at, saved.timezone, saved.name) == (IN_2100, "Europe/Lisbon", "Renamed")


async def in_a_series(house: House, earlier: Event) -> Event:
    """A copy of an event that was held, at which Ana and Ben met; both are registered again."""
    noor = (await kept.organisers_of(house.records, earlier.id))[0][0]
    copy = await kept.duplicate(house.records, earlier, "Again", Instant(earlier.starts_at + 1), noor.id)
    people = [
        await registrations.join(house.records, event.id, Newcomer(name, f"{name}@example.org"), 0)
        for event in (earlier, copy)
        for name in ("ana", "ben")
    ]
    await meet(house.records, 1, *(person for person in people[:2] if person))
    await kept.set_status(house.records, earlier.id, "ended")
    return copy


async def test_the_first_of_a_series_is_not_asked_about_earlier_ones(
    house: House, browser: httpx2.AsyncClient, event: Event
) -> None:
    assert "series_history" not in (await browser.get(f"/events/{event.id}/settings")).text
    await kept.update_draft(house.records, event.id, Draft(**kept.draft_row(event) | {"series_history": True}))
    values = values_of(event)
    del values["series_history"]
    await browser.post(f"/events/{event.id}/settings", data=values)
    assert (await stored(house, event)).series_history, "what the page does not ask about stays"


async def test_who_met_at_an_earlier_event_meets_others_first_unless_the_host_says_no(
    house: House, browser: httpx2.AsyncClient, event: Event
) -> None:
    copy = await in_a_series(house, event)
    page = (await browser.get(f"/events/{copy.id}/settings")).text
    assert "Midsummer Mixer · 1 earlier event, 2 people known to each other" in page
    assert 'name="series_history" value="yes" checked' in page
    # As a browser sends it without JavaScript: a box that is not ticked leaves the hidden field alone.
    await browser.post(f"/events/{copy.id}/settings", data=values_of(copy) | {"series_history": "no"})
    saved = await stored(house, copy)
    assert not saved.series_history
    assert [order.wish for _, order in house.inbox.orders] == [PlanChange(kept.plan_of(saved))]
    assert 'name="series_history" value="yes">' in (await browser.get(f"/events/{copy.id}/settings")).text
    body = "&".join(f"{name}={quote(value)}" for name, value in values_of(saved).items())
    form = {"content-type": "application/x-www-form-urlencoded"}
    await browser.post(f"/events/{copy.id}/settings", content=f"{body}&series_history=yes", headers=form)
    assert (await stored(house, copy)).series_history


async def test_an_event_that_is_over_needs_no_telling(house: House, browser: httpx2.AsyncClient, event: Event) -> None:
    await kept.set_status(house.records, event.id, "ended")
    await browser.post(f"/events/{event.id}/settings", data=values_of(event) | {"name": "Over"})
    assert house.inbox.orders == []


async def test_the_invite_can_be_copied(browser: httpx2.AsyncClient, event: Event) -> None:
    page = (await browser.get(f"/events/{event.id}/settings")).text
    assert page.count(f'data-copy="http://rondo.test/e/{event.id}"') == 1


async def test_a_colleague_with_an_account_gets_the_keys_and_may_lose_them(
    house: House, browser: httpx2.AsyncClient, event: Event
) -> None:
    sam = await house.organiser("Sam Okafor")
    answer = await browser.post(f"/events/{event.id}/organisers", data={"colleague": " SAM@example.org "})
    assert answer.headers["location"] == f"/events/{event.id}/settings?done=joined#hosts"
    sams = await house.browser_of(sam)
    assert (await sams.get(f"/events/{event.id}/settings")).status_code == 200
    answer = await sams.post(f"/events/{event.id}/organisers/remove", data={"organiser": sam.id})
    assert answer.headers["location"] == "/events"
    assert (await sams.get(f"/events/{event.id}/settings")).status_code == 404


async def test_whoever_made_the_event_cannot_be_shut_out_by_a_colleague(house: House, event: Event) -> None:
    sam = await house.organiser("Sam Okafor")
    await kept.join_organisers(house.records, event.id, sam.id)
    ((noor, _), _) = await kept.organisers_of(house.records, event.id)
    sams = await house.browser_of(sam)
    await sams.post(f"/events/{event.id}/organisers/remove", data={"organiser": noor.id})
    assert await kept.organised_by(house.records, event.id, noor.id)


async def test_a_colleague_without_an_account_gets_a_link_to_make_one(
    house: House, browser: httpx2.AsyncClient, event: Event
) -> None:
    answer = await browser.post(f"/events/{event.id}/organisers", data={"colleague": "sam@example.org"})
    assert answer.status_code == 422
    assert "Nobody hosts with this e-mail yet." in answer.text
    token = answer.text.split("http://rondo.test/setup/")[1].split('"')[0]
    form = {"name": "Sam", "email": "sam@example.org", "password": PASSWORD}
    assert (await house.visitor().post(f"/setup/{token}", data=form)).status_code == 303
    answer = await browser.post(f"/events/{event.id}/organisers", data={"colleague": "sam@example.org"})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("email", "sentence"),
    [("", "Write your colleague’s e-mail."), ("sam", "Add the part from the @ on"), ("x" * 300, "Shorten this")],
)
async def test_a_colleagues_email_must_be_one(
    browser: httpx2.AsyncClient, event: Event, email: str, sentence: str
) -> None:
    answer = await browser.post(f"/events/{event.id}/organisers", data={"colleague": email})
    assert answer.status_code == 422
    assert sentence in answer.text
