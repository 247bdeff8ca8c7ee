"""Figures for Prometheus: requests as they are served, the log and what follows it as they are when somebody asks."""

from collections import Counter
from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, GCCollector, Histogram, PlatformCollector, ProcessCollector
from prometheus_client import generate_latest as spelled
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from tracker.errors import StoreUnavailableError
from tracker.services.ingestion.health import TROUBLE, Health

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The figures of one server."""

    def __init__(self, look: Callable[[], Health]) -> None:
        self._registry = CollectorRegistry()
        self._seconds = Histogram(
            "tracker_http_request_seconds",
            "How long requests take, by route.",
            ("method", "route", "status"),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._registry.register(_Log(look))
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        GCCollector(registry=self._registry)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request. Methods that are none of ours count as one, since anybody can invent more."""
        known = method if method in {"GET", "HEAD"} else "other"
        self._seconds.labels(known, route, str(status)).observe(seconds)

    def text(self) -> bytes:
        """Return all figures in Prometheus' text format."""
        return spelled(self._registry)


class _Log(Collector):
    """Looks at the database at each scrape, so that a server nobody asks anything reports the truth too."""

    def __init__(self, look: Callable[[], Health]) -> None:
        self._look = look

    def describe(self) -> Iterable[Metric]:
        """Promise nothing beforehand: registering must not look at the database."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Yield the figures; of a database that cannot be used, only that."""
        up = GaugeMetricFamily("tracker_store_up", "Whether the database can be used.")
        try:
            health = self._look()
        except StoreUnavailableError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield GaugeMetricFamily("tracker_log_events", "How many events the log has.", health.size)
        behind = GaugeMetricFamily("tracker_consumer_behind_events", "How far behind the log.", labels=["consumer"])
        for lag in health.consumers:
            behind.add_metric([lag.consumer.partition("@")[0]], lag.behind)
        yield behind
        parked = GaugeMetricFamily("tracker_parked_items", "What waits for a person.", labels=["consumer"])
        for consumer, count in sorted(Counter(one.consumer for one in health.parked).items()):
            parked.add_metric([consumer], count)
        yield parked
        troubled = GaugeMetricFamily("tracker_feeds_in_trouble", "Feeds an operator should look at.", labels=["state"])
        states = Counter(feed.state for feed in health.feeds)
        for state in TROUBLE:
            troubled.add_metric([state], states[state])
        yield troubled
        deliveries = GaugeMetricFamily("tracker_deliveries", "Messages that have not arrived.", labels=["state"])
        deliveries.add_metric(["waiting"], health.deliveries.waiting)
        deliveries.add_metric(["dead"], health.deliveries.dead)
        yield deliveries
        yield GaugeMetricFamily("tracker_clock_ok", "Whether no event is of the future.", float(health.clock_ok))
