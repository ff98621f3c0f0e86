"""The running parts of a process, by their ports: what routes and commands are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastim.backends.bus import Bus
from fastim.backends.counters import Counters
from fastim.backends.log import Shelf
from fastim.backends.push import Pusher
from fastim.backends.questions import Questions
from fastim.backends.storage import Storage
from fastim.backends.workers import Workers
from fastim.config import Settings
from fastim.realtime.runtime import Runtime
from fastim.services.accounts import Accounts
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
from fastim.services.glances import Glances
from fastim.services.heard import Listening
from fastim.services.history import History
from fastim.services.partials import Partials
from fastim.services.privacy import Privacy
from fastim.services.pushes import Pushes
from fastim.services.ratelimit import RateLimit
from fastim.services.reading import Reading
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


@dataclass(frozen=True)
class Groups:
    """What goes on within a group."""

    invites: Invites
    members: Members
    mutes: Mutes
    notices: Notices
    requests: JoinRequests
    roles: Roles


@dataclass(frozen=True)
class FileOrigins:
    """Where pages are sent for files, beside this server's own origin."""

    sent_to: str = ""
    read_from: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parts:
    """Everything that runs, each made once per process by `fastim.wiring`."""

    settings: Settings
    bus: Bus
    counters: Counters
    workers: Workers
    rates: RateLimit
    shelf: Shelf | None
    questions: Questions
    reading: Reading
    sessions: Sessions
    accounts: Accounts
    contacts: Contacts
    tags: Tags
    finding: Finding
    privacy: Privacy
    pusher: Pusher
    pushes: Pushes
    communities: Communities
    favourites: Favourites
    glances: Glances
    groups: Groups
    history: History
    talk_settings: TalkSettings
    search: Search
    search_names: SearchNames
    indexer: Indexer
    indexer_of: Callable[[str, Shelf | None], Indexer]
    """One for another database, named as SQLAlchemy names it, and its shelf; the caller closes it."""
    uploads: Uploads
    partials: Partials
    stickers: Stickers
    listening: Listening
    resources: Resources
    storage: Storage
    file_origins: FileOrigins
    file_workers: Workers
    collection: Collection
    realtime: Runtime
