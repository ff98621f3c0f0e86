"""People who log in with their passwords: each costs what the password's hash costs."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable

from bench.measure import Reading

AT_ONCE = 4
"""Log-ins under way, so that the server never waits for the generator."""
_PASSWORD = "a bench of oak"


def log_in(port: int, seconds: float, read: Callable[[], Reading]) -> dict[str, float]:
    """One account logs in over and over, from `AT_ONCE` devices.

    Returns:
        `logins` per second, and the server's CPU for each, `login_ms`.
    """
    mobile = f"+8613{time.time_ns() // 1000 % 10**9:09d}"
    _ask(_connection(port), "/user/register", mobile)
    counts = [0] * AT_ONCE
    before = read()
    until = before.at + seconds

    def device(place: int) -> None:
        line = _connection(port)
        while time.monotonic() < until:
            _ask(line, "/user/login", mobile)
            counts[place] += 1
        line.close()

    threads = [threading.Thread(target=device, args=(place,)) for place in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = before.until(read(), sum(counts))
    return {"logins": took["rate"], "login_ms": took["cpu_us"] / 1000}


def _connection(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=30)


def _ask(line: http.client.HTTPConnection, path: str, mobile: str) -> None:
    body = json.dumps({"mobile": mobile, "passwd": _PASSWORD, "nickname": "Bench"})
    line.request("POST", path, body, {"Content-Type": "application/json"})
    answer = json.loads(line.getresponse().read())
    if answer["code"]:
        raise RuntimeError(f"{path}: {answer}")
