"""The table of keys is the code."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from redis.crc import key_slot

from rooms.language.commands import SetReadiness
from rooms.language.ids import EventId, WorkerId
from rooms.language.orders import Order
from server.store import keys
from server.store.client import Store
from server.store.inbox import START
from server.store.journal import Step
from server.store.scripts import FOLDER, Script
from tests.support.shelf import EVENT, FIRST, Shelf, a_state, entry


def test_every_name_the_functions_give_stands_in_the_table() -> None:
    event, worker = EventId("{event}"), WorkerId("{worker}")
    names = [keys.inbox(event), keys.journal(event), keys.head(event), keys.lease(event), keys.snapshot(event)]
    names += [keys.channel(event), keys.bell(event), keys.worker(worker), keys.connections(worker)]
    names += [keys.ticket("{ticket}"), keys.WORKERS, keys.CLOCK, keys.RUNNING, keys.WAKE, keys.DIED]
    tabled = {row.pattern for row in keys.KEYS}
    assert {name.replace("{{", "{").replace("}}", "}") for name in names} == tabled


def test_keys_of_one_event_share_a_slot() -> None:
    event = EventId("mixer-7k2p")
    names = (keys.inbox(event), keys.journal(event), keys.head(event), keys.lease(event), keys.snapshot(event))
    assert {re.findall(r"\{(.*?)\}", name)[0] for name in names} == {"mixer-7k2p"}


def test_every_script_is_named_as_a_writer_or_only_reads_and_claims() -> None:
    written_by = " ".join(row.written_by for row in keys.KEYS)
    folder = Path(keys.__file__).parent / "lua"
    unnamed = [path.name for path in folder.glob("*.lua") if path.name not in written_by and "lease_" not in path.name]
    assert not unnamed


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.lua")), ids=lambda path: path.stem)
def test_scripts_touch_only_the_keys_they_are_given(path: Path) -> None:
    """A Cluster sends a script to the node of its keys; a key made up inside might live elsewhere."""
    calls = re.findall(r"redis\.p?call\('(\w+)'(?:, ([^,)]+))?", path.read_text())
    assert calls
    assert [(word, key) for word, key in calls if word != "TIME" and not re.fullmatch(r"KEYS\[\d\]", key)] == []


async def test_every_call_of_a_script_gives_it_keys_of_one_tag(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs what conductors, workers and pages run, and looks at the slots of all keys that were handed over."""
    handed: list[tuple[str, set[int]]] = []
    run = Store.run

    async def noting(self: Store, script: Script, names: Sequence[str], args: Sequence[str | bytes | int]) -> Any:
        handed.append((script.name, {key_slot(name.encode()) for name in names}))
        return await run(self, script, names, args)

    monkeypatch.setattr(Store, "run", noting)
    shelf = Shelf(store)
    fence = await shelf.leases.take(EVENT)
    assert fence
    await shelf.inbox.submit(EVENT, Order(SetReadiness(ready=True)))
    await shelf.journal.commit(EVENT, shelf.leases, fence, Step(0, START, [entry(1)], []))
    await shelf.journal.put_snapshot(EVENT, fence, a_state(), 0)
    await shelf.leases.keep(EVENT, fence)
    await shelf.leases.drop(EVENT, fence)
    await shelf.leases.break_of(EVENT, FIRST)
    await shelf.presence.beat()
    await shelf.presence.claim_dead(60_000)
    await store.do("HSET", keys.CLOCK, "behind", 3_600_000)
    await shelf.presence.beat()
    assert {name for name, _ in handed} == {path.stem for path in FOLDER.glob("*.lua")}
    assert all(len(slots) == 1 for _, slots in handed)
