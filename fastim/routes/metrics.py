"""GET /metrics for Prometheus: from this machine, or with the token of the settings."""

from __future__ import annotations

import hmac
from collections.abc import Iterator

from flask import Blueprint, Response, request
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

from fastim.backends.counters import Histogram
from fastim.errors import NotFound
from fastim.parts import Parts
from fastim.routes.context import parts

metrics = Blueprint("metrics", __name__)

_LOOPBACK = ("127.0.0.1", "::1")


class _Collector:
    def __init__(self, running: Parts) -> None:
        self._parts = running

    def collect(self) -> Iterator[Metric]:
        counters, client_map = self._parts.counters, self._parts.realtime.client_map
        yield _gauge("connections", "Open chat connections", len(client_map))
        yield _gauge("connections_most", "Chat connections that have room", self._parts.realtime.room.most)
        yield _gauge("users_online", "Users with a connection", client_map.users())
        yield _gauge("queued_bytes", "Bytes that wait for slow peers", client_map.queued_bytes())
        yield _gauge("log_waiting", "Messages that wait for a commit", counters.log_waiting)
        yield _gauge("loop_longest_seconds", "Longest turn of the loop", counters.loop_longest_seconds)
        yield _gauge("loop_lag_seconds", "Longest turn of the last minute", counters.loop_recent_seconds)
        yield _counter("loop_blocks", "Turns of the loop over 50 ms", counters.loop_blocks)
        yield _counter("connections_opened", "Chat connections so far", counters.connections_opened)
        yield _counter("frames_in", "Frames from clients", counters.frames_in)
        yield _counter("frames_out", "Frames to clients", counters.frames_out)
        yield _counter("bytes_out", "Bytes to clients", counters.bytes_out)
        yield _counter("frames_dropped", "Ephemeral frames not sent to slow peers", counters.dropped)
        yield _counter("newest_kept", "Conversations that syncs had from memory", counters.newest_kept)
        yield _counter("newest_read", "Conversations that syncs read", counters.newest_read)
        yield from _bus(self._parts)
        yield from _replicas(self._parts)
        yield _counter("commit_failures", "Commits that failed", counters.commit_failures)
        yield _histogram("commit_messages", "Messages of one commit", counters.commit_messages)
        yield _histogram("commit_seconds", "Time of one commit", counters.commit_seconds)
        closes = CounterMetricFamily("fastim_closes", "Closed connections by code", labels=["code"])
        for code, count in sorted(counters.closes.items()):
            closes.add_metric([str(code)], count)
        yield closes
        errors = CounterMetricFamily("fastim_errors", "Refusals by name", labels=["name"])
        for name, count in sorted(counters.errors.items()):
            errors.add_metric([name], count)
        yield errors


def _bus(running: Parts) -> Iterator[Metric]:
    """Among other processes; alone there is nothing to count."""
    if not running.settings.is_clustered:
        return
    counters = running.counters
    yield _gauge("bus_doubtful", "1 while news may be missing and the log is asked", counters.bus_doubtful)
    yield _counter("bus_published", "Packets to other processes", counters.bus_published)
    yield _counter("bus_received", "Packets from other processes", counters.bus_received)
    yield _counter("bus_dropped", "Units that could not be published", counters.bus_dropped)
    yield _counter("bus_read", "Units read from the log for want of news", counters.bus_read)


def _replicas(running: Parts) -> Iterator[Metric]:
    if not running.settings.database_read_url:
        return
    counters = running.counters
    yield _gauge("replicas_left", "Replicas that are down or behind", counters.replicas_left)
    yield _counter("replica_reads", "Reads that replicas were asked", counters.replica_reads)
    yield _counter("replica_fallbacks", "Such reads that asked the primary", counters.replica_fallbacks)


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(f"fastim_{name}", about, value=value)


def _counter(name: str, about: str, value: float) -> Metric:
    return CounterMetricFamily(f"fastim_{name}", about, value=value)


def _histogram(name: str, about: str, histogram: Histogram) -> Metric:
    buckets, total = [], 0
    for bound, count in zip((*histogram.bounds, float("inf")), histogram.counts, strict=True):
        total += count
        buckets.append((str(bound) if bound != float("inf") else "+Inf", total))
    return HistogramMetricFamily(f"fastim_{name}", about, buckets=buckets, sum_value=histogram.sum)


@metrics.get("/metrics")
def expose() -> Response:
    """Numbers about this process, in Prometheus' text format.

    Raises:
        NotFound: the caller is neither on this machine nor has the token.
    """
    token = parts().settings.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    is_local = request.remote_addr in _LOOPBACK and "X-Forwarded-For" not in request.headers
    if (token and not hmac.compare_digest(given.encode(), token.encode())) or (not token and not is_local):
        raise NotFound
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collector(parts()))
    return Response(generate_latest(registry), content_type="text/plain; version=0.0.4; charset=utf-8")
