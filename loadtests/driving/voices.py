"""Chat as a clock: each line says when it was sent, and everybody who hears it notes how long it took."""

from array import array
from time import monotonic

from loadtests.driving.attendee import Attendee
from loadtests.driving.crowd import Crowd
from loadtests.measuring.spread import Spread
from rooms.language.commands import SayChat
from rooms.language.ids import RoomId

WORD = "at "
SIGN = b'"text":"at '


class Voices:
    """Of one crowd: says lines and keeps how long each took to each listener."""

    def __init__(self, crowd: Crowd, listeners: frozenset[str] | None = None) -> None:
        self._listeners = listeners
        self._took = array("d")
        self.said = 0
        self.heard = 0
        """Lines times listeners."""
        crowd.chatted = self._heard

    def say(self, person: Attendee, room: bytes = b"") -> None:
        """One line to the lobby, or to the room this person is in."""
        self.said += 1
        person.order(SayChat(f"{WORD}{monotonic():.6f}", RoomId(room.decode()) if room else None))

    def take(self) -> Spread | None:
        """What was heard since the last time, in ms; None if nothing was."""
        took, self._took = self._took, array("d")
        return Spread.of(took) if took else None

    def _heard(self, person: Attendee, payload: bytes, at: float) -> None:
        begin = payload.find(SIGN)
        if begin < 0 or (self._listeners is not None and person.name not in self._listeners):
            return
        begin += len(SIGN)
        self.heard += 1
        self._took.append((at - float(payload[begin : payload.find(b'"', begin)])) * 1000)
