"""The join form read and checked: name, address, code, consent; and how often one place may try codes."""

import hashlib
import hmac
import ipaddress

import msgspec
from starlette.requests import Request

from rooms.language.ids import EventId
from rooms.language.limits import ATTENDEES_PER_EVENT, NAME_CHARS, SHORT_TEXT_CHARS
from server.forms import Form
from server.pages.asking import tidy
from server.pages.programme_rules import chosen_roles
from server.records.events import Event
from server.records.registrations import Newcomer
from server.store.client import Store, StoreAwayError

WRONG_CODES_PER_MINUTE = 10
"""From one address: with codes of six letters that is decades of guessing."""
JOINS_PER_MINUTE = 300
"""From one address: a whole school may sit behind it."""
MINUTE_S = 60
CODE_CHARS = 40
CONDUCT = (
    "Be kind. Everybody is welcome here, whoever they are and wherever they work. Listen as much as you talk, "
    "take a no for a no, and do not record anybody. Hosts may ask people to leave."
)
"""For events whose organiser wrote none."""


class Entry(msgspec.Struct, frozen=True):
    """What was written into the form, and what is wrong with it, field by field."""

    values: dict[str, str]
    errors: dict[str, str]


EMPTY = Entry({"name": "", "email": "", "team": "", "role": "", "code": "", "consent": ""}, {})


def conduct_of(event: Event) -> str:
    """The code of conduct that people accept at the door."""
    return event.conduct.strip() or CONDUCT


def conduct_hash(event: Event) -> str:
    """Which text it was that somebody accepted."""
    return hashlib.sha256(conduct_of(event).encode()).hexdigest()


def capacity_of(event: Event) -> int:
    """How many seats there are."""
    return min(event.capacity or ATTENDEES_PER_EVENT, ATTENDEES_PER_EVENT)


def read(event: Event, values: dict[str, str]) -> Entry:
    """Read the form; the code is checked elsewhere, because that is counted."""
    form = Form({name: tidy(values.get(name, "")) for name in EMPTY.values})
    form.line("name", NAME_CHARS, "Write the name that people shall call you by.")
    form.email("email")
    form.line("team", SHORT_TEXT_CHARS)
    form.choice("role", ("", *chosen_roles(event.agenda)))
    form.line("code", CODE_CHARS)
    if not form.values["consent"]:
        form.wrong("consent", "Tick this box to take a seat: we all keep to the same rules.")
    return Entry(form.values, form.errors)


def newcomer(event: Event, entry: Entry) -> Newcomer:
    """The person that the form describes."""
    values = entry.values
    return Newcomer(values["name"], values["email"], values["team"], values["role"], conduct_hash=conduct_hash(event))


def right_code(event: Event, code: str) -> bool:
    """Whether the code opens the event; capitals do not matter."""
    if event.entry != "code":
        return True
    return hmac.compare_digest(code.strip().casefold().encode(), event.code.strip().casefold().encode())


def place_of(request: Request) -> str:
    """The address somebody comes from, as far as it says who: of IPv6 the network."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


async def too_many(store: Store, what: str, event: EventId, place: str, most: int) -> bool:
    """Whether one place has done something too often this minute; asking does not count.

    Raises:
        StoreAwayError: Redis does not answer.
    """
    found = await store.do("GET", _key(what, event, place))
    return int(found or 0) >= most


async def count(store: Store, what: str, event: EventId, place: str) -> None:
    """Count one more; the count is forgotten a minute after the first.

    Raises:
        StoreAwayError: Redis does not answer.
    """
    key = _key(what, event, place)
    await store.do_all(("SET", key, 0, "NX", "EX", MINUTE_S), ("INCR", key))


def _key(what: str, event: EventId, place: str) -> str:
    return f"tries:{what}:{event}:{hashlib.sha256(place.encode()).hexdigest()[:16]}"


async def check_code(request: Request, event: Event, code: str) -> tuple[str, int]:
    """What is wrong with the code, with the status to answer; an empty sentence if nothing is."""
    if event.entry != "code":
        return "", 200
    store, place = request.app.state.services.store, place_of(request)
    try:
        if await too_many(store, "code", event.id, place, WRONG_CODES_PER_MINUTE):
            return "That were many tries. Wait a minute, look at the invitation, then try again.", 429
        if right_code(event, code):
            return "", 200
        await count(store, "code", event.id, place)
    except StoreAwayError:
        return "We cannot check codes at this moment. Try again in a minute.", 503
    return "This is not the code of this event. Look at the invitation again.", 422


async def check_crowd(request: Request, event: Event) -> bool:
    """Count a person who joins; False when a machine seems to do it. Open while Redis is away: seats are bounded."""
    store, place = request.app.state.services.store, place_of(request)
    try:
        if await too_many(store, "join", event.id, place, JOINS_PER_MINUTE):
            return False
        await count(store, "join", event.id, place)
    except StoreAwayError:
        return True
    return True
