"""Which adapter each port gets, as the settings say."""

from __future__ import annotations

import importlib
from pathlib import Path

import limits

from fastim.backends.log import Store
from fastim.backends.log.mysql import MysqlStore
from fastim.backends.log.sqlite import SqliteStore
from fastim.backends.push import NoPush, Pusher
from fastim.backends.search import SearchIndex
from fastim.backends.search.mysql import MysqlIndex
from fastim.backends.search.off import NoIndex
from fastim.backends.search.sqlite import SqliteIndex
from fastim.backends.workers import Workers
from fastim.config import ConfigError, Settings
from fastim.realtime.bucket import Rate
from fastim.services.access import Access


def store(settings: Settings, access: Access) -> Store:
    closed = access.closed.refusals
    if settings.is_sqlite:
        return SqliteStore(Path(settings.sqlalchemy_url.removeprefix("sqlite:///")), closed)
    return MysqlStore(settings.sqlalchemy_url, closed)


def index(settings: Settings, workers: Workers) -> SearchIndex:
    if not settings.search:
        return NoIndex()
    if settings.is_sqlite:
        return SqliteIndex(Path(settings.sqlalchemy_url.removeprefix("sqlite:///")), workers.run)
    return MysqlIndex(settings.sqlalchemy_url)


def pusher(settings: Settings) -> Pusher:
    """Web Push where keys are set; only then `cryptography` has to be there, so it is loaded by name.

    Raises:
        ConfigError: it is not there, or the key is none.
    """
    if not settings.vapid_private_key:
        return NoPush()
    try:
        webpush = importlib.import_module("fastim.backends.webpush")
    except ImportError as error:
        raise ConfigError("FASTIM_VAPID_PRIVATE_KEY: pip install -r requirements-push.txt first") from error
    try:
        made: Pusher = webpush.WebPush(settings.vapid_private_key, settings.vapid_subject)
    except ValueError as error:
        raise ConfigError("FASTIM_VAPID_PRIVATE_KEY: make one with `flask fastim vapid`") from error
    return made


def rate(settings: Settings) -> Rate:
    if not settings.rate_limits:
        return Rate(0, 0)
    item = limits.parse(settings.message_rate)
    return Rate(item.amount / item.get_expiry(), item.amount * 2)
