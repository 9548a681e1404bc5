"""The opening of a session, fed by hand."""

import pytest

from rooms.language.codec import Frame, MalformedError
from rooms.language.commands import SetReadiness
from rooms.language.refusals import Refusal
from rooms.language.signals import Goodbye, Hello
from server.relay.listener import RemovedError
from server.sockets.farewell import NotAdmittedError
from server.sockets.handshake import Handshake, Stage


def test_hello_then_arrival_then_open() -> None:
    handshake = Handshake()
    stages = [handshake.stage]
    assert handshake.hello(Frame(None, Hello(41))) == 41
    stages.append(handshake.stage)
    handshake.arrived(None)
    assert [*stages, handshake.stage] == [Stage.HELLO, Stage.ARRIVING, Stage.OPEN]


@pytest.mark.parametrize("frame", [Frame(1, Hello()), Frame(None, Goodbye()), Frame(1, SetReadiness(ready=True))])
def test_anything_but_hello_is_malformed(frame: Frame) -> None:
    with pytest.raises(MalformedError):
        Handshake().hello(frame)


def test_hello_comes_once() -> None:
    handshake = Handshake()
    handshake.hello(Frame(None, Hello()))
    with pytest.raises(MalformedError):
        handshake.hello(Frame(None, Hello()))


@pytest.mark.parametrize(
    ("reason", "error"),
    [(Refusal.REMOVED, RemovedError), (Refusal.EVENT_FULL, NotAdmittedError), (Refusal.NOT_ALLOWED, NotAdmittedError)],
)
def test_who_is_refused_does_not_come_in(reason: Refusal, error: type[Exception]) -> None:
    handshake = Handshake()
    handshake.hello(Frame(None, Hello()))
    with pytest.raises(error):
        handshake.arrived(reason)
    assert handshake.stage is Stage.ARRIVING


def test_an_event_that_is_over_may_be_looked_at() -> None:
    handshake = Handshake()
    handshake.hello(Frame(None, Hello()))
    handshake.arrived(Refusal.EVENT_ENDED)
    assert handshake.stage is Stage.OPEN
