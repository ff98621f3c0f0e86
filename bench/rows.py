"""The rows of the comparison, by name and in the order of tables and charts."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping

from bench.cluster import FastImCluster
from bench.fastim_row import FastIm
from bench.peer import Row

BASE = "flask-sock"
"""What the others are compared with: the stock library that FastIM stands on."""


def _peers() -> Mapping[str, Callable[[], Row]]:
    """Those that `bench.peers.ROWS` names; none where the package is not there."""
    spec = importlib.util.find_spec("bench.peers")
    if spec is None or spec.origin is None:
        return {}
    found: Mapping[str, Callable[[], Row]] = importlib.import_module("bench.peers").ROWS
    return found


CLUSTER = ("fastim-redis-1", "fastim-redis-2", "fastim-redis-4")
"""Rows that run only where they are named."""

ROWS: Mapping[str, Callable[[], Row]] = {
    "fastim-sqlite": lambda: FastIm("sqlite"),
    "fastim-mariadb": lambda: FastIm("mariadb"),
    "fastim-redis-1": lambda: FastImCluster(1),
    "fastim-redis-2": lambda: FastImCluster(2),
    "fastim-redis-4": lambda: FastImCluster(4),
    **_peers(),
}
