"""Times between people's clocks and instants, summer time included."""

import pytest

from rooms.language.ids import Instant
from server.times import (
    TimeError,
    date_of,
    day_words,
    distance_words,
    instant,
    iso,
    known_zones,
    short_day_words,
    time_of,
    weeks_later,
    zones,
)

HOUR = 3_600_000


@pytest.mark.parametrize(
    ("date", "time", "zone", "utc"),
    [
        ("2026-06-18", "16:00", "UTC", "2026-06-18T16:00+00:00"),
        ("2026-06-18", "16:00", "Europe/Lisbon", "2026-06-18T15:00+00:00"),
        ("2026-12-18", "16:00", "Europe/Lisbon", "2026-12-18T16:00+00:00"),
        ("2026-06-18", "16:00", "America/New_York", "2026-06-18T20:00+00:00"),
        ("2026-06-18", "16:00", "Asia/Kathmandu", "2026-06-18T10:15+00:00"),
        ("2026-06-18", "16:00:00", "UTC", "2026-06-18T16:00+00:00"),
        ("2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30+00:00"),
    ],
    ids=["utc", "summer", "winter", "west", "quarter", "with-seconds", "first-of-an-hour-that-comes-twice"],
)
def test_a_wall_clock_means_one_instant(date: str, time: str, zone: str, utc: str) -> None:
    at = instant(date, time, zone)
    assert iso(at, "UTC") == utc
    assert (date_of(at, zone), time_of(at, zone)) == (date, time[:5])


@pytest.mark.parametrize(
    ("date", "time", "zone"),
    [("2026-03-29", "02:30", "Europe/Berlin"), ("2026-03-08", "02:00", "America/New_York")],
)
def test_an_hour_that_summer_time_leaves_out_is_refused(date: str, time: str, zone: str) -> None:
    with pytest.raises(TimeError, match="clocks jump over this hour"):
        instant(date, time, zone)


@pytest.mark.parametrize(
    ("date", "time"),
    [
        ("", ""),
        ("2026-06-18", ""),
        ("", "16:00"),
        ("2026-02-30", "16:00"),
        ("2026-06-18", "25:00"),
        ("18.06.2026", "16:00"),
        ("2026-06-18", "4 pm"),
        ("0001-01-01", "00:00"),
        ("9999-12-31", "23:59"),
        ("<b>", "'"),
    ],
)
def test_nonsense_is_no_time(date: str, time: str) -> None:
    with pytest.raises(TimeError):
        instant(date, time, "Europe/Lisbon")


def test_pages_offer_places_and_know_more() -> None:
    assert zones()[0] == "UTC"
    assert "Europe/Lisbon" in zones()
    assert "US/Pacific" not in zones()
    assert "US/Pacific" in known_zones()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "3 days ago"),
        (-1, "yesterday"),
        (0, "today"),
        (1, "tomorrow"),
        (3, "in 3 days"),
        (20, "in 2 weeks"),
        (70, "in 2 months"),
    ],
)
def test_how_far_away_a_day_is(days: int, words: str) -> None:
    now = instant("2026-06-18", "12:00", "UTC")
    assert distance_words(Instant(now + days * 24 * HOUR), now, "UTC") == words


def test_days_in_words() -> None:
    at = instant("2026-06-08", "23:30", "UTC")
    assert day_words(at, "UTC") == "Monday 8 June 2026"
    assert day_words(at, "Europe/Berlin") == "Tuesday 9 June 2026"
    assert short_day_words(at, "UTC") == "8 June 2026"


def test_a_week_later_is_at_the_same_time_by_the_clocks_there() -> None:
    at = instant("2026-10-22", "16:00", "Europe/Berlin")
    later = weeks_later(at, "Europe/Berlin", 1)
    assert (date_of(later, "Europe/Berlin"), time_of(later, "Europe/Berlin")) == ("2026-10-29", "16:00")
    assert later - at == 7 * 24 * HOUR + HOUR
