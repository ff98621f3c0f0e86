"""RFC 6455 and RFC 7692 by the Autobahn cases, against our framing under gunicorn's gevent worker."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.servers import ROOT, free_port, wait_for_port

PLAIN = ["[1-9].*", "10.*"]
COMPRESSED = ["12.*", "13.*"]
MIB = 2
"""Of messages in each case of compression: at least 16 of 128 KiB, and all thousand of up to 2 KiB."""


def run_cases(deflate: str, cases: list[str], mib: int, seconds: float) -> str:
    """What the client of the cases printed, run against an echo server.

    Raises:
        subprocess.TimeoutExpired: it took longer than `seconds`.
    """
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "-c", os.devnull, "-k", "gevent", "-b", f"127.0.0.1:{port}",
        "--no-control-socket", "tests.live.echo_app:app",
    ]  # fmt: skip
    environ = os.environ | {"ECHO_DEFLATE": deflate}
    with subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True) as child:
        try:
            wait_for_port(port)
            client = [sys.executable, "-m", "tests.live.autobahn", f"127.0.0.1:{port}", "--mib", str(mib)]
            run = subprocess.run(
                [*client, "--cases", *cases],
                cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False,
            )  # fmt: skip
        finally:
            child.terminate()
            child.communicate(timeout=20)
    return run.stdout + run.stderr


@pytest.mark.parametrize(
    ("deflate", "cases", "count"),
    [("off", PLAIN, 301), ("on", COMPRESSED, 216)],
    ids=["plain", "compressed"],
)
def test_every_autobahn_case_passes(deflate: str, cases: list[str], count: int) -> None:
    """All of them; the soak runs those of compression with all their messages."""
    assert run_cases(deflate, cases, MIB, seconds=150) == f"{count} cases passed\n"
