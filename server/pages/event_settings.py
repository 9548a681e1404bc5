"""What an organiser decides about an event besides its programme, and who helps with it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rooms.language.errands import PlanChange
from rooms.language.ids import OrganiserId
from rooms.language.orders import Order
from server.forms import Form, typed
from server.identity import organised_event
from server.pages.asking import records_of, see_other, tell
from server.pages.drafts import LIMITS, read_draft, values_of
from server.pages.events import join_link
from server.records import events, organisers, series
from server.records.events import Event
from server.templating import page
from server.times import zone_choices

NOTES = {
    "saved": "Saved. Everyone who opens the event sees it now.",
    "kept": "Saved. The event that is running hears of it as soon as its line is back.",
    "copied": "This is the copy. Its people are not copied; its time is a week later.",
    "joined": "They can open this event from their own list now.",
    "left": "They cannot open this event any more.",
}
"""What the page says after something was done, by the word in its address."""
COLLEAGUES = 20
"""Organisers of one event; each of them can do everything."""


async def show(request: Request) -> Response:
    """GET /events/{slug}/settings."""
    _, event = await organised_event(request)
    return await settings_page(request, event, Form(values_of(event)))


async def save(request: Request) -> Response:
    """POST /events/{slug}/settings."""
    _, event = await organised_event(request)
    values = await typed(request)
    form = Form(values | started(event))
    draft = read_draft(form, event)
    if form.errors:
        return await settings_page(request, event, form, 422)
    saved = await events.update_draft(records_of(request), event.id, draft)
    told = await submit_plan(request, saved) if saved else True
    return see_other(f"/events/{event.id}/settings?done={'saved' if told else 'kept'}")


def started(event: Event) -> dict[str, str]:
    """What cannot change any more once people are in: when it began."""
    if event.status == "planned":
        return {}
    return {name: value for name, value in values_of(event).items() if name in ("date", "time", "timezone")}


async def submit_plan(request: Request, event: Event) -> bool:
    """Let the engine know what was saved; False if its line is down, then it reads it when it starts again."""
    if event.status == "ended":
        return True
    return await tell(request, event.id, Order(PlanChange(events.plan_of(event))))


async def settings_page(request: Request, event: Event, form: Form, status: int = 200, invite: str = "") -> Response:
    """The page with what was typed; `invite` is a fresh link for a colleague without an account."""
    context = {
        "event": event,
        "current": "settings",
        "form": form,
        "zones": zone_choices(),
        "limits": LIMITS,
        "link": join_link(request, event),
        "acquaintance": await series.acquaintance(records_of(request), event),
        "colleagues": await events.organisers_of(records_of(request), event.id),
        "note": NOTES.get(request.query_params.get("done", "")),
        "invite": invite,
    }
    return page(request, "pages/event_settings.html", context, status)


async def add_colleague(request: Request) -> Response:
    """POST /events/{slug}/organisers: give somebody with an account the keys; else make a link for an account."""
    _, event = await organised_event(request)
    records = records_of(request)
    form = Form(values_of(event) | {"colleague": (await typed(request)).get("colleague", "")})
    email = form.email("colleague", "Write your colleague’s e-mail.")
    if len(await events.organisers_of(records, event.id)) >= COLLEAGUES:
        form.wrong("colleague", f"{COLLEAGUES} hosts are enough for one event.")
    if form.errors:
        return await settings_page(request, event, form, 422)
    colleague = await organisers.by_email(records, email)
    if colleague is None:
        form.wrong("colleague", "Nobody hosts with this e-mail yet. Send them the link below, then add them here.")
        link = f"{request.app.state.services.settings.url}/setup/{await organisers.invite_link(records)}"
        return await settings_page(request, event, form, 422, link)
    await events.join_organisers(records, event.id, colleague.id)
    return see_other(f"/events/{event.id}/settings?done=joined#hosts")


async def drop_colleague(request: Request) -> Response:
    """POST /events/{slug}/organisers/remove: take the keys back; whoever made the event keeps theirs."""
    organiser, event = await organised_event(request)
    colleague = (await typed(request)).get("organiser", "")
    await events.leave_organisers(records_of(request), event.id, OrganiserId(colleague))
    if colleague == organiser.id and not await events.organised_by(records_of(request), event.id, organiser.id):
        return see_other("/events")
    return see_other(f"/events/{event.id}/settings?done=left#hosts")


routes = [
    Route("/events/{slug}/settings", show, methods=["GET"]),
    Route("/events/{slug}/settings", save, methods=["POST"]),
    Route("/events/{slug}/organisers", add_colleague, methods=["POST"]),
    Route("/events/{slug}/organisers/remove", drop_colleague, methods=["POST"]),
]
