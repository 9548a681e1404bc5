"""The list of people met, as a page that works weeks later and without script, and the files made from it."""

import math
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rooms.language.limits import LONG_TEXT_CHARS
from server import times
from server.files.tables import table
from server.files.vcards import together, vcard
from server.forms import Form, typed
from server.pages import met as answers
from server.pages.agenda_times import in_words
from server.pages.asking import UNKNOWN_PERSON, WrongError, records_of, seat_of, see_other
from server.pages.met import Thanks
from server.pages.registrations import download, personal_link, templates
from server.records import connections
from server.records.connections import Met, Word
from server.records.events import Event
from server.records.registrations import CONTACT_FIELDS, Registration

DRAWN = 20
"""People in the drawing: as many seats as the stylesheet knows."""
SHOWS = ("both", "waiting", "all")
KUDOS = {
    "great_listener": "Great listener",
    "made_me_laugh": "Made me laugh",
    "taught_me": "Taught me something",
    "made_me_welcome": "Made me welcome",
}
RECEIVED = {
    "great_listener": "Called you a great listener",
    "made_me_laugh": "You made them laugh",
    "taught_me": "You taught them something",
    "made_me_welcome": "You made them welcome",
}
CONTACT_WORDS = {"email": "E-mail", "phone": "Phone", "linkedin": "LinkedIn", "website": "Website", "other": "Other"}
SEARCH_CHARS = 80


class Spoke(msgspec.Struct, frozen=True):
    """One person in the drawing, with the line that leads there."""

    met: Met
    x: str
    y: str
    kind: str


def standing(row: Met) -> str:
    """How things stand with somebody: both, waiting, no, or open."""
    if row.mutual:
        return "both"
    return {"yes": "waiting", "no": "no", None: "open"}[row.answer]


async def show(request: Request) -> Response:
    """GET /e/{slug}/connections: the list, and one person of it."""
    event, person = await seat_of(request)
    return await page(request, event, person, request.query_params.get("person", ""), {})


async def page(
    request: Request, event: Event, person: Registration, chosen: str, errors: dict[str, str], status: int = 200
) -> Response:
    """The list with one person open; `errors` by field if something of theirs was not kept."""
    rows = await connections.met(records_of(request), event.id, person.id)
    show_only = request.query_params.get("show", "all")
    search = request.query_params.get("q", "")[:SEARCH_CHARS]
    listed = [row for row in rows if wanted(row, show_only, search)]
    opened = next((row for row in rows if row.id == chosen), None)
    if chosen and opened is None:
        raise HTTPException(404, UNKNOWN_PERSON)
    shown = opened or next(iter([row for row in listed if row.mutual] + listed), None)
    context: dict[str, Any] = {
        "event": event,
        "person": person,
        "rows": rows,
        "listed": listed,
        "opened": opened,
        "shown": shown,
        "received": RECEIVED.get(shown.kudos_received, "") if shown else "",
        "errors": errors,
        "show": show_only if show_only in SHOWS else "all",
        "search": search,
        "standing": standing,
        "counts": {name: sum(standing(row) == name for row in rows) for name in ("both", "waiting")},
        "headline": headline(rows),
        "spokes": spokes(rows[:DRAWN]),
        "kudos": KUDOS,
        "contact_words": CONTACT_WORDS,
        "own": msgspec.structs.asdict(person.contact),
        "day": times.short_day_words(event.starts_at, event.timezone),
        "personal": personal_link(request, person),
        "saved": request.query_params.get("saved", ""),
    }
    return templates(request).page(request, "pages/connections.html", context, status)


def wanted(row: Met, show_only: str, search: str) -> bool:
    """Whether a row is in the chosen part of the list."""
    if show_only in {"both", "waiting"} and standing(row) != show_only:
        return False
    words = f"{row.name} {row.team} {row.place} {row.note}".casefold()
    return search.casefold().strip() in words


def headline(rows: list[Met]) -> str:
    """The whole evening in two sentences."""
    people, both = len(rows), sum(row.mutual for row in rows)
    if not people:
        return "Nobody on your list yet"
    first = f"You met {in_words(people)} {'person' if people == 1 else 'people'}."
    return f"{first} {in_words(both).capitalize()} said yes back." if both else first


def spokes(rows: list[Met]) -> list[Spoke]:
    """The drawing: a line for each person, solid where both said yes."""
    found = []
    for number, row in enumerate(rows):
        angle = 2 * math.pi * number / len(rows) - math.pi / 2
        x, y = 100 + 84 * math.cos(angle), 100 + 84 * math.sin(angle)
        found.append(Spoke(row, f"{x:.1f}", f"{y:.1f}", standing(row)))
    return found


