"""One server for each module of these tests: people are strangers to those of other tests anyway."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import variables
from tests.servers import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Server]:
    """FastIM under gunicorn on SQLite, with the tests' settings."""
    folder = tmp_path_factory.mktemp("live")
    shutil.copy(sqlite_template, folder / "fastim.db")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("FASTIM_")}
    overrides = {"communities_per_user": "100"}
    server = Server(
        folder, inherited | variables(folder, database_url=f"sqlite:///{folder / 'fastim.db'}", **overrides)
    )
    yield server
    server.check_stop()
