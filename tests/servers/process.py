"""A server's process: started with its output in a file, and stopped by its own pid."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

import pytest

from fastim.config import ROOT
from tests.servers.waiting import wait_for


def program(name: str) -> str:
    """The path of a server's program; a test that needs a missing one fails."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.fail(f"{name} is not installed; `make test` installs it on Debian")
    return found


class Process:
    """A child process with its output in a file."""

    stop_seconds = 30.0

    def __init__(self, command: list[str], folder: Path, environ: Mapping[str, str] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.log_path = folder / f"{Path(command[0]).name}.log"
        self._out: IO[bytes] = self.log_path.open("ab")
        self.child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=self._out,
            stderr=self._out,
            cwd=ROOT,
            env=environ,
        )

    @property
    def pid(self) -> int:
        return self.child.pid

    def log(self) -> str:
        """Everything that it printed so far."""
        return self.log_path.read_text("utf-8", "replace")

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Wait for `ready`; a process that ended instead fails at once, with what it printed."""

        def is_up() -> bool:
            if self.child.poll() is not None:
                raise RuntimeError(f"exit {self.child.returncode}: {self.log()}")
            return ready()

        try:
            wait_for(is_up, "the server did not get ready")
        except BaseException:
            self.stop()
            raise

    def stop(self) -> int:
        """TERM by pid and wait; the exit code. Safe to call twice.

        Raises:
            TimeoutError: it had to be killed.
        """
        try:
            if self.child.poll() is None:
                self.child.send_signal(signal.SIGTERM)
            return self.child.wait(self.stop_seconds)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
            raise TimeoutError(f"TERM did not end it:\n{self.log()[-4000:]}") from None
        finally:
            self._out.close()


class Service:
    """A server that can be killed, and started again with what it kept on its disk."""

    _process: Process

    def __init__(self, command: list[str], folder: Path) -> None:
        self._command = command
        self._folder = folder
        self.start()

    def start(self) -> None:
        """Start it, for the first time or again."""
        self._process = Process(self._command, self._folder)
        self._process.wait_until(self._answers)

    def _answers(self) -> bool:
        raise NotImplementedError

    def kill(self) -> None:
        """kill -9; `start` brings it back."""
        self._process.child.kill()
        self._process.stop()

    def signal(self, number: int) -> None:
        """SIGSTOP pauses it, SIGCONT lets it go on."""
        self._process.child.send_signal(number)

    def stop(self) -> None:
        self._process.stop()
