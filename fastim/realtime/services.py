"""What the handlers may call, given to them once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from fastim.backends.bus import Bus
from fastim.backends.counters import Counters
from fastim.protocol import hello
from fastim.realtime.bucket import Rate
from fastim.realtime.client_map import ClientMap
from fastim.services.access import Access
from fastim.services.amendments import Amendments
from fastim.services.floor import Floor
from fastim.services.forwarding import Forwarding
from fastim.services.horizon import Horizon
from fastim.services.lastseen import LastSeen
from fastim.services.marks import Deliveries, Marks
from fastim.services.messages import Messages
from fastim.services.privacy import Privacy
from fastim.services.resources import Resources
from fastim.services.search_index import Indexer
from fastim.services.sessions import Sessions

Scope = Callable[[], AbstractContextManager[object]]
"""A short app context: a connection owns no database session."""


@dataclass(frozen=True)
class Services:
    """Everything that a live connection uses."""

    access: Access
    amendments: Amendments
    bus: Bus
    client_map: ClientMap
    counters: Counters
    deliveries: Deliveries
    forwarding: Forwarding
    floor: Floor
    horizon: Horizon
    indexer: Indexer
    lastseen: LastSeen
    limits: hello.Limits
    marks: Marks
    messages: Messages
    privacy: Privacy
    rate: Rate
    resources: Resources
    scope: Scope
    sessions: Sessions
