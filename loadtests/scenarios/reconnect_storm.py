"""In mid-round everybody's network breaks in one instant, and everybody comes back as pages do."""

from loadtests.measuring.report import Report
from loadtests.measuring.screen import Screen
from loadtests.scenarios.coming import note_frames, seat_all
from loadtests.scenarios.returning import Returns, break_lines, storm_at_the_floor
from loadtests.scenarios.wish import Wish, agenda


async def reconnect_storm(wish: Wish, screen: Screen) -> Report:
    """Everybody's line breaks in mid-round: until the last is back in the same seat."""
    report = Report("reconnect_storm", wish.attendees, wish.workers)
    async with wish.house(wish.workers) as house, house.evening(wish.attendees, agenda()) as evening:
        crowd = evening.crowd
        await seat_all(evening, screen)
        before, frames = house.use(), crowd.tally.copy()
        returns = Returns(crowd, wish.attendees)
        break_lines(crowd.people)
        mark = await returns.all(screen)
        report.add("cpu", (house.use().cpu_s - before.cpu_s) / wish.attendees * 1000, "ms", "processor time a return")
        await crowd.quiet()
        welcomes = crowd.tally.bytes[b"welcome"] - frames.bytes[b"welcome"]
        note_frames(report, crowd, house)
        floor = await storm_at_the_floor(wish.attendees, wish.attendees, welcomes // wish.attendees, screen)
        returns.tell(report, mark, floor)
        report.add("per_s", wish.attendees / mark.since(returns.began).last * 1000, "1/s", "returns a second")
    return report
