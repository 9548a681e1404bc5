"""Why a session ended, as a close code: the only place that knows. No detail of our own faults leaves the house."""

import structlog

from rooms.language.closing import CloseCode
from rooms.language.codec import MalformedError
from server.records.engine import RecordsAwayError
from server.relay.listener import MovingError, NotRunningError, RemovedError, SupersededError, TooManyError
from server.store.client import StoreAwayError

log = structlog.get_logger("session")

REASON_BYTES = 120
"""A close frame holds 123 bytes of reason."""


class GoneError(Exception):
    """The browser closed the connection or it broke; there is nobody to say farewell to."""


class GoodbyeError(Exception):
    """The person left on purpose."""


class NotAdmittedError(Exception):
    """The person may not come in; the message says why, for the log only."""


class TooSlowError(Exception):
    """The browser did not take a frame, or did not say hello, in time."""


CODES: dict[type[Exception], CloseCode] = {
    GoodbyeError: CloseCode.GOODBYE,
    MovingError: CloseCode.MOVING,
    NotRunningError: CloseCode.INTERNAL,
    StoreAwayError: CloseCode.INTERNAL,
    RecordsAwayError: CloseCode.INTERNAL,
    MalformedError: CloseCode.MALFORMED,
    NotAdmittedError: CloseCode.NOT_ADMITTED,
    TooSlowError: CloseCode.TOO_SLOW,
    SupersededError: CloseCode.SUPERSEDED,
    RemovedError: CloseCode.REMOVED,
    TooManyError: CloseCode.TOO_MANY,
}


def farewell(error: Exception) -> tuple[CloseCode, str]:
    """The close code for what ended a session, and a reason for whoever debugs the browser's side."""
    code = CODES.get(type(error), CloseCode.INTERNAL)
    if type(error) not in CODES:
        log.error("session broke", exc_info=error)
    reason = str(error) if isinstance(error, MalformedError) else code.name.lower()
    return code, reason.encode()[:REASON_BYTES].decode(errors="ignore")
