"""The front door: what Rondo is, and where to go from here."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.identity import current_organiser
from server.templating import page


async def show(request: Request) -> Response:
    """GET /: a welcome for strangers; organisers go on to their events."""
    if await current_organiser(request):
        return RedirectResponse("/events", 303)
    return page(request, "pages/home.html", {"demo": request.app.state.services.settings.demo})


routes = [Route("/", show, methods=["GET"])]
