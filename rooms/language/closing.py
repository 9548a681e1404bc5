"""Close codes of the WebSocket: what each means and what the browser does then."""

from enum import IntEnum
from typing import Literal

After = Literal["return", "return_at_once", "stay_away"]


class CloseCode(IntEnum):
    """Why a connection was closed by us."""

    GOODBYE = 1000
    MOVING = 4503
    INTERNAL = 1011
    MALFORMED = 4400
    NOT_ADMITTED = 4401
    TOO_SLOW = 4408
    SUPERSEDED = 4409
    REMOVED = 4410
    TOO_MANY = 4429


MEANING: dict[CloseCode, tuple[After, str]] = {
    CloseCode.GOODBYE: ("stay_away", "You left. Come back by your link whenever you like."),
    CloseCode.MOVING: ("return_at_once", "We are changing machines. You will be back in a moment."),
    CloseCode.INTERNAL: ("return", "Something went wrong on our side. We are finding you again."),
    CloseCode.MALFORMED: ("stay_away", "This page is out of date. Reload it."),
    CloseCode.NOT_ADMITTED: ("stay_away", "Your link is no longer good here. Open your personal link again."),
    CloseCode.TOO_SLOW: ("return", "Your connection is thin. We are finding you again."),
    CloseCode.SUPERSEDED: ("stay_away", "You are here in another tab. This one has stepped aside."),
    CloseCode.REMOVED: ("stay_away", "A host has closed this event for you."),
    CloseCode.TOO_MANY: ("return", "That was a lot at once. We are finding you again."),
}
