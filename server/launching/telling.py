"""What a worker says when the parent asks for its numbers."""

from server.conducting import census
from server.metrics import measures, report
from server.services import Services


def numbers_of(services: Services) -> bytes:
    """Count what is counted only when somebody asks, then report everything."""
    measures.sockets_open.set(services.relay.connections.total())
    measures.redis_up.set(services.heartbeat.well)
    census.count(services.supervisor, services.clock.now())
    return report.take(measures.REGISTRY)