async def save(request: Request) -> Response:
    """POST /e/{slug}/connections/{about}: the plain form of one person."""
    event, person = await seat_of(request)
    about = request.path_params["about"]
    form = Form(await typed(request))
    note = form.text("note", LONG_TEXT_CHARS)
    answer = form.values.get("answer", "")
    kudos = form.values.get("kudos", "")
    word = Word(
        answer=answer if answer in {"yes", "no"} else None,  # type: ignore[arg-type]  # the two words of the page
        note=note,
        kudos=kudos if kudos in KUDOS else "",
        shared=tuple(name for name in CONTACT_FIELDS if form.ticked(f"shared_{name}")),
    )
    if form.errors:
        return await page(request, event, person, about, form.errors, 422)
    try:
        await answers.say(request, person, word)
    except WrongError as error:
        raise HTTPException(error.status, str(error)) from None
    return see_other(f"/e/{event.id}/connections?person={about}&saved=word")


async def send_thanks(request: Request) -> Response:
    """POST /e/{slug}/connections/{about}/thanks: send them, or keep them as a draft."""
    event, person = await seat_of(request)
    about = request.path_params["about"]
    form = Form(await typed(request))
    text = form.text("thanks", LONG_TEXT_CHARS)
    draft = form.values.get("do") == "draft"
    if not text and not draft:
        form.wrong("thanks", "Write a line or two first.")
    if form.errors:
        return await page(request, event, person, about, form.errors, 422)
    try:
        await answers.say_thanks(request, person, Thanks(text, draft))
    except WrongError as error:
        raise HTTPException(error.status, str(error)) from None
    return see_other(f"/e/{event.id}/connections?person={about}&saved={'draft' if draft else 'thanks'}")


def card_of(event: Event, row: Met) -> str:
    """One person whom I may write to, as vCard."""
    met_in = f"Met at {event.name}"
    note = f"{met_in}. {row.note}" if row.note else met_in
    contact = {str(field): text for field, text in (row.contact or {}).items()}
    texts = {"TITLE": row.headline, "ORG": row.team, "NOTE": note, "UID": f"urn:rondo:{row.id}"}
    return vcard(row.name, contact, texts)


async def save_cards(request: Request) -> Response:
    """GET /e/{slug}/connections.vcf: everybody with whom both said yes."""
    event, person = await seat_of(request)
    rows = await connections.met(records_of(request), event.id, person.id)
    data = together(card_of(event, row) for row in rows if row.mutual)
    return download(data, "text/vcard; charset=utf-8", f"{event.id}.vcf")


async def save_card(request: Request) -> Response:
    """GET /e/{slug}/connections/{about}.vcf: one of them."""
    event, person = await seat_of(request)
    rows = await connections.met(records_of(request), event.id, person.id)
    row = next((row for row in rows if row.mutual and row.id == request.path_params["about"]), None)
    if row is None:
        raise HTTPException(404, UNKNOWN_PERSON)
    return download(together([card_of(event, row)]), "text/vcard; charset=utf-8", f"{row.id}.vcf")


async def save_table(request: Request) -> Response:
    """GET /e/{slug}/connections.csv: the whole list with my own notes."""
    event, person = await seat_of(request)
    rows = await connections.met(records_of(request), event.id, person.id)
    head = ("name", "team", "headline", "place", "rounds", "minutes", "my answer", "both said yes", *CONTACT_FIELDS)
    lines = [
        (
            *(row.name, row.team, row.headline, row.place, " ".join(map(str, row.rounds))),
            *(round(row.talked_ms / 60_000, 1), row.answer or "", "yes" if row.mutual else ""),
            *((row.contact or {}).get(name, "") for name in CONTACT_FIELDS),
            *(row.note, row.thanks_received),
        )
        for row in rows
    ]
    data = table((*head, "my note", "thanks received"), lines)
    return download(data, "text/csv; charset=utf-8", f"{event.id}-people-i-met.csv")


routes = [
    *answers.routes,
    Route("/e/{slug}/connections", show, methods=["GET"]),
    Route("/e/{slug}/connections.vcf", save_cards, methods=["GET"]),
    Route("/e/{slug}/connections.csv", save_table, methods=["GET"]),
    Route("/e/{slug}/connections/{about}.vcf", save_card, methods=["GET"]),
    Route("/e/{slug}/connections/{about}", save, methods=["POST"]),
    Route("/e/{slug}/connections/{about}/thanks", send_thanks, methods=["POST"]),
]
