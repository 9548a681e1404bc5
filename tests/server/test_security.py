"""Headers on every response, and nobody changes anything from a page that is not ours."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from server.security import OwnPagesOnly, SecurityHeaders, is_our_origin, page_headers
from server.settings import load

PUBLIC = load({"RONDO_PUBLIC_URL": "https://meet.example.org"})
LOCAL = load({})

STRANGE_ORIGINS = [
    None,
    "",
    "null",
    "http://meet.example.org",
    "https://meet.example.org/",
    "https://meet.example.org:443",
    "https://meet.example.org:8443",
    "https://MEET.example.org",
    "HTTPS://meet.example.org",
    "https://meet.example.org.evil.net",
    "https://evil-meet.example.org",
    "https://evil.meet.example.org",
    "https://meet.example.org@evil.net",
    "https://evil.net#https://meet.example.org",
    "https://evil.net?https://meet.example.org",
    "https://meet.exampIe.org",
    "https://xn--meet-example.org",
    "https://meet.example.org\u3002evil.net",
    "https://meet.example",
    " https://meet.example.org",
    "https://meet.example.org https://evil.net",
    "file://",
    "wss://meet.example.org",
    "meet.example.org",
]


@pytest.mark.parametrize("origin", STRANGE_ORIGINS)
def test_an_origin_that_is_not_exactly_ours_is_none(origin: str | None) -> None:
    assert not is_our_origin(PUBLIC, origin, "meet.example.org")


def test_our_origin_is_ours() -> None:
    assert is_our_origin(PUBLIC, "https://meet.example.org", "anything")


@pytest.mark.parametrize(
    ("origin", "host", "ours"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", True),
        ("http://localhost:8001", "localhost:8000", False),
        ("https://localhost:8000", "localhost:8000", False),
        ("http://evil.net", "localhost:8000", False),
        ("http://", "", False),
        ("http://None", None, False),
    ],
)
def test_without_a_public_address_it_is_the_host_that_was_asked(origin: str, host: str | None, ours: bool) -> None:
    assert is_our_origin(LOCAL, origin, host) is ours


async def change(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("changed")


def client() -> TestClient:
    app = Starlette(
        routes=[Route("/", change, methods=["GET", "POST", "PUT", "DELETE"])],
        middleware=[
            Middleware(SecurityHeaders, headers=page_headers(PUBLIC, "'sha256-x'")),
            Middleware(OwnPagesOnly, settings=PUBLIC),
        ],
    )
    return TestClient(app, base_url="https://meet.example.org")


OURS = "https://meet.example.org"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({}, False),
        ({"origin": OURS}, True),
        ({"origin": "https://evil.net"}, False),
        ({"origin": "null"}, False),
        ({"origin": OURS, "sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"origin": OURS, "sec-fetch-site": "cross-site"}, False),
        ({"origin": OURS, "sec-fetch-site": "same-site"}, False),
        ({"origin": "https://evil.net", "sec-fetch-site": "none"}, False),
    ],
)
def test_only_our_own_pages_change_things(method: str, headers: dict[str, str], ours: bool) -> None:
    status = client().request(method, "/", headers=headers).status_code
    assert (status != 403) is ours


def test_reading_is_open_to_everybody() -> None:
    assert client().get("/", headers={"origin": "https://evil.net", "sec-fetch-site": "cross-site"}).status_code == 200


def test_every_response_is_dressed_even_a_refusal() -> None:
    for response in (client().get("/"), client().post("/"), client().get("/nothing")):
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self' 'sha256-x'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert "unsafe" not in policy
        assert "wss://meet.example.org" in policy
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert "camera=(self)" in response.headers["permissions-policy"]
        assert response.headers["strict-transport-security"]


def test_without_https_there_is_no_promise_of_it() -> None:
    assert "strict-transport-security" not in page_headers(LOCAL, "'sha256-x'")
