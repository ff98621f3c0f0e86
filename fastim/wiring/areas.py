"""The parts, area by area; each stands on those before it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastim.backends.bus import Bus
from fastim.backends.bus.redis import RedisBus
from fastim.backends.counters import Counters
from fastim.backends.log import Shelf
from fastim.backends.passwords import Passwords
from fastim.backends.presence import Presence
from fastim.backends.questions import Questions
from fastim.backends.search import SearchIndex
from fastim.backends.storage import Storage
from fastim.backends.workers import Workers
from fastim.config import Settings
from fastim.parts import FileOrigins, Groups
from fastim.protocol import limits as bounds
from fastim.realtime.client_map import ClientMap
from fastim.realtime.cluster import Cluster
from fastim.realtime.neighbours import Alone, Memory, Neighbours
from fastim.realtime.services import Scope
from fastim.services.access import Access
from fastim.services.accounts import Accounts
from fastim.services.communities import Communities
from fastim.services.community_invites import Invites
from fastim.services.community_members import Members
from fastim.services.community_mutes import Mutes
from fastim.services.community_notices import Notices
from fastim.services.community_requests import JoinRequests
from fastim.services.community_roles import Roles
from fastim.services.contacts import Contacts
from fastim.services.direct import Direct
from fastim.services.finding import Finding
from fastim.services.floor import Floor
from fastim.services.group_names import GroupNames
from fastim.services.horizon import Horizon
from fastim.services.marks import Deliveries, Marks
from fastim.services.messages import Messages
from fastim.services.missed import Missed
from fastim.services.partials import Partials
from fastim.services.people import AskOnline, DevicesOf, known_already
from fastim.services.privacy import Privacy
from fastim.services.profiles import Profiles
from fastim.services.ratelimit import RateLimit
from fastim.services.reading import Reading
from fastim.services.resources import Resources
from fastim.services.search import Search
from fastim.services.search_index import Indexer
from fastim.services.sessions import Sessions
from fastim.services.upload_collection import Collection
from fastim.services.uploads import Uploads
from fastim.wiring import choices


@dataclass(frozen=True)
class Ground:
    """What everything else stands on."""

    settings: Settings
    scope: Scope
    bus: Bus
    client_map: ClientMap
    presence: Presence | None
    """Who is connected to other processes, where there are some."""
    counters: Counters
    questions: Questions
    rates: RateLimit
    reading: Reading
    shelf: Shelf | None
    workers: Workers

    @property
    def devices_of(self) -> DevicesOf:
        presence, here = self.presence, self.client_map.devices_of
        if presence is None:
            return here
        return lambda user_id: tuple(sorted({*here(user_id), *presence.elsewhere(user_id)}))

    @property
    def ask_online(self) -> AskOnline:
        return known_already if self.presence is None else self.presence.ask


@dataclass(frozen=True)
class Doors:
    """Who may come in, and what is known of who is in."""

    access: Access
    deliveries: Deliveries
    floor: Floor
    group_names: GroupNames
    horizon: Horizon
    marks: Marks
    privacy: Privacy
    profiles: Profiles
    sessions: Sessions


@dataclass(frozen=True)
class Files:
    """What people upload."""

    collection: Collection
    origins: FileOrigins
    partials: Partials
    resources: Resources
    storage: Storage
    uploads: Uploads
    workers: Workers


@dataclass(frozen=True)
class People:
    """Who has an account, who knows whom, and what groups they make."""

    accounts: Accounts
    communities: Communities
    contacts: Contacts
    finding: Finding
    groups: Groups


@dataclass(frozen=True)
class Finders:
    """The index of messages, from both of its sides."""

    search: Search
    indexer: Indexer


def ground(settings: Settings, scope: Scope) -> Ground:
    counters = Counters()
    questions = Questions(settings.sqlalchemy_url)
    bus = choices.bus(settings, counters)
    shelf = choices.shelf(settings, questions)
    return Ground(
        settings=settings,
        scope=scope,
        bus=bus,
        client_map=ClientMap(),
        presence=choices.presence(settings, bus),
        counters=counters,
        questions=questions,
        rates=choices.rates(settings),
        reading=choices.reading(settings, questions, counters, shelf),
        shelf=shelf,
        workers=Workers(),
    )


def doors(ground: Ground) -> Doors:
    bus, questions = ground.bus, ground.questions
    is_alone = not ground.settings.is_clustered
    access = Access(bus, questions, is_alone=is_alone)
    marks = Marks(bus, is_alone)
    return Doors(
        access=access,
        deliveries=Deliveries(bus, is_alone, marks.ends),
        floor=Floor(bus),
        group_names=GroupNames(bus, questions),
        horizon=Horizon(is_ordered=ground.settings.is_sqlite),
        marks=marks,
        privacy=Privacy(bus, questions, access, ground.devices_of),
        profiles=Profiles(bus, questions),
        sessions=Sessions(ground.settings, bus, questions),
    )


def neighbours(ground: Ground, doors: Doors, messages: Messages) -> Neighbours:
    bus, client_map = ground.bus, ground.client_map
    if not isinstance(bus, RedisBus) or ground.presence is None:
        return Alone(doors.access)
    memory = Memory(
        access=doors.access,
        floor=doors.floor,
        group_names=doors.group_names,
        privacy=doors.privacy,
        profiles=doors.profiles,
        sessions=doors.sessions,
        scope=ground.scope,
    )
    missed = Missed(ground.questions, ground.shelf, messages.origin_of)
    return Cluster(bus, client_map, ground.presence, missed, memory)


def files(ground: Ground) -> Files:
    settings, bus = ground.settings, ground.bus
    store = choices.file_store(settings, ground.workers)
    workers, storage = store.workers, store.storage
    uploads = Uploads(settings, bus, workers, storage)
    direct = Direct(bus, workers, store.direct, storage)
    return Files(
        collection=Collection(bus, workers, storage),
        origins=store.origins,
        partials=Partials(bus, workers, store.partials, direct, uploads),
        resources=Resources(bus, workers, storage),
        storage=storage,
        uploads=uploads,
        workers=workers,
    )


def finders(ground: Ground) -> Finders:
    index = choices.index(ground.settings, ground.workers, ground.shelf)
    return Finders(search=Search(index, ground.reading), indexer=_indexer(ground.settings, index))


def indexer_of(ground: Ground, url: str, shelf: Shelf | None) -> Indexer:
    """One for another database than the settings', and what is beside that."""
    settings = replace(ground.settings, database_url=url)
    return _indexer(settings, choices.index(settings, ground.workers, shelf))


