"""Tables: rooms of three to six people, for any number of people beyond a few.

Tables are laid (how many, of which sizes, who sits out), everybody gets a seat by chance, seat by seat the best people
for those who sit already are chosen, and then one out of every room after another is seated anew (`neighbourhood`).
"""

import numpy as np
from numpy.random import Generator

from rooms.matching.candidates import candidates
from rooms.matching.case import Case
from rooms.matching.chance import number
from rooms.matching.crowd import Ints
from rooms.matching.groups_mend import lawful_rooms, mend, room_prices
from rooms.matching.groups_plan import Tables, lay_tables
from rooms.matching.groups_seats import first_seating
from rooms.matching.neighbourhood import Market, Seating, SparseMarket, WholeMarket, improve, seat_by_seat
from rooms.matching.prices import Prices
from rooms.matching.solution import Solution

WHOLE = 600
"""People up to whom all prices are kept in one table."""
CANDIDATES = 24
"""Others each person is weighed with where not all are."""
SWEEPS = ((64, 60, 8), (120, 80, 3), (300, 110, 1), (600, 40, 1), (1_500, 20, 1), (5_000, 18, 1))
"""Up to so many people: so many sweeps, from so many starts. Small crowds end in worse rooms from some starts than
from others; large ones even out, and there time is short."""
SWEEPS_OF_MANY = 14


def solve_groups(case: Case) -> Solution:
    """Good rooms for any number of people: see the module."""
    chance = np.random.default_rng(number(case.request.seed, case.request.round, "groups"))
    tables = lay_tables(case, chance.permutation(case.n))
    if not tables.sizes:
        return Solution([], "groups")
    prices = Prices(case)
    market = _market(case, prices)
    sweeps, starts = next((rest for most, *rest in SWEEPS if case.n <= most), (SWEEPS_OF_MANY, 1))
    seatings = [_seated(case, tables, prices, market, chance, sweeps) for _ in range(starts)]
    best = min(seatings, key=lambda seating: float(room_prices(prices, seating.seats).sum()))
    return Solution(lawful_rooms(case, prices, best), "groups")


def _seated(case: Case, tables: Tables, prices: Prices, market: Market, chance: Generator, sweeps: int) -> Seating:
    """Everybody seated as well as can be from one start."""
    seating = first_seating(case, tables, chance.permutation(case.n))
    seat_by_seat(seating, market)
    improve(seating, market, prices, chance, sweeps)
    mend(case, prices, seating, chance)
    return seating


def _market(case: Case, prices: Prices) -> Market:
    if case.n <= WHOLE:
        return WholeMarket(prices.table)
    return SparseMarket(prices, _nearest(case))


def _nearest(case: Case) -> Ints:
    """For each person others most worth meeting who are here and have not been met: shape (n, some), n for none."""
    place = np.full(case.crowd.n + 1, case.n)
    place[case.who] = np.arange(case.n)
    listed = candidates(case).others[case.who].astype(np.int64)
    others = place[listed]
    open_ = (others < case.n) & (case.past.met.of(case.who[:, None], listed) == 0)
    nth = np.cumsum(open_, axis=1) - 1
    row, column = np.nonzero(open_ & (nth < CANDIDATES))
    found = np.full((case.n, CANDIDATES), case.n)
    found[row, nth[row, column]] = others[row, column]
    return found
