"""The door of an event: its public page, the form by which people take a seat, and personal links."""

from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import times
from server.files.calendars import calendar
from server.forms import typed
from server.identity import remember_seat
from server.identity.cookies import TOKEN_CHARS, seat_token
from server.pages import agenda_times, entering
from server.pages.asking import event_of, records_of, see_other
from server.pages.entering import Entry
from server.pages.programme_rules import chosen_roles
from server.records import listings, registrations
from server.records.events import Event
from server.records.registrations import Registration
from server.templating import Templates

SEATS_DRAWN = 18
"""People in the ring around the form; the stylesheet knows twenty seats: yours, these, and how many more."""
TEAMS_SHOWN = 8

State = Literal["open", "full", "ended", "removed", "seated", "consent"]
CLOSED_TO_YOU = "A host has closed this event for you. Write to them if you think it is a mistake."


async def show(request: Request) -> Response:
    """GET /e/{slug}: what the event is, who is coming, and the form."""
    event = await event_of(request)
    return await page(request, event, entering.EMPTY)


async def page(request: Request, event: Event, entry: Entry, status: int = 200) -> Response:
    """The landing page in the state that fits the visitor."""
    records = records_of(request)
    person = await visitor(request, event)
    counts = await listings.count(records, event.id)
    ring = await listings.newest(records, event.id, SEATS_DRAWN)
    seats = entering.capacity_of(event) if event.capacity else 0
    state = state_of(event, person, full=bool(seats) and counts.seated >= seats)
    context: dict[str, Any] = {
        "event": event,
        "state": state,
        "person": person,
        "entry": entry,
        "counts": counts,
        "teams": counts.teams[:TEAMS_SHOWN],
        "ring": [card for card in ring if person is None or card.id != person.id],
        "seats": seats,
        "conduct": entering.conduct_of(event),
        "roles": [(role, role) for role in chosen_roles(event.agenda)],
        "personal": personal_link(request, person) if person else "",
        "link": f"{request.app.state.services.settings.url}/e/{event.id}",
        **when(event),
    }
    return templates(request).page(request, "pages/landing.html", context, status)


def templates(request: Request) -> Templates:
    """The pages of the house."""
    found: Templates = request.app.state.services.templates
    return found


def when(event: Event) -> dict[str, Any]:
    """Day, times and parts of an event on its own clocks."""
    ends_at = type(event.starts_at)(event.starts_at + agenda_times.length_ms(event.agenda))
    start = times.local(event.starts_at, event.timezone)
    return {
        "start": start,
        "iso": times.iso(event.starts_at, event.timezone),
        "day": agenda_times.day(start),
        "hours": f"{times.time_of(event.starts_at, event.timezone)}–{times.time_of(ends_at, event.timezone)}",
        "zone": event.timezone.replace("_", " "),
        "parts": agenda_times.parts(event),
    }


def state_of(event: Event, person: Registration | None, *, full: bool) -> State:
    """Which face the page shows."""
    if person is not None and not person.welcome:
        return "removed"
    if event.status == "ended":
        return "ended"
    if person is not None:
        return "seated" if person.consented_at or person.source == "demo" else "consent"
    return "full" if full else "open"


async def visitor(request: Request, event: Event) -> Registration | None:
    """Whose seat the browser holds, also if it has been taken away."""
    token = seat_token(request, event.id)
    person = await registrations.by_token(records_of(request), token) if token else None
    return person if person and person.event == event.id else None


def personal_link(request: Request, person: Registration) -> str:
    """The address by which one person comes back from any machine."""
    return f"{request.app.state.services.settings.url}/e/{person.event}/me/{person.token}"


async def join(request: Request) -> Response:
    """POST /e/{slug}/join: a seat, a cookie, and on to the live page."""
    event = await event_of(request)
    person = await visitor(request, event)
    entry = entering.read(event, await typed(request))
    state = state_of(event, person, full=False)
    if state in {"ended", "removed"}:
        return await page(request, event, entry, 409 if state == "ended" else 403)
    if state == "seated":
        return see_other(f"/e/{event.id}/live")
    if state == "consent" and person is not None:
        return await accept(request, event, person, entry)
    return await take_seat(request, event, entry)


async def accept(request: Request, event: Event, person: Registration, entry: Entry) -> Response:
    """Somebody whose name is on the list already agrees to the code of conduct."""
    if "consent" in entry.errors:
        only = Entry(entry.values, {"consent": entry.errors["consent"]})
        return await page(request, event, only, 422)
    await registrations.consent(records_of(request), person.id, entering.conduct_hash(event))
    return see_other(f"/e/{event.id}/live")


async def take_seat(request: Request, event: Event, entry: Entry) -> Response:
    """Check the form of a stranger and give them a seat if there is one."""
    sentence, status = await entering.check_code(request, event, entry.values["code"])
    if sentence:
        entry.errors["code"] = sentence
    if entry.errors:
        return await page(request, event, entry, status if sentence else 422)
    records = records_of(request)
    if await registrations.banned(records, event.id, entry.values["email"]):
        entry.errors["email"] = CLOSED_TO_YOU
        return await page(request, event, entry, 403)
    if not await entering.check_crowd(request, event):
        entry.errors["name"] = "Many people come in from your network right now. Try again in a minute."
        return await page(request, event, entry, 429)
    newcomer = entering.newcomer(event, entry)
    person = await registrations.join(records, event.id, newcomer, entering.capacity_of(event))
    if person is None:
        return await page(request, event, entry, 409)
    response = see_other(f"/e/{event.id}/live")
    remember_seat(request, response, event.id, person.token)
    return response


async def come_back(request: Request) -> Response:
    """GET /e/{slug}/me/{token}: this browser holds the seat from now on."""
    event = await event_of(request)
    token = request.path_params["token"]
    person = await registrations.by_token(records_of(request), token) if len(token) <= TOKEN_CHARS else None
    if person is None or person.event != event.id:
        return templates(request).page(request, "pages/landing_unknown.html", {"event": event}, 404)
    response = see_other(after_link(event, person))
    remember_seat(request, response, event.id, person.token)
    response.headers["referrer-policy"] = "no-referrer"
    return response


def after_link(event: Event, person: Registration) -> str:
    """Where a personal link leads: in, to the list once it is over, or to the door if something is missing."""
    if not person.welcome:
        return f"/e/{event.id}"
    if event.status == "ended":
        return f"/e/{event.id}/connections"
    return f"/e/{event.id}/live" if state_of(event, person, full=False) == "seated" else f"/e/{event.id}"


async def note_date(request: Request) -> Response:
    """GET /e/{slug}/event.ics: the event for a calendar."""
    event = await event_of(request)
    link = f"{request.app.state.services.settings.url}/e/{event.id}"
    data = calendar(event.id, event.name, link, event.starts_at, agenda_times.length_ms(event.agenda))
    return download(data, "text/calendar; charset=utf-8", f"{event.id}.ics")


def download(data: bytes, media_type: str, name: str) -> Response:
    """A file to keep; names are made of slugs, so they need no quoting."""
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(data, media_type=media_type, headers=headers)


routes = [
    Route("/e/{slug}", show, methods=["GET"]),
    Route("/e/{slug}/join", join, methods=["POST"]),
    Route("/e/{slug}/me/{token}", come_back, methods=["GET"]),
    Route("/e/{slug}/event.ics", note_date, methods=["GET"]),
]
