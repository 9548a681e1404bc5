"""The table of keys is the code."""

import re
from pathlib import Path

from rooms.language.ids import EventId, WorkerId
from server.store import keys


def test_every_name_the_functions_give_stands_in_the_table() -> None:
    event, worker = EventId("{event}"), WorkerId("{worker}")
    names = [keys.inbox(event), keys.journal(event), keys.head(event), keys.lease(event), keys.snapshot(event)]
    names += [keys.channel(event), keys.bell(event), keys.worker(worker), keys.connections(worker)]
    names += [keys.ticket("{ticket}"), keys.WORKERS, keys.RUNNING, keys.WAKE, keys.DIED]
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
