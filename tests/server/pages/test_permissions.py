"""Who may open organisers' pages: at every address a stranger and another organiser are refused."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.routing import Route

from server.app import PAGES
from server.identity.cookies import SEAT
from server.records import events as kept
from tests.support.organising import House, open_house

ROUTES = [route for page in PAGES for route in page.routes if isinstance(route, Route)]
MATRIX = sorted(
    (method, route.path)
    for route in ROUTES
    if route.path.startswith("/events")
    for method in (route.methods or ())
    if method != "HEAD"
)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, ROUTES) as opened:
        yield opened


def of_one_event(path: str, slug: str) -> str:
    """The path with its parameters filled in."""
    return "/".join(slug if part == "{slug}" else "x" if part.startswith("{") else part for part in path.split("/"))


@pytest.mark.parametrize(("method", "path"), MATRIX)
async def test_a_stranger_is_refused(house: House, method: str, path: str) -> None:
    event = await house.event(await house.organiser())
    browser = house.visitor("no-such-login")
    browser.cookies.set(SEAT + event.id, "no-such-seat")
    answer = await browser.request(method, of_one_event(path, event.id))
    assert answer.status_code in (303, 401)
    assert answer.headers.get("location", "/sign-in?").startswith("/sign-in?")
    assert await kept.find(house.records, event.id) == event


@pytest.mark.parametrize(("method", "path"), [row for row in MATRIX if "{slug}" in row[1]])
async def test_an_organiser_of_another_event_is_refused_as_if_there_were_none(
    house: House, method: str, path: str
) -> None:
    event = await house.event(await house.organiser())
    sam = await house.organiser("Sam Okafor")
    await house.event(sam)
    browser = await house.browser_of(sam)
    answer = await browser.request(method, of_one_event(path, event.id))
    nowhere = await browser.request(method, of_one_event(path, "nowhere-2222"))
    assert answer.status_code == nowhere.status_code == 404
    assert answer.text.replace(event.id, "") == nowhere.text.replace("nowhere-2222", "")
    assert await kept.find(house.records, event.id) == event
    assert house.inbox.orders == []
