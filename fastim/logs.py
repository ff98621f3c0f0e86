"""Structured logs. What must never be in one (tokens, passwords, texts) is never given to it."""

from __future__ import annotations

import logging
import sys

import structlog

from fastim.config import Settings


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
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(
        level=max(level, logging.WARNING),
        stream=sys.stderr,
        force=True,
        format="timestamp=%(asctime)s level=%(levelname)s event=%(name)s %(message)s",
    )
    # The development server's request lines hold the query, where the old pages put the token;
    # the app logs every request itself.
    logging.getLogger("werkzeug").addFilter(_is_no_request_line)


def _is_no_request_line(record: logging.LogRecord) -> bool:
    return " - - [" not in str(record.msg)