def _indexer(settings: Settings, index: SearchIndex) -> Indexer:
    return Indexer(index, bounds.INDEX_BATCH if settings.is_sqlite else bounds.INDEX_BATCH_ON_LOOP)


def people(ground: Ground, doors: Doors, files: Files) -> People:
    settings, bus, reading = ground.settings, ground.bus, ground.reading
    finding = Finding(settings, bus, ground.questions, ground.rates, ground.devices_of, doors.profiles)
    return People(
        accounts=_accounts(ground, doors, files),
        communities=Communities(settings, bus, files.resources, reading),
        contacts=Contacts(bus, finding, ground.devices_of, ground.ask_online, reading),
        finding=finding,
        groups=_groups(ground),
    )


def _groups(ground: Ground) -> Groups:
    settings, bus = ground.settings, ground.bus
    return Groups(
        invites=Invites(settings, bus),
        members=Members(bus, ground.devices_of, ground.ask_online, ground.reading),
        mutes=Mutes(bus),
        notices=Notices(bus),
        requests=JoinRequests(settings, bus),
        roles=Roles(settings, bus),
    )


def _accounts(ground: Ground, doors: Doors, files: Files) -> Accounts:
    return Accounts(
        ground.settings,
        ground.bus,
        Passwords(ground.workers),
        ground.rates,
        doors.sessions,
        files.resources,
        ground.devices_of,
    )
