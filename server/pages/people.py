"""The organiser's page of people: list and search, one by hand, many from a file, links, removal, deletion."""

from typing import Any

import msgspec
from msgspec.structs import replace
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rooms.language.cards import Card
from rooms.language.commands import ReadmitAttendee, RemoveAttendee
from rooms.language.errands import ChangeCard
from rooms.language.ids import AttendeeId, Role
from rooms.language.limits import ATTENDEES_PER_EVENT, NAME_CHARS, SHORT_TEXT_CHARS
from rooms.language.orders import Order
from server.files import rosters
from server.files.rosters import PROBLEMS_SHOWN, ROLE_CHARS, ROSTER_BYTES, Problem, Roster
from server.files.tables import table
from server.forms import Form, typed
from server.identity import organised_event
from server.pages.asking import UNKNOWN_PERSON, records_of, see_other, tell, tidy
from server.pages.forgetting import forgotten_in_series
from server.pages.programme_rules import roles_in
from server.pages.registrations import download, personal_link, templates
from server.records import listings, registrations
from server.records.events import Event
from server.records.listings import PEOPLE_PER_PAGE
from server.records.organisers import Organiser
from server.records.registrations import TOMBSTONE_NAME, Newcomer, Registration, Status

STATUSES = {
    "": "Everybody",
    "joined": "Have a seat",
    "invited": "Invited",
    "came": "Came",
    "removed": "Removed",
    "banned": "Banned",
}
SEARCH_CHARS = 80
FORM_MARGIN_BYTES = 64 * 1024
"""What a browser puts around the file."""
NEWS = {
    "added": "Added. The personal link is below.",
    "removed": "Removed. They may not come in until you readmit them.",
    "banned": "Banned. They may not take another seat with this e-mail either.",
    "readmitted": "Readmitted. Their personal link works again.",
    "role": "The role is noted. It counts from the next round on.",
    "deleted": "Deleted.",
}


class Upload(msgspec.Struct, frozen=True):
    """What came of a file."""

    name: str
    problems: tuple[Problem, ...]
    total: int


async def show(request: Request) -> Response:
    """GET /events/{slug}/people."""
    organiser, event = await organised_event(request)
    return await page(request, organiser, event, Form({}))


