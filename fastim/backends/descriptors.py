"""Open files: each connection is one, and so are requests, uploads and what goes to the database."""

from __future__ import annotations

import resource

_OTHERS = 256
"""Beside connections and requests: the database's, uploads, the log."""
_LEAST_REQUESTS = 64


def requests(connections: int) -> int:
    """How many requests a process may be at beside so many connections: they come back all at once."""
    return max(connections // 4, _LEAST_REQUESTS)


def wanted(connections: int) -> int:
    """The files that a process with so many connections may have open."""
    return connections + requests(connections) + _OTHERS


def allowed(connections: int, limit: int) -> int:
    """How many of these connections a process may have with so many files; 0 where not one fits."""
    if limit == resource.RLIM_INFINITY or limit >= wanted(connections):
        return connections
    left = limit - _OTHERS
    return max(min(left * 4 // 5, left - _LEAST_REQUESTS, connections), 0)


def most() -> int:
    """The files that this process may have open once `claim` has asked for them."""
    return resource.getrlimit(resource.RLIMIT_NOFILE)[1]


def claim(connections: int) -> None:
    """Let this process and its children open as many files as these connections want, up to the system's
    hard limit: shells and systemd begin with 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    asked = wanted(connections)
    if resource.RLIM_INFINITY not in (soft, hard):
        asked = min(asked, hard)
    if soft != resource.RLIM_INFINITY and soft < asked:
        resource.setrlimit(resource.RLIMIT_NOFILE, (asked, hard))
