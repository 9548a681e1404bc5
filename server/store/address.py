"""The address of Redis as a setting has it: one server, a primary named by Sentinels, or a Cluster."""

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlencode

from redis.asyncio.connection import parse_url

Kind = Literal["single", "sentinel", "cluster"]
SENTINEL_PORT = 26_379
REDIS_PORT = 6_379
WORDS = {"sentinel_username": "username", "sentinel_password": "password"}
"""What stands behind the question mark for the Sentinels alone."""


@dataclass(frozen=True)
class Address:
    """Where Redis is and how to speak to it."""

    kind: Kind
    hosts: tuple[tuple[str, int], ...]
    """Of Sentinels, or of some nodes of a Cluster; empty for a single server."""
    service: str
    """By which name the Sentinels know the primary."""
    options: dict[str, Any]
    """For redis-py's connections; with host and port for a single server only."""
    sentinel_options: dict[str, Any]


def parse(url: str) -> Address:
    """Read `redis://…`, `unix://…`, `redis+sentinel://h1,h2,h3/service/0` or `redis+cluster://h1,h2`; `rediss` is TLS.

    Raises:
        ValueError: it is none of these, or a part is missing; the message says which.
    """
    scheme, _, rest = url.partition("://")
    plain, _, kind = scheme.partition("+")
    if not kind:
        return Address("single", (), "", dict(parse_url(url)), {})
    if plain not in {"redis", "rediss"} or kind not in {"sentinel", "cluster"}:
        raise ValueError(f"{scheme}:// is not known")
    place, _, query = rest.partition("?")
    authority, _, path = place.partition("/")
    user, _, hosts = authority.rpartition("@")
    service, _, database = path.partition("/") if kind == "sentinel" else ("", "", path)
    if kind == "sentinel" and not service:
        raise ValueError("the name of the service is missing: redis+sentinel://host1,host2,host3/service")
    if kind == "cluster" and database:
        raise ValueError("a Cluster has no databases: redis+cluster://host1,host2")
    found = _hosts(hosts, SENTINEL_PORT if kind == "sentinel" else REDIS_PORT)
    words = parse_qsl(query)
    others = urlencode([(name, value) for name, value in words if name not in WORDS])
    options = dict(parse_url(f"{plain}://{user + '@' if user else ''}unknown/{database}?{others}"))
    del options["host"]
    sentinel = {key: options[key] for key in options if key.startswith("ssl") or key == "connection_class"}
    sentinel |= {WORDS[name]: value for name, value in words if name in WORDS}
    return Address("sentinel" if kind == "sentinel" else "cluster", found, unquote(service), options, sentinel)


def _hosts(text: str, port: int) -> tuple[tuple[str, int], ...]:
    """`h1,h2:26380,[::1]:26379`: each with its port."""
    found = []
    for item in filter(None, text.split(",")):
        host, colon, number = item.rpartition(":") if not item.endswith("]") else (item, "", "")
        if not colon:
            host, number = item, str(port)
        if not number.isdigit() or not host:
            raise ValueError(f"{item!r} is no host")
        found.append((host.strip("[]"), int(number)))
    if not found:
        raise ValueError("the hosts are missing")
    return tuple(found)
