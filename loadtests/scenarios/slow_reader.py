"""Some read nothing any more while lines go to all: what the others wait, what is held for the stuck, when they go."""

import asyncio
import socket
from collections.abc import Iterable
from time import monotonic

from msgspec import Struct

from loadtests.driving.attendee import Attendee
from loadtests.driving.house import House
from loadtests.driving.voices import Voices
from loadtests.measuring.report import Report
from loadtests.measuring.screen import Screen
from loadtests.measuring.sockets import sending
from loadtests.scenarios.coming import note_frames, seat_all
from loadtests.scenarios.wish import Wish, agenda
from rooms.language.commands import SayChat
from rooms.language.ids import RoomId
from rooms.language.limits import CHAT_CHARS
from server.launching.workers import PING_ANSWER_S, PING_EVERY_S

STUCK = 5
"""More partners would say more lines than one conductor decides, and everybody would wait for that."""
SHARE = 0.1
"""At most this share of all is stuck."""
TALK_S = PING_EVERY_S + PING_ANSWER_S
FLOOD_PER_S = 15
"""Lines that a partner of somebody stuck says to their room: as much as one connection may."""
RECEIVE_BYTES = 4096
"""What the kernel of a stuck browser still takes."""
FRAMES_PER_S = 20_000
MOST_LINES_PER_S = 40
LOOK_S = 0.5
MARGIN_S = 10.0
"""Beyond the ping time: a machine that is busy looks later."""


class Held(Struct):
    """What was held for the stuck ones at most, and until when they had a line."""

    kernel_bytes: int = 0
    gone_s: float | None = None


async def slow_reader(wish: Wish, screen: Screen) -> Report:
    """Some read nothing any more: what others wait, what is held for the stuck, when they are cut off."""
    report = Report("slow_reader", wish.attendees, wish.workers)
    stuck_count = max(1, min(STUCK, int(wish.attendees * SHARE)))
    async with wish.house(wish.workers) as house, house.evening(wish.attendees, agenda()) as evening:
        await seat_all(evening, screen)
        stuck, partners, good = _parts(evening.crowd.people, stuck_count)
        voices = Voices(evening.crowd, frozenset(person.name for person in good))
        screen.say("lines while all read")
        least = house.use().pss_kib
        await _lines(voices, good, partners, TALK_S)
        await evening.crowd.quiet()
        calm, before, held = voices.take(), house.use().pss_kib, Held()
        ports = _stop_reading(stuck)
        limit_s = PING_EVERY_S + PING_ANSWER_S + MARGIN_S
        bar = screen.bar("stuck readers are cut off", stuck_count, lambda: stuck_count - len(ports))
        async with bar, asyncio.TaskGroup() as group:
            group.create_task(_lines(voices, good, partners, TALK_S))
            await _look(house, ports, held, limit_s)
        await evening.crowd.quiet()
        # What it grows by itself while people talk is not held for anybody.
        hurt, grown = voices.take(), house.use().pss_kib - before - (before - least)
        note_frames(report, evening.crowd, house)
    if calm is None or hurt is None:
        report.notes.append("no line was heard")
        return report
    report.told("calm", "a line to all, until heard, while all read", calm)
    report.told("hurt", "the same while some read nothing", hurt, calm)
    report.notes.append("the floor of the second is the first: the same lines to the same people, with nobody stuck")
    report.add("delay", hurt.p99 - calm.p99, "ms", "more than before: p99 of the others")
    report.add("held", (held.kernel_bytes / 1024 + max(0, grown)) / stuck_count, "KiB", "held for each who is stuck")
    report.add("held_kernel", held.kernel_bytes / 1024 / stuck_count, "KiB", "of which by the kernel, to send")
    if held.gone_s is None:
        report.notes.append(f"{len(ports)} of {stuck_count} stuck readers still had a line after {limit_s:.0f} s")
    report.add("gone_s", held.gone_s or limit_s, "s", "until the last who was stuck had been cut off")
    return report


def _parts(people: list[Attendee], count: int) -> tuple[list[Attendee], list[Attendee], list[Attendee]]:
    """So many who will be stuck, each in another room; those who sit with them; everybody but the stuck."""
    stuck = list({person.room: person for person in people}.values())[:count]
    rooms, ill = {person.room for person in stuck}, {person.name for person in stuck}
    good = [person for person in people if person.name not in ill]
    return stuck, [person for person in good if person.room in rooms], good


async def _lines(voices: Voices, good: list[Attendee], partners: list[Attendee], length_s: float) -> None:
    """Lines to all, and many more to the rooms of those who are stuck or will be."""
    until = monotonic() + length_s
    async with asyncio.TaskGroup() as group:
        group.create_task(_talk(voices, good, until))
        group.create_task(_flood(partners, until))


async def _flood(partners: list[Attendee], until: float) -> None:
    """The longest lines there are, which only a room hears."""
    while monotonic() < until:
        for person in partners:
            person.order(SayChat("x" * CHAT_CHARS, RoomId(person.room.decode())))
        await asyncio.sleep(1 / FLOOD_PER_S)


async def _talk(voices: Voices, people: list[Attendee], until: float) -> None:
    """Lines to all at a steady pace."""
    per_s = max(1.0, min(MOST_LINES_PER_S, FRAMES_PER_S / len(people)))
    while monotonic() < until:
        for person in people:
            voices.say(person)
            await asyncio.sleep(1 / per_s)
            if monotonic() >= until:
                return


def _stop_reading(people: Iterable[Attendee]) -> set[int]:
    """They take nothing any more, and their kernel little; the ports of their lines."""
    ports = set()
    for person in people:
        assert person.socket is not None
        assert person.socket.transport is not None
        transport = person.socket.transport
        ports.add(int(transport.get_extra_info("sockname")[1]))
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)
        transport.pause_reading()
    return ports


async def _look(house: House, ports: set[int], held: Held, limit_s: float) -> None:
    """Watch the kernel's table until no stuck one has a line at the server."""
    began = monotonic()
    while monotonic() - began < limit_s:
        queues = sending(house.address.port)
        ports.intersection_update(queues)
        held.kernel_bytes = max(held.kernel_bytes, sum(queues[port] for port in ports))
        if not ports:
            held.gone_s = monotonic() - began
            return
        await asyncio.sleep(LOOK_S)
