"""The programme builder: plain posts, saving, the preview, bad input, two people at once."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from rooms.language.agenda import BreakSegment, ClosingSegment, LobbySegment, RoundsSegment, Segment
from rooms.language.errands import PlanChange
from rooms.language.rules import Complementary, Mix, MustDiffer, Weights
from server.pages import agenda
from server.pages.programme_forms import parts_of, read_parts
from server.records import events as kept
from server.records.events import Event
from tests.support.organising import House, open_house

AGENDA: tuple[Segment, ...] = (LobbySegment(), RoundsSegment(), ClosingSegment())


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, agenda.routes) as opened:
        yield opened


@pytest.fixture
async def event(house: House) -> Event:
    return await house.event(await house.organiser())


@pytest.fixture
async def browser(house: House, event: Event) -> httpx2.AsyncClient:
    ((noor, _),) = await kept.organisers_of(house.records, event.id)
    return await house.browser_of(noor)


def form(**changes: str) -> dict[str, str]:
    """The form of the usual event as a browser sends it; `p1_title` is the field `p1-title`."""
    fields = {"version": "0", "order": "0,1,2", "open": "1", "people": "12", "do": "save"}
    for part in parts_of(AGENDA):
        fields |= {part.name("kind"): part.kind} | {part.name(name): value for name, value in part.values.items()}
    changed = {re.sub(r"^(p\d+)_(?:(rule\d+)_)?", dashed, name): value for name, value in changes.items()}
    return {name: value for name, value in (fields | changed).items() if value != "absent"}


def dashed(found: re.Match[str]) -> str:
    return "".join(f"{group}-" for group in found.groups() if group)


async def stored(house: House, event: Event) -> Event:
    found = await kept.find(house.records, event.id)
    assert found
    return found


async def test_the_page_shows_the_parts_with_their_times(browser: httpx2.AsyncClient, event: Event) -> None:
    page = (await browser.get(f"/events/{event.id}/agenda")).text
    assert "00:00, people arrive and chat" in page
    assert "00:10, 5 rounds of pairs" in page
    assert "With 60 people: 5 rounds × 4 min" in page
    assert 'name="p1-size" value="2" checked' in page


async def test_saving_writes_and_tells_the_running_event(
    house: House, browser: httpx2.AsyncClient, event: Event
) -> None:
    changes = form(p1_rounds="3", p1_minutes="2,5", p1_size="4", p1_rule0_how="relax", p1_minute_more="absent")
    answer = await browser.post(f"/events/{event.id}/agenda", data=changes)
    assert answer.headers["location"] == f"/events/{event.id}/agenda?part=1&done=saved"
    saved = await stored(house, event)
    rounds = RoundsSegment(rounds=3, length_s=150, size=4, rules=(MustDiffer(attr="team"),), minute_more=False)
    assert (saved.agenda, saved.version) == ((LobbySegment(), rounds, ClosingSegment()), 1)
    ((about, order),) = house.inbox.orders
    assert about == event.id
    assert order.wish == PlanChange(kept.plan_of(saved))
    assert "Saved." in (await browser.get(answer.headers["location"])).text


async def test_what_is_saved_while_redis_is_away_stays_saved(
    house: House, browser: httpx2.AsyncClient, event: Event
) -> None:
    house.inbox.away = True
    answer = await browser.post(f"/events/{event.id}/agenda", data=form(p1_title="Later"))
    assert answer.headers["location"].endswith("done=kept")
    assert (await stored(house, event)).agenda[1].title == "Later"


@pytest.mark.parametrize(
    ("action", "order"),
    [
        ("up-1", "1,0,2"),
        ("down-1", "0,2,1"),
        ("up-0", "0,1,2"),
        ("down-2", "0,1,2"),
        ("remove-1", "0,2"),
        ("add-break", "0,1,3,2"),
        ("add-closing", "0,1,2,3"),
        ("add-nonsense", "0,1,2"),
        ("up-99", "0,1,2"),
        ("nonsense", "0,1,2"),
        ("rule-1-add-nonsense", "0,1,2"),
        ("rule-7-add-teams", "0,1,2"),
        ("rule-0-add-teams", "0,1,2"),
        ("rule-", "0,1,2"),
        ("open-2", "0,1,2"),
        ("preview", "0,1,2"),
    ],
)
async def test_without_script_parts_are_rearranged_and_nothing_is_saved(
    house: House, browser: httpx2.AsyncClient, event: Event, action: str, order: str
) -> None:
    answer = await browser.post(f"/events/{event.id}/agenda", data=form(do=action, p0_title="Typed, not saved"))
    assert answer.status_code == 200
    assert f'name="order" value="{order}"' in answer.text
    assert "data-unsaved" in answer.text
    assert "Typed, not saved" in answer.text
    assert await stored(house, event) == event
    assert house.inbox.orders == []


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("p0_title", "", "Give this part a name."),
        ("p0_title", "x" * 121, "Shorten this to 120 characters"),
        ("p0_hint", "x" * 121, "Shorten this to 120 characters"),
        ("p0_minutes", "", "Write minutes, from 0.17 to 360"),
        ("p0_minutes", "361", "Write minutes, from 0.17 to 360"),
        ("p0_minutes", "0.1", "Write minutes"),
        ("p0_minutes", "-5", "Write minutes"),
        ("p0_minutes", "1e3", "Write minutes"),
        ("p0_minutes", "NaN", "Write minutes"),
        ("p0_minutes", "1.2.3", "Write minutes"),
        ("p1_minutes", "61", "Write minutes, from 0.17 to 60"),
        ("p1_rounds", "0", "Write a whole number from 1 to 30."),
        ("p1_rounds", "31", "Write a whole number from 1 to 30."),
        ("p1_rounds", "2.5", "Write a whole number from 1 to 30."),
        ("p1_changeover", "2", "Write a whole number from 3 to 120."),
        ("p1_changeover", "999999999999", "Write a whole number from 3 to 120."),
        ("p1_size", "7", "Choose one of these."),
        ("p1_deck", "tarot", "Choose one of these."),
        ("p1_interests", "enormously", "Choose one of these."),
        ("p1_repeat", "", "Choose one of these."),
        ("p1_rule0_how", "perhaps", "Choose one of these."),
        ("p1_title", '"><script>alert(1)</script>', ""),
    ],
)
async def test_a_part_says_what_it_needs_and_nothing_is_saved(
    house: House, browser: httpx2.AsyncClient, event: Event, field: str, value: str, sentence: str
) -> None:
    changes = form(**{field: value}) | ({} if sentence else {"p0-title": ""})
    answer = await browser.post(f"/events/{event.id}/agenda", data=changes)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<script>alert" not in answer.text
    assert await stored(house, event) == event


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"order": ""}, "A programme needs one part at least."),
        ({"order": "absent"}, "A programme needs one part at least."),
        ({"order": "7,8,9"}, "A programme needs one part at least."),
        ({"order": "2,0,1"}, "The wrap-up comes last: the event ends with it."),
    ],
)
async def test_a_programme_says_what_it_needs_as_a_whole(
    browser: httpx2.AsyncClient, event: Event, changes: dict[str, str], sentence: str
) -> None:
    answer = await browser.post(f"/events/{event.id}/agenda", data=form(**changes))
    assert answer.status_code == 422
    assert sentence in answer.text


async def test_a_programme_has_thirty_parts_at_most(browser: httpx2.AsyncClient, event: Event) -> None:
    many = {
        f"p{number}-{name}": value
        for number in range(40)
        for name, value in {"kind": "break", "title": "Breather", "minutes": "5", "hint": ""}.items()
    }
    order = ",".join(str(number) for number in range(40))
    answer = await browser.post(
        f"/events/{event.id}/agenda", data=many | {"order": order, "do": "save", "version": "0"}
    )
    assert answer.status_code == 422
    assert "A programme has 30 parts at most." in answer.text


async def test_of_two_hosts_the_second_is_asked_before_undoing_the_first(
    house: House, browser: httpx2.AsyncClient, event: Event
) -> None:
    await browser.post(f"/events/{event.id}/agenda", data=form(p1_title="First"))
    answer = await browser.post(f"/events/{event.id}/agenda", data=form(p1_title="Second"))
    assert answer.status_code == 409
    assert "Somebody else saved this programme a moment ago." in answer.text
    assert (await stored(house, event)).agenda[1].title == "First"
    assert 'name="version" value="1"' in answer.text
    await browser.post(f"/events/{event.id}/agenda", data=form(p1_title="Second", version="1"))
    assert (await stored(house, event)).agenda[1].title == "Second"


async def test_the_preview_reckons_and_changes_nothing(house: House, browser: httpx2.AsyncClient, event: Event) -> None:
    changes = form(people="48", p1_rounds="10", p0_title="<b>")
    answer = await browser.post(f"/events/{event.id}/agenda/preview.json", data=changes)
    found = answer.json()
    assert found["meaning"]["sentence"].startswith("With 48 people: 10 rounds × 4 min = ")
    assert [row["key"] for row in found["timetable"]["rows"]] == ["0", "1", "2"]
    assert len(found["meaning"]["wheel"]["lines"]) == 24
    assert found["errors"] == {}
    assert await stored(house, event) == event


async def test_the_preview_says_what_is_wrong_beside_each_field(browser: httpx2.AsyncClient, event: Event) -> None:
    changes = form(p1_rounds="x", order="2,1", people="-3")
    found = (await browser.post(f"/events/{event.id}/agenda/preview.json", data=changes)).json()
    assert found["errors"] == {"p1-rounds": "Write a whole number from 1 to 30."}
    assert found["problem"] == "The wrap-up comes last: the event ends with it."
    assert found["meaning"]["people"] == 24


async def test_without_script_rules_are_added_moved_and_removed_and_nothing_is_saved(
    house: House, browser: httpx2.AsyncClient, event: Event
) -> None:
    answer = await browser.post(f"/events/{event.id}/agenda", data=form(do="rule-1-add-mentor"))
    assert 'name="p1-rules" value="0,1"' in answer.text
    assert 'name="p1-rule1-value" value="mentor"' in answer.text
    two = {"p1-rules": "0,1", "p1-rule1-kind": "language", "p1-rule1-how": "relax"}
    answer = await browser.post(f"/events/{event.id}/agenda", data=form(do="rule-1-up-1") | two)
    assert 'name="p1-rules" value="1,0"' in answer.text
    answer = await browser.post(f"/events/{event.id}/agenda", data=form(do="rule-1-remove-0") | two)
    assert 'name="p1-rules" value="1"' in answer.text
    assert await stored(house, event) == event
    assert house.inbox.orders == []


async def test_rules_and_weights_are_saved_in_their_order(
    house: House, browser: httpx2.AsyncClient, event: Event
) -> None:
    mentors = {"kind": "mentor", "value": "Mentor", "other": "Mentee", "how": "sit_out"}
    fields = {f"p1-rule5-{name}": value for name, value in mentors.items()}
    changes = form(p1_rules="5,0", p1_interests="much", p1_language="none", p1_repeat="idle_over_repeat")
    await browser.post(f"/events/{event.id}/agenda", data=changes | fields)
    rounds = (await stored(house, event)).agenda[1]
    assert isinstance(rounds, RoundsSegment)
    pairs = Complementary(attr="role", values=("Mentor", "Mentee"), on_infeasible="sit_out")
    assert rounds.rules == (pairs, Mix(attr="team"))
    assert rounds.weights == Weights(interests=0.9, language=0.0)
    assert rounds.repeat == "idle_over_repeat"


async def test_what_is_wrong_with_a_rule_stands_below_its_field(browser: httpx2.AsyncClient, event: Event) -> None:
    mentors = {"kind": "mentor", "value": "", "other": "x", "how": "relax"}
    fields = {f"p1-rule1-{name}": value for name, value in mentors.items()}
    answer = await browser.post(f"/events/{event.id}/agenda", data=form(p1_rules="0,1") | fields)
    assert answer.status_code == 422
    assert 'id="p1-rule1-value-error"' in answer.text
    found = await browser.post(f"/events/{event.id}/agenda/preview.json", data=form(p1_rules="0,1") | fields)
    assert found.json()["errors"] == {"p1-rule1-value": "Write a role, spelled as on the page of people."}


async def test_an_event_that_is_over_cannot_be_saved_from_the_page(
    house: House, browser: httpx2.AsyncClient, event: Event
) -> None:
    await kept.set_status(house.records, event.id, "ended")
    page = (await browser.get(f"/events/{event.id}/agenda")).text
    assert "This event is over." in page
    assert 'name="do" value="save"' not in page


def test_every_part_reads_back_as_it_was_written() -> None:
    parts = (LobbySegment(length_s=10), RoundsSegment(length_s=50, deck="none", odd="sit_out"), BreakSegment(hint="x"))
    fields = {"order": "0,1,2"}
    for part in parts_of(parts):
        fields |= {part.name("kind"): part.kind} | {part.name(name): value for name, value in part.values.items()}
    assert agenda.agenda_of(read_parts(fields)) == parts
