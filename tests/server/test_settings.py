"""Settings: one table, read from the environment and from flags, wrong ones named in one line."""

from pathlib import Path

import msgspec
import pytest

from server.settings import SETTINGS, Settings, SettingsError, as_environment, load, table, with_secret


def test_the_table_and_the_struct_name_the_same_settings() -> None:
    assert tuple(row.name for row in SETTINGS) == Settings.__struct_fields__


def test_defaults_are_good() -> None:
    settings = load({})
    assert settings.port == 8000
    assert settings.workers == 2
    assert settings.demo
    assert settings.url == "http://127.0.0.1:8000"
    assert settings.ice_servers == ()


def test_a_flag_wins_over_the_environment() -> None:
    assert load({"RONDO_PORT": "9000"}, {"port": "9001"}).port == 9001


def test_the_environment_of_a_child_says_the_same() -> None:
    settings = load({"RONDO_ICE_SERVERS": "stun:a.example:1, stun:b.example:2", "RONDO_DEMO": "no"})
    assert load(as_environment(settings)) == settings


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("PORT", "eighty", "whole number"),
        ("PORT", "-1", "whole number"),
        ("PORT", "65536", "whole number"),
        ("PORT", "", "whole number"),
        ("PORT", "٣", "whole number"),
        ("WORKERS", "0", "whole number"),
        ("DEMO", "perhaps", "yes or no"),
        ("DATA", "", "folder"),
        ("LOG_LEVEL", "loud", "one of"),
        ("REDIS_URL", "localhost:6379", "redis://"),
        ("PUBLIC_URL", "meet.example.org", "https://"),
        ("PUBLIC_URL", "https://meet.example.org/", "https://"),
        ("PUBLIC_URL", "https://Meet.example.org", "small letters"),
        ("PUBLIC_URL", "https://me@meet.example.org", "https://"),
        ("ICE_SERVERS", "turn:a.example", "stun:"),
        ("ICE_SERVERS", "[1, 2]", "JSON list"),
        ("TURN_URLS", "turn:a.example", "RONDO_TURN_SECRET"),
        ("SECRET", "short", "32"),
        ("METRICS_HOST", "0.0.0.0", "RONDO_METRICS_TOKEN"),
        ("METRICS_TOKEN", "short", "16"),
        ("TRUSTED_PROXIES", "balancer", "10.0.0.5"),
        ("COLOUR", "blue", "no setting"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(variable: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load({f"RONDO_{variable}": value})
    line = str(raised.value)
    assert f"RONDO_{variable}" in line
    assert said in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("host", "url"),
    [("0.0.0.0", "http://localhost:8000"), ("::", "http://localhost:8000"), ("::1", "http://[::1]:8000")],
)
def test_an_address_to_listen_on_becomes_one_to_visit(host: str, url: str) -> None:
    assert load({"RONDO_HOST": host}).url == url


def test_the_secret_is_made_once_and_kept_to_ourselves(tmp_path: Path) -> None:
    settings = load({"RONDO_DATA": str(tmp_path)})
    secret = with_secret(settings).secret
    assert len(secret) >= 32
    assert with_secret(settings).secret == secret
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    given = msgspec.structs.replace(settings, secret="x" * 32)
    assert with_secret(given).secret == "x" * 32


def test_the_printed_table_has_a_row_for_each_setting() -> None:
    text = table()
    assert all(f"`{row.variable}`" in text and row.sentence in text for row in SETTINGS)
