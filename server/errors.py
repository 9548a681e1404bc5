"""From exception to response, as a page or as JSON; nothing else turns errors into responses."""

from html import escape
from http import HTTPStatus

import structlog
from jinja2 import TemplateNotFound
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from server.records.engine import RecordsAwayError
from server.services import services_of
from server.store.client import StoreAwayError

log = structlog.get_logger("errors")

SENTENCES: dict[int, str] = {
    400: "That request is not one we understand. Go back and try again.",
    401: "Sign in first, then try again.",
    403: "That is not open to you. Open your personal link again, or ask the host.",
    404: "There is nothing at this address. Look at the link again.",
    405: "That cannot be done here. Go back and try again.",
    413: "That is more than we take at once. Try with less.",
    429: "That was a lot at once. Wait a moment and try again.",
    500: "Something went wrong on our side, and it has been noted. Try again in a moment.",
    503: "We are not getting through to our own store. Conversations go on; try again in a moment.",
}
PLAIN = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Rondo</title></head>
<body><main><h1>{status}</h1><p>{sentence}</p><p><a href="/">To the start</a></p></main></body></html>"""
"""For when there is no template."""


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Something a page refused; a detail that is a sentence of its own is kept."""
    assert isinstance(error, HTTPException)
    detail = error.detail if error.detail != _phrase(error.status_code) else None
    headers = dict(error.headers or {})
    if "location" in {name.lower() for name in headers}:
        return Response(status_code=error.status_code, headers=headers)
    return respond(request, error.status_code, detail, headers)


async def on_store_away(request: Request, error: Exception) -> Response:
    """Redis is away."""
    log.warning("Redis is away", route=_route(request), error=str(error))
    return respond(request, 503, headers={"retry-after": "2"})


async def on_records_away(request: Request, error: Exception) -> Response:
    """The database is away."""
    log.warning("the database is away", route=_route(request), error=str(error))
    return respond(request, 503, headers={"retry-after": "2"})


async def on_any_error(request: Request, error: Exception) -> Response:
    """A fault of ours: noted in the log, no detail leaves the house."""
    log.error("request broke", method=request.method, route=_route(request), exc_info=error)
    return respond(request, 500)


def respond(
    request: Request, status: int, sentence: str | None = None, headers: dict[str, str] | None = None
) -> Response:
    """The error as the kind of response the asker reads."""
    text = sentence or SENTENCES.get(status, SENTENCES[500 if status >= 500 else 400])
    headers = {"cache-control": "no-store", **(headers or {})}
    if wants_json(request):
        return JSONResponse({"error": text, "field": None}, status, headers)
    return HTMLResponse(_page(request, status, text), status, headers)


def wants_json(request: Request) -> bool:
    """Whether a script asks, not a person."""
    path: str = request.scope["path"]
    return path.endswith((".json", "/ticket")) or request.headers.get("accept", "").startswith("application/json")


def _page(request: Request, status: int, sentence: str) -> str:
    known = status if status in {403, 404, 500} else (500 if status >= 500 else "other")
    context = {"request": request, "status": status, "sentence": sentence}
    try:
        return services_of(request).templates.render(f"errors/{known}.html", context)
    except TemplateNotFound:
        return PLAIN.format(status=status, sentence=escape(sentence))


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase


def _route(request: Request) -> str:
    """The pattern of the route, since the path itself may hold somebody's personal link."""
    route = request.scope.get("route")
    return getattr(route, "path", "?")


HANDLERS = {
    HTTPException: on_http_exception,
    StoreAwayError: on_store_away,
    RecordsAwayError: on_records_away,
    Exception: on_any_error,
}
