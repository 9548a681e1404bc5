"""Numbers of several processes become one text that Prometheus reads."""

from collections.abc import Iterator

import pytest
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.parser import text_string_to_metric_families

from server.metrics import report


def a_process(joins: int, waits: list[float]) -> bytes:
    registry = CollectorRegistry()
    counter = Counter("joins_total", "Arrivals.", ["role"], registry=registry)
    counter.labels("attendee").inc(joins)
    Counter("never_total", "Nothing yet.", ["why"], registry=registry)
    histogram = Histogram("wait_seconds", "A wait.", buckets=[0.1, 1], registry=registry)
    for wait in waits:
        histogram.observe(wait)
    return report.take(registry)


@pytest.fixture
def text() -> str:
    return report.merge({"1": a_process(3, [0.05, 0.5]), "2": a_process(4, [5.0])}).decode()


def samples(text: str) -> Iterator[tuple[str, dict[str, str], float]]:
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            yield sample.name, sample.labels, sample.value


def test_each_process_keeps_its_own_numbers(text: str) -> None:
    found = {labels["worker"]: value for name, labels, value in samples(text) if name == "joins_total"}
    assert found == {"1": 3, "2": 4}


def test_a_sum_over_workers_is_the_whole(text: str) -> None:
    in_time = [value for name, labels, value in samples(text) if name.endswith("_bucket") and labels["le"] == "1.0"]
    assert sum(in_time) == 2
    assert sum(value for name, _, value in samples(text) if name == "wait_seconds_count") == 3


def test_a_family_stands_in_the_text_once_and_not_without_samples(text: str) -> None:
    types = [line for line in text.splitlines() if line.startswith("# TYPE")]
    assert types == ["# TYPE joins_total counter", "# TYPE wait_seconds histogram"]


def test_only_what_is_wanted_is_taken() -> None:
    registry = CollectorRegistry()
    for name in ("ours_total", "theirs_total"):
        Counter(name, "A count.", registry=registry).inc()
    text = report.merge({"parent": report.take(registry, lambda name: name.startswith("ours"))}).decode()
    assert 'ours_total{worker="parent"} 1.0' in text
    assert "theirs" not in text
