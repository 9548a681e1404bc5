"""The round changes: from the commit that decides it until the last knows the room; with matches made ahead or not."""

import statistics
import time
from time import monotonic

from msgspec import Struct

from loadtests.driving.crowd import Mark
from loadtests.driving.house import Evening, House
from loadtests.measuring.floor import a_floor
from loadtests.measuring.report import Curve, Report
from loadtests.measuring.screen import Screen
from loadtests.measuring.spread import Spread
from loadtests.scenarios.coming import let_in, make_ready, note_frames
from loadtests.scenarios.wish import PATIENCE_S, Wish, agenda
from rooms.language.cards import EventView
from rooms.language.commands import EndRound, StartRound
from server.store.journal import COMMIT

ROUNDS, AT_THE_BOUNDARY, WHILE_GROWING = 25, 3, 5
"""Rounds of the largest size, of which so many find their matches only when they are due; and of smaller sizes."""
SHARES = (0.1, 0.5)
"""Smaller sizes, to see how it grows."""
FLOOR_ROUNDS = 15
SLOWEST_KEPT = 2_000
"""Slow commands that Redis keeps for us."""
SLOW_US_EACH = 0.05
"""Commands of Redis are noted from so many microseconds an attendee: the commit of the round, and few others."""


class Change(Struct):
    """One round, as it was told."""

    told: Spread
    """From the deciding commit."""
    due_last_ms: float
    """From when it was due to the last told."""
    lead_s: float | None
    """From the last who was told whom they meet to when it was due; None when it was only found then."""
    commit_ms: float | None
    """Time of Redis; None when it was too short to be noted."""
    commit_bytes: int
    quiet_s: float
    """Until nothing more came of it."""


class Size(Struct):
    """All rounds of one size."""

    people: int
    ahead: list[Change]
    """With matches made before they were due."""
    boundary: list[Change]
    floor: list[Spread]
    cpu_ms: float
    """Of all server processes, a round."""
    floor_cpu_ms: float
    frame_bytes: int
    """Of the frame that tells the room."""
    sent: tuple[float, float]
    """Frames and bytes an attendee and round, whatever they say."""


async def round_change(wish: Wish, screen: Screen) -> Report:
    """The round changes: the last told against the floor, the worst round, growth, matching included."""
    report = Report("round_change", wish.attendees, wish.workers)
    sizes: list[Size] = []
    for people in growing(wish.attendees):
        full = people == wish.attendees
        rounds = max(2, wish.rounds or ROUNDS) if full else min(wish.rounds or WHILE_GROWING, WHILE_GROWING)
        sizes.append(await _measure(wish, people, rounds, report if full else None, screen))
    _tell(report, sizes)
    return report


