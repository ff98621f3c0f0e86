"""The server with less patience, or with a clock that is off: an entry for gunicorn, as wsgi.py.

``FAULTS_LIMITS`` is JSON of other values for `fastim.protocol.limits` or `bus_limits`; ``FAULTS_CLOCK``
names a file with the seconds by which the wall clock is off. Monotonic time is left alone, as when somebody
sets a clock.
"""

# ruff: noqa: E402  as wsgi.py

from gevent import monkey

monkey.patch_all()

import datetime as dt
import json
import os
import time
from pathlib import Path

from fastim.models import base
from fastim.protocol import bus_limits, limits

for _name, _value in json.loads(os.environ.get("FAULTS_LIMITS", "{}")).items():
    _module = limits if hasattr(limits, _name) else bus_limits
    assert hasattr(_module, _name), _name
    setattr(_module, _name, _value)

_file = os.environ.get("FAULTS_CLOCK", "")
_true_ns = time.time_ns
_READ_SECONDS = 0.02


class _Clock:
    offset_ns = 0
    read_at = 0.0


def _time_ns() -> int:
    now = time.monotonic()
    if now - _Clock.read_at > _READ_SECONDS:
        _Clock.read_at = now
        _Clock.offset_ns = int(float(Path(_file).read_text()) * 1_000_000_000)
    return _true_ns() + _Clock.offset_ns


class _Datetime(dt.datetime):
    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
        return dt.datetime.fromtimestamp(_time_ns() / 1_000_000_000, tz)


if _file:
    time.time_ns = _time_ns
    time.time = lambda: _time_ns() / 1_000_000_000
    base.datetime = _Datetime  # what utc_now asks

from fastim.app import create_app

app = create_app()
