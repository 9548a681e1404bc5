"""Whose seat a browser holds."""

from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rooms.language.ids import EventId
from server.identity import current_attendee, remember_seat
from server.identity.cookies import SEAT
from server.records import registrations
from server.records.registrations import Newcomer
from tests.support.organising import open_house


async def who(request: Request) -> Response:
    person = await current_attendee(request, request.path_params["slug"])
    return PlainTextResponse(person.name if person else "nobody")


async def sit(request: Request) -> Response:
    response = PlainTextResponse("seated")
    remember_seat(request, response, request.path_params["slug"], request.path_params["token"])
    return response


ROUTES = [Route("/e/{slug}", who), Route("/e/{slug}/sit/{token}", sit)]


async def test_a_seat_opens_its_own_event_only(tmp_path: Path) -> None:
    async with open_house(tmp_path, ROUTES) as house:
        noor = await house.organiser()
        one, other = await house.event(noor), await house.event(noor)
        person = await registrations.join(house.records, one.id, Newcomer("Priya Raman"), capacity=0)
        assert person
        browser = house.visitor()
        assert (await browser.get(f"/e/{one.id}")).text == "nobody"
        cookie = (await browser.get(f"/e/{one.id}/sit/{person.token}")).headers["set-cookie"]
        assert f"Path=/e/{one.id}" in cookie
        assert "HttpOnly" in cookie
        assert (await browser.get(f"/e/{one.id}")).text == "Priya Raman"
        browser.cookies.set(SEAT + other.id, person.token)
        assert (await browser.get(f"/e/{other.id}")).text == "nobody"


@pytest.mark.parametrize("status", ["removed", "banned", "erased"])
async def test_a_seat_that_was_taken_away_opens_nothing(tmp_path: Path, status: registrations.Status) -> None:
    async with open_house(tmp_path, ROUTES) as house:
        event = await house.event(await house.organiser())
        person = await registrations.join(house.records, EventId(event.id), Newcomer("Priya Raman"), capacity=0)
        assert person
        browser = house.visitor()
        browser.cookies.set(SEAT + event.id, person.token)
        await registrations.set_status(house.records, event.id, person.id, status)
        assert (await browser.get(f"/e/{event.id}")).text == "nobody"
