"""What the form of a new event and the form of its settings share: from typed words to a draft, and back."""

from rooms.language.ids import Instant
from rooms.language.limits import ATTENDEES_PER_EVENT, SHORT_TEXT_CHARS
from server.forms import Form
from server.records.engine import now_ms
from server.records.events import Draft, Entry, Event
from server.times import TimeError, date_of, instant, known_zones, time_of

DESCRIPTION_CHARS = 2_000
CONDUCT_CHARS = 4_000
CODE_CHARS = 40
CODE_LEAST = 4
ZONE_CHARS = 64
GRACE_MS = 5 * 60_000
"""A form may lie open for a moment: a start that has just passed is still taken."""
CONDUCT = """Be kind, be curious, and let others finish.
No recording, no screenshots without asking.
Camera and microphone are optional, for everyone, at any time.
If something is not right, use Report or ask the host for help. You can leave a room whenever you like."""
"""What new events begin with; the host may write anything else."""

LIMITS = {
    "name": SHORT_TEXT_CHARS,
    "description": DESCRIPTION_CHARS,
    "conduct": CONDUCT_CHARS,
    "code": CODE_CHARS,
    "capacity": ATTENDEES_PER_EVENT,
}
"""For the attributes of the fields."""


def read_draft(form: Form, before: Draft | None = None) -> Draft:
    """All fields of the settings page; `form.errors` says what is wrong."""
    entry: Entry = "code" if form.choice("entry", ("open", "code")) == "code" else "open"
    return Draft(
        name=form.line("name", SHORT_TEXT_CHARS, "Give it a name that people recognise."),
        description=form.text("description", DESCRIPTION_CHARS),
        starts_at=read_start(form, before),
        timezone=form.values.get("timezone", ""),
        capacity=form.number("capacity", 0, ATTENDEES_PER_EVENT),
        entry=entry,
        code=read_code(form, entry),
        conduct=form.text("conduct", CONDUCT_CHARS),
        unattended=form.choice("unattended", ("yes", "no")) == "yes",
        series_history=read_series_history(form, before),
    )


def read_start(form: Form, before: Draft | None) -> Instant:
    """Date, time and zone together; in the future, unless it was so before."""
    zone = form.values.get("timezone", "")
    if zone not in known_zones() or len(zone) > ZONE_CHARS:
        form.wrong("timezone", "Choose a zone from the list.")
        return Instant(0)
    try:
        at = instant(form.values.get("date", ""), form.values.get("time", ""), zone)
    except TimeError as error:
        form.wrong("date", str(error))
        return Instant(0)
    unchanged = before is not None and at == minute_of(before.starts_at)
    if not unchanged and at < now_ms() - GRACE_MS:
        form.wrong("date", "This is in the past. Choose a time that is still to come.")
    return before.starts_at if unchanged and before else at


def minute_of(at: Instant) -> Instant:
    """The instant without its seconds, as a form shows it."""
    return Instant(at - at % 60_000)


def read_code(form: Form, entry: Entry) -> str:
    """The word that opens the door, if there is one."""
    code = form.line("code", CODE_CHARS)
    if entry == "code" and len(code) < CODE_LEAST:
        form.wrong("code", f"Choose a code of {CODE_LEAST} characters or more, or leave the link open.")
    return code


def read_series_history(form: Form, before: Draft | None) -> bool:
    """Whether earlier meetings count; a page that does not ask leaves it as it was."""
    if "series_history" not in form.values:
        return before is not None and before.series_history
    return form.choice("series_history", ("yes", "no")) == "yes"


def values_of(event: Event) -> dict[str, str]:
    """The fields of the settings page as they stand."""
    return {
        "name": event.name,
        "description": event.description,
        "date": date_of(event.starts_at, event.timezone),
        "time": time_of(event.starts_at, event.timezone),
        "timezone": event.timezone,
        "capacity": str(event.capacity),
        "entry": event.entry,
        "code": event.code,
        "conduct": event.conduct,
        "unattended": "yes" if event.unattended else "no",
        "series_history": "yes" if event.series_history else "no",
    }
