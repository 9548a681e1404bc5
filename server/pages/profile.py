"""A person's own pages: what others see of them, what they may share, all their data, and being forgotten."""

from typing import Any

import msgspec
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rooms.language.cards import Card, Traits
from rooms.language.commands import RemoveAttendee
from rooms.language.errands import ChangeCard
from rooms.language.ids import Role
from rooms.language.limits import LIST_ITEMS, LONG_TEXT_CHARS, NAME_CHARS, SHORT_TEXT_CHARS
from rooms.language.orders import Order
from server.forms import Form, typed
from server.identity.cookies import SEAT
from server.pages import programme_rules
from server.pages.asking import (
    WrongError,
    body_of,
    event_of,
    in_json,
    records_of,
    seat_of,
    see_other,
    tell,
    tidied,
    tidy,
    tidy_text,
    wrong,
)
from server.pages.forgetting import forgotten_in_series
from server.pages.registrations import download, personal_link, templates, visitor
from server.records import connections, registrations
from server.records.events import Event
from server.records.registrations import CONTACT_FIELDS, TOMBSTONE_NAME, Contact, Registration
from server.times import known_zones

LINES = ("pronouns", "said", "team", "headline", "place")
LISTS = ("interests", "looking_for", "offering", "languages")
SWITCHES = ("audio_only", "text_first", "groups_only")
CONTACT_CHARS = {"email": 254, "phone": 40, "linkedin": 254, "website": 254, "other": SHORT_TEXT_CHARS}


async def show(request: Request) -> Response:
    """GET /e/{slug}/profile."""
    event, person = await seat_of(request)
    return page(request, event, person, Form(written(event, person)))


def page(request: Request, event: Event, person: Registration, form: Form, status: int = 200) -> Response:
    """The profile with what was typed."""
    context = {
        "event": event,
        "person": person,
        "form": form,
        "contact_fields": CONTACT_FIELDS,
        "roles": [(role, role) for role in programme_rules.chosen_roles(event.agenda) if may_choose(event, person)],
        "groups": programme_rules.groups_in(event.agenda),
        "personal": personal_link(request, person),
        "saved": "saved" in request.query_params,
    }
    return templates(request).page(request, "pages/profile.html", context, status)


def written(event: Event, person: Registration) -> dict[str, str]:
    """The profile as the fields of the form."""
    card = person.card
    values = {name: getattr(card, name) for name in ("name", *LINES, "ask_me", "timezone")}
    values |= {name: ", ".join(getattr(card, name)) for name in LISTS}
    values |= {name: "on" for name in SWITCHES if getattr(card, name)}
    own = enumerate(programme_rules.groups_in(event.agenda))
    values |= {f"group_{index}": "on" for index, group in own if group in person.groups}
    values |= {"role": person.role} | ({"language_required": "on"} if person.language_required else {})
    return values | {f"contact_{name}": getattr(person.contact, name) for name in CONTACT_FIELDS}


async def save(request: Request) -> Response:
    """POST /e/{slug}/profile: the plain form."""
    event, person = await seat_of(request)
    form = Form(await typed(request))
    card, contact, traits = read_card(form, person), read_contact(form), read_traits(form, event, person)
    if form.errors:
        return page(request, event, person, form, 422)
    await keep(request, person, card, contact, traits)
    return see_other(f"/e/{event.id}/profile?saved")


def read_card(form: Form, person: Registration) -> Card:
    """The card that the form describes; only good if the form has no errors."""
    name = tidy(form.line("name", NAME_CHARS, "Write the name that people shall call you by."))
    lines = {field: tidy(form.line(field, SHORT_TEXT_CHARS)) for field in LINES}
    lists = {field: read_list(form, field) for field in LISTS}
    switches = {field: form.ticked(field) for field in SWITCHES}
    ask_me = tidy_text(form.text("ask_me", LONG_TEXT_CHARS))
    zone = form.line("timezone", SHORT_TEXT_CHARS)
    if zone and zone not in known_zones():
        form.wrong("timezone", "Write the zone like Europe/Berlin, or leave it empty.")
    values: dict[str, Any] = {**lines, **lists, **switches}
    return Card(id=person.id, name=name, ask_me=ask_me, timezone=zone, **values)


def read_list(form: Form, field: str) -> tuple[str, ...]:
    """Words with commas between them."""
    text = form.line(field, LIST_ITEMS * (SHORT_TEXT_CHARS + 2))
    words = tuple(dict.fromkeys(word for part in text.split(",") if (word := tidy(part))))
    if len(words) > LIST_ITEMS:
        form.wrong(field, f"Choose the {LIST_ITEMS} that matter most; these are {len(words)}.")
    if any(len(word) > SHORT_TEXT_CHARS for word in words):
        form.wrong(field, "Put commas between them, and keep each short.")
    return words


def read_traits(form: Form, event: Event, person: Registration) -> Traits:
    """What the matcher may know, as far as guests say it themselves; what a host wrote down stays."""
    role, groups = person.role, person.groups
    if may_choose(event, person):
        offered = ("", *programme_rules.chosen_roles(event.agenda))
        role = form.choice("role", offered) if "role" in form.values else role
    if own := programme_rules.groups_in(event.agenda):
        ticked = [group for index, group in enumerate(own) if form.ticked(f"group_{index}")]
        groups = (*(group for group in groups if group not in own), *ticked)[:LIST_ITEMS]
    return Traits(role, groups, form.ticked("language_required"))


