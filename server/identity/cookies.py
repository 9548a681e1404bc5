"""The cookies we set: one for an organiser's login, one for each seat an attendee has."""

from starlette.requests import Request
from starlette.responses import Response

SESSION = "rondo_session"
SEAT = "rondo_seat_"
SESSION_S = 30 * 24 * 3600
SEAT_S = 180 * 24 * 3600
"""A connection list is opened again weeks later."""
TOKEN_CHARS = 64
"""Our tokens have 43; whatever is longer than this is not looked up."""


def remember_session(request: Request, response: Response, token: str) -> None:
    """Sign this browser in."""
    response.set_cookie(
        SESSION, token, max_age=SESSION_S, path="/", httponly=True, samesite="lax", secure=secure(request)
    )


def forget_session(request: Request, response: Response) -> None:
    """Sign this browser out."""
    response.delete_cookie(SESSION, path="/", httponly=True, samesite="lax", secure=secure(request))


def remember_seat(request: Request, response: Response, event: str, token: str) -> None:
    """Let this browser open the seat of one registration; it is sent to that event's pages only."""
    response.set_cookie(
        SEAT + event, token, max_age=SEAT_S, path=f"/e/{event}", httponly=True, samesite="lax", secure=secure(request)
    )


def session_token(request: Request) -> str:
    """The login this browser holds; empty if none that could be ours."""
    return short(request.cookies.get(SESSION, ""))


def seat_token(request: Request, event: str) -> str:
    """The seat this browser holds at an event; empty if none that could be ours."""
    return short(request.cookies.get(SEAT + event, ""))


def short(token: str) -> str:
    """The token, unless it is longer than any of ours."""
    return token if len(token) <= TOKEN_CHARS else ""


def secure(request: Request) -> bool:
    """Whether people come by https, so that the cookie may insist on it."""
    return bool(request.app.state.services.settings.secure)
