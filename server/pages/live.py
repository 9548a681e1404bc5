"""The attendee's one page, from the device check to the closing: a shell that its script fills."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.pages.asking import seat_of
from server.records.events import Event
from server.records.registrations import Registration
from server.services import services_of


async def show(request: Request) -> Response:
    """GET /e/{slug}/live: for those who hold a seat; everybody else is shown to the event's page."""
    event, person = await seat_of(request)
    context = {"event": event, "facts": facts(event, person)}
    page: Response = services_of(request).templates.page(request, "pages/live.html", context)
    return page


def facts(event: Event, person: Registration) -> dict[str, object]:
    """What the script is told before the line is open: data, which a content policy lets stand in the page."""
    base = f"/e/{event.id}"
    return {
        "slug": event.id,
        "name": event.name,
        "me": msgspec.to_builtins(person.card),
        "languageRequired": person.language_required,
        "urls": {
            "landing": base,
            "connections": f"{base}/connections",
            "ticket": f"{base}/ticket",
            "ice": f"{base}/ice.json",
            "profile": f"{base}/profile.json",
            "met": f"{base}/met.json",
            "metOne": f"{base}/met/",
            "reports": f"{base}/reports.json",
        },
    }


routes = [Route("/e/{slug}/live", show, methods=["GET"], name="live")]
