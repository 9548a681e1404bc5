"""Being forgotten reaches further than one event: what others of the series remember of somebody goes, too."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import Request

from rooms.language.errands import RecallMeetings
from rooms.language.orders import Order
from server.pages.asking import records_of, tell
from server.records import series
from server.records.registrations import Registration


@asynccontextmanager
async def forgotten_in_series(request: Request, person: Registration) -> AsyncIterator[None]:
    """Around erasing somebody: afterwards events that are still to run know only what SQL still has of them."""
    records = records_of(request)
    seats = await series.seats_of(records, person.id)
    yield
    for seat in seats:
        past = await series.past_of(records, seat.event, seat.attendee)
        await tell(request, seat.event, Order(RecallMeetings(seat.attendee, past.met if past else ())))
