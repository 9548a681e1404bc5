"""The programme of an event: its parts in order, one of them open, and what it all means for so many people."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rooms.language.agenda import RoundsSegment
from rooms.language.limits import AGENDA_SEGMENTS, ROUNDS_PER_SEGMENT, SHORT_TEXT_CHARS
from rooms.language.rules import RULES
from server.files.rosters import ROLE_CHARS
from server.forms import typed
from server.identity import organised_event
from server.pages import programme_rules as in_words
from server.pages.asking import records_of, see_other
from server.pages.event_settings import submit_plan
from server.pages.programme_forecast import foresee
from server.pages.programme_forms import (
    CHANGEOVER_S,
    KINDS,
    MUCH,
    ODD,
    REPEAT,
    SIZES,
    TALK_MOST_S,
    WAIT_MOST_S,
    Part,
    deck_words,
    part_of,
    parts_of,
    read_parts,
    rearranged,
    whole,
)
from server.pages.programme_preview import (
    PEOPLE_LEAST,
    PEOPLE_MOST,
    PEOPLE_USUAL,
    Agenda,
    meaning,
    timetable,
)
from server.pages.programme_rule_rows import blank_row
from server.records import events, listings
from server.records.events import Event
from server.shapes import SHAPES
from server.templating import page

KIND_NAMES = {"lobby": "Doors open", "rounds": "Rounds", "break": "Breather", "closing": "Wrap-up"}
KIND_ICONS = {"lobby": "door-open", "rounds": "repeat", "break": "coffee", "closing": "party-popper"}
NEW_KEY, NEW_RULE = "NEW", "RULE"
"""Stand for the keys in the templates from which scripts make a new part or rule."""
LIMITS = {
    "title": SHORT_TEXT_CHARS,
    "rounds": ROUNDS_PER_SEGMENT,
    "parts": AGENDA_SEGMENTS,
    "changeover": CHANGEOVER_S,
    "talk": TALK_MOST_S // 60,
    "wait": WAIT_MOST_S // 60,
    "people": (PEOPLE_LEAST, PEOPLE_MOST),
}
NOTES = {
    "saved": "Saved.",
    "kept": "Saved. The event that is running hears of it as soon as its line is back.",
}
LEFT_OUT = "“{}” needs a change, see there. Until then it is left out here."
CHANGED_MEANWHILE = "Somebody else saved this programme a moment ago. Save again to put yours in its place, or reload."


async def show(request: Request) -> Response:
    """GET /events/{slug}/agenda."""
    _, event = await organised_event(request)
    parts = parts_of(event.agenda)
    chosen = request.query_params.get("part", "") or first_rounds(parts)
    state = {"open": chosen, "note": NOTES.get(request.query_params.get("done", ""), "")}
    return await programme_page(request, event, parts, state)


async def change(request: Request) -> Response:
    """POST /events/{slug}/agenda: save it, or rearrange it and show it again; only saving touches the event."""
    _, event = await organised_event(request)
    values = await typed(request)
    parts = read_parts(values)
    action = values.get("do", "save")
    state: dict[str, Any] = {"open": values.get("open", ""), "people": values.get("people", ""), "unsaved": True}
    if action.startswith("open-"):
        state["open"] = action.removeprefix("open-")
    elif action == "save":
        return await save(request, event, parts, state | {"version": values.get("version", "")})
    elif action != "preview":
        parts, opened = rearranged(parts, action)
        state["open"] = state["open"] if opened is None else opened
    return await programme_page(request, event, parts, state)


async def save(request: Request, event: Event, parts: list[Part], state: dict[str, Any]) -> Response:
    """Write the programme, or show what it still needs."""
    wrong = next((part for part in parts if part.errors), None)
    problem = whole(parts)
    if wrong or problem:
        state |= {"open": wrong.key} if wrong else {}
        return await programme_page(request, event, parts, state | {"problem": problem or ""}, 422)
    if state["version"] != str(event.version):
        return await programme_page(request, event, parts, state | {"problem": CHANGED_MEANWHILE}, 409)
    saved = await events.update_agenda(records_of(request), event.id, agenda_of(parts))
    told = await submit_plan(request, saved) if saved else True
    index = next((index for index, part in enumerate(parts) if part.key == state["open"]), 0)
    return see_other(f"/events/{event.id}/agenda?part={index}&done={'saved' if told else 'kept'}")


async def preview(request: Request) -> Response:
    """POST /events/{slug}/agenda/preview.json: what the form means now; changes nothing."""
    _, event = await organised_event(request)
    values = await typed(request)
    parts = read_parts(values)
    people = head_count(values.get("people", ""), PEOPLE_USUAL)
    answer = {
        "timetable": timetable(parts, event.starts_at, event.timezone),
        "meaning": await looked_ahead(request, event, parts, people, values.get("open", "")),
        "errors": {part.name(name): sentence for part in parts for name, sentence in part.errors.items()},
        "problem": whole(parts),
    }
    return JSONResponse(answer, headers={"cache-control": "no-store"})


async def programme_page(
    request: Request, event: Event, parts: list[Part], state: dict[str, Any], status: int = 200
) -> Response:
    """The page with what was typed."""
    opened = state["open"] if any(part.key == state["open"] for part in parts) else (parts[0].key if parts else "")
    people = head_count(state.get("people", ""), await expected(request, event))
    context = {
        "event": event,
        "current": "programme",
        "parts": parts,
        "open": opened,
        "timetable": timetable(parts, event.starts_at, event.timezone),
        "meaning": await looked_ahead(request, event, parts, people, opened),
        "note": state.get("note", ""),
        "problem": state.get("problem", ""),
        "unsaved": bool(state.get("unsaved")),
        "blank": [part_of(NEW_KEY, segment) for segment in KINDS.values()],
        "kinds": KIND_NAMES,
        "icons": KIND_ICONS,
        "blank_rules": [blank_row(NEW_RULE, kind, in_words.USUAL_TABLES) for kind in in_words.RULE_KINDS],
        "roles": in_words.roles_in(agenda_of(parts)),
        "choices": choices(),
        "limits": LIMITS,
        "shapes": SHAPES,
    }
    return page(request, "pages/agenda.html", context, status)


async def looked_ahead(request: Request, event: Event, parts: list[Part], people: int, opened: str) -> dict[str, Any]:
    """What the parts mean for so many people, who are like those who have a seat."""
    registered = await listings.first_seated(records_of(request), event.id, PEOPLE_MOST)
    agenda = agenda_of(parts)
    foreseen = await foresee(agenda, registered, people)
    names = {person.id: person.name for person in registered}
    found = meaning(agenda, people, shown_rounds(parts, opened), foreseen, names)
    lacking = [(False, LEFT_OUT.format(part.values.get("title", ""))) for part in parts if part.segment is None]
    # Without rounds all else there would be to say is that there are none.
    found["checks"] = lacking + (found["checks"] if foreseen or not lacking else [])
    return found


def choices() -> dict[str, Any]:
    """What the fields with a few answers offer."""
    return {
        "size": SIZES,
        "odd": ODD,
        "deck": deck_words(),
        "much": MUCH,
        "repeat": REPEAT,
        "rules": in_words.RULE_KINDS,
        "most_rules": RULES,
        "strictness": in_words.STRICTNESS,
        "count": in_words.COUNTS,
        "role_chars": ROLE_CHARS,
    }


def agenda_of(parts: list[Part]) -> Agenda:
    """The parts that are complete, as the engine takes them."""
    return tuple(part.segment for part in parts if part.segment)


def first_rounds(parts: list[Part]) -> str:
    """The part that most people come to change."""
    return next((part.key for part in parts if part.kind == "rounds"), "0")


def shown_rounds(parts: list[Part], opened: str) -> RoundsSegment | None:
    """The rounds that the wheel shows: those of the open part, else the first."""
    rounds = [part for part in parts if isinstance(part.segment, RoundsSegment)]
    chosen = next((part for part in rounds if part.key == opened), rounds[0] if rounds else None)
    return chosen.segment if chosen and isinstance(chosen.segment, RoundsSegment) else None


def head_count(text: str, otherwise: int) -> int:
    """For how many people the preview is made."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
    return max(PEOPLE_LEAST, min(PEOPLE_MOST, number))


async def expected(request: Request, event: Event) -> int:
    """How many people have a seat, or fit; a usual number as long as neither says much."""
    seats = await events.seats_taken(records_of(request), event.id)
    return seats if seats > PEOPLE_LEAST else event.capacity or PEOPLE_USUAL


routes = [
    Route("/events/{slug}/agenda", show, methods=["GET"]),
    Route("/events/{slug}/agenda", change, methods=["POST"]),
    Route("/events/{slug}/agenda/preview.json", preview, methods=["POST"]),
]
