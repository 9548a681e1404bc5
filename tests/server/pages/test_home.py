"""The front door."""

from pathlib import Path

import pytest

from server.pages import home
from tests.support.organising import open_house


@pytest.mark.parametrize(("demo", "offered"), [("yes", True), ("no", False)])
async def test_strangers_read_what_rondo_is(tmp_path: Path, demo: str, offered: bool) -> None:
    async with open_house(tmp_path, home.routes, RONDO_DEMO=demo) as house:
        answer = await house.visitor().get("/")
        assert answer.status_code == 200
        assert 'href="/sign-in"' in answer.text
        assert ('href="/demo"' in answer.text) is offered
        assert answer.headers["cache-control"] == "no-store"


async def test_organisers_go_on_to_their_events(tmp_path: Path) -> None:
    async with open_house(tmp_path, home.routes) as house:
        browser = await house.browser_of(await house.organiser())
        assert (await browser.get("/")).headers["location"] == "/events"
