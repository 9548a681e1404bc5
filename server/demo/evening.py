"""The demo event in the records: whose it is, what is on its agenda, which one is the current one."""

from rooms.language.agenda import ClosingSegment, LobbySegment, RoundsSegment, Segment
from rooms.language.ids import Instant
from server.records import events, organisers
from server.records.engine import Records, now_ms
from server.records.events import Draft, Event
from server.records.organisers import EmailTakenError, Organiser
from server.settings import Settings

EMAIL = "host@demo.invalid"
"""Under a top-level name that no mailbox can have (RFC 2606)."""
HOST = "Maren Demo"
NAME = "Rondo demo"
DESCRIPTION = (
    "Short rounds of talking, by yourself among simulated people. They begin as soon as you say that you are ready; "
    "afterwards you have a list of the people you met."
)
PAIR_ROUNDS = 3
CAPACITY = 60


async def host(records: Records) -> Organiser:
    """The account that owns all demo events; it has no password."""
    found = await organisers.by_email(records, EMAIL)
    if found is not None:
        return found
    try:
        return await organisers.create(records, EMAIL, HOST, None, demo=True)
    except EmailTakenError:
        # Another process has just made it.
        return await host(records)


async def current(records: Records, settings: Settings) -> Event:
    """The demo event that people are sent to; made if there is none yet."""
    newest = await events.newest_demo(records)
    return newest if newest is not None and newest.status != "ended" else await fresh(records, settings)


async def fresh(records: Records, settings: Settings) -> Event:
    """A new demo event. Older ones stay, with the connection lists of those who visited them."""
    draft = Draft(
        name=NAME,
        description=DESCRIPTION,
        starts_at=Instant(now_ms()),
        timezone="UTC",
        capacity=CAPACITY,
        entry="open",
        code="",
        conduct="",
        unattended=False,
    )
    owner = await host(records)
    return await events.create(records, draft, agenda(settings), owner.id, demo=True)


def agenda(settings: Settings) -> tuple[Segment, ...]:
    """Pairs, then a round in a small group, then the list."""
    length_s, changeover_s = settings.demo_round_s, settings.demo_changeover_s
    pairs = RoundsSegment("Two by two", PAIR_ROUNDS, length_s, changeover_s, size=2)
    group = RoundsSegment("A small table", 1, length_s, changeover_s, size=3)
    return LobbySegment("Doors open"), pairs, group, ClosingSegment("Your list")
