"""Addresses of Redis as people write them."""

import pytest
from redis.asyncio import SSLConnection

from server.store.address import parse


@pytest.mark.parametrize(
    ("url", "hosts", "service", "options"),
    [
        ("redis://h:1/2", (), "", {"host": "h", "port": 1, "db": 2}),
        ("redis+sentinel://a,b:26380,[::1]/mixer/1", (("a", 26379), ("b", 26380), ("::1", 26379)), "mixer", {"db": 1}),
        ("redis+sentinel://:secret@a/mixer", (("a", 26379),), "mixer", {"password": "secret"}),
        ("redis+cluster://u:p@a,b:7001", (("a", 6379), ("b", 7001)), "", {"username": "u", "password": "p"}),
        ("rediss+cluster://a", (("a", 6379),), "", {"connection_class": SSLConnection}),
    ],
)
def test_each_form_is_understood(
    url: str, hosts: tuple[tuple[str, int], ...], service: str, options: dict[str, object]
) -> None:
    found = parse(url)
    assert (found.hosts, found.service, found.options) == (hosts, service, options)


def test_sentinels_have_a_password_of_their_own_and_the_same_encryption() -> None:
    found = parse("rediss+sentinel://u:p@a/mixer?sentinel_password=other&ssl_ca_certs=/roots.pem")
    assert found.sentinel_options == {
        "password": "other",
        "connection_class": SSLConnection,
        "ssl_ca_certs": "/roots.pem",
    }
    assert found.options["password"] == "p"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("redis+sentinel://a,b", "name of the service"),
        ("redis+sentinel:///mixer", "hosts are missing"),
        ("redis+cluster://a/1", "no databases"),
        ("redis+ring://a", "not known"),
        ("redis+cluster://a:port", "is no host"),
        ("http://a", "scheme"),
    ],
)
def test_what_is_wrong_is_said(url: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse(url)
