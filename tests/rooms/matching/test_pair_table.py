"""Tables of pairs."""

import numpy as np

from rooms.matching.pair_table import MANY, PairTable


def test_many_look_ups_find_what_single_ones_find() -> None:
    chance = np.random.default_rng(5)
    one, other = chance.integers(0, 300, 4_000), chance.integers(0, 300, 4_000)
    apart = one != other
    table = PairTable.of_arrays(300, one[apart], other[apart])
    left, right = np.divmod(np.arange(300 * 300), 300)

    found = table.of(left, right)

    assert len(found) > MANY
    assert found.sum() == 2 * apart.sum()
    some = chance.integers(0, len(left), 500)
    assert [table.of(left[[at]], right[[at]])[0] for at in some.tolist()] == found[some].tolist()


def test_look_ups_keep_their_shape() -> None:
    table = PairTable.of_pairs(100, [(1, 2), (2, 1), (3, 4)])
    rows = np.arange(100)

    whole = table.of(rows[:, None], rows[None, :])

    assert whole.shape == (100, 100)
    assert {(a, b): int(whole[a, b]) for a, b in zip(*np.nonzero(whole), strict=True)} == {
        (1, 2): 2,
        (2, 1): 2,
        (3, 4): 1,
        (4, 3): 1,
    }
