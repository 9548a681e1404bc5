"""Who stands where in a design: the schedule stays, people change places in it until nobody gains by it."""

import numpy as np

from rooms.matching.crowd import Floats, Ints

SMALL = 1e-9
"""Smaller differences are rounding."""


def stand(price: Floats, times: Ints, order: Ints, moves: int) -> Ints:
    """The person on each point of a design: a quadratic assignment, by the best swap there is until none helps.

    `price` is what each meeting costs, shape (people, people); `times` how often two points meet, shape (points,
    points); `order` is the person on each point to begin with. With P = price · times, both symmetric and without a
    diagonal, swapping i and j adds P[i,j] + P[j,i] - P[i,i] - P[j,j] + 2 · price[i,j] · times[i,j] (Burkard and Rendl,
    "A thermodynamically motivated simulation procedure", 1984).
    """
    order, cost = order.copy(), price[np.ix_(order, order)]
    everybody = np.arange(len(order))
    product = cost @ times
    for _ in range(moves):
        here = product[everybody, everybody]
        change = product + product.T - here[:, None] - here[None, :] + 2 * cost * times
        one, other = divmod(int(change.argmin()), len(order))
        if change[one, other] >= -SMALL:
            break
        swapped = [other, one]
        order[[one, other]] = order[swapped]
        cost[[one, other]] = cost[swapped]
        cost[:, [one, other]] = cost[:, swapped]
        product = cost @ times
    return order
