"""Did every receiver get every acknowledged message, once, in the order of the numbers? Pure.

Numbers are without holes, so nobody has to remember what came: only up to where a person has seen all of
a conversation, and what came beyond that. Who sent a message gets its ack in its place. The first message
of a conversation has to be alone: all begin with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

_TOLD = 20


@dataclass
class _Log:
    """What was acknowledged of a conversation."""

    first: int = 0
    last: int = 0
    acked: int = 0
    msgids: set[str] = field(default_factory=set)
    """Of messages that are on their way."""


@dataclass
class _View:
    """What a person has seen of a conversation."""

    first: int = 0
    end: int = 0
    """All from `first` to here."""
    beyond: set[int] = field(default_factory=set)
    highest: int = 0
    """Of what was delivered: deliveries come in order, acks at any time."""


class Checker:
    """Of one run; a conversation is any number."""

    def __init__(self) -> None:
        self._logs: dict[int, _Log] = {}
        self._views: dict[tuple[int, int], _View] = {}
        self.faults: list[str] = []
        self.faults_found = 0

    def stand(self, person: int, conversation: int) -> None:
        """This person is to get what is said there."""
        self._views[person, conversation] = _View()
        self._logs.setdefault(conversation, _Log())

    def sent(self, conversation: int, msgid: str) -> None:
        self._logs[conversation].msgids.add(msgid)

    def acked(self, person: int, conversation: int, msgid: str, seq: int) -> bool:
        """The sender was told; whether that was news."""
        log = self._logs[conversation]
        if msgid not in log.msgids:
            self._tell(f"{msgid} was acknowledged twice, or never sent")
            return False
        log.msgids.remove(msgid)
        log.acked += 1
        log.first = min(log.first or seq, seq)
        log.last = max(log.last, seq)
        self._see(person, conversation, seq)
        return True

    def refused(self, conversation: int, msgid: str) -> bool:
        """The sender was told that it is not stored; whether it was on its way."""
        known = msgid in self._logs[conversation].msgids
        self._logs[conversation].msgids.discard(msgid)
        return known

    def delivered(self, person: int, conversation: int, seq: int) -> None:
        view = self._views[person, conversation]
        if seq <= view.highest:
            self._tell(f"person {person} got {seq} of {conversation} after {view.highest}")
        view.highest = max(view.highest, seq)
        self._see(person, conversation, seq)

    def is_done(self) -> bool:
        """Whether everything that was sent is answered and has arrived."""
        return all(not log.msgids for log in self._logs.values()) and not any(
            self._lacks(view, self._logs[conversation]) for (_, conversation), view in self._views.items()
        )

    def finish(self) -> list[str]:
        """All that is wrong, the first so many; nothing where every promise was kept."""
        for conversation, log in self._logs.items():
            if log.msgids:
                self._tell(f"{len(log.msgids)} messages of {conversation} were never answered")
            if log.acked and log.last - log.first + 1 != log.acked:
                span = f"{log.first} to {log.last}"
                self._tell(f"{log.acked} messages of {conversation} were acknowledged as {span}")
        for (person, conversation), view in self._views.items():
            log = self._logs[conversation]
            if self._lacks(view, log):
                got = f"got all of {view.first} to {view.end}"
                said = f"acknowledged were {log.first} to {log.last}"
                self._tell(f"person {person} lacks messages of {conversation}: {got}, {said}")
        return self.faults

    def _lacks(self, view: _View, log: _Log) -> bool:
        return bool(log.acked) and (view.first != log.first or view.end < log.last or bool(view.beyond))

    def _see(self, person: int, conversation: int, seq: int) -> None:
        view = self._views[person, conversation]
        if view.end == 0:
            view.first = view.end = seq
        elif seq <= view.end or seq in view.beyond:
            self._tell(f"person {person} was told of {seq} of {conversation} twice")
        else:
            view.beyond.add(seq)
        while view.end + 1 in view.beyond:
            view.end += 1
            view.beyond.remove(view.end)

    def _tell(self, fault: str) -> None:
        self.faults_found += 1
        if len(self.faults) < _TOLD:
            self.faults.append(fault)
