"""For whoever watches the server: does it live, is it ready. Everybody may ask, so neither says much; /metrics does."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from server.services import services_of

NOW = {"cache-control": "no-store"}


async def health(request: Request) -> JSONResponse:
    """GET /health: this worker lives. Asks nobody, so it answers also while Redis or the database is away."""
    return JSONResponse({"status": "ok", "worker": services_of(request).worker}, headers=NOW)


async def ready(request: Request) -> JSONResponse:
    """GET /ready: 200 when this worker can take people; else 503 and which part is wrong, but not how."""
    wrong = await services_of(request).readiness.wrong()
    content = {"status": "not ready" if wrong else "ready", "wrong": wrong}
    return JSONResponse(content, 503 if wrong else 200, headers=NOW)


routes = [Route("/health", health, methods=["GET"]), Route("/ready", ready, methods=["GET"])]
