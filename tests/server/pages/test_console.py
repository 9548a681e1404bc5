"""The page of the live console: for those who organise this event and for nobody else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rooms.language.ids import OrganiserId
from server.pages import console
from server.records import events, organisers
from tests.support.house import URL, House, build, redis_at
from tests.support.seating import EVENT, add_event, records_at, seat

PAGE = f"/events/{EVENT}/live"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with records_at(tmp_path) as records, redis_at(tmp_path) as store:
        await add_event(records, name="Mixer <b>&</b> more")
        yield build(records, store, console.routes)


async def signed_in(house: House, name: str, organising: bool) -> str:
    """The login of an organiser, of this event or of none."""
    account = await organisers.create(house.records, f"{name.lower()}@example.org", name, None)
    if organising:
        async with house.records.begin() as connection:
            await events.add_organiser(connection, EVENT, OrganiserId(account.id), owner=True)
    return await organisers.open_session(house.records, account.id)


async def test_a_stranger_is_sent_to_sign_in_and_back(house: House) -> None:
    answer = await house.visitor().get(PAGE)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?next=%2Fevents%2F{EVENT}%2Flive"


async def test_an_attendee_is_no_organiser(house: House) -> None:
    answer = await house.visitor(await seat(house.records, "Ana")).get(PAGE)

    assert answer.status_code == 303


async def test_somebody_elses_event_does_not_exist(house: House) -> None:
    session = await signed_in(house, "Tom", organising=False)

    assert (await house.visitor(session=session).get(PAGE)).status_code == 404
    assert (await house.visitor(session=session).get("/events/no-such-event/live")).status_code == 404


async def test_the_page_holds_what_the_script_needs(house: House) -> None:
    session = await signed_in(house, "Nadia", organising=True)
    await seat(house.records, "Ana")
    await seat(house.records, "Ben")

    answer = await house.visitor(session=session).get(PAGE)

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert f'data-slug="{EVENT}"' in answer.text
    assert 'data-registered="2"' in answer.text
    assert f'data-address="{URL}/e/{EVENT}"' in answer.text


async def test_the_page_speaks_without_a_script(house: House) -> None:
    text = (await house.visitor(session=await signed_in(house, "Nadia", organising=True)).get(PAGE)).text

    assert "<noscript>" in text
    assert text.count("aria-live=") == 2
    assert 'aria-current="page"' in text
    assert "Mixer &lt;b&gt;&amp;&lt;/b&gt; more" in text
    assert " style=" not in text
