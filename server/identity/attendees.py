"""Which attendee is asking."""

from starlette.requests import Request

from server.identity.cookies import seat_token
from server.records import registrations
from server.records.registrations import Registration


async def current_attendee(request: Request, event: str) -> Registration | None:
    """Whose seat this browser holds at the event; None without one, or if it was taken away."""
    token = seat_token(request, event)
    person = await registrations.by_token(request.app.state.services.records, token) if token else None
    return person if person and person.event == event and person.welcome else None
