"""The log: one line a fact, with event, worker and connection, and no personal data."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

PERSONAL = frozenset({"name", "email", "text", "payload", "token", "ticket", "card", "cookie", "address"})
"""Keys whose values never reach the log, whoever passes them."""


def without_personal_data(_logger: Any, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank the fields that could say something about a person."""
    for key in PERSONAL & fields.keys():
        fields[key] = "…"
    return fields


def set_up(level: str, **always: str) -> None:
    """Send every line to stderr; `always` (the worker's id) goes with each."""
    number = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_personal_data,
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    structlog.contextvars.bind_contextvars(**always)
