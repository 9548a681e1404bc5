"""The log says facts and nothing about persons."""

from server.logs import PERSONAL, without_personal_data


def test_personal_fields_are_blanked() -> None:
    fields = dict.fromkeys(PERSONAL, "Ada Lovelace") | {"event_id": "mixer-7k2p"}
    shown = without_personal_data(None, "info", fields)
    assert "Ada Lovelace" not in shown.values()
    assert shown["event_id"] == "mixer-7k2p"
