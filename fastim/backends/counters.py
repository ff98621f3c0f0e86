"""What a process counts about itself: plain numbers, as cheap as can be where messages pass."""

from __future__ import annotations

from collections import Counter


class Histogram:
    """Counts values by upper bounds, as Prometheus' histograms do."""

    __slots__ = ("bounds", "counts", "sum")

    def __init__(self, *bounds: float) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.sum = 0.0

    def add(self, value: float) -> None:
        self.sum += value
        for place, bound in enumerate(self.bounds):
            if value <= bound:
                self.counts[place] += 1
                return
        self.counts[-1] += 1


class Counters:
    """All of them; `fastim.routes.metrics` gives each its name and meaning."""

    def __init__(self) -> None:
        self.frames_in = 0
        self.frames_out = 0
        self.bytes_out = 0
        self.connections_opened = 0
        self.closes: Counter[int] = Counter()
        """By close code; 4008 is the slow ones."""
        self.dropped = 0
        """Ephemeral frames that a node with half a queue was not given."""
        self.errors: Counter[str] = Counter()
        """Refusals by name, over HTTP and sockets."""
        self.commit_messages = Histogram(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
        self.commit_seconds = Histogram(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5)
        self.commit_failures = 0
        self.log_waiting = 0
        """Messages that came and are not stored yet; those of the commit that runs are among them."""
        self.bus_doubtful = 0
        """1 while news from other processes may be missing."""
        self.bus_published = 0
        """Packets to other processes, of one channel and one turn of the loop each."""
        self.bus_received = 0
        self.bus_dropped = 0
        """Units that could not be published: the others read them from the log."""
        self.bus_read = 0
        """Units that this process read from the log, as no news of them had come."""
        self.newest_kept = 0
        """Conversations whose newest entries a sync had from memory."""
        self.newest_read = 0
        """The same from the database."""
        self.replica_reads = 0
        self.replica_fallbacks = 0
        """Reads that were a replica's to answer, and asked the primary."""
        self.replicas_left = 0
        """Replicas that failed or were behind when they were asked last."""
        self.loop_longest_seconds = 0.0
        """The longest that one turn of the loop took since the process started."""
        self.loop_recent_seconds = 0.0
        """The longest of the last minute."""
        self.loop_blocks = 0
        """Turns that took longer than the watchdog allows."""
