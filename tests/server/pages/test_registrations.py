"""The door: the page of an event in all its states, the form, codes, and personal links."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.forms import FORM_BYTES
from server.pages import registrations as pages
from server.pages.entering import WRONG_CODES_PER_MINUTE
from server.records import listings, registrations
from server.records.registrations import Newcomer
from tests.support.house import House, build, redis_at
from tests.support.seating import EVENT, add_event, records_at, seat

GOOD = {"name": "Ana Ruiz", "email": "ana@example.org", "team": "Care", "consent": "on"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with records_at(tmp_path) as records, redis_at(tmp_path) as store:
        await add_event(records)
        yield build(records, store, pages.routes)


async def people(house: House, event: str = EVENT) -> list[str]:
    return [one.name for one in await listings.everyone(house.records, event)]  # type: ignore[arg-type]


async def test_somebody_joins_and_the_browser_keeps_the_seat(house: House) -> None:
    visitor = house.visitor()
    answer = await visitor.post(f"/e/{EVENT}/join", data=GOOD)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/e/{EVENT}/live")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert f"Path=/e/{EVENT}" in cookie
    again = await visitor.get(f"/e/{EVENT}")
    assert "You have a seat" in again.text
    assert (await visitor.post(f"/e/{EVENT}/join", data=GOOD)).status_code == 303
    assert await people(house) == ["Ana Ruiz"]


BAD = [
    ({"name": ""}, "name", "Write the name"),
    ({"name": " \u202e\x07 "}, "name", "Write the name"),
    ({"name": "x" * 81}, "name", "80"),
    ({"email": "ana"}, "email", "Add the part"),
    ({"email": "ana@example"}, "email", "after the dot"),
    ({"email": "a" * 250 + "@example.org"}, "email", "254"),
    ({"team": "x" * 121}, "team", "120"),
    ({"consent": ""}, "consent", "Tick this box"),
]


@pytest.mark.parametrize(("change", "field", "words"), BAD)
async def test_a_form_with_a_mistake_comes_back_with_what_was_typed(
    house: House, change: dict[str, str], field: str, words: str
) -> None:
    answer = await house.visitor().post(f"/e/{EVENT}/join", data=GOOD | change)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'id="{field}-error"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert f"{field}-error" in answer.text.split(f'id="{field}"', 1)[1].split(">", 1)[0]
    if field != "team":
        assert 'value="Care"' in answer.text
    assert await people(house) == []


MENTORING = (
    '[{"kind":"rounds","rules":[{"type":"complementary","attr":"role","values":["mentor","mentee"]},'
    '{"type":"quota","attr":"role","value":"host","min":1}]}]'
)


async def test_where_roles_meet_the_door_asks_for_one(house: House) -> None:
    await add_event(house.records, "mentoring", agenda=MENTORING)
    assert "Come as" not in (await house.visitor().get(f"/e/{EVENT}")).text
    assert "Come as" in (await house.visitor().get("/e/mentoring")).text
    for role, status in (("mentee", 303), ("", 303), ("host", 422), ("boss", 422)):
        answer = await house.visitor().post("/e/mentoring/join", data=GOOD | {"role": role})
        assert (answer.status_code, 'id="role-error"' in answer.text) == (status, status == 422)
    everyone = await listings.everyone(house.records, "mentoring")  # type: ignore[arg-type]
    assert [one.role for one in everyone] == ["mentee", ""]


async def test_other_bodies_than_forms_are_refused(house: House) -> None:
    assert (await house.visitor().post(f"/e/{EVENT}/join", json=GOOD)).status_code == 400
    large = await house.visitor().post(f"/e/{EVENT}/join", data=GOOD | {"name": "x" * FORM_BYTES})
    assert large.status_code == 413


async def test_names_cannot_bring_markup(house: House) -> None:
    name = "<img src=x onerror=alert(1)>"
    visitor = house.visitor()
    await visitor.post(f"/e/{EVENT}/join", data=GOOD | {"name": name, "team": "<b>'\""})
    for one in (visitor, house.visitor()):
        text = (await one.get(f"/e/{EVENT}")).text
        assert "<img src=x" not in text
        assert "<b>'" not in text


async def test_the_page_tells_time_place_and_seats(house: House) -> None:
    await seat(house.records, "Ben Koch", team="Care")
    text = (await house.visitor().get(f"/e/{EVENT}")).text
    for words in ("Midsummer Mixer", "Thursday 18 June", "16:00–16:40", "2026-06-18T16:00+02:00", ">BK<"):
        assert words in text
    assert "style=" not in text
    assert "onclick" not in text


async def test_a_full_event_says_so_and_gives_no_seat(house: House) -> None:
    await add_event(house.records, "small", capacity=1)
    assert (await house.visitor().post("/e/small/join", data=GOOD)).status_code == 303
    answer = await house.visitor().post("/e/small/join", data=GOOD | {"name": "Ben"})
    assert answer.status_code == 409
    assert "All 1 seats are taken" in answer.text
    assert await people(house, "small") == ["Ana Ruiz"]


async def test_an_ended_event_leads_to_the_list(house: House) -> None:
    await add_event(house.records, "over", status="ended")
    person = await seat(house.records, "Ana", "over")  # type: ignore[arg-type]
    assert "is over" in (await house.visitor().get("/e/over")).text
    assert "/e/over/connections" in (await house.visitor(person).get("/e/over")).text
    assert (await house.visitor().post("/e/over/join", data=GOOD)).status_code == 409
    back = await house.visitor().get(f"/e/over/me/{person.token}")
    assert back.headers["location"] == "/e/over/connections"


async def test_a_personal_link_opens_the_seat(house: House) -> None:
    person = await seat(house.records, "Ana")
    visitor = house.visitor()
    answer = await visitor.get(f"/e/{EVENT}/me/{person.token}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/e/{EVENT}/live")
    assert "You have a seat" in (await visitor.get(f"/e/{EVENT}")).text


@pytest.mark.parametrize("token", ["x", "x" * 43, "x" * 500, "%00", "' OR 1=1"])
async def test_a_wrong_link_opens_nothing(house: House, token: str) -> None:
    await seat(house.records, "Ana")
    answer = await house.visitor().get(f"/e/{EVENT}/me/{token}")
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


async def test_a_link_of_another_event_opens_nothing_here(house: House) -> None:
    stranger = await seat(house.records, "Stan", await add_event(house.records, "another"))
    assert (await house.visitor().get(f"/e/{EVENT}/me/{stranger.token}")).status_code == 404


async def test_an_invited_person_agrees_at_the_door(house: House) -> None:
    [person] = await registrations.add(house.records, EVENT, [Newcomer("Ana", source="import")])
    visitor = house.visitor()
    answer = await visitor.get(f"/e/{EVENT}/me/{person.token}")
    assert answer.headers["location"] == f"/e/{EVENT}"
    assert "Your seat is kept, Ana" in (await visitor.get(f"/e/{EVENT}")).text
    assert (await visitor.post(f"/e/{EVENT}/join", data={"name": ""})).status_code == 422
    agreed = await visitor.post(f"/e/{EVENT}/join", data={"consent": "on"})
    assert agreed.headers["location"] == f"/e/{EVENT}/live"
    found = await registrations.find(house.records, person.id)
    assert found is not None
    assert (found.status, bool(found.consented_at)) == ("joined", True)


@pytest.mark.parametrize("status", ["removed", "banned"])
async def test_a_removed_person_stays_outside(house: House, status: registrations.Status) -> None:
    person = await seat(house.records, "Ana")
    await registrations.set_status(house.records, EVENT, person.id, status)
    visitor = house.visitor()
    assert (await visitor.get(f"/e/{EVENT}/me/{person.token}")).headers["location"] == f"/e/{EVENT}"
    assert "closed for you" in (await visitor.get(f"/e/{EVENT}")).text
    assert (await visitor.post(f"/e/{EVENT}/join", data=GOOD)).status_code == 403


async def test_a_banned_address_gets_no_other_seat(house: House) -> None:
    person = await seat(house.records, "Ana")
    await registrations.set_status(house.records, EVENT, person.id, "banned")
    answer = await house.visitor().post(f"/e/{EVENT}/join", data=GOOD)
    assert answer.status_code == 403
    assert len(await people(house)) == 1


async def test_a_code_opens_and_wrong_ones_are_counted_by_address(house: House) -> None:
    await add_event(house.records, "coded", entry="code", code="Lantern")
    guesser = house.visitor(ip="198.51.100.7")
    for _ in range(WRONG_CODES_PER_MINUTE):
        answer = await guesser.post("/e/coded/join", data=GOOD | {"code": "wrong"})
        assert answer.status_code == 422
        assert "code-error" in answer.text
    blocked = await guesser.post("/e/coded/join", data=GOOD | {"code": "lantern"})
    assert blocked.status_code == 429
    assert await people(house, "coded") == []
    answer = await house.visitor(ip="198.51.100.8").post("/e/coded/join", data=GOOD | {"code": " LANTERN "})
    assert answer.status_code == 303


async def test_neighbours_in_one_network_share_a_count(house: House) -> None:
    await add_event(house.records, "coded", entry="code", code="lantern")
    for number in range(WRONG_CODES_PER_MINUTE):
        await house.visitor(ip=f"2001:db8::{number}").post("/e/coded/join", data=GOOD | {"code": "x"})
    answer = await house.visitor(ip="2001:db8::ffff").post("/e/coded/join", data=GOOD | {"code": "lantern"})
    assert answer.status_code == 429


async def test_codes_are_not_checked_while_redis_is_away(house: House) -> None:
    await add_event(house.records, "coded", entry="code", code="lantern")
    house.app.state.services.store = Away()
    assert (await house.visitor().post("/e/coded/join", data=GOOD | {"code": "lantern"})).status_code == 503
    assert (await house.visitor().post(f"/e/{EVENT}/join", data=GOOD)).status_code == 303


class Away:
    """A store whose Redis does not answer."""

    async def do(self, *_command: object) -> object:
        from server.store.client import StoreAwayError

        raise StoreAwayError("away")

    do_all = do


async def test_unknown_events_are_not_found(house: House) -> None:
    for method, path in (("GET", ""), ("POST", "/join"), ("GET", "/me/x"), ("GET", "/event.ics")):
        assert (await house.visitor().request(method, f"/e/nowhere{path}")).status_code == 404


async def test_the_event_goes_into_a_calendar(house: House) -> None:
    answer = await house.visitor().get(f"/e/{EVENT}/event.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "DTSTART:20260618T140000Z" in answer.text
