"""Starting a row's programs on one CPU and ending them by their pids."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from bench.peer import Missing

_START_SECONDS = 60
_STOP_SECONDS = 15


def program(name: str, package: str) -> str:
    """The path of a program.

    Raises:
        Missing: it is not installed; `package` says what has it.
    """
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise Missing(f"{name} is not installed: install {package}")
    return found


class Started:
    """A child process and its log `NAME.log` in the folder, pinned to one CPU with all that it starts."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        cpu: int,
        environ: Mapping[str, str],
        cwd: Path | None = None,
    ) -> None:
        self._log = folder / f"{Path(command[0]).name}.log"
        with self._log.open("ab") as out:
            self._child = subprocess.Popen(
                [program("taskset", "util-linux"), "-c", str(cpu), *command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=environ,
                cwd=cwd or folder,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._child.pid

    def wait_for_port(self, port: int) -> None:
        """Wait until somebody listens on the port of 127.0.0.1.

        Raises:
            RuntimeError: the process ended, or took too long.
        """
        deadline = time.monotonic() + _START_SECONDS
        while True:
            if self._child.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start; its log ends: {self.log()[-2000:]}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)

    def log(self) -> str:
        """What it printed."""
        return self._log.read_text("utf-8", "replace")

    def stop(self) -> None:
        """TERM, then KILL, also for workers that outlive their master and would cost the next rows CPU."""
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(_STOP_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._child.wait()
