"""From the numbers of several processes to the one text that Prometheus reads, each sample with its `worker` label."""

from collections.abc import Callable, Iterator, Mapping

import msgspec
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from prometheus_client.samples import Sample

CONTENT_TYPE = CONTENT_TYPE_LATEST
LABEL = "worker"
"""Whose number it is: the place of the worker, from 1, or `parent`. One started anew has the place of the dead."""


class Family(msgspec.Struct, frozen=True, array_like=True):
    """All samples of one row of the table."""

    name: str
    kind: str
    help: str
    samples: tuple[tuple[str, dict[str, str], float], ...]
    """Name, labels and value."""


_decoder = msgspec.msgpack.Decoder(tuple[Family, ...])


def take(registry: CollectorRegistry, wanted: Callable[[str], bool] = lambda _name: True) -> bytes:
    """The numbers of this process as bytes for the parent; families without a sample are left out."""
    families = [
        Family(
            metric.name,
            metric.type,
            metric.documentation,
            tuple((sample.name, dict(sample.labels), sample.value) for sample in metric.samples),
        )
        for metric in registry.collect()
        if wanted(metric.name) and metric.samples
    ]
    return msgspec.msgpack.encode(families)


def merge(reports: Mapping[str, bytes]) -> bytes:
    """The text for Prometheus out of reports by worker.

    Raises:
        msgspec.DecodeError: a report is none.
    """
    return generate_latest(_Merged({worker: _decoder.decode(data) for worker, data in reports.items()}))


class _Merged(Collector):
    """Families of the same name become one, since each may stand in the text only once."""

    def __init__(self, reports: Mapping[str, tuple[Family, ...]]) -> None:
        self._reports = reports

    def collect(self) -> Iterator[Metric]:
        """One metric a row of the table."""
        merged: dict[str, Metric] = {}
        for worker, families in self._reports.items():
            for family in families:
                metric = merged.setdefault(family.name, Metric(family.name, family.help, family.kind))
                metric.samples += [
                    Sample(name, {LABEL: worker, **labels}, value) for name, labels, value in family.samples
                ]
        yield from merged.values()
