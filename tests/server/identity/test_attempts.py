"""How often a password may be tried."""

from server.identity.attempts import KEPT, TRIES_PER_ACCOUNT, TRIES_PER_ADDRESS, WINDOW_S, Attempts


def test_a_few_tries_and_then_a_rest() -> None:
    attempts = Attempts()
    assert all(attempts.allow("192.0.2.1", "noor@example.org", 0) for _ in range(TRIES_PER_ACCOUNT))
    assert not attempts.allow("192.0.2.1", " NOOR@example.org", 1)
    assert attempts.allow("192.0.2.2", "noor@example.org", 1), "nobody can lock another out"
    assert attempts.allow("192.0.2.1", "noor@example.org", WINDOW_S + 1)


def test_one_address_does_not_try_every_account() -> None:
    attempts = Attempts()
    allowed = [attempts.allow("192.0.2.1", f"{number}@example.org", 0) for number in range(TRIES_PER_ADDRESS + 1)]
    assert allowed == [True] * TRIES_PER_ADDRESS + [False]


def test_the_right_password_clears_earlier_mistakes() -> None:
    attempts = Attempts()
    for _ in range(TRIES_PER_ACCOUNT):
        attempts.allow("192.0.2.1", "noor@example.org", 0)
    attempts.forget("192.0.2.1", "noor@example.org")
    assert attempts.allow("192.0.2.1", "noor@example.org", 0)


def test_the_memory_of_tries_is_bounded() -> None:
    attempts = Attempts()
    for number in range(KEPT + 50):
        attempts.allow(f"address {number}", "noor@example.org", 0)
    assert len(attempts._counts) <= KEPT
