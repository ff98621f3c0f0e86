"""Which adapter each port gets, as the settings say."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path

import limits
from sqlalchemy import func, select

from fastim.backends.bus import Bus
from fastim.backends.bus.memory import MemoryBus
from fastim.backends.bus.redis import RedisBus
from fastim.backends.bus.where import Where
from fastim.backends.counters import Counters
from fastim.backends.log import Shelf, Store
from fastim.backends.log.doors import Doors
from fastim.backends.log.mysql import MysqlStore
from fastim.backends.log.shelved import ShelvedStore
from fastim.backends.log.sqlite import SqliteStore
from fastim.backends.presence import Presence
from fastim.backends.push import NoPush, Pusher
from fastim.backends.questions import Questions
from fastim.backends.replicas import POSITION, Replica, Replicas
from fastim.backends.search import SearchIndex
from fastim.backends.search.mysql import MysqlIndex
from fastim.backends.search.off import NoIndex
from fastim.backends.search.sqlite import SqliteIndex
from fastim.backends.storage import DirectFiles, PartFiles, Storage
from fastim.backends.storage.files import FileStorage
from fastim.backends.storage.partial import FilePartials
from fastim.backends.workers import Workers
from fastim.config import ConfigError, Settings
from fastim.models import Message
from fastim.parts import FileOrigins
from fastim.places import origin
from fastim.protocol import limits as bounds
from fastim.realtime.bucket import Rate
from fastim.services.access import Access
from fastim.services.ratelimit import RateLimit
from fastim.services.reading import Reading

_NEWEST = select(func.max(Message.id))


def bus(settings: Settings, counters: Counters) -> Bus:
    if settings.is_clustered:
        return RedisBus(Where(settings.bus_url), counters)
    return MemoryBus()


def shelf(settings: Settings, questions: Questions) -> Shelf | None:
    """MongoDB where it is set; only then PyMongo has to be there, so it is loaded by name.

    Raises:
        ConfigError: it is not there.
    """
    if not settings.log_url:
        return None
    try:
        mongo = importlib.import_module("fastim.backends.log.mongo")
    except ImportError as error:
        raise ConfigError("FASTIM_LOG_URL: pip install -r requirements-mongo.txt first") from error
    made: Shelf = mongo.MongoShelf(settings.log_url, lambda: questions.ask(_NEWEST)[0][0] or 0)
    return made


def reading(settings: Settings, questions: Questions, counters: Counters, shelf: Shelf | None) -> Reading:
    """Replicas are asked where some are named, from the first read on: one that is away stops no start."""
    if not settings.database_read_url:
        return Reading()
    replicas = [Replica(url, shelf) for url in settings.database_read_url]
    return Reading(Replicas(replicas, lambda: questions.ask(POSITION)[0][0] or "", counters))


def presence(settings: Settings, bus: Bus) -> Presence | None:
    if not isinstance(bus, RedisBus):
        return None
    where = Where(settings.bus_url)
    return Presence(where.client, where.prefix, bus.process, bus, bus.living)


def rates(settings: Settings) -> RateLimit:
    if not settings.is_clustered:
        return RateLimit(settings.rate_limits)
    where = Where(settings.bus_url)
    url, options = where.storage
    return RateLimit(settings.rate_limits, url, where.prefix, options)


def store(settings: Settings, access: Access, bus: Bus, shelf: Shelf | None) -> Store:
    closed = access.closed.refusals
    if settings.is_sqlite:
        return SqliteStore(Path(settings.sqlalchemy_url.removeprefix("sqlite:///")), closed)
    url = settings.sqlalchemy_url
    asked, doubt = (Doors(), bus.lose) if isinstance(bus, RedisBus) else (None, _nothing)
    note_head = _nothing if isinstance(bus, RedisBus) else bus.note_head
    if shelf is not None:
        return ShelvedStore(shelf, url, closed, asked, doubt, note_head)
    return MysqlStore(url, closed, asked, doubt, note_head)


def _nothing(*news: object) -> None:
    """Where nobody has to know."""


def index(settings: Settings, workers: Workers, shelf: Shelf | None) -> SearchIndex:
    if not settings.search:
        return NoIndex()
    if settings.is_sqlite:
        return SqliteIndex(Path(settings.sqlalchemy_url.removeprefix("sqlite:///")), workers.run)
    return MysqlIndex(settings.sqlalchemy_url, shelf)


@dataclass(frozen=True)
class FileStore:
    """Where files are, by each port; `workers` is whose threads call them."""

    storage: Storage
    partials: PartFiles
    direct: DirectFiles | None
    origins: FileOrigins
    workers: Workers


def file_store(settings: Settings, workers: Workers) -> FileStore:
    """A folder, or an object store where boto3 is there; only then it is loaded.

    Raises:
        ConfigError: it is not there, or finds no credentials.
    """
    place = settings.s3
    if place is None:
        folder = settings.storage_folder
        return FileStore(FileStorage(folder), FilePartials(folder), None, FileOrigins(), workers)
    try:
        s3 = importlib.import_module("fastim.backends.storage.s3_store")
    except ImportError as error:
        raise ConfigError("FASTIM_STORAGE_URL: pip install -r requirements-s3.txt first") from error
    try:
        bucket = s3.Bucket(place)
    except s3.ERRORS as error:
        raise ConfigError(f"FASTIM_STORAGE_URL: {error}") from error
    cdn = settings.cdn_url
    read_from = tuple(dict.fromkeys(filter(None, (bucket.origin if place.direct else "", origin(cdn)))))
    return FileStore(
        s3.S3Storage(bucket, place.direct, cdn),
        s3.S3Partials(bucket),
        s3.S3Direct(bucket) if place.direct else None,
        FileOrigins(bucket.origin if place.direct else "", read_from),
        Workers(bounds.STORAGE_THREADS, bounds.STORAGE_WAITING),
    )


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
