"""For whoever watches the server: does it live, is it ready."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from server.services import services_of


async def health(request: Request) -> JSONResponse:
    """GET /health: this worker lives; what it is busy with."""
    services = services_of(request)
    content = {
        "status": "ok",
        "worker": services.worker,
        "connections": services.relay.connections.total(),
        "conducting": len(services.supervisor.conducted),
        "redis": "ok" if services.heartbeat.well else "away",
    }
    return JSONResponse(content, headers={"cache-control": "no-store"})


async def ready(request: Request) -> JSONResponse:
    """GET /ready: 200 when this worker can take people, else 503."""
    services = services_of(request)
    able = services.heartbeat.well and not services.relay.moving
    status = "ready" if able else "not ready"
    return JSONResponse({"status": status}, 200 if able else 503, headers={"cache-control": "no-store"})


routes = [Route("/health", health, methods=["GET"]), Route("/ready", ready, methods=["GET"])]
