"""What one device knows: entries and read marks, from live frames, sync and history."""

from __future__ import annotations

from collections import defaultdict

from tests.faults.amendments import Entry, shown
from tests.faults.history import Address, History, Reader


class View:
    """One device's picture of its conversations. What contradicts itself goes to the history's faults.

    Read marks of the three ways are ordered so: what one connection tells never goes back; neither does
    what sync answers, and it is never behind what the device was told before it asked.
    """

    def __init__(self, user_id: int, history: History) -> None:
        self.user_id = user_id
        self._history = history
        self.entries: dict[Address, dict[int, Entry]] = defaultdict(dict)
        """Messages as they were last given, so with the highest `rev`; `shown` is what became of them."""
        self.top: dict[Address, int] = {}
        """The highest seq seen."""
        self.joined: dict[Address, int] = {}
        """join_seq, as the last sync told it."""
        self.groups: dict[int, str] = {}
        """The names of the groups that this user is in, as the server last listed them."""
        self.left: set[Address] = set()
        """The groups of which this connection must hear nothing more."""
        self.marks: dict[Reader, int] = defaultdict(int)
        """The highest mark known, of this user and of peers."""
        self._floor: dict[Reader, int] = {}
        """The same since the server last crashed: what sync must not fall behind."""
        self._told: dict[Reader, int] = {}
        """The last mark that this connection was told."""
        self._heard: dict[Address, int] = {}
        """The last seq that this connection was told."""
        self._epoch = 0

    def address(self, entry: Entry) -> Address:
        if entry["cmd"] == 10 and entry["userid"] != self.user_id:
            return 10, entry["userid"]
        return entry["cmd"], entry["dstid"]

    def hear(self, entry: Entry) -> None:
        """A live entry: commit order is number order is the order everyone sees, and none comes twice."""
        address = self.address(entry)
        self._check_inside(address, entry)
        if entry["seq"] <= self._heard.get(address, 0):
            self._fault(f"heard {entry['seq']} of {address} after {self._heard[address]}")
        self._heard[address] = entry["seq"]
        self.add(entry)

    def add(self, entry: Entry) -> None:
        """Take an entry; the same number must never say two things, to nobody."""
        if entry["cmd"] == 10 and self.user_id not in (entry["userid"], entry["dstid"]):
            self._fault(f"saw what others said to each other: {entry}")
            return
        address = self.address(entry)
        entry = self._history.entry(self.user_id, address, entry)
        known = self.entries[address].get(entry["seq"], entry)
        if entry.get("rev", 0) >= known.get("rev", 0):
            self.entries[address][entry["seq"]] = entry
        self.top[address] = max(self.top.get(address, 0), entry["seq"])

    def connect(self) -> None:
        """A new connection: what it tells begins anew."""
        self._told = {}
        self._heard = {}

    def hear_mark(self, frame: Entry) -> None:
        """A live mark."""
        reader = ((frame["kind"], frame["dstid"]), frame["userid"])
        self._check_inside(reader[0], frame)
        if frame["seq"] <= self._told.get(reader, 0):
            self._fault(f"a live mark of {reader} went from {self._told[reader]} to {frame['seq']}")
        self._told[reader] = frame["seq"]
        self._raise_mark(reader, frame["seq"])

    def _check_inside(self, address: Address, frame: Entry) -> None:
        if address in self.left:
            self._fault(f"is out of {address} and was sent {frame}")

    def _raise_mark(self, reader: Reader, seq: int) -> None:
        self._floor[reader] = max(self._floor.get(reader, 0), seq)
        self.marks[reader] = max(self.marks[reader], seq)

    def take_states(self, states: list[Entry], epoch: int) -> None:
        """What a sync said of the conversations; a crash (another `epoch`) may have lost young marks."""
        if epoch != self._epoch:
            self._epoch = epoch
            self._floor.clear()
        for state in states:
            address = (state["cmd"], state["dstid"])
            self.joined[address] = state["join_seq"]
            self._take_mark((address, self.user_id), state["read_seq"])
            if state["cmd"] == 10:
                self._take_mark((address, state["dstid"]), state["peer_read_seq"])

    def _take_mark(self, reader: Reader, seq: int) -> None:
        if seq < self._floor.get(reader, 0):
            self._fault(f"sync says that the mark of {reader} is {seq}; it was {self._floor[reader]}")
        self._raise_mark(reader, seq)

    def _fault(self, what: str) -> None:
        self._history.fault(f"{self.user_id}: {what}")

    def shown(self) -> dict[Address, dict[int, Entry]]:
        """What this user sees since joining, as a new device must."""
        found = {}
        for address, entries in self.entries.items():
            since = self.joined.get(address, 0)
            found[address] = shown({seq: one for seq, one in entries.items() if seq > since}, self.user_id)
        return found

    def differences(self, fresh: View) -> list[str]:
        """What a new device, which only synced, knows otherwise than this one, which lived through it."""
        found = []
        mine, theirs = self.shown(), fresh.shown()
        for address in mine.keys() | theirs.keys():
            here, there = mine.get(address, {}), theirs.get(address, {})
            if here != there:
                numbers = sorted(seq for seq in here | there if here.get(seq) != there.get(seq))
                found.append(f"live state differs from a fresh sync: {address} {numbers}")
        for reader in self.marks.keys() | fresh.marks.keys():
            known, told = self.marks.get(reader, 0), fresh.marks.get(reader, 0)
            if known != told and (reader in fresh.marks or reader[1] == self.user_id):
                found.append(f"knows {known} of {reader}; it is {told}")
        return found
