"""A server of the Go version that is to be brought over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.go_version import GoVersion
from tests.servers import MariaDb


@pytest.fixture
def go(mariadb: MariaDb, tmp_path: Path) -> GoVersion:
    return GoVersion(mariadb, tmp_path)
