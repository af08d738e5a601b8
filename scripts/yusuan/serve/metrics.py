"""What the service counts, for Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """Counters, gauges and histograms of one server."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.requests = Counter(
            "yusuan_requests", "Requests answered.", ["route", "method", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "yusuan_request_seconds", "Time to answer a request.", ["route"], buckets=_SECONDS, registry=self.registry
        )
        self.queries = Counter("yusuan_queries", "Queries by outcome.", ["outcome"], registry=self.registry)
        self.workers_started = Counter("yusuan_workers_started", "Worker processes made.", registry=self.registry)
        self.workers = Gauge("yusuan_workers", "Worker processes by state.", ["state"], registry=self.registry)
        self.waiting = Gauge("yusuan_queue_waiting", "Jobs that wait for a worker.", registry=self.registry)
        self.connections = Gauge("yusuan_connections", "Open connections.", registry=self.registry)
        self.slow = Counter("yusuan_slow_clients", "Connections ended for being slow.", ["at"], registry=self.registry)
        self.sent = Counter("yusuan_response_bytes", "Bytes of answers sent.", registry=self.registry)
        self.spool = Gauge("yusuan_spool_free_bytes", "Room left for answers that wait.", registry=self.registry)
        self.kept = Gauge("yusuan_kept_bytes", "Bytes of answers kept to be sent again.", registry=self.registry)
        self.release = Gauge(
            "yusuan_release_info", "The release served.", ["release", "version"], registry=self.registry
        )

    def page(self) -> bytes:
        """All of them in the text format of Prometheus."""
        return generate_latest(self.registry)
