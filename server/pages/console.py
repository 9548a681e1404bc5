"""The organiser's live console: a page that its script fills over the organiser's own line."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.identity.organisers import organised_event
from server.records.figures import figures


async def show(request: Request) -> Response:
    """The console of one event, for those who organise it."""
    organiser, event = await organised_event(request)
    services = request.app.state.services
    registered = (await figures(services.records, event.id)).registered
    address = f"{services.settings.url}/e/{event.id}"
    context = {"organiser": organiser, "event": event, "registered": registered, "address": address}
    page: Response = services.templates.page(request, "pages/console.html", context)
    return page


routes = [Route("/events/{slug}/live", show, name="console")]
