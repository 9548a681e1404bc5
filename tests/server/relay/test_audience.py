"""From an audience to sessions; each notice is encoded once."""

import pytest

from rooms.event import Announcement, Attendees, Audience, Everyone, InRoom, Organisers, Person
from rooms.language.codec import Downward, encode_downward
from rooms.language.ids import AttendeeId, Instant, Role, RoomId
from rooms.language.notices import Pulse
from server.relay.audience import Present, send
from tests.support.listening import Ear
from tests.support.shelf import a_state

NOTICE = Pulse(Instant(1), 1)


def house() -> tuple[Present, dict[str, Ear]]:
    ears = {"ada": Ear("ada"), "ben": Ear("ben"), "olga": Ear("olga", role=Role.ORGANISER), "late": Ear("late")}
    present = Present()
    for name, ear in ears.items():
        present.add(ear)
        if name != "late":
            present.listen(ear)
    return present, ears


@pytest.mark.parametrize(
    ("audience", "names"),
    [
        (Everyone(), {"ada", "ben", "olga"}),
        (Organisers(), {"olga"}),
        (Attendees(), {"ada", "ben"}),
        (Person(AttendeeId("ada")), {"ada"}),
        (Person(AttendeeId("olga")), set()),
        (Person(AttendeeId("nobody")), set()),
        (InRoom(RoomId("9-9")), set()),
    ],
)
def test_each_audience_is_found(audience: Audience, names: set[str]) -> None:
    present, ears = house()
    present.announce(Announcement(audience, NOTICE), a_state())
    assert {name for name, ear in ears.items() if ear.raw} == names


def test_the_same_bytes_go_to_all(monkeypatch: pytest.MonkeyPatch) -> None:
    encoded = 0

    def counted(message: Downward) -> bytes:
        nonlocal encoded
        encoded += 1
        return encode_downward(message)

    monkeypatch.setattr("server.relay.audience.encode_downward", counted)
    ears = [Ear(f"a{number}") for number in range(50)]
    send(NOTICE, ears)
    assert encoded == 1
    assert len({id(ear.raw[0]) for ear in ears}) == 1
    send(NOTICE, [])
    assert encoded == 1


def test_who_left_hears_nothing() -> None:
    present, ears = house()
    present.remove(ears["ada"])
    present.remove(ears["ada"])
    present.announce(Announcement(Everyone(), NOTICE), a_state())
    assert not ears["ada"].raw
    assert present.count(Role.ATTENDEE, "ada") == 0
    assert present.count(Role.ATTENDEE, "late") == 1


def test_who_is_only_on_the_way_does_not_hear_yet() -> None:
    present, ears = house()
    assert "ada" in present.hearers.attendees
    assert "late" not in present.hearers.attendees
    assert (present.hearers.organisers, present.listening) == (True, 3)
    present.remove(ears["olga"])
    assert (present.hearers.organisers, present.listening) == (False, 2)