def growing(people: int) -> list[int]:
    """Smaller even sizes, then the wanted one."""
    return sorted({max(4, int(people * share) // 2 * 2) for share in SHARES} | {people})


async def _measure(wish: Wish, people: int, rounds: int, report: Report | None, screen: Screen) -> Size:
    async with wish.house(wish.workers) as house, house.evening(people, agenda(rounds=rounds + 1)) as evening:
        await let_in(evening, screen)
        await make_ready(evening, screen)
        await evening.crowd.quiet(PATIENCE_S)
        await _note_slow_commands(house, people)
        before, sent = house.use(), evening.crowd.tally.copy()
        changes: list[Change] = []
        last = AT_THE_BOUNDARY if rounds > AT_THE_BOUNDARY else 1
        async with screen.bar(f"rounds of {people:,}", rounds, lambda: len(changes)):
            for number in range(1, rounds + 1):
                changes.append(await _change(house, evening, number, ahead=number <= rounds - last))
        cpu_ms = (house.use().cpu_s - before.cpu_s) / rounds * 1000
        tally = evening.crowd.tally
        frame = tally.bytes[b"room.changed"] // max(1, tally.frames[b"room.changed"])
        each = people * rounds
        totals = (
            (tally.frames.total() - sent.frames.total()) / each,
            (tally.bytes.total() - sent.bytes.total()) / each,
        )
        if report is not None:
            note_frames(report, evening.crowd, house)
    floor, floor_cpu_ms = await _floor(people, frame, screen)
    return Size(people, changes[:-last], changes[-last:], floor, cpu_ms, floor_cpu_ms, frame, totals)


async def _note_slow_commands(house: House, people: int) -> None:
    await house.redis.do("CONFIG", "SET", "slowlog-max-len", SLOWEST_KEPT)
    await house.redis.do("CONFIG", "SET", "slowlog-log-slower-than", int(people * SLOW_US_EACH))


async def _change(house: House, evening: Evening, number: int, *, ahead: bool) -> Change:
    """One round, from asking for it to the silence after it."""
    crowd, host = evening.crowd, evening.host
    told, known = crowd.mark(b"room %d" % number), crowd.mark(b"next")
    await house.redis.do("SLOWLOG", "RESET")
    if number > 1:
        await host.order(EndRound())
    asked_at = monotonic()
    if number == 1 or not ahead:
        await host.order(StartRound())
    due_at = asked_at
    if ahead or number == 1:
        due_at = _due(await host.until(lambda event: event.phase in ("forming", "changeover"), PATIENCE_S))
    await told.all(PATIENCE_S)
    commit = await house.watch.find("round.opened", evening.id, asked_at)
    commit_ms = await _slowest_commit(house)
    quiet_s = await crowd.quiet(PATIENCE_S)
    crowd.forget(b"room %d" % number)
    crowd.forget(b"next")
    lead_s = due_at - max(known.times) if ahead and known.done.is_set() else None
    return Change(
        told=told.since(commit.at),
        due_last_ms=(_last(told) - due_at) * 1000,
        lead_s=lead_s,
        commit_ms=commit_ms,
        commit_bytes=commit.bytes,
        quiet_s=quiet_s,
    )


def _due(view: EventView) -> float:
    """When the round is due, on the monotonic clock. Redis runs on this machine and has its time."""
    assert view.clock is not None
    assert view.clock.ends_at is not None
    return view.clock.ends_at / 1000 - time.time() + monotonic()


def _last(mark: Mark) -> float:
    return max(at for at in mark.times if at == at)


async def _slowest_commit(house: House) -> float | None:
    """The longest of our commits among what Redis has noted, in ms."""
    rows = await house.redis.do("SLOWLOG", "GET", SLOWEST_KEPT)
    ours = [took_us for _, _, took_us, words, *_ in rows if words[1:2] == [COMMIT.sha.encode()]]
    return max(ours) / 1000 if ours else None


async def _floor(people: int, frame: int, screen: Screen) -> tuple[list[Spread], float]:
    async with a_floor(people, frame) as floor:
        async with screen.bar(f"the floor of {people:,}", people, lambda: floor.crowd.here):
            await floor.crowd.arrive()
        await floor.tell_everybody(frame)  # the first one is not counted: buffers grow in it
        told = [await floor.tell_everybody(frame) for _ in range(FLOOR_ROUNDS)]
        return [spread for spread, _ in told], statistics.median(cpu_s for _, cpu_s in told) * 1000


# --- what it comes to -----------------------------------------------------------------------------------------------


def _tell(report: Report, sizes: list[Size]) -> None:
    full, least = sizes[-1], sizes[0]
    under, lasts = _middle(full.floor), [change.told.last for change in full.ahead]
    report.told("told", "from the deciding commit to being told the room", _middle([c.told for c in full.ahead]), under)
    report.spreads["the same at the floor"] = under
    report.add("worst", max(lasts), "ms", f"the worst of {len(lasts)} rounds", max(one.last for one in full.floor))
    report.add("worst_over_median", max(lasts) / statistics.median(lasts), "", "the worst round over the median one")
    report.add("growth", _each(full) / _each(least), "", f"time an attendee over that with {least.people:,}")
    _tell_matching(report, full)
    commits = [change.commit_ms for change in full.ahead + full.boundary if change.commit_ms is not None]
    if commits:
        report.add("redis_commit", statistics.median(commits), "ms", "the commit of a round, time of Redis")
    sizes_kib = [change.commit_bytes / 1024 for change in full.ahead]
    report.add("batch", statistics.median(sizes_kib), "KiB", "the batch that is published")
    report.add("quiet", statistics.median(c.quiet_s for c in full.ahead), "s", "after the last told until all is quiet")
    report.add("cpu", full.cpu_ms, "ms", "processor time a round, matching and seats included", full.floor_cpu_ms)
    report.add("frames", full.sent[0], "", "frames an attendee and round, until all is quiet", 1)
    report.add("bytes", full.sent[1], "B", "bytes an attendee and round, until all is quiet", full.frame_bytes)
    for name, line in (
        ("Rondo", [(size.people, _median_last(size)) for size in sizes]),
        ("the floor", [(size.people, _middle(size.floor).last) for size in sizes]),
    ):
        points = tuple((float(people), last) for people, last in line)
        report.curves.append(Curve(f"The last told: {name}", "attendees", "ms", points))
    rounds = tuple((float(number), last) for number, last in enumerate(lasts, 1))
    report.curves.append(Curve("The last told, round by round", "round", "ms", rounds))


def _tell_matching(report: Report, full: Size) -> None:
    """With what finding the matches takes: ahead of time, and only when the round is due."""
    boundary = [change.due_last_ms for change in full.boundary]
    report.add("boundary_last", statistics.median(boundary), "ms", "matched when due: from then to the last told")
    report.add(
        "due_last", statistics.median(c.due_last_ms for c in full.ahead), "ms", "matched ahead: from due to last"
    )
    leads = [change.lead_s for change in full.ahead if change.lead_s is not None]
    if len(leads) < len(full.ahead):
        report.notes.append(f"in {len(full.ahead) - len(leads)} rounds not all were told beforehand whom they meet")
    if leads:
        report.add("notice_lead", min(leads), "s", "matched ahead: the last told whom they meet, before it is due")


def _median_last(size: Size) -> float:
    return statistics.median(change.told.last for change in size.ahead)


def _each(size: Size) -> float:
    return _median_last(size) / size.people


def _middle(spreads: list[Spread]) -> Spread:
    """The median of each number over many rounds."""
    curve = tuple(statistics.median(points) for points in zip(*(one.curve for one in spreads), strict=True))
    ranks = {rank: statistics.median(getattr(one, rank) for one in spreads) for rank in ("p50", "p99", "last")}
    return Spread(count=spreads[0].count, curve=curve, **ranks)
