"""All scenarios by name, in the order in which `./go load all` runs them."""

from loadtests.scenarios.arrivals import arrivals
from loadtests.scenarios.chatter import chatter
from loadtests.scenarios.lobby_churn import lobby_churn
from loadtests.scenarios.many_events import many_events
from loadtests.scenarios.planned_restart import planned_restart
from loadtests.scenarios.reconnect_storm import reconnect_storm
from loadtests.scenarios.redis_killed import redis_killed
from loadtests.scenarios.round_change import round_change
from loadtests.scenarios.slow_reader import slow_reader
from loadtests.scenarios.soak import soak
from loadtests.scenarios.whole_evening import whole_evening
from loadtests.scenarios.wish import Scenario
from loadtests.scenarios.worker_killed import worker_killed

SCENARIOS: dict[str, Scenario] = {
    "arrivals": arrivals,
    "round_change": round_change,
    "worker_killed": worker_killed,
    "reconnect_storm": reconnect_storm,
    "slow_reader": slow_reader,
    "lobby_churn": lobby_churn,
    "many_events": many_events,
    "planned_restart": planned_restart,
    "whole_evening": whole_evening,
    "chatter": chatter,
    "redis_killed": redis_killed,
    "soak": soak,
}
