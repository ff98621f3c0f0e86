"""Settings to the running parts: the only module that names concrete backends."""

from __future__ import annotations

import importlib
from pathlib import Path

import limits

from fastim.backends.bus.memory import MemoryBus
from fastim.backends.counters import Counters
from fastim.backends.log import Store
from fastim.backends.log.committer import Committer
from fastim.backends.log.mysql import MysqlStore
from fastim.backends.log.sqlite import SqliteStore
from fastim.backends.passwords import Passwords
from fastim.backends.push import NoPush, Pusher
from fastim.backends.questions import Questions
from fastim.backends.search import SearchIndex
from fastim.backends.search.mysql import MysqlIndex
from fastim.backends.search.off import NoIndex
from fastim.backends.search.sqlite import SqliteIndex
from fastim.backends.storage.files import FileStorage
from fastim.backends.storage.partial import FilePartials
from fastim.backends.workers import Workers
from fastim.config import ConfigError, Settings
from fastim.models.base import utc_now
from fastim.parts import Groups, Parts
from fastim.protocol import hello
from fastim.protocol import limits as bounds
from fastim.realtime.bucket import Rate
from fastim.realtime.client_map import ClientMap
from fastim.realtime.pushing import Pushing
from fastim.realtime.runtime import Runtime
from fastim.realtime.services import Scope, Services
from fastim.services.access import Access
from fastim.services.accounts import Accounts
from fastim.services.amendments import Amendments
from fastim.services.communities import Communities
from fastim.services.community_invites import Invites
from fastim.services.community_members import Members
from fastim.services.community_mutes import Mutes
from fastim.services.community_notices import Notices
from fastim.services.community_requests import JoinRequests
from fastim.services.community_roles import Roles
from fastim.services.contacts import Contacts
from fastim.services.favourites import Favourites
from fastim.services.finding import Finding
from fastim.services.floor import Floor
from fastim.services.forwarding import Forwarding
from fastim.services.glances import Glances
from fastim.services.heard import Listening
from fastim.services.history import History
from fastim.services.lastseen import LastSeen
from fastim.services.marks import Marks
from fastim.services.messages import Messages
from fastim.services.partials import Partials
from fastim.services.privacy import Privacy
from fastim.services.pushes import Pushes
from fastim.services.ratelimit import RateLimit
from fastim.services.resources import Resources
from fastim.services.search import Search
from fastim.services.search_index import Indexer
from fastim.services.search_names import SearchNames
from fastim.services.sessions import Sessions
from fastim.services.stickers import Stickers
from fastim.services.tags import Tags
from fastim.services.talk_settings import TalkSettings
from fastim.services.upload_collection import Collection
from fastim.services.uploads import Uploads


def build(settings: Settings, scope: Scope) -> Parts:
    """Make the parts that `settings` asks for.

    Args:
        scope: opens a short app context, for work that no request does.
    """
    bus = MemoryBus()
    counters = Counters()
    workers = Workers()
    rates = RateLimit(settings.rate_limits)
    questions = Questions(settings.sqlalchemy_url)
    access = Access(bus, questions)
    floor = Floor(bus)
    marks = Marks(bus)
    talk_settings = TalkSettings(bus, access)
    sessions = Sessions(settings, bus, questions)
    client_map = ClientMap()
    devices_of = client_map.devices_of
    privacy = Privacy(bus, questions, access, devices_of)
    pusher = _pusher(settings)
    pushes = Pushes(bus)
    Pushing(bus, client_map, pushes, pusher, scope)
    finding = Finding(settings, bus, rates, devices_of)
    storage = FileStorage(settings.storage_folder)
    resources = Resources(bus, workers, storage)
    collection = Collection(bus, workers, storage)
    uploads = Uploads(settings, bus, workers, storage)
    partials = Partials(bus, workers, FilePartials(settings.storage_folder), uploads)
    contacts = Contacts(bus, finding, devices_of)
    communities = Communities(settings, bus, resources)
    index = _index(settings, workers)
    indexer = Indexer(index, bounds.INDEX_BATCH if settings.is_sqlite else bounds.INDEX_BATCH_ON_LOOP)
    realtime = Runtime(
        Services(
            access=access,
            amendments=Amendments(bus, access, floor, settings.recall_seconds),
            bus=bus,
            client_map=client_map,
            counters=counters,
            forwarding=Forwarding(access),
            floor=floor,
            indexer=indexer,
            lastseen=LastSeen(bus),
            limits=hello.Limits(settings.file_bytes, settings.picture_bytes, settings.recall_seconds),
            marks=marks,
            messages=Messages(Committer(_store(settings, access), counters), bus),
            privacy=privacy,
            rate=_rate(settings),
            resources=resources,
            scope=scope,
            sessions=sessions,
        ),
        settings.connections,
        chores=(sessions.purge, lambda: collection.collect(utc_now()), lambda: partials.expire(utc_now())),
    )
    return Parts(
        settings=settings,
        bus=bus,
        counters=counters,
        workers=workers,
        rates=rates,
        questions=questions,
        sessions=sessions,
        accounts=Accounts(settings, bus, Passwords(workers), rates, sessions, resources, devices_of),
        contacts=contacts,
        tags=Tags(bus),
        finding=finding,
        privacy=privacy,
        pusher=pusher,
        pushes=pushes,
        favourites=Favourites(bus, access),
        glances=Glances(access),
        communities=communities,
        groups=Groups(
            invites=Invites(settings, bus),
            members=Members(bus, devices_of),
            mutes=Mutes(bus),
            notices=Notices(bus),
            requests=JoinRequests(settings, bus),
            roles=Roles(settings, bus),
        ),
        history=History(access, marks, talk_settings),
        talk_settings=talk_settings,
        uploads=uploads,
        partials=partials,
        stickers=Stickers(bus, uploads),
        search=Search(index),
        search_names=SearchNames(contacts, communities),
        indexer=indexer,
        listening=Listening(bus, access),
        resources=resources,
        collection=collection,
        realtime=realtime,
    )


def _store(settings: Settings, access: Access) -> Store:
    closed = access.closed.refusals
    if settings.is_sqlite:
        return SqliteStore(Path(settings.sqlalchemy_url.removeprefix("sqlite:///")), closed)
    return MysqlStore(settings.sqlalchemy_url, closed)


def _index(settings: Settings, workers: Workers) -> SearchIndex:
    if not settings.search:
        return NoIndex()
    if settings.is_sqlite:
        return SqliteIndex(Path(settings.sqlalchemy_url.removeprefix("sqlite:///")), workers.run)
    return MysqlIndex(settings.sqlalchemy_url)


def _pusher(settings: Settings) -> Pusher:
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


def _rate(settings: Settings) -> Rate:
    if not settings.rate_limits:
        return Rate(0, 0)
    item = limits.parse(settings.message_rate)
    return Rate(item.amount / item.get_expiry(), item.amount * 2)
