"""A cluster for all tests of this folder: it takes a while to start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster.world import Cluster


@pytest.fixture(scope="package")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three chat servers, one for the rest, nginx, MariaDB and Redis, each on a host of its own."""
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        yield started
    finally:
        started.close()