def may_choose(event: Event, person: Registration) -> bool:
    """Whether somebody may say themselves which part they have: a host's word is not undone by a guest."""
    offered = programme_rules.chosen_roles(event.agenda)
    return bool(offered) and person.role in ("", *offered)


def read_contact(form: Form) -> Contact:
    """The contact fields of the form."""
    found = {name: tidy(form.line(f"contact_{name}", most)) for name, most in CONTACT_CHARS.items()}
    form.email("contact_email")
    for name in ("linkedin", "website"):
        if found[name]:
            found[name] = as_address(form, f"contact_{name}", found[name])
    return Contact(**found)


def as_address(form: Form, field: str, text: str) -> str:
    """A web address; nothing that a browser would run instead of opening."""
    address = text if "://" in text else f"https://{text}"
    plain = address.lower().startswith(("https://", "http://")) and " " not in address and "." in address
    if not plain:
        form.wrong(field, "Write a web address, like https://example.org.")
    return address


async def keep(request: Request, person: Registration, card: Card, contact: Contact, traits: Traits) -> None:
    """Keep a profile, and tell the event if what others see or the matcher knows has changed."""
    await registrations.save(records_of(request), person, card, contact, traits)
    if (card, traits) != (person.card, person.traits):
        await tell(request, person.event, Order(ChangeCard(card, traits)))


async def save_json(request: Request) -> Response:
    """PUT /e/{slug}/profile.json: the card without its id, and `contact` or `languageRequired` if they change too."""
    _, person = await seat_of(request)
    given = tidied(await body_of(request, dict[str, Any]))
    contact_given = given.pop("contact", None)
    required = given.pop("languageRequired", person.language_required)
    given.pop("id", None)
    try:
        traits = replace(person.traits, language_required=msgspec.convert(required, bool))
        card = msgspec.convert({**given, "id": person.id}, Card)
        contact = person.contact if contact_given is None else msgspec.convert(contact_given, Contact)
    except msgspec.ValidationError as error:
        raise wrong(error) from None
    check_contact(contact)
    await keep(request, person, card, contact, traits)
    return JSONResponse({"card": msgspec.to_builtins(card), "contact": msgspec.to_builtins(contact)})


def check_contact(contact: Contact) -> None:
    """The contact fields of a JSON body by the rules of the form.

    Raises:
        WrongError: with the first field that is wrong.
    """
    form = Form({f"contact_{name}": getattr(contact, name) for name in CONTACT_FIELDS})
    if read_contact(form) != contact and not form.errors:
        form.wrong("contact_website", "Write a web address, like https://example.org.")
    for field, sentence in form.errors.items():
        raise WrongError(sentence, field.removeprefix("contact_"))


async def take_out(request: Request) -> Response:
    """GET /e/{slug}/mine.json: everything we hold about somebody, also for those who were removed."""
    event, person = await own_seat(request)
    met = await connections.met(records_of(request), event.id, person.id)
    everything = {
        "event": {"id": event.id, "name": event.name, "startsAt": event.starts_at},
        "registration": {
            **{name: getattr(person, name) for name in ("email", "role", "groups", "language_required")},
            **{name: getattr(person, name) for name in ("source", "status")},
            **{name: getattr(person, name) for name in ("consented_at", "created_at", "first_seen_at", "last_seen_at")},
        },
        "card": msgspec.to_builtins(person.card),
        "contact": msgspec.to_builtins(person.contact),
        "met": msgspec.to_builtins(met),
    }
    data = msgspec.json.format(msgspec.json.encode(everything), indent=2)
    return download(data, "application/json", f"{event.id}-my-data.json")


async def own_seat(request: Request) -> tuple[Event, Registration]:
    """As `seat_of`, and also for people who were removed: their data is theirs.

    Raises:
        HTTPException: as `seat_of`.
    """
    event = await event_of(request)
    person = await visitor(request, event)
    return (event, person) if person else await seat_of(request)


async def erase(request: Request) -> Response:
    """POST /e/{slug}/erase: forget somebody, if they ticked that they mean it."""
    event, person = await own_seat(request)
    form = Form(await typed(request))
    if not form.ticked("sure"):
        form = Form(written(event, person))
        form.wrong("sure", "Tick this box first: there is no way back.")
        return page(request, event, person, form, 422)
    async with forgotten_in_series(request, person):
        await registrations.erase(records_of(request), person.id)
    await tell(request, event.id, Order(ChangeCard(Card(person.id, TOMBSTONE_NAME))))
    await tell(request, event.id, Order(RemoveAttendee(person.id), role=Role.ORGANISER))
    response = templates(request).page(request, "pages/profile_erased.html", {"event": event})
    response.delete_cookie(SEAT + event.id, path=f"/e/{event.id}", httponly=True, samesite="lax")
    return response


routes = [
    Route("/e/{slug}/profile", show, methods=["GET"]),
    Route("/e/{slug}/profile", save, methods=["POST"]),
    Route("/e/{slug}/profile.json", in_json(save_json), methods=["PUT"]),
    Route("/e/{slug}/mine.json", take_out, methods=["GET"]),
    Route("/e/{slug}/erase", erase, methods=["POST"]),
]
