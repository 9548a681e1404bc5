"""Tables: rooms of three to six people, for any number of people beyond a few.

Tables are laid (how many, of which sizes, who sits out), everybody gets a seat by chance, seat by seat the best people
for those who sit already are chosen, and then one out of every room after another is seated anew (`neighbourhood`).
"""

import numpy as np

from rooms.matching.case import Case
from rooms.matching.chance import number
from rooms.matching.crowd import TABLED, Floats
from rooms.matching.groups_guide import Guide
from rooms.matching.groups_markets import SparseMarket, WholeMarket
from rooms.matching.groups_mend import lawful_rooms, mend
from rooms.matching.groups_plan import lay_tables
from rooms.matching.groups_seats import first_seating
from rooms.matching.neighbourhood import LITTLE, Seating, improve, seat_by_seat
from rooms.matching.prices import Prices
from rooms.matching.solution import Solution

SWEEPS = ((64, 60, 8), (120, 80, 3), (300, 40, 1), (600, 30, 1), (TABLED, 20, 1), (5_000, 14, 1))
"""Up to so many people: so many sweeps, from so many starts. Small crowds end in worse rooms from some starts than
from others; large ones even out, and there time is short."""
SWEEPS_OF_MANY = 8


def solve_groups(case: Case) -> Solution:
    """Good rooms for any number of people: see the module."""
    sweeps, starts = next((rest for most, *rest in SWEEPS if case.n <= most), (SWEEPS_OF_MANY, 1))
    return search(case, sweeps, starts)


def search(case: Case, sweeps: int, starts: int, little: float = LITTLE) -> Solution:
    """The best rooms from so many starts, each made better in so many sweeps, fewer where these bring too little."""
    chance = np.random.default_rng(number(case.request.seed, case.request.round, "groups"))
    tables = lay_tables(case, chance.permutation(case.n))
    if not tables.sizes:
        return Solution([], "groups")
    prices = Prices(case)
    market = WholeMarket(prices.table) if case.n <= TABLED else SparseMarket(prices, Guide(case, chance))
    found: list[tuple[Seating, Floats]] = []
    for _ in range(starts):
        seating = first_seating(case, tables, chance.permutation(case.n))
        seat_by_seat(seating, market)
        improve(seating, market, chance, sweeps, little)
        found.append((seating, mend(case, prices, seating, chance)))
    best, costs = min(found, key=lambda seated: float(seated[1].sum()))
    return Solution(lawful_rooms(case, best, costs), "groups")
