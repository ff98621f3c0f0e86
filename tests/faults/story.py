"""A run as it should be, told step by step, for tests that spoil it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tests.faults.amendments import EDITED, PINNED, REACTED, RECALLED, TEXT, Entry, shown
from tests.faults.checker import check
from tests.faults.history import Address, History, Wish, conversation
from tests.faults.view import View

ANN, BOB, CAS, DAN = 1, 2, 3, 4
"""Ann and Bob are friends; they, and Cas, who comes and goes, are in the group; Dan is a stranger."""
PAIR, GROUP = (10, ANN, BOB), (11, 5)
IN_GROUP: Address = (11, 5)
Step = tuple[str, int]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("pair"), st.sampled_from([ANN, BOB])),
        st.tuples(st.just("group"), st.sampled_from([ANN, BOB, CAS])),
        st.tuples(st.just("move"), st.just(CAS)),
        st.tuples(
            st.sampled_from(["recall", "edit", "react", "pin", "rename"]), st.sampled_from([ANN, BOB])
        ),
    ),
    max_size=30,
)
STEADY: list[Step] = [*[("pair", ANN), ("group", BOB), ("pair", BOB), ("group", CAS)] * 3, ("group", ANN)]
AMENDED: list[Step] = [
    *STEADY, ("react", BOB), ("edit", ANN), ("react", ANN), ("pin", BOB), ("rename", ANN), ("group", CAS),
    ("edit", ANN), ("recall", BOB), ("rename", BOB), ("edit", BOB), ("react", BOB),
]  # fmt: skip
"""Ann's first message is edited twice, reacted to and pinned, and Bob's is recalled."""
MOVED: list[Step] = [*STEADY, ("move", CAS), ("group", ANN), ("group", BOB), ("move", CAS), ("group", CAS)]


_CHANGES = {"recall": RECALLED, "edit": EDITED, "react": REACTED, "pin": PINNED}


@dataclass
class Story:
    """A run as it should be: what was sent and acked, and one device of each person, who saw it all."""

    history: History = field(default_factory=History)
    views: dict[int, View] = field(default_factory=dict)
    inside: set[int] = field(default_factory=set)
    numbers: int = 100
    last: dict[Any, int] = field(default_factory=dict)
    called: str = "first name"

    @classmethod
    def of(cls, steps: list[Step]) -> Story:
        story = cls()
        story.views = {user: View(user, story.history) for user in (ANN, BOB, CAS, DAN)}
        for user in (ANN, BOB, CAS):
            story.move(user)
        for place, (what, user) in enumerate(steps):
            if what == "move":
                story.move(user)
            elif what in _CHANGES:
                story.amend(f"m{place}", user, _CHANGES[what])
            elif what == "rename":
                story.rename(f"name {place}", user)
            elif what == "pair":
                story.say(f"m{place}", user, (10, ANN + BOB - user))
            elif user in story.inside:
                story.say(f"m{place}", user, IN_GROUP)
        return story

    def move(self, user: int) -> None:
        """Into the group, or out of it."""
        joins = user not in self.inside
        self.inside ^= {user}
        entry = self.entry(user, IN_GROUP, media=20, content="joined" if joins else "left")
        if joins:
            self.views[user].joined[IN_GROUP] = entry["seq"] - 1
        self.tell(entry, self.inside)

    def say(self, msgid: str, user: int, address: Address) -> Entry:
        text = f"text {msgid}"
        self.history.send(msgid, Wish(user, address, text))
        entry = self.entry(user, address, media=1, content=text, msgid=msgid)
        self.history.ack(entry)
        self.tell(entry, self.inside if address == IN_GROUP else {ANN, BOB})
        return entry

    def amend(self, msgid: str, user: int, media: int) -> Entry | None:
        """Change the first text that one may, in the talk of two; what would change nothing is refused."""
        now = shown(self.views[user].entries[10, ANN + BOB - user], user)
        own = (RECALLED, EDITED)
        texts = [one for one in now.values() if one["media"] == TEXT and "recalled" not in one]
        target = next((one for one in texts if media not in own or one["userid"] == user), None)
        if target is None:
            return None
        content = {EDITED: f"edit {msgid}", REACTED: "👍"}.get(media, "")
        mine = any(one["mine"] for one in target.get("reactions", ()))
        is_on = {PINNED: not target.get("pinned"), REACTED: not mine}.get(media, False)
        return self.change(
            msgid, Wish(user, (10, ANN + BOB - user), content, media, target["seq"], int(is_on))
        )

    def change(self, msgid: str, wish: Wish) -> Entry:
        self.history.send(msgid, wish)
        fields: Entry = {"media": wish.media, "target": wish.target, "msgid": msgid, "time": self.numbers}
        said = {
            name: value for name, value in (("content", wish.content), ("amount", wish.amount)) if value
        }
        entry = self.entry(wish.sender_id, wish.address, **fields, **said)
        self.tell(entry, {ANN, BOB} if wish.address != IN_GROUP else self.inside)
        self.history.ack(entry)
        return entry

    def rename(self, name: str, user: int) -> None:
        self.history.name(name, user, IN_GROUP[1], is_done=True)
        self.tell(self.entry(user, IN_GROUP, media=20, content="renamed", memo=name), self.inside)
        self.called = name

    def fresh(self, user: int) -> View:
        """A new device, which is given each message as it is now, and no recalled text."""
        view = View(user, self.history)
        for address, entries in self.views[user].shown().items():
            view.joined[address] = self.views[user].joined.get(address, 0)
            for seq, entry in entries.items():
                first = self.history.log[conversation(user, address)][seq]
                is_edit = first["media"] == EDITED and "recalled" not in entries[first["target"]]
                told = first if is_edit else entry
                view.add(told)
                self.history.answered(user, address, told, len(self.history.gone))
        view.groups = {IN_GROUP[1]: self.called} if user in self.inside else {}
        return view

    def entry(self, user: int, address: Address, **fields: Any) -> Entry:
        key = conversation(user, address)
        self.last[key] = self.last.get(key, 0) + 1
        self.numbers += 1
        numbers = {"id": self.numbers, "seq": self.last[key]}
        return {**numbers, "userid": user, "cmd": address[0], "dstid": address[1], **fields}

    def tell(self, entry: Entry, users: set[int]) -> None:
        for user in users:
            self.views[user].hear(entry)

    def wrong(self) -> list[str]:
        return check(self.history, self.views.values())

    def erase(self, key: tuple[int, ...], seq: int) -> None:
        """As if the log had never held it."""
        del self.history.log[key][seq]
        for view in self.views.values():
            for address, entries in view.entries.items():
                if conversation(view.user_id, address) == key:
                    entries.pop(seq, None)