async def page(
    request: Request, organiser: Organiser, event: Event, form: Form, upload: Upload | None = None, status: int = 200
) -> Response:
    """The list, with what was typed into the form for one, or what was wrong with a file."""
    query = request.query_params
    number = min(max(1, int(query["page"])), ATTENDEES_PER_EVENT) if query.get("page", "").isdecimal() else 1
    search, chosen = query.get("q", "")[:SEARCH_CHARS], query.get("status", "")
    chosen = chosen if chosen in STATUSES else ""
    records = records_of(request)
    found = await listings.listing(records, event.id, search, chosen, number)
    context: dict[str, Any] = {
        "organiser": organiser,
        "event": event,
        "current": "people",
        "form": form,
        "upload": upload,
        "rows": found.rows,
        "total": found.total,
        "pages": max(1, -(-found.total // PEOPLE_PER_PAGE)),
        "number": number,
        "search": search,
        "status": chosen,
        "statuses": STATUSES,
        "counts": await listings.count(records, event.id),
        "link": f"{request.app.state.services.settings.url}/e/{event.id}",
        "link_of": lambda person: personal_link(request, person),
        "roles": roles_in(event.agenda),
        "news": news(query.get("done", ""), query.get("people", "")),
    }
    return templates(request).page(request, "pages/people.html", context, status)


def news(done: str, people: str) -> str:
    """What has just happened, in a sentence."""
    if done == "imported" and people.isdecimal():
        return f"{people} {'person' if people == '1' else 'people'} added. Each has a personal link in the list below."
    return NEWS.get(done, "")


async def add(request: Request) -> Response:
    """POST /events/{slug}/people/add: one person by hand."""
    organiser, event = await organised_event(request)
    form = Form(await typed(request))
    newcomer = Newcomer(
        name=tidy(form.line("name", NAME_CHARS, "Write a name.")),
        email=form.email("email"),
        team=tidy(form.line("team", SHORT_TEXT_CHARS)),
        role=tidy(form.line("role", ROLE_CHARS)),
        source="organiser",
    )
    records = records_of(request)
    if not form.errors and await listings.remaining(records, event.id, [newcomer.email]):
        form.wrong("email", "Somebody with this e-mail is on the list already.")
    if form.errors:
        return await page(request, organiser, event, form, status=422)
    await registrations.add(records, event.id, [newcomer])
    return see_other(f"/events/{event.id}/people?done=added")


async def take_file(request: Request) -> Response:
    """POST /events/{slug}/people/import: all the people of a file, or nobody and why."""
    organiser, event = await organised_event(request)
    name, roster = await read_file(request)
    problems = list(roster.problems) or await clashes(request, event, roster)
    if problems:
        upload = Upload(name, tuple(problems[:PROBLEMS_SHOWN]), len(problems))
        return await page(request, organiser, event, Form({}), upload, status=422)
    added = await registrations.add(records_of(request), event.id, roster.people)
    return see_other(f"/events/{event.id}/people?done=imported&people={len(added)}")


async def read_file(request: Request) -> tuple[str, Roster]:
    """The name of the file and the people in it."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > ROSTER_BYTES + FORM_MARGIN_BYTES:
        return "", rosters.refused(rosters.TOO_LARGE)
    try:
        form = await request.form(max_files=1, max_fields=4, max_part_size=ROSTER_BYTES)
    except (MultiPartException, HTTPException):
        return "", rosters.refused(rosters.NO_FILE)
    upload = form.get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        return "", rosters.refused(rosters.NO_FILE)
    data = await upload.read(ROSTER_BYTES + 1)
    await form.close()
    return tidy(upload.filename)[:NAME_CHARS], rosters.read(data)


async def clashes(request: Request, event: Event, roster: Roster) -> list[Problem]:
    """People of a file who are on the list already, or too many for it."""
    records = records_of(request)
    known = await listings.remaining(records, event.id, [person.email for person in roster.people])
    found = [
        Problem(row, "email", f"“{person.email}” is on the list already. Leave this row out.")
        for person, row in zip(roster.people, roster.rows, strict=True)
        if person.email.casefold() in known
    ]
    there = (await listings.count(records, event.id)).seated
    if there + len(roster.people) > ATTENDEES_PER_EVENT:
        found.append(Problem(0, "", f"One event holds {ATTENDEES_PER_EVENT} people, and {there} have a seat already."))
    return found


async def someone(request: Request) -> tuple[Organiser, Event, Registration]:
    """The organiser, their event, and the person of `{about}` there.

    Raises:
        HTTPException: 404 if there is nobody of that id.
    """
    organiser, event = await organised_event(request)
    person = await registrations.find(records_of(request), AttendeeId(request.path_params["about"]))
    if person is None or person.event != event.id or person.status == "erased":
        raise HTTPException(404, UNKNOWN_PERSON)
    return organiser, event, person


async def remove(request: Request) -> Response:
    """POST /events/{slug}/people/{about}/remove: out, at once; with `ban` also from coming again."""
    organiser, event, person = await someone(request)
    ban = "ban" in await typed(request)
    await registrations.set_status(records_of(request), event.id, person.id, "banned" if ban else "removed")
    await order(request, organiser, event, RemoveAttendee(person.id, ban))
    return see_other(f"/events/{event.id}/people?done={'banned' if ban else 'removed'}")


async def readmit(request: Request) -> Response:
    """POST /events/{slug}/people/{about}/readmit."""
    organiser, event, person = await someone(request)
    status: Status = "joined" if person.consented_at else "invited"
    await registrations.set_status(records_of(request), event.id, person.id, status)
    await order(request, organiser, event, ReadmitAttendee(person.id))
    return see_other(f"/events/{event.id}/people?done=readmitted")


async def give_role(request: Request) -> Response:
    """POST /events/{slug}/people/{about}/role: which part somebody has; counts from the next round that is made."""
    organiser, event, person = await someone(request)
    form = Form(await typed(request))
    role = tidy(form.line("role", ROLE_CHARS))
    if form.errors:
        raise HTTPException(422, f"A role has {ROLE_CHARS} characters at most.")
    await registrations.set_role(records_of(request), event.id, person.id, role)
    await order(request, organiser, event, ChangeCard(person.card, replace(person.traits, role=role)))
    return see_other(f"/events/{event.id}/people?done=role")


async def delete(request: Request) -> Response:
    """POST /events/{slug}/people/{about}/delete: whoever came leaves an empty row, for others' counts."""
    organiser, event, person = await someone(request)
    records = records_of(request)
    await order(request, organiser, event, ChangeCard(Card(person.id, TOMBSTONE_NAME)))
    await order(request, organiser, event, RemoveAttendee(person.id))
    async with forgotten_in_series(request, person):
        if not await registrations.remove_row(records, event.id, person.id):
            await registrations.erase(records, person.id)
    return see_other(f"/events/{event.id}/people?done=deleted")


async def order(
    request: Request, organiser: Organiser, event: Event, wish: RemoveAttendee | ReadmitAttendee | ChangeCard
) -> None:
    """Tell the running event; one that is over has nothing to learn."""
    if event.status == "ended":
        return
    by = Order(wish) if isinstance(wish, ChangeCard) else Order(wish, organiser.id, Role.ORGANISER, organiser.name)
    await tell(request, event.id, by)


async def take_out(request: Request) -> Response:
    """GET /events/{slug}/people.csv: everybody with their personal link."""
    _, event = await organised_event(request)
    people = await listings.everyone(records_of(request), event.id)
    head = ("name", "e-mail", "team", "role", "interests", "group tags", "status", "came", "personal link")
    rows = [
        (
            *(person.name, person.email, person.card.team, person.role),
            *("; ".join(person.card.interests), "; ".join(person.groups), person.status),
            *("yes" if person.first_seen_at else "", personal_link(request, person)),
        )
        for person in people
    ]
    return download(table(head, rows), "text/csv; charset=utf-8", f"{event.id}-people.csv")


routes = [
    Route("/events/{slug}/people", show, methods=["GET"]),
    Route("/events/{slug}/people.csv", take_out, methods=["GET"]),
    Route("/events/{slug}/people/add", add, methods=["POST"]),
    Route("/events/{slug}/people/import", take_file, methods=["POST"]),
    Route("/events/{slug}/people/{about}/remove", remove, methods=["POST"]),
    Route("/events/{slug}/people/{about}/readmit", readmit, methods=["POST"]),
    Route("/events/{slug}/people/{about}/role", give_role, methods=["POST"]),
    Route("/events/{slug}/people/{about}/delete", delete, methods=["POST"]),
]
