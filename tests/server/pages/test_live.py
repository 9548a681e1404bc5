"""The shell of the attendee's page: only for those with a seat, and it gives nothing away but their own card."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.pages import live
from tests.support.house import House, build, redis_at
from tests.support.seating import EVENT, add_event, records_at, seat

PAGE = f"/e/{EVENT}/live"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with records_at(tmp_path) as records, redis_at(tmp_path) as store:
        await add_event(records, name="Mixer </script><b>&</b>")
        yield build(records, store, live.routes)


async def test_without_a_seat_one_is_shown_to_the_event(house: House) -> None:
    answer = await house.visitor().get(PAGE)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/e/{EVENT}"


async def test_an_event_that_is_not_there_is_not_found(house: House) -> None:
    assert (await house.visitor().get("/e/nowhere/live")).status_code == 404


async def test_the_page_knows_who_is_asking(house: House) -> None:
    ana = await seat(house.records, "Ana")
    answer = await house.visitor(ana).get(PAGE)
    block = re.search(r'<script type="application/json" id="page">(.*?)</script>', answer.text, re.DOTALL)
    assert block
    facts = json.loads(block[1])

    assert answer.headers["cache-control"] == "no-store"
    assert facts["me"]["id"] == ana.id
    assert facts["me"]["name"] == "Ana"
    assert facts["urls"]["ticket"] == f"/e/{EVENT}/ticket"
    assert facts["name"] == "Mixer </script><b>&</b>"


async def test_nothing_private_is_written_into_the_page(house: House) -> None:
    ana = await seat(house.records, "Ana")
    await seat(house.records, "Ben")
    text = (await house.visitor(ana).get(PAGE)).text

    assert ana.token not in text
    assert "@" not in text.replace("@/", "").replace("@preact", "")
    assert "Ben" not in text


async def test_both_live_regions_and_a_word_without_script_are_there_from_the_start(house: House) -> None:
    text = (await house.visitor(await seat(house.records, "Ana")).get(PAGE)).text

    assert 'aria-live="polite"' in text
    assert 'aria-live="assertive"' in text
    assert "<noscript>" in text
