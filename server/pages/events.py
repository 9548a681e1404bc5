"""An organiser's events: the list, a new one from a shape, a copy, and the end of one."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rooms.event.agenda import total_ms
from rooms.language.ids import Instant
from rooms.language.limits import SHORT_TEXT_CHARS
from server.forms import Form, typed
from server.identity import organised_event, require_organiser
from server.pages.asking import records_of, see_other
from server.pages.drafts import CONDUCT, LIMITS, read_start
from server.records import events
from server.records.engine import now_ms
from server.records.events import Draft, Event, Overview
from server.shapes import BY_KEY, SHAPES
from server.templating import page
from server.times import date_of, day_words, distance_words, iso, short_day_words, time_of, weeks_later, zone_choices

DAY_MS = 24 * 3600 * 1000
WEEK_MS = 7 * DAY_MS
FIRST_HOUR = "16:00"
"""What the form suggests: late enough for the west of a company, early enough for its east."""
OTHERS_SHOWN = 20
"""Events to come, and events past, that the page lists."""


async def home(request: Request) -> Response:
    """GET /events: the next event large, shapes to start from, past events."""
    organiser = await require_organiser(request)
    rows = await events.of_organiser(records_of(request), organiser.id)
    now = Instant(now_ms())
    coming = sorted((row for row in rows if not is_past(row.event, now)), key=in_order)
    past = [row for row in rows if is_past(row.event, now)]
    context = {
        "first_name": organiser.name.split()[0],
        "next": next_card(request, coming[0], now) if coming else None,
        "coming": [line(row, now) for row in coming[1 : OTHERS_SHOWN + 1]],
        "past": [line(row, now) for row in past[:OTHERS_SHOWN]],
        "this_week": sum(row.event.starts_at < now + WEEK_MS for row in coming),
        "shapes": SHAPES,
    }
    return page(request, "pages/event_home.html", context)


def is_past(event: Event, now: Instant) -> bool:
    """Whether an event is over, or its day has gone by without anybody."""
    gone = event.starts_at + total_ms(event.agenda) + DAY_MS < now
    return event.status == "ended" or (event.status == "planned" and gone)


def in_order(row: Overview) -> tuple[bool, int]:
    """Running events first, then the earliest."""
    return row.event.status != "live", row.event.starts_at


def line(row: Overview, now: Instant) -> dict[str, object]:
    """One row of a table of events."""
    event = row.event
    return {
        "event": event,
        "when": short_day_words(event.starts_at, event.timezone),
        "time": time_of(event.starts_at, event.timezone),
        "iso": iso(event.starts_at, event.timezone),
        "distance": distance_words(event.starts_at, now, event.timezone),
        "seats": row.seats,
        "met": row.met,
    }


def next_card(request: Request, row: Overview, now: Instant) -> dict[str, object]:
    """The large card: when, how full, and what is left to do."""
    event = row.event
    full = min(1.0, row.seats / event.capacity) if event.capacity else 0.0
    return line(row, now) | {
        "day": day_words(event.starts_at, event.timezone),
        "full": round(100 * full, 1),
        "turn": round(360 * full, 1),
        "link": join_link(request, event),
        "todo": to_do(row),
    }


def to_do(row: Overview) -> list[tuple[str, str, str]]:
    """What a good host would still see to: icon, sentence, page."""
    event, base = row.event, f"/events/{row.event.id}"
    things = [
        (row.seats == 0, "send", "Nobody has a seat yet. Send the invite", f"{base}/people"),
        (not event.description, "pencil", "Say what people can expect", f"{base}/settings"),
        (not event.conduct, "shield-check", "Write down how you treat each other", f"{base}/settings"),
        (not event.capacity, "users-round", "Decide how many people fit", f"{base}/settings"),
    ]
    return [(icon, sentence, path) for wanted, icon, sentence, path in things if wanted]


def join_link(request: Request, event: Event) -> str:
    """The address that guests get."""
    return f"{request.app.state.services.settings.url}/e/{event.id}"


async def new(request: Request) -> Response:
    """GET /events/new: choose a shape, a name and a time."""
    await require_organiser(request)
    shape = BY_KEY.get(request.query_params.get("template", ""), SHAPES[0])
    in_a_week = Instant(now_ms() + WEEK_MS)
    values = {"template": shape.key, "name": shape.event_name, "date": date_of(in_a_week, "UTC"), "time": FIRST_HOUR}
    return new_page(request, Form(values | {"timezone": "UTC"}))


def new_page(request: Request, form: Form, status: int = 200) -> Response:
    """The page with what was typed."""
    shapes = [(shape, -(-total_ms(shape.agenda) // 60_000)) for shape in SHAPES]
    context = {"form": form, "shapes": shapes, "zones": zone_choices(), "limits": LIMITS}
    return page(request, "pages/event_new.html", context, status)


async def create(request: Request) -> Response:
    """POST /events: make the event and go on to its programme."""
    organiser = await require_organiser(request)
    form = Form(await typed(request))
    shape = BY_KEY[form.choice("template", BY_KEY)]
    draft = Draft(
        name=form.line("name", SHORT_TEXT_CHARS, "Give it a name that people recognise."),
        description=shape.description,
        starts_at=read_start(form, None),
        timezone=form.values.get("timezone", ""),
        capacity=0,
        entry="open",
        code="",
        conduct=CONDUCT,
        unattended=True,
    )
    if form.errors:
        return new_page(request, form, 422)
    event = await events.create(records_of(request), draft, shape.agenda, organiser.id, shape.key)
    return see_other(f"/events/{event.id}/agenda")


async def show(request: Request) -> Response:
    """GET /events/{slug}: an event's own address leads to its programme."""
    _, event = await organised_event(request)
    return see_other(f"/events/{event.id}/agenda")


async def duplicate(request: Request) -> Response:
    """POST /events/{slug}/duplicate: the same again, a week later, without its people."""
    organiser, event = await organised_event(request)
    weeks = max(0, now_ms() - event.starts_at) // WEEK_MS + 1
    later = weeks_later(event.starts_at, event.timezone, weeks)
    name = event.name[: SHORT_TEXT_CHARS - len(" (copy)")] + " (copy)"
    copy = await events.duplicate(records_of(request), event, name, later, organiser.id)
    return see_other(f"/events/{copy.id}/settings?done=copied")


async def ask_delete(request: Request) -> Response:
    """GET /events/{slug}/delete: what would be lost."""
    organiser, event = await organised_event(request)
    rows = await events.of_organiser(records_of(request), organiser.id)
    numbers = next((row for row in rows if row.event.id == event.id), Overview(event, 0, 0))
    return page(request, "pages/event_delete.html", {"event": event, "current": "settings", "numbers": numbers})


async def delete(request: Request) -> Response:
    """POST /events/{slug}/delete: gone, with everything people said in it."""
    _, event = await organised_event(request)
    if event.status == "live":
        context = {"event": event, "current": "settings", "numbers": Overview(event, 0, 0)}
        return page(request, "pages/event_delete.html", context, 409)
    await events.remove(records_of(request), event.id)
    return see_other("/events")


routes = [
    Route("/events", home, methods=["GET"]),
    Route("/events", create, methods=["POST"]),
    Route("/events/new", new, methods=["GET"]),
    Route("/events/{slug}", show, methods=["GET"]),
    Route("/events/{slug}/duplicate", duplicate, methods=["POST"]),
    Route("/events/{slug}/delete", ask_delete, methods=["GET"]),
    Route("/events/{slug}/delete", delete, methods=["POST"]),
]
