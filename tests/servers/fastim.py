"""FastIM itself."""

from __future__ import annotations

import itertools
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tests.servers.ports import free_port
from tests.servers.process import Process

STOP_SECONDS = 5
"""What FastIM promises: SIGTERM ends it within this time, whoever is connected."""

_TRUSTING = re.compile(r"event=bus_trusted process=(\w+)")


class Server(Process):
    """FastIM itself under gunicorn, as `make run` starts it."""

    stop_seconds = STOP_SECONDS

    def __init__(
        self, folder: Path, environ: Mapping[str, str], port: int = 0, scheme: str = "http"
    ) -> None:
        self.port = port or free_port()
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        self.is_failure_expected = False
        """Set by a test that breaks something: tracebacks in the log are then no surprise."""
        self.environ = environ
        super().__init__(
            [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"],
            folder,
            {**environ, "HOST": "127.0.0.1", "PORT": str(self.port)},
        )
        self.wait_until(lambda: self.get("/readyz") == 200)

    def get(self, path: str) -> int:
        """The HTTP status of a GET, or 0 while nobody listens."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0

    def wait_for_processes(self, count: int) -> None:
        """Until so many processes hear each other: one says so anew whenever another begins."""
        self.wait_until(lambda: len(set(_TRUSTING.findall(self.log()))) == count)

    def check_stop(self) -> None:
        """Stop it and see that it went well.

        Raises:
            AssertionError: it ended with an error or logged a traceback.
        """
        code = self.stop()
        assert code == 0, f"exit {code}: {self.log()[-4000:]}"
        failures = _failures(self.log())
        assert self.is_failure_expected or not failures, f"{len(failures)}: " + "\n".join(failures[:8])


def _failures(log: str) -> list[str]:
    """Each exception that a log tells of: what stands before it, and the end of its traceback."""
    pieces = log.split("Traceback (most recent call last)")
    return [
        f"{before[-300:]} … {trace.split('timestamp=', 1)[0][-1500:]}"
        for before, trace in itertools.pairwise(pieces)
    ]
