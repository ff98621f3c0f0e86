"""Who uploads."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.services.uploading import new_user


@pytest.fixture
def owner(app: Flask) -> int:
    with app.app_context():
        return new_user()
