"""RFC 6455 by the Autobahn cases, against our framing under gunicorn's gevent worker."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.servers import ROOT, free_port, wait_for_port

NOT_OURS = ["9.*", "12.*", "13.*"]
"""Speed of large messages, which the frame limit refuses; compression, which is never accepted."""


def test_every_autobahn_case_passes(tmp_path: Path) -> None:
    """All cases of sections 1 to 7 and 10 pass; one that fails makes the client exit with 1."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "-c", os.devnull, "-k", "gevent", "-b", f"127.0.0.1:{port}",
        "--no-control-socket", "tests.live.echo_app:app",
    ]  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as child:
        try:
            wait_for_port(port)
            excluded = [word for case in NOT_OURS for word in ("-x", case)]
            kosoku = Path(sys.executable).with_name("kosoku")
            run = subprocess.run(
                [str(kosoku), "-m", "fuzzingclient", f"127.0.0.1:{port}", *excluded, "-p", "4"],
                cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
            )  # fmt: skip
        finally:
            child.terminate()
            child.communicate(timeout=20)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    assert "247" in run.stdout, run.stdout[-3000:]
