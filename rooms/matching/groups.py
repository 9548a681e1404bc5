"""Tables: rooms of three to six people, for any number of people beyond a few.

Tables are laid (how many, of which sizes, who sits out), everybody gets a seat by chance, seat by seat the best people
for those who sit already are chosen, and then one out of every room after another is seated anew (`neighbourhood`).
"""

import numpy as np

from rooms.matching.candidates import candidates
from rooms.matching.case import Case
from rooms.matching.chance import number
from rooms.matching.crowd import Ints
from rooms.matching.groups_mend import lawful_rooms, mend
from rooms.matching.groups_plan import lay_tables
from rooms.matching.groups_seats import first_seating
from rooms.matching.neighbourhood import Market, SparseMarket, WholeMarket, improve, seat_by_seat
from rooms.matching.prices import Prices
from rooms.matching.solution import Solution

WHOLE = 600
"""People up to whom all prices are kept in one table."""
CANDIDATES = 16
"""Others each person is weighed with where not all are."""
WORK = 300_000
"""People seated anew in one solution: fewer people, more sweeps."""
SWEEPS_LEAST, SWEEPS_MOST = 12, 200


def solve_groups(case: Case) -> Solution:
    """Good rooms for any number of people: see the module."""
    chance = np.random.default_rng(number(case.request.seed, case.request.round, "groups"))
    order = chance.permutation(case.n)
    tables = lay_tables(case, order)
    if not tables.sizes:
        return Solution([], "groups")
    seating = first_seating(case, tables, order)
    prices = Prices(case)
    market = _market(case, prices)
    seat_by_seat(seating, market)
    improve(seating, market, chance, _sweeps(case.n))
    mend(case, prices, seating, chance)
    return Solution(lawful_rooms(case, seating), "groups")


def _sweeps(people: int) -> int:
    return min(SWEEPS_MOST, max(SWEEPS_LEAST, WORK // max(1, people * people // 40)))


def _market(case: Case, prices: Prices) -> Market:
    if case.n <= WHOLE:
        return WholeMarket(prices.table())
    return SparseMarket(prices, _nearest(case, prices))


def _nearest(case: Case, prices: Prices) -> Ints:
    """For each person the others that cost least, of those on their list: shape (n, some), n for none."""
    place = np.full(case.crowd.n + 1, case.n)
    place[case.who] = np.arange(case.n)
    others = place[candidates(case).others[case.who]]
    row, column = np.nonzero(others < case.n)
    costs = np.full(others.shape, np.inf)
    costs[row, column] = prices.of(row, others[row, column])
    best = np.argpartition(costs, min(CANDIDATES, others.shape[1]) - 1, axis=1)[:, :CANDIDATES]
    found: Ints = np.take_along_axis(others, best, axis=1)
    return found
