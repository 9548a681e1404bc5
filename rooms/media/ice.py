"""The ICE servers a page is told, as aiortc wants them."""

import msgspec
from aiortc import RTCConfiguration, RTCIceServer

from rooms.language.message import Value


class Server(Value, frozen=True):
    """One entry of `iceServers`, as in a browser's configuration."""

    urls: list[str] | str
    username: str | None = None
    credential: str | None = None


class Servers(msgspec.Struct, rename="camel"):
    """What `/e/{slug}/ice.json` says; anything more in it is for browsers."""

    ice_servers: list[Server] = msgspec.field(default_factory=list)


def configuration(answer: bytes) -> RTCConfiguration:
    """Read an answer of `/e/{slug}/ice.json`.

    Always explicit, also when empty: aiortc's own default asks a public server of somebody else.

    Raises:
        msgspec.DecodeError: when it is something else.
    """
    servers = msgspec.json.decode(answer, type=Servers).ice_servers
    return RTCConfiguration(
        iceServers=[RTCIceServer(urls=one.urls, username=one.username, credential=one.credential) for one in servers]
    )
