"""Which ICE servers a peer asks."""

import msgspec
import pytest

from rooms.media.ice import configuration


def test_without_servers_nobody_else_is_asked() -> None:
    assert configuration(b'{"iceServers": []}').iceServers == []


def test_servers_come_with_their_credentials() -> None:
    answer = b'{"iceServers": [{"urls": ["turn:t.example:3478"], "username": "9:a", "credential": "c"}], "until": 9}'
    (server,) = configuration(answer).iceServers or []
    assert (server.urls, server.username, server.credential) == (["turn:t.example:3478"], "9:a", "c")


@pytest.mark.parametrize("answer", [b"", b"[]", b'{"iceServers": 3}', b'{"iceServers": [{"username": "a"}]}'])
def test_anything_else_is_an_error(answer: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        configuration(answer)
