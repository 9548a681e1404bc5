"""Addresses of databases as people and services write them."""

import ssl
from pathlib import Path

import pytest

from server.records.address import AddressError, engine_options, parse


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        ("postgres://u:p@db.example.org/rondo", "postgresql+asyncpg"),
        ("postgresql://u:p@db.example.org:6432/rondo", "postgresql+asyncpg"),
        ("postgresql+asyncpg://u@/rondo?host=/run/postgresql", "postgresql+asyncpg"),
        ("sqlite+aiosqlite:////var/lib/rondo/rondo.sqlite3", "sqlite+aiosqlite"),
    ],
)
def test_our_driver_is_meant_where_none_is_named(written: str, driver: str) -> None:
    assert parse(written).drivername == driver


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("db.example.org", "write it as"),
        ("oracle9://x", "write it as"),
        ("sqlite:///x.sqlite", "not supported"),
        ("postgresql+psycopg2://x", "not supported"),
        ("postgresql://u@h/d?sslmod=require", "'sslmod'"),
        ("postgresql://u@h/d?sslrootcert=/nowhere.pem", "/nowhere.pem cannot be read"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(written: str, sentence: str) -> None:
    with pytest.raises(AddressError, match=sentence):
        engine_options(parse(written))


def test_what_services_write_about_encryption_reaches_the_driver() -> None:
    url, options = engine_options(parse("postgresql://u@h/d?sslmode=require&application_name=mixer"))
    assert not url.query
    assert options["connect_args"]["ssl"] == "require"
    assert options["connect_args"]["server_settings"]["application_name"] == "mixer"
    assert engine_options(parse("postgresql://u@h/d"))[1]["connect_args"].get("ssl") is None


@pytest.mark.parametrize(("mode", "hostname"), [("verify-full", True), ("verify-ca", False)])
def test_certificates_of_a_service_are_believed_and_only_those(mode: str, hostname: bool) -> None:
    root = ssl.get_default_verify_paths().openssl_cafile
    roots = root if Path(root).exists() else str(Path("/etc/ssl/certs/ca-certificates.crt"))
    _, options = engine_options(parse(f"postgresql://u@h/d?sslmode={mode}&sslrootcert={roots}"))
    context = options["connect_args"]["ssl"]
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, hostname)
