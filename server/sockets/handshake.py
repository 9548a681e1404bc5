"""The opening of a session as a pure machine: hello, then arrival, then open."""

from enum import Enum

from rooms.language.codec import Frame, MalformedError
from rooms.language.refusals import Refusal
from rooms.language.signals import Hello
from server.relay.listener import RemovedError
from server.sockets.farewell import NotAdmittedError


class Stage(Enum):
    """Where the opening stands."""

    HELLO = "waiting for the browser's first frame"
    ARRIVING = "waiting until the conductor has taken note"
    OPEN = "under way"


class Handshake:
    """Fed by hand: frames of the browser, the conductor's answer to the arrival."""

    def __init__(self) -> None:
        self.stage = Stage.HELLO
        self.page = ""
        """What the page calls itself."""

    def hello(self, frame: Frame) -> int | None:
        """Take the first frame; the last number the page has seen.

        Raises:
            MalformedError: it is not a hello.
        """
        if self.stage is not Stage.HELLO or frame.ref is not None or not isinstance(frame.body, Hello):
            raise MalformedError("the first frame must be [null, hello]")
        self.stage = Stage.ARRIVING
        self.page = frame.body.page
        return frame.body.last

    def arrived(self, reason: Refusal | None) -> None:
        """Take the conductor's answer to the arrival.

        Raises:
            RemovedError: an organiser has sent the person away.
            NotAdmittedError: the rules do not let the person in.
        """
        if reason is Refusal.REMOVED:
            raise RemovedError
        if reason is not None and reason is not Refusal.EVENT_ENDED:  # they may look at how it ended
            raise NotAdmittedError(reason.value)
        self.stage = Stage.OPEN
