"""The whole application: no route forgets the check of origin or the headers."""

import re

import pytest
from starlette.routing import Route, WebSocketRoute

from server.app import PAGES
from server.security import SAFE_METHODS
from server.sockets import endpoint
from tests.support.worker import Worker

ROUTES = [route for page in PAGES for route in page.routes if isinstance(route, Route)]
CHANGING = [(route.path, method) for route in ROUTES for method in sorted((route.methods or set()) - SAFE_METHODS)]


def an_address(pattern: str) -> str:
    """A path that fits the pattern of a route."""
    return re.sub(r"\{[a-z_]+(:[a-z]+)?\}", "x", pattern)


async def test_no_route_changes_anything_for_another_site(worker: Worker) -> None:
    assert len(CHANGING) > 20
    async with worker.browser() as browser:
        for path, method in CHANGING:
            for headers in ({"Origin": "https://evil.net"}, {"Sec-Fetch-Site": "cross-site"}, {}):
                response = await browser.request(method, an_address(path), headers=headers)
                assert response.status_code == 403, (method, path, headers)


async def test_every_route_answers_with_our_headers_and_never_breaks(worker: Worker) -> None:
    async with worker.browser() as browser:
        for route in ROUTES:
            if "GET" in (route.methods or set()):
                response = await browser.get(an_address(route.path))
                assert response.status_code < 500, route.path
                assert "default-src 'none'" in response.headers["content-security-policy"], route.path
                assert response.headers["x-content-type-options"] == "nosniff", route.path


async def test_a_body_that_is_too_large_is_refused(worker: Worker) -> None:
    async with worker.browser() as browser:
        headers = {"Origin": worker.url, "Content-Type": "application/x-www-form-urlencoded"}
        response = await browser.post("/sign-in", content=b"x" * (13 * 1024 * 1024), headers=headers)
        assert response.status_code in (400, 413)


def test_no_address_stands_twice() -> None:
    seen = [(route.path, method) for route in ROUTES for method in sorted(route.methods or set())]
    assert sorted(seen) == sorted(set(seen))


@pytest.mark.parametrize("route", endpoint.routes)
def test_there_is_one_way_for_sockets(route: object) -> None:
    assert isinstance(route, WebSocketRoute)
    assert route.path == "/ws/{slug}"
