"""What is counted when somebody asks, out of the states of the events conducted here: people, rooms, who has none."""

from collections import Counter

from rooms.event import Event
from rooms.event.views import why_without_room
from rooms.language.ids import Instant
from server.conducting.supervisor import Supervisor
from server.metrics import measures


def count(supervisor: Supervisor, now: Instant) -> None:
    """Set the gauges of the table that speak of events. An event has one conductor, so sums over workers are right."""
    states = [conductor.state for conductor in supervisor.conductors]
    measures.events_conducted.set(len(states))
    measures.people.set(sum(state.present for state in states))
    measures.rooms.set(sum(len(state.rooms) for state in states))
    measures.waiting_seconds.set(waiting_ms(supervisor, now) / 1000)
    without = sum((orphans(state) for state in states), Counter())
    measures.orphans.clear()
    for reason, people in without.items():
        measures.orphans.labels(reason).set(people)


def waiting_ms(supervisor: Supervisor, now: Instant) -> int:
    """Age of the oldest order that a conductor here is still at; 0 when none is."""
    since = [conductor.busy_since for conductor in supervisor.conductors if conductor.busy_since is not None]
    return max(0, now - min(since)) if since else 0


def orphans(state: Event) -> Counter[str]:
    """How many are there and ready but without a room while others talk, by the reason they are told."""
    if state.phase != "talking":
        return Counter()
    waiting = (person for person in state.people.values() if person.ready and not person.left)
    reasons = (why_without_room(state, person) for person in waiting)
    return Counter(reason.code for reason in reasons if reason is not None)
