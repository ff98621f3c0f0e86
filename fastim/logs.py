"""Structured logs. What must never be in one (tokens, passwords, texts) is never given to it.

Native threads log too: the watchdog, while the loop is busy. Under gevent's patch the locks of structlog
and logging are gevent's, and a greenlet that waits for one which a native thread gives back may wait for
ever; so lines are written under a native lock.
"""

from __future__ import annotations

import logging
import sys
from typing import TextIO

import structlog

from fastim.backends import native
from fastim.config import Settings


class Lines:
    """What structlog writes to: each line in one piece, from whichever thread it comes."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._lock = native.new_rlock()

    def msg(self, line: str) -> None:
        with self._lock:
            self._file.write(line + "\n")
            self._file.flush()

    debug = info = warning = error = critical = msg


def set_up(settings: Settings) -> None:
    """Send structlog and the standard library's log to standard error in the format of the settings."""
    level = getattr(logging, settings.log_level.upper())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if settings.log_format == "json"
        else structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])
    )
    lines = Lines(sys.stderr)
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *names: lines,
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(
        level=max(level, logging.WARNING),
        stream=sys.stderr,
        force=True,
        format="timestamp=%(asctime)s level=%(levelname)s event=%(name)s %(message)s",
    )
    for handler in logging.getLogger().handlers:
        handler.lock = native.new_rlock()
    # The development server's request lines hold the query, where the old pages put the token;
    # the app logs every request itself.
    logging.getLogger("werkzeug").addFilter(_is_no_request_line)


def _is_no_request_line(record: logging.LogRecord) -> bool:
    return " - - [" not in str(record.msg)
