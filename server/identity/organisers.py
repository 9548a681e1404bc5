"""Which organiser is asking, and whether this event is theirs."""

from urllib.parse import quote, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

from server.identity.cookies import session_token
from server.records import events
from server.records import organisers as accounts
from server.records.engine import Records
from server.records.events import Event
from server.records.organisers import Organiser

UNKNOWN_EVENT = "There is no such event here, or it is not yours."
"""One sentence for both: whoever guesses addresses learns nothing."""


async def current_organiser(request: Request) -> Organiser | None:
    """Who is signed in; looked up once a request."""
    if not hasattr(request.state, "organiser"):
        token = session_token(request)
        records: Records = request.app.state.services.records
        request.state.organiser = await accounts.by_session(records, token) if token else None
    organiser: Organiser | None = request.state.organiser
    return organiser


async def require_organiser(request: Request) -> Organiser:
    """Who is signed in.

    Raises:
        HTTPException: 303 to the sign-in page and from there back; 401 where a script asks.
    """
    organiser = await current_organiser(request)
    if organiser is None and request.url.path.endswith(".json"):
        raise HTTPException(401, "Sign in again, then come back to this page.")
    if organiser is None:
        raise HTTPException(303, headers={"location": "/sign-in?next=" + quote(way_back(request), safe="")})
    return organiser


async def organises(records: Records, organiser: Organiser, event: str) -> bool:
    """Whether this organiser may open this event's pages."""
    return await events.organised_by(records, event, organiser.id)


async def organised_event(request: Request) -> tuple[Organiser, Event]:
    """Who is signed in, and the event of `{slug}` that they organise.

    Raises:
        HTTPException: as `require_organiser`; 404 if there is no such event or it is not theirs.
    """
    organiser = await require_organiser(request)
    records: Records = request.app.state.services.records
    slug = request.path_params["slug"]
    event = await events.find(records, slug) if await organises(records, organiser, slug) else None
    if event is None:
        raise HTTPException(404, UNKNOWN_EVENT)
    return organiser, event


def way_back(request: Request) -> str:
    """Where to go after signing in: this page, or the page whose form was sent."""
    if request.method == "GET":
        return request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return local(urlsplit(request.headers.get("referer", "")).path)


def local(path: str) -> str:
    """The path if it leads to a page of ours, else the list of events: no link sends people elsewhere."""
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if plain else "/events"
