"""What the person at the terminal reads."""

from server.launching.banner import banner
from server.settings import load


def test_all_three_addresses_stand_there_in_full() -> None:
    text = banner(load({}), ("/demo", "/demo/console/key"), "token")
    for address in ("/demo\n", "/demo/console/key", "/setup/token"):
        assert f"http://127.0.0.1:8000{address}" in text


def test_with_an_organiser_and_without_a_demo_there_is_the_door() -> None:
    text = banner(load({"RONDO_PUBLIC_URL": "https://meet.example.org"}), None, None)
    assert "https://meet.example.org/sign-in" in text
    assert "setup" not in text
