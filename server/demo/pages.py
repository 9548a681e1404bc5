"""The two doors of the demo event: for whoever wants to try it, and for whoever started the server."""

import hmac

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.demo import evening
from server.demo.addresses import console_key
from server.identity import remember_session
from server.records import organisers
from server.services import Services, services_of


async def show(request: Request) -> Response:
    """GET /demo: on to the door of the current demo event."""
    services = _demo_services(request)
    event = await evening.current(services.records, services.settings)
    return RedirectResponse(f"/e/{event.id}", 303, headers={"cache-control": "no-store"})


async def console(request: Request) -> Response:
    """GET /demo/console/{key}: signs this browser in as the demo's host, and on to the console."""
    services = _demo_services(request)
    key = request.path_params["key"].encode()
    if not hmac.compare_digest(key, console_key(services.settings.secret).encode()):
        raise HTTPException(404)
    event = await evening.current(services.records, services.settings)
    host = await evening.host(services.records)
    response = RedirectResponse(f"/events/{event.id}/live", 303, headers={"cache-control": "no-store"})
    response.headers["referrer-policy"] = "no-referrer"
    remember_session(request, response, await organisers.open_session(services.records, host.id))
    return response


def _demo_services(request: Request) -> Services:
    services = services_of(request)
    if not services.settings.demo:
        raise HTTPException(404)
    return services


routes = [
    Route("/demo", show, methods=["GET"]),
    Route("/demo/console/{key}", console, methods=["GET"]),
]
