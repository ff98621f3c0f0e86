"""What several processes share in Redis, in a part of it that no other test has."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
import redis as library

from tests.servers import Redis


@pytest.fixture
def prefix() -> str:
    return f"test{secrets.token_hex(4)}:"


@pytest.fixture
def client(redis: Redis) -> Iterator[library.Redis]:
    with library.Redis(port=redis.port) as made:
        yield made
