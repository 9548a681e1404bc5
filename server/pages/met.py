"""The list of people met as JSON, for the live page: answers, notes, thanks, reports. Answered once SQL has them."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rooms.language.cards import Text
from rooms.language.errands import FileReport, KeepApart, MakeConnection
from rooms.language.ids import AttendeeId
from rooms.language.orders import Order
from server.pages.asking import (
    UNKNOWN_PERSON,
    WrongError,
    as_json,
    body_of,
    in_json,
    records_of,
    seat_of,
    tell,
    tidy_text,
)
from server.records import connections, reports
from server.records.connections import Met, Said, UnknownPersonError, Word
from server.records.registrations import Contact, Registration
from server.records.reports import REPORTS_PER_PERSON, Complaint, TooManyReportsError


class Thanks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of thanks; a draft is kept but not shown to anybody."""

    text: Text
    draft: bool = False


class MetList(msgspec.Struct, frozen=True, rename="camel"):
    """Everybody I met, and the contact fields I have to share."""

    met: list[Met]
    contact_fields: Contact


class Kept(msgspec.Struct, frozen=True):
    """A report was kept under this id."""

    report: str


async def show(request: Request) -> Response:
    """GET /e/{slug}/met.json."""
    event, person = await seat_of(request)
    rows = await connections.met(records_of(request), event.id, person.id)
    return as_json(MetList(rows, person.contact))


async def answer(request: Request) -> Response:
    """PUT /e/{slug}/met/{about}.json: what is given is kept, the rest stays; the row comes back."""
    _, person = await seat_of(request)
    word = await body_of(request, Word)
    if isinstance(word.note, str):
        word = msgspec.structs.replace(word, note=tidy_text(word.note))
    said = await say(request, person, word)
    return as_json(said.row)


async def say(request: Request, person: Registration, word: Word) -> Said:
    """Keep a word about `{about}`, and tell the event when both have now said yes.

    Raises:
        WrongError: when nobody of that id is here.
    """
    about = AttendeeId(request.path_params["about"])
    try:
        said = await connections.say(records_of(request), person, about, word)
    except UnknownPersonError:
        raise WrongError(UNKNOWN_PERSON, status=404) from None
    if said.newly_mutual:
        await tell(request, person.event, Order(MakeConnection(person.id, about)))
    return said


async def thank(request: Request) -> Response:
    """POST /e/{slug}/met/{about}/thanks.json: sent at once, read by the other one only if both said yes."""
    _, person = await seat_of(request)
    thanks = await body_of(request, Thanks)
    return as_json((await say_thanks(request, person, thanks)).row)


async def say_thanks(request: Request, person: Registration, thanks: Thanks) -> Said:
    """Keep or send thanks to `{about}`.

    Raises:
        WrongError: when nobody of that id is here.
    """
    about = AttendeeId(request.path_params["about"])
    keep = connections.draft_thanks if thanks.draft else connections.thank
    try:
        return await keep(records_of(request), person, about, tidy_text(thanks.text))
    except UnknownPersonError:
        raise WrongError(UNKNOWN_PERSON, status=404) from None


async def report(request: Request) -> Response:
    """POST /e/{slug}/reports.json: kept first, then told to the organisers."""
    event, person = await seat_of(request)
    complaint = await body_of(request, Complaint)
    complaint = msgspec.structs.replace(complaint, text=tidy_text(complaint.text))
    try:
        kept = await reports.file(records_of(request), person, complaint)
    except UnknownPersonError:
        raise WrongError(UNKNOWN_PERSON, "about", 404) from None
    except TooManyReportsError:
        sentence = f"We have {REPORTS_PER_PERSON} reports of yours. Please speak to a host now."
        raise WrongError(sentence, status=429) from None
    if complaint.never_again:
        await tell(request, event.id, Order(KeepApart(((person.id, complaint.about),))))
    await tell(request, event.id, Order(FileReport(person.id, complaint.about, complaint.kind, complaint.text)))
    return as_json(Kept(kept), 201)


routes = [
    Route("/e/{slug}/met.json", in_json(show), methods=["GET"]),
    Route("/e/{slug}/met/{about}.json", in_json(answer), methods=["PUT"]),
    Route("/e/{slug}/met/{about}/thanks.json", in_json(thank), methods=["POST"]),
    Route("/e/{slug}/reports.json", in_json(report), methods=["POST"]),
]
