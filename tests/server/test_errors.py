"""From exception to response, for people and for scripts."""

from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from server.assets import Assets
from server.errors import HANDLERS
from server.records.engine import RecordsAwayError
from server.store.client import StoreAwayError
from server.templating import Templates

ERRORS: dict[str, Exception] = {
    "plain": HTTPException(404),
    "sentence": HTTPException(403, "This table is <taken>."),
    "away": StoreAwayError("redis.sock refused"),
    "no_database": RecordsAwayError("redis.sock and the price"),
    "fault": ZeroDivisionError("the price of everything"),
    "elsewhere": HTTPException(303, headers={"location": "/sign-in"}),
}


async def break_it(request: Request) -> Response:
    raise ERRORS[request.path_params["how"].removesuffix(".json")]


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = Starlette(routes=[Route("/{how}", break_it)], exception_handlers=HANDLERS)
    app.state.services = SimpleNamespace(templates=Templates(Assets()))
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@pytest.mark.parametrize(
    ("how", "status"), [("plain", 404), ("sentence", 403), ("away", 503), ("no_database", 503), ("fault", 500)]
)
def test_people_get_a_page_and_scripts_get_a_sentence(client: TestClient, how: str, status: int) -> None:
    page = client.get(f"/{how}")
    assert page.status_code == status
    assert page.headers["content-type"].startswith("text/html")
    answer = client.get(f"/{how}.json")
    assert answer.status_code == status
    assert set(answer.json()) == {"error", "field"}
    for response in (page, answer):
        assert response.headers["cache-control"] == "no-store"
        assert "price" not in response.text
        assert "redis" not in response.text


def test_a_sentence_of_the_page_is_kept_and_escaped(client: TestClient) -> None:
    assert client.get("/sentence.json").json()["error"] == "This table is <taken>."
    assert "<taken>" not in client.get("/sentence").text


def test_a_way_elsewhere_is_no_error_page(client: TestClient) -> None:
    response = client.get("/elsewhere")
    assert response.status_code == 303
    assert response.headers["location"] == "/sign-in"
