"""The organiser's report: how the event went, in a sentence, in numbers, in tables and as files."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import times
from server.files.tables import table
from server.identity import organised_event
from server.pages.agenda_times import day
from server.pages.asking import records_of
from server.pages.registrations import download, templates
from server.records import figures
from server.records.figures import PAIRS_PER_PAGE, SMALL_GROUP, Attended, Figures

MOST_PAGES = 1_000_000


async def show(request: Request) -> Response:
    """GET /events/{slug}/report."""
    organiser, event = await organised_event(request)
    records = records_of(request)
    numbers = await figures.figures(records, event.id)
    number, people_number = page_of(request, "page"), page_of(request, "people")
    pairs, total = await figures.who_met_whom(records, event.id, number)
    attended = await figures.attended(records, event.id)
    context: dict[str, Any] = {
        "organiser": organiser,
        "event": event,
        "current": "report",
        "sentence": sentence(numbers),
        "day": day(times.local(event.starts_at, event.timezone)),
        "numbers": numbers,
        "rate": share(numbers.both_yes, numbers.pairs),
        "came_share": share(numbers.came, numbers.registered),
        "pairs": pairs,
        "pages": pages(total),
        "number": number,
        "attended": attended[(people_number - 1) * PAIRS_PER_PAGE : people_number * PAIRS_PER_PAGE],
        "people_pages": pages(len(attended)),
        "people_number": people_number,
        "each": each(attended),
        "teams": await figures.teams(records, event.id),
        "small": SMALL_GROUP,
    }
    return templates(request).page(request, "pages/report.html", context)


def page_of(request: Request, name: str) -> int:
    """Which page of a table is asked for."""
    text = request.query_params.get(name, "")
    return min(max(1, int(text)), MOST_PAGES) if text.isdecimal() and len(text) < 8 else 1


def pages(total: int) -> int:
    """How many pages a table has."""
    return max(1, -(-total // PAIRS_PER_PAGE))


def share(part: int | None, whole: int) -> str:
    """A part of a whole in percent; empty where there is nothing to say."""
    return f"{round(100 * part / whole)}%" if part is not None and whole else ""


def each(attended: list[Attended]) -> str:
    """How many people somebody who came met on average."""
    there = [one.people for one in attended if one.came or one.people]
    return f"{sum(there) / len(there):.1f}" if there else "0"


def sentence(numbers: Figures) -> str:
    """The whole event in one sentence."""
    if not numbers.registered:
        return "Nobody has a seat yet"
    if not numbers.conversations:
        came = counted(numbers.came, "person", "people")
        return f"{came} came so far, and nobody has met yet" if numbers.came else "Nobody has met yet"
    people = counted(numbers.came, "person", "people")
    talks = counted(numbers.conversations, "conversation", "conversations")
    return f"{people}, {talks}, and {counted(numbers.pairs, 'pair', 'pairs')} who now know each other"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many}"


async def take_out(request: Request) -> Response:
    """GET /events/{slug}/report.csv?table=people|pairs|teams."""
    _, event = await organised_event(request)
    which = request.query_params.get("table", "people")
    if which not in {"people", "pairs", "teams"}:
        raise HTTPException(404, "There is no such table. Choose one on the report page.")
    records = records_of(request)
    if which == "people":
        people = await figures.attended(records, event.id)
        rows = [(one.name, one.team, "yes" if one.came else "", one.people, one.meetings) for one in people]
        data = table(("name", "team", "came", "people met", "conversations"), rows)
    elif which == "pairs":
        pairs, _ = await figures.who_met_whom(records, event.id)
        lines = [
            (one.one, one.one_team, one.other, one.other_team, one.rounds, round(one.talked_ms / 60_000, 1))
            for one in pairs
        ]
        data = table(("name", "team", "met", "their team", "rounds", "minutes"), lines)
    else:
        found = await figures.teams(records, event.id)
        counts = [
            (name, *("" if number is None else number for number in row))
            for name, row in zip(found.names, found.counts, strict=True)
        ]
        data = table(("", *found.names), counts)
    return download(data, "text/csv; charset=utf-8", f"{event.id}-{which}.csv")


routes = [
    Route("/events/{slug}/report", show, methods=["GET"]),
    Route("/events/{slug}/report.csv", take_out, methods=["GET"]),
]
