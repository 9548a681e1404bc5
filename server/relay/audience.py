"""Who of an event has a connection here, and the way from an audience to their sessions."""

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import assert_never

from rooms.event import (
    Announcement,
    Attendees,
    Audience,
    Event,
    Everyone,
    Hearers,
    InRoom,
    Organisers,
    Person,
    room_people,
)
from rooms.language.codec import Downward, encode_downward
from rooms.language.ids import AttendeeId, ConnectionId, Role
from server.relay.listener import Listener

Tray = defaultdict[Listener, list[bytes]]
"""Frames for each listener, in order."""


class Present:
    """The listeners of one event on this worker."""

    def __init__(self) -> None:
        self.all: dict[ConnectionId, Listener] = {}
        """Everybody who has joined, listening or still waiting for the first picture."""
        self._listening: set[Listener] = set()
        self._organisers: set[Listener] = set()
        self._attendees: defaultdict[AttendeeId, set[Listener]] = defaultdict(set)
        self._joined: Counter[tuple[Role, str]] = Counter()

    @property
    def listening(self) -> int:
        """How many connections notices reach."""
        return len(self._listening)

    @property
    def hearers(self) -> Hearers:
        """Whom notices reach, for whoever makes them."""
        return Hearers(self._attendees, bool(self._organisers))

    def add(self, listener: Listener) -> None:
        """Somebody has joined and is not listening yet."""
        self.all[listener.connection] = listener
        self._joined[listener.role, listener.id] += 1

    def listen(self, listener: Listener) -> None:
        """From here on, notices reach them."""
        self._listening.add(listener)
        if listener.role is Role.ORGANISER:
            self._organisers.add(listener)
        else:
            self._attendees[AttendeeId(listener.id)].add(listener)

    def listens(self, listener: Listener) -> bool:
        """Whether notices reach them already."""
        return listener in self._listening

    def remove(self, listener: Listener) -> None:
        """Somebody has left."""
        if self.all.pop(listener.connection, None) is not None:
            self._joined[listener.role, listener.id] -= 1
            if not self._joined[listener.role, listener.id]:
                del self._joined[listener.role, listener.id]
        self._listening.discard(listener)
        self._organisers.discard(listener)
        theirs = self._attendees.get(AttendeeId(listener.id))
        if theirs is not None:
            theirs.discard(listener)
            if not theirs:
                del self._attendees[AttendeeId(listener.id)]

    def of(self, attendee: AttendeeId) -> Collection[Listener]:
        """The connections of one person, a moment's overlap of two tabs included."""
        return tuple(self._attendees.get(attendee, ()))

    def count(self, role: Role, who: str) -> int:
        """How many connections one person has here, also those that have only begun."""
        return self._joined[role, who]

    def find(self, audience: Audience, event: Event) -> Collection[Listener]:
        """Who is to hear what is meant for this audience."""
        match audience:
            case Everyone():
                return tuple(self._listening)
            case Organisers():
                return tuple(self._organisers)
            case Attendees():
                return [listener for theirs in self._attendees.values() for listener in theirs]
            case InRoom(room):
                return [listener for who in room_people(event, room) for listener in self._attendees.get(who, ())]
            case Person(attendee):
                return self.of(attendee)
            case _:
                assert_never(audience)

    def announce(self, announcement: Announcement, event: Event, tray: Tray | None = None) -> int:
        """Hand an announcement to everybody it is for, or put it on their tray; how many that are."""
        found = self.find(announcement.audience, event)
        if tray is None or not found:
            return send(announcement.notice, found)
        data = encode_downward(announcement.notice)
        for listener in found:
            tray[listener].append(data)
        return len(found)


def serve(tray: Tray) -> None:
    """Hand out what is on the tray: all that is for somebody at once, which is one write instead of several."""
    for listener, frames in tray.items():
        listener.hear(*frames)


def send(message: Downward, listeners: Collection[Listener]) -> int:
    """Encode once, hand out bytes; nothing is encoded for nobody. How many get it."""
    if listeners:
        data = encode_downward(message)
        for listener in listeners:
            listener.hear(data)
    return len(listeners)
