"""Ports of this machine for the tests' servers, no two alike."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path

from tests.servers.waiting import wait_for

_FIRST_PORT = 10_000
_WORKERS = 8
"""Test processes side by side, at most: each takes ports of its own."""
_given: set[int] = set()


def free_port() -> int:
    """A port that nobody listens on now, and that nobody gets while its server is started again.

    It is below those that the kernel gives to outgoing connections: one of those may take a killed server's
    port before it is back, or connect to itself there.
    """
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _WORKERS
    while True:
        # Not the tests' own random numbers: those begin anew with each test.
        port = _FIRST_PORT + secrets.randbelow((lowest - _FIRST_PORT) // _WORKERS) * _WORKERS + worker
        if port not in _given and _is_free(port):
            _given.add(port)
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def is_answering(port: int) -> bool:
    """Whether somebody listens on `port` of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for_port(port: int) -> None:
    """Wait until somebody listens on `port` of this machine.

    Raises:
        TimeoutError: nobody came.
    """
    wait_for(lambda: is_answering(port), f"nobody listens on port {port}")
