"""Times as people write and read them: a date, a time and a zone on one side, an instant on the other."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from rooms.language.ids import Instant

GROUPS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
"""The parts of the world under which zones are named after places; the rest are abbreviations and leftovers."""
YEARS = range(2000, 2101)


class TimeError(ValueError):
    """This date and time cannot be; the message says why, in one sentence."""


@cache
def zones() -> tuple[str, ...]:
    """All zones that a page offers, in alphabetical order after UTC."""
    places = (name for name in available_timezones() if name.partition("/")[0] in GROUPS and "/" in name)
    return ("UTC", *sorted(places))


@cache
def zone_choices() -> tuple[tuple[str, str, str], ...]:
    """Part of the world, name, and words for each zone that a page offers."""
    split = ((name.partition("/"), name) for name in zones())
    return tuple(
        (part if place else "Everywhere", name, (place or name).replace("_", " ").replace("/", ", "))
        for (part, _, place), name in split
    )


@cache
def known_zones() -> frozenset[str]:
    """All zones that we understand, those included that no page offers."""
    return frozenset(zones()) | available_timezones()


def instant(date: str, time: str, zone: str) -> Instant:
    """The moment of a date `2026-06-18` and a time `16:00` in a zone.

    Of an hour that comes twice, in autumn, the first is meant.

    Raises:
        TimeError: it is no date and time, or an hour that summer time leaves out.
    """
    try:
        wall = datetime.strptime(f"{date} {time[:5]}", "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        raise TimeError("Write the date like 2026-06-18 and the time like 16:00.") from None
    if wall.year not in YEARS:
        raise TimeError(f"Choose a year from {YEARS.start} to {YEARS.stop - 1}.")
    if wall.astimezone(UTC).astimezone(wall.tzinfo).replace(fold=0) != wall.replace(fold=0):
        raise TimeError("The clocks jump over this hour on that day. Choose an hour earlier or later.")
    return Instant(round(wall.timestamp() * 1000))


def local(at: Instant, zone: str) -> datetime:
    """The moment as clocks show it in a zone."""
    return datetime.fromtimestamp(at / 1000, ZoneInfo(zone))


def weeks_later(at: Instant, zone: str, weeks: int) -> Instant:
    """The same weekday at the same time by the clocks there, across summer time too."""
    return Instant(round((local(at, zone) + timedelta(weeks=weeks)).timestamp() * 1000))


def date_of(at: Instant, zone: str) -> str:
    """`2026-06-18`, for a date field."""
    return local(at, zone).strftime("%Y-%m-%d")


def time_of(at: Instant, zone: str) -> str:
    """`16:00`, for a time field and for reading."""
    return local(at, zone).strftime("%H:%M")


def day_words(at: Instant, zone: str) -> str:
    """`Thursday 18 June 2026`."""
    wall = local(at, zone)
    return f"{wall:%A} {wall.day} {wall:%B %Y}"


def short_day_words(at: Instant, zone: str) -> str:
    """`18 June 2026`."""
    wall = local(at, zone)
    return f"{wall.day} {wall:%B %Y}"


def distance_words(at: Instant, now: Instant, zone: str) -> str:
    """How far away a day is: `today`, `tomorrow`, `in 3 days`, `in 2 weeks`."""
    days = (local(at, zone).date() - local(now, zone).date()).days
    if days <= 0:
        return "today" if days == 0 else f"{-days} days ago" if days < -1 else "yesterday"
    if days == 1:
        return "tomorrow"
    return f"in {days} days" if days < 14 else f"in {days // 7} weeks" if days < 60 else f"in {days // 30} months"


def iso(at: Instant, zone: str) -> str:
    """For the `datetime` attribute: with the offset, to the minute."""
    return local(at, zone).isoformat(timespec="minutes")
