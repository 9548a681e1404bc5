"""What the pages of attendees share: who asks about which event, JSON bodies read strictly, words tidied, errands."""

import re
import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec
import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from rooms.language.ids import EventId
from rooms.language.orders import Order
from server.identity import current_attendee
from server.records import events
from server.records.engine import Records
from server.records.events import Event
from server.records.registrations import Registration
from server.store.client import StoreAwayError

log = structlog.get_logger("pages")

JSON_BYTES = 16 * 1024
"""A whole profile is about three."""
UNKNOWN_EVENT = "There is no event at this address. Look at the link again."
NO_SEAT = "You have no seat here yet. Open the event page, or your personal link."
UNKNOWN_PERSON = "Nobody of that name has a seat here. Look at the list again."
TOO_LARGE = "That is too long. Shorten it and save again."
_hidden = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]")
"""Marks that turn the writing around: in a name they can pretend another one."""
_place = re.compile(r" - at `\$\.?([A-Za-z_]*)")

Kind = TypeVar("Kind")
Answering = Callable[[Request], Awaitable[Response]]


class WrongError(Exception):
    """Something that was asked for cannot be done; one sentence for people, and the field it is about."""

    def __init__(self, sentence: str, field: str | None = None, status: int = 422) -> None:
        super().__init__(sentence)
        self.field = field
        self.status = status


def records_of(request: Request) -> Records:
    """The database."""
    records: Records = request.app.state.services.records
    return records


async def event_of(request: Request) -> Event:
    """The event of `{slug}`.

    Raises:
        HTTPException: 404 when there is none.
    """
    event = await events.find(records_of(request), request.path_params["slug"])
    if event is None:
        raise HTTPException(404, UNKNOWN_EVENT)
    return event


async def seat_of(request: Request) -> tuple[Event, Registration]:
    """The event, and whose seat there this browser holds.

    Raises:
        HTTPException: 404 without such an event; 303 to its page without a seat.
    """
    event = await event_of(request)
    person = await current_attendee(request, event.id)
    if person is None:
        raise HTTPException(303, NO_SEAT, headers={"location": f"/e/{event.id}"})
    return event, person


def in_json(answer: Answering) -> Answering:
    """Turn what goes wrong into `{"error", "field"}`, and let nobody keep the answer."""

    async def answered(request: Request) -> Response:
        try:
            response = await answer(request)
        except WrongError as error:
            response = JSONResponse({"error": str(error), "field": error.field}, error.status)
        except HTTPException as error:
            status = 401 if error.status_code == 303 else error.status_code
            response = JSONResponse({"error": error.detail, "field": None}, status)
        response.headers["cache-control"] = "no-store"
        return response

    return answered


def as_json(value: object, status: int = 200) -> Response:
    """A value of the language as JSON."""
    return Response(msgspec.json.encode(value), status, media_type="application/json")


async def body_of(request: Request, kind: type[Kind]) -> Kind:
    """The JSON body, which must be exactly of this kind.

    Raises:
        WrongError: with the field that is not as it should be.
    """
    data = await bytes_of(request)
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        raise wrong(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise WrongError("This is not the JSON we expect. Reload the page and try again.", status=400) from None


async def bytes_of(request: Request) -> bytes:
    """The body, if it is of a reasonable size.

    Raises:
        WrongError: when it is not.
    """
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > JSON_BYTES:
            raise WrongError(TOO_LARGE, status=413)
    return data


def wrong(error: msgspec.ValidationError) -> WrongError:
    """The error of the decoder with the field it is about."""
    text = str(error)
    place = _place.search(text)
    field = place.group(1) if place else None
    if field is None and (unknown := re.search(r"field `(\w+)`", text)):
        field = unknown.group(1)
    what = _place.split(text)[0]
    return WrongError(f"{what}. Change it and save again.", field)


def tidy(text: str) -> str:
    """One line as people meant it: composed letters, no control characters, no blanks around."""
    return " ".join(_clean(text, "").split())


def tidy_text(text: str) -> str:
    """Several lines as people meant them."""
    return _clean(text.replace("\r\n", "\n").replace("\r", "\n"), "\n\t").strip()


def _clean(text: str, kept: str) -> str:
    composed = _hidden.sub("", unicodedata.normalize("NFC", text))
    return "".join(
        " " if unicodedata.category(letter) in {"Cc", "Zl", "Zp", "Cs"} and letter not in kept else letter
        for letter in composed
    )


def tidied(value: Any, long: frozenset[str] = frozenset({"askMe"})) -> Any:
    """All words in plain data tidied; fields named in `long` keep their lines."""
    if isinstance(value, dict):
        return {
            key: tidy_text(one) if key in long and isinstance(one, str) else tidied(one) for key, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [word for one in value if (word := tidied(one)) != ""]
    return tidy(value) if isinstance(value, str) else value


async def tell(request: Request, event: EventId, order: Order) -> bool:
    """Submit an order; False when Redis is away: what lasts is in SQL already, and the engine learns it later."""
    try:
        await request.app.state.services.inbox.submit(event, order)
    except StoreAwayError as error:
        log.warning("not told", event_id=event, wish=type(order.wish).__name__, why=str(error))
        return False
    return True


def see_other(path: str) -> RedirectResponse:
    """Go there next, with GET."""
    return RedirectResponse(path, 303, headers={"cache-control": "no-store"})
