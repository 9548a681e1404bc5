"""The log: one line a fact, with event and worker, and no personal data.

What may be said is named here; all else is blanked. Errors are told by their kind and the way to them, and by their
words only where we have written these: those of others may repeat what somebody typed.
"""

import logging
import re
import sys
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from traceback import FrameSummary, extract_tb
from typing import Any

import structlog

FIELDS = {
    "by_ms": "milliseconds by which a clock was set",
    "child": "which of our processes",
    "code": "an exit code, or the name of a close code",
    "command": "the class of a command",
    "connections": "how many",
    "dead": "the id of a worker",
    "error": "in our own words why something is away",
    "event_id": "an event",
    "fence": "the number of a lease",
    "greedy": "whether greedy rooms were asked for",
    "life": "the name of a life",
    "logger": "which library speaks",
    "method": "of a request, or of the matcher",
    "ms": "milliseconds",
    "part": "a part in the demo's cast",
    "request": "the number of a match that is wanted",
    "route": "the pattern of a path: the path itself may hold somebody's link",
    "seq": "the number of a change",
    "why": "a reason out of our own list",
    "wish": "the class of an order",
    "worker": "the id of a worker",
}
"""Every field a line may have. None can hold anything of or about a person."""
BEGINNING = frozenset({"timestamp", "level", "event", "exception"})
"""What else stands in a line: put there by ourselves, `event` always as it is written in the code."""
BLANK = "…"
ROOT = str(Path(__file__).parent.parent) + "/"
"""The project, with the virtual environment in it."""
OUR_OWN = (
    "server.conducting.",
    "server.launching.",
    "server.matching.",
    "server.records.engine",
    "server.relay.",
    "server.sockets.",
    "server.store.",
)
"""Where the errors are defined whose words are ours and repeat nothing that a browser sent."""
FRAMES, LAST = 20, 3
"""Places told of one error, the last ones: those in our own code, and of others the very last."""
CAUSES = 5
"""Errors told of a chain."""
FOREIGN_CHARS = 120
EMAIL = re.compile(r"[^\s\"'=<>(),;:]+@[^\s\"'=<>(),;:]+")
IPV4 = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
IPV6 = re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{0,4}(?![\w:])")


def without_personal_data(_logger: Any, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank every field that is not named above, and addresses of people and machines in the others."""
    for key, value in fields.items():
        if key not in FIELDS and key not in BEGINNING:
            fields[key] = BLANK
        elif isinstance(value, str) and key != "timestamp":
            fields[key] = scrub(value)
    return fields


def scrub(text: str) -> str:
    """The text without e-mail and IP addresses: no line of ours has any, a library's may."""
    for pattern in (EMAIL, IPV4, IPV6):
        text = pattern.sub(BLANK, text)
    return text


def error_told(_logger: Any, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put an error into one field."""
    error = fields.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    elif isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        fields["exception"] = describe(error)
    return fields


def describe(error: BaseException) -> str:
    """`Traceback: server/relay/line.py:131 _tell > … > GapError: have 3, got 7`, and what it came from."""
    return "Traceback: " + " from ".join(_one(one) for one in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and its causes, of several at a time the first."""
    current: BaseException | None = error
    for _ in range(CAUSES):
        if current is None:
            return
        yield current
        following = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
        current = current.exceptions[0] if isinstance(current, BaseExceptionGroup) else following


def _one(error: BaseException) -> str:
    kind = type(error)
    words = str(error) if kind.__module__.startswith(OUR_OWN) else getattr(error, "strerror", None)
    frames = extract_tb(error.__traceback__)
    told = [frame for frame in frames[:-LAST] if _ours(frame)] + frames[-LAST:]
    way = [_place(frame) for frame in told[-FRAMES:]]
    return " > ".join([*way, f"{kind.__name__}: {words}" if words else kind.__name__])


def _ours(frame: FrameSummary) -> bool:
    return frame.filename.startswith(ROOT) and "/site-packages/" not in frame.filename


def _place(frame: FrameSummary) -> str:
    """`server/relay/line.py:131 _tell`, on whatever machine."""
    path = frame.filename.removeprefix(ROOT).rpartition("/site-packages/")[2]
    return f"{path}:{frame.lineno} {frame.name}"


class Foreign(logging.Handler):
    """Passes on what libraries log, as lines of ours: their first line, without what they fill in."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log a record."""
        template = str(record.msg).partition("\n")[0][:FOREIGN_CHARS]
        told = {"logger": record.name, "exc_info": record.exc_info}
        structlog.get_logger(record.name).log(record.levelno, template, **told)


def set_up(level: str, **always: str) -> None:
    """Send every line to stderr; `always` (the worker's id) goes with each."""
    number = logging.getLevelNamesMapping()[level.upper()]
    # Libraries never say more than warnings: what they tell of each request holds links and addresses.
    logging.basicConfig(level=logging.WARNING, handlers=[Foreign()], force=True)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            error_told,
            without_personal_data,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    structlog.contextvars.bind_contextvars(**always)
