"""One event as an iCalendar file (RFC 5545), for "add to calendar"."""

from datetime import UTC, datetime

from server.files.vcards import address, escaped, folded


def calendar(identity: str, name: str, link: str, starts_at: int, length_ms: int) -> bytes:
    """The event with a link to its page; instants are milliseconds since 1970."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rondo//Event//EN",
        "BEGIN:VEVENT",
        f"UID:{escaped(identity)}@rondo",
        f"DTSTAMP:{_moment(starts_at)}",
        f"DTSTART:{_moment(starts_at)}",
        f"DTEND:{_moment(starts_at + length_ms)}",
        f"SUMMARY:{escaped(name)}",
        f"URL:{address(link)}",
        f"DESCRIPTION:{escaped(link)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(folded(line) for line in lines).encode()


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
