"""Who is connected: the Go version's clientMap, guarded by a lock and indexed by user and by group."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from fastim.realtime.node import NO_GROUPS, Node

Nodes = tuple[Node, ...]


class _Index:
    """Keys to nodes. The tuple that a fan-out walks is made when asked for and kept until a change."""

    def __init__(self) -> None:
        self._sets: dict[int, dict[Node, None]] = {}
        self._tuples: dict[int, Nodes] = {}
        self.made = self._tuples.get
        """The tuple of a key, if it was asked for since the last change."""

    def add(self, key: int, node: Node) -> None:
        self._sets.setdefault(key, {})[node] = None
        self._tuples.pop(key, None)

    def remove(self, key: int, node: Node) -> None:
        nodes = self._sets.get(key)
        if nodes is None or node not in nodes:
            return
        del nodes[node]
        self._tuples.pop(key, None)
        if not nodes:
            del self._sets[key]

    def get(self, key: int) -> Nodes:
        found = self._tuples.get(key)
        if found is None:
            nodes = self._sets.get(key)
            if nodes is None:
                return ()
            found = self._tuples[key] = tuple(nodes)
        return found

    def __contains__(self, key: int) -> bool:
        return key in self._sets

    def __len__(self) -> int:
        return len(self._sets)


class ClientMap:
    """Every node of this process. A removed node is in no index."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._nodes: dict[Node, None] = {}
        self._users: dict[int, Nodes] = {}
        """A person has few connections: a tuple alone weighs a fifth of what an index keeps for a key."""
        self._groups = _Index()
        self.arriving: dict[int, dict[int, int]] = {}
        """group_id to those who are about to enter it, and the seq of their coming."""
        self._leaving: set[tuple[int, int]] = set()
        """(user_id, group_id) of those who are about to have left."""

    def add(self, node: Node) -> bool:
        """Add a connection; whether it is its user's first."""
        with self._lock:
            first = node.user_id not in self._users
            self._nodes[node] = None
            self._users[node.user_id] = (*self.of_user(node.user_id), node)
            return first

    def remove(self, node: Node) -> bool:
        """Remove a connection from everywhere; whether it was its user's last."""
        with self._lock:
            if node not in self._nodes:
                return False
            del self._nodes[node]
            others = tuple(other for other in self._users[node.user_id] if other is not node)
            if others:
                self._users[node.user_id] = others
            else:
                del self._users[node.user_id]
            for group_id in node.groups:
                self._groups.remove(group_id, node)
            node.groups = NO_GROUPS
            return not others

    def enter_groups(self, node: Node, group_ids: Iterable[int]) -> None:
        """`node` receives what these groups are sent, but for those left while they were read."""
        with self._lock:
            left, node.left_groups = node.left_groups or NO_GROUPS, None
            if node in self._nodes:
                self._enter(
                    node,
                    *(
                        group_id
                        for group_id in group_ids
                        if group_id not in left and (node.user_id, group_id) not in self._leaving
                    ),
                )

    def join(self, user_id: int, group_id: int) -> None:
        """All of a user's connections receive the group's messages from now on."""
        with self._lock:
            self._settle(user_id, group_id)
            for node in self.of_user(user_id):
                if node.left_groups is not None:
                    node.left_groups -= {group_id}
                self._enter(node, group_id)

    def leave(self, user_id: int, group_id: int) -> None:
        """None of a user's connections does any more."""
        with self._lock:
            self._settle(user_id, group_id)
            for node in self.of_user(user_id):
                if node.left_groups is not None:
                    node.left_groups |= {group_id}
                node.groups -= {group_id}
                self._groups.remove(group_id, node)

    def begin_leaving(self, user_id: int, group_id: int) -> None:
        """As `leave`, and of those made until it is done: the database may still say otherwise."""
        with self._lock:
            self.leave(user_id, group_id)
            self._leaving.add((user_id, group_id))

    def begin_arriving(self, user_id: int, group_id: int, seq: int) -> None:
        """Until they `join`, a user's connections are among the `arrivals` of entries above `seq`."""
        with self._lock:
            self.arriving.setdefault(group_id, {})[user_id] = seq

    def arrivals(self, group_id: int, seq: int) -> Nodes:
        """The connections of those for whom entry `seq` overtakes the news that they have entered."""
        with self._lock:
            found: list[Node] = []
            for user_id, since in self.arriving.get(group_id, {}).items():
                if seq > since:
                    found += self.of_user(user_id)
            return tuple(found)

    def doubt(self, user_id: int, group_id: int) -> Nodes:
        """Whether the user is in the group has to be asked again, by the connections that are answered."""
        with self._lock:
            self._settle(user_id, group_id)
            return self.of_user(user_id)

    def _settle(self, user_id: int, group_id: int) -> None:
        self._leaving.discard((user_id, group_id))
        coming = self.arriving.get(group_id)
        if coming is not None:
            coming.pop(user_id, None)
            if not coming:
                del self.arriving[group_id]

    def _enter(self, node: Node, *group_ids: int) -> None:
        if group_ids:  # else all who are in no group share one empty set
            node.groups = node.groups.union(group_ids)
        for group_id in group_ids:
            self._groups.add(group_id, node)

    # A tuple that is there is read without the lock, which costs more than the rest of a delivery.

    def of_user(self, user_id: int) -> Nodes:
        return self._users.get(user_id, ())

    def of_group(self, group_id: int) -> Nodes:
        found = self._groups.made(group_id)
        if found is not None:
            return found
        with self._lock:
            return self._groups.get(group_id)

    def is_attending(self, user_id: int) -> bool:
        """Whether a user looks at one of their pages now."""
        return any(node.attends for node in self.of_user(user_id))

    def is_online(self, user_id: int) -> bool:
        return user_id in self._users

    def has_group(self, group_id: int) -> bool:
        """Whether a member of the group is connected."""
        return group_id in self._groups

    def devices_of(self, user_id: int) -> tuple[str, ...]:
        """The kinds of devices that a user is connected with, in the order of their names."""
        return tuple(sorted({node.device for node in self.of_user(user_id)}))

    def nodes(self) -> Nodes:
        with self._lock:
            return tuple(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)

    def users(self) -> int:
        """How many users are connected."""
        return len(self._users)

    def queued_bytes(self) -> int:
        """What waits for slow peers."""
        return sum(node.queued_bytes for node in self.nodes())

    def is_empty(self) -> bool:
        """Whether nothing at all is left: the proof that connections are cleaned up."""
        with self._lock:
            waits = self.arriving or self._leaving
            return not (self._nodes or len(self._users) or len(self._groups) or waits)
