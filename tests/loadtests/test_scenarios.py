"""Scripted attendees really join, and every scenario ends with a report that can be read, judged and shown."""

import json
import re
from contextlib import nullcontext
from pathlib import Path
from xml.etree import ElementTree

import pytest

from loadtests import command
from loadtests.driving.house import House
from loadtests.measuring import budgets
from loadtests.measuring.screen import Screen
from loadtests.scenarios.registry import SCENARIOS
from loadtests.scenarios.wish import Wish, agenda
from rooms.language.commands import OpenEvent
from server.store.journal import Journal

pytestmark = pytest.mark.timeout(240)

SMALL = {"round_change": 4, "many_events": 8}
"""Attendees of those that would hold several rounds of several sizes; the others get 20."""


async def test_scripted_attendees_are_people_of_the_event(house: House) -> None:
    async with house.evening(20, agenda()) as evening:
        await evening.host.order(OpenEvent())
        await evening.crowd.arrive()
        await evening.crowd.quiet()
        state = await Journal(house.redis).load(evening.id)
        assert state is not None
        assert set(state.people) == {person.name for person in evening.crowd.people}
        assert all(person.connection for person in state.people.values())
        assert evening.crowd.tally.frames[b"welcome"] == 20
        spread_over = [await house.people_on(worker) for worker in await house.workers()]
        assert sum(len(people & set(state.people)) for people in spread_over) == 20


async def test_whoever_loses_the_line_comes_back_as_a_page_does(house: House) -> None:
    async with house.evening(4, agenda()) as evening:
        await evening.host.order(OpenEvent())
        await evening.crowd.arrive()
        await evening.crowd.quiet()
        mark = evening.crowd.mark(b"welcome", 1)
        evening.crowd.people[0].vanish()
        await mark.all(30)
        assert evening.crowd.here == 4
        assert dict(evening.crowd.closes) == {1006: 1}


async def test_a_scenario_ends_with_a_whole_report(scenario: str, house: House, tmp_path: Path) -> None:
    wish = Wish(SMALL.get(scenario, 20), rounds=2, minutes=0.3, house=lambda _: nullcontext(house))
    report = await SCENARIOS[scenario](wish, Screen(live=False))
    command.write([report], tmp_path / "report.json", tmp_path / "report.html")
    (kept,) = json.loads((tmp_path / "report.json").read_text())
    assert kept["scenario"] == scenario
    assert kept["figures"]
    assert all(isinstance(row["value"], int | float) and row["what"] for row in kept["figures"])
    assert len({row["name"] for row in kept["figures"]}) == len(kept["figures"])
    spoken_of = {row.figure for row in budgets.read() if row.figure.startswith(f"{scenario}.")}
    assert spoken_of <= {row["name"] for row in kept["figures"]}
    page = (tmp_path / "report.html").read_text()
    assert not re.findall(r'(?:src|href)="(?!#)|@import|url\((?!#)', page)
    for drawing in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        ElementTree.fromstring(drawing)
