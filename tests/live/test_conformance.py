"""RFC 6455 by the Autobahn cases, against our framing under gunicorn's gevent worker."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import ROOT, free_port, wait_for_port

LARGE = ["9.*"]
"""Speed of large messages, which the frame limit refuses."""
COMPRESSED = ["12.*", "13.*"]
CASES = {"off": 247, "on": 463}


@pytest.mark.parametrize("deflate", ["off", "on"])
def test_every_autobahn_case_passes(tmp_path: Path, deflate: str) -> None:
    """All cases of sections 1 to 7 and 10, with the option those of compression too; one that fails makes
    the client exit with 1."""
    port = free_port()
    left_out = LARGE if deflate == "on" else LARGE + COMPRESSED
    command = [
        sys.executable, "-m", "gunicorn", "-c", os.devnull, "-k", "gevent", "-b", f"127.0.0.1:{port}",
        "--no-control-socket", "tests.live.echo_app:app",
    ]  # fmt: skip
    environ = os.environ | {"ECHO_DEFLATE": deflate}
    with subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True) as child:
        try:
            wait_for_port(port)
            excluded = [word for case in left_out for word in ("-x", case)]
            kosoku = Path(sys.executable).with_name("kosoku")
            run = subprocess.run(
                [str(kosoku), "-m", "fuzzingclient", f"127.0.0.1:{port}", *excluded, "-p", "4"],
                cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
            )  # fmt: skip
        finally:
            child.terminate()
            child.communicate(timeout=20)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    assert str(CASES[deflate]) in run.stdout, run.stdout[-3000:]
