"""All scenarios by name, in the order in which `./go load all` runs them."""

from loadtests.scenarios.arrivals import arrivals
from loadtests.scenarios.round_change import round_change
from loadtests.scenarios.wish import Scenario

SCENARIOS: dict[str, Scenario] = {
    "arrivals": arrivals,
    "round_change": round_change,
}
