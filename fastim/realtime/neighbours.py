"""This process and others: what its connections need of them, and how it is when there are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from fastim.realtime.services import Scope
from fastim.services.access import Access
from fastim.services.floor import Floor
from fastim.services.group_names import GroupNames
from fastim.services.privacy import Privacy
from fastim.services.profiles import Profiles
from fastim.services.sessions import Sessions


class Neighbours(Protocol):
    """What a process does so that it and the others act as one."""

    def start(self, announce: Callable[[int], None]) -> None:
        """`announce` tells a user's friends what the user is connected with."""

    def elsewhere(self, user_id: int) -> Sequence[str]:
        """What a user is connected with at other processes."""

    def tell_devices(self, user_id: int) -> None:
        """A connection has come or gone: let the others know with what the user is connected here."""

    def claims(self, what: str, seconds: int) -> bool:
        """Whether this process is the one to do what is to be done once in so many seconds."""

    def arrive(self, user_id: int) -> Sequence[int]:
        """The groups of a user who connects here. When it returns, nothing that is said to them from now on
        is missed; call it when the connection is in the client map."""

    def stop(self) -> None:
        """Everything is told, and nothing more is heard."""


class Alone:
    """There are no others."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def start(self, announce: Callable[[int], None]) -> None: ...

    def elsewhere(self, user_id: int) -> Sequence[str]:
        return ()

    def tell_devices(self, user_id: int) -> None: ...

    def claims(self, what: str, seconds: int) -> bool:
        return True

    def arrive(self, user_id: int) -> Sequence[int]:
        return self._access.communities_of(user_id)

    def stop(self) -> None: ...


@dataclass(frozen=True)
class Memory:
    """What is remembered of the database, and kept true by events."""

    access: Access
    floor: Floor
    group_names: GroupNames
    privacy: Privacy
    profiles: Profiles
    sessions: Sessions
    scope: Scope

    def forget(self) -> None:
        """Ask again who may do what, and what people and groups are called."""
        for kept in (self.access, self.floor, self.profiles, self.group_names):
            kept.forget()
