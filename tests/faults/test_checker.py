"""The checker itself: it is silent about what went well, and finds whatever went wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.faults.history import Address, Entry, History, check, check_marks, conversation
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
    ),
    max_size=30,
)
STEADY: list[Step] = [*[("pair", ANN), ("group", BOB), ("pair", BOB), ("group", CAS)] * 3, ("group", ANN)]
MOVED: list[Step] = [*STEADY, ("move", CAS), ("group", ANN), ("group", BOB), ("move", CAS), ("group", CAS)]


@dataclass
class Story:
    """A run as it should be: what was sent and acked, and one device of each person, who saw it all."""

    history: History = field(default_factory=History)
    views: dict[int, View] = field(default_factory=dict)
    inside: set[int] = field(default_factory=set)
    numbers: int = 100
    last: dict[Any, int] = field(default_factory=dict)

    @classmethod
    def of(cls, steps: list[Step]) -> Story:
        story = cls()
        story.views = {user: View(user, story.history) for user in (ANN, BOB, CAS, DAN)}
        for user in (ANN, BOB, CAS):
            story.move(user)
        for place, (what, user) in enumerate(steps):
            if what == "move":
                story.move(user)
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
        self.history.send(msgid, user, address, text)
        entry = self.entry(user, address, media=1, content=text, msgid=msgid)
        self.history.ack(entry)
        self.tell(entry, self.inside if address == IN_GROUP else {ANN, BOB})
        return entry

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


@given(STEPS)
def test_what_went_well_is_not_complained_about(steps: list[Step]) -> None:
    story = Story.of(steps)
    assert story.wrong() == []
    for view in story.views.values():
        assert view.differences(view) == []


def lose_the_last(story: Story) -> None:
    story.erase(PAIR, max(story.history.log[PAIR]))


def lose_one_between(story: Story) -> None:
    story.erase(GROUP, 6)


def keep_from_one(story: Story) -> None:
    del story.views[BOB].entries[IN_GROUP][6]


def keep_from_a_friend(story: Story) -> None:
    del story.views[BOB].entries[10, ANN][1]


def store_twice(story: Story) -> None:
    first = story.history.log[PAIR][1]
    again = story.entry(ANN, (10, BOB), media=1, content=first["content"], msgid=first["msgid"])
    story.tell(again, {ANN, BOB})


def store_elsewhere_too(story: Story) -> None:
    first = story.history.log[PAIR][1]
    again = story.entry(ANN, IN_GROUP, media=1, content=first["content"], msgid=first["msgid"])
    story.tell(again, story.inside)


def leave_a_hole(story: Story) -> None:
    story.last[PAIR] += 1
    story.say("after the hole", ANN, (10, BOB))


def swap_for_one(story: Story) -> None:
    """Bob reads two messages in another order than Ann."""
    seen = story.views[BOB].entries[10, ANN]
    one, other = seen.pop(1), seen.pop(3)
    for entry, seq in ((one, 3), (other, 1)):
        story.views[BOB].add({**entry, "seq": seq})


def swap_for_all(story: Story) -> None:
    """Everybody reads an order that was not that of the commits."""
    log = story.history.log[PAIR]
    log[1]["seq"], log[3]["seq"] = 3, 1
    log[1], log[3] = log[3], log[1]
    for view in (story.views[ANN].entries[10, BOB], story.views[BOB].entries[10, ANN]):
        view[1], view[3] = view[3], view[1]


def hear_late(story: Story) -> None:
    """Live, a message overtakes another; the numbers would put it right."""
    one = story.entry(ANN, (10, BOB), media=1, content="text a", msgid="a")
    other = story.entry(ANN, (10, BOB), media=1, content="text b", msgid="b")
    for entry in (one, other):
        story.history.send(entry["msgid"], ANN, (10, BOB), entry["content"])
    story.tell(other, {ANN, BOB})
    story.tell(one, {ANN, BOB})


def hear_twice(story: Story) -> None:
    story.views[BOB].hear(story.history.log[PAIR][max(story.history.log[PAIR])])


def ack_otherwise(story: Story) -> None:
    story.history.ack({**story.history.log[PAIR][1], "seq": 2})


def ack_what_is_not_there(story: Story) -> None:
    story.history.send("lost", ANN, (10, BOB), "lost")
    story.history.ack({"msgid": "lost", "id": 10**6, "seq": 10**6})


def change_a_text(story: Story) -> None:
    for view in story.views.values():
        for entries in view.entries.values():
            for entry in entries.values():
                if entry.get("msgid") == "m0":
                    entry["content"] = "something else"


def change_a_text_for_one(story: Story) -> None:
    story.views[BOB].add({**story.history.log[PAIR][1], "content": "something else"})


def speak_in_anothers_name(story: Story) -> None:
    story.history.log[GROUP][max(story.history.log[GROUP])]["userid"] = BOB


def make_up_a_message(story: Story) -> None:
    story.tell(story.entry(ANN, (10, BOB), media=1, content="never said", msgid="never"), {ANN, BOB})


def leak_to_a_stranger(story: Story) -> None:
    story.views[DAN].hear(story.history.log[GROUP][5])


def leak_what_two_say(story: Story) -> None:
    story.views[CAS].hear(story.history.log[PAIR][1])


def ack_a_stranger(story: Story) -> None:
    story.say("let me in", DAN, IN_GROUP)


CORRUPTIONS = [
    lose_the_last, lose_one_between, keep_from_one, keep_from_a_friend, store_twice, store_elsewhere_too,
    leave_a_hole, swap_for_one, swap_for_all, hear_late, hear_twice, ack_otherwise, ack_what_is_not_there,
    change_a_text, change_a_text_for_one, speak_in_anothers_name, make_up_a_message, leak_to_a_stranger,
    leak_what_two_say, ack_a_stranger,
]  # fmt: skip


@pytest.mark.parametrize("corrupt", CORRUPTIONS)
def test_what_went_wrong_is_found(corrupt: Callable[[Story], None]) -> None:
    """Each of these is one broken promise in a run that was good otherwise."""
    story = Story.of(STEADY)
    assert story.wrong() == []
    corrupt(story)
    assert story.wrong() != []


@given(STEPS, st.data())
def test_whatever_is_lost_is_found(steps: list[Step], data: st.DataObject) -> None:
    """Any message, for any one who should have seen it; and any that was acked, for all."""
    story = Story.of([*STEADY, *steps])
    user = data.draw(st.sampled_from([ANN, BOB]))
    view = story.views[user]
    address = data.draw(st.sampled_from(sorted(view.entries)))
    seq = data.draw(st.sampled_from(sorted(view.entries[address])))
    del view.entries[address][seq]
    assert story.wrong() != []
    logs = story.history.log.items()
    messages = [(key, seq) for key, log in logs for seq, entry in log.items() if entry["media"] == 1]
    story = Story.of([*STEADY, *steps])
    story.erase(*data.draw(st.sampled_from(messages)))
    assert story.wrong() != []


def test_who_is_away_may_see_nothing_and_misses_nothing() -> None:
    """What was said in Cas's absence is a leak if it is seen, and no loss if it is not."""
    story = Story.of(MOVED)
    assert story.wrong() == []
    absent = [seq for seq in story.history.log[GROUP] if seq not in story.views[CAS].entries[IN_GROUP]]
    assert len(absent) == 5  # two who came before; its own going, and two messages
    for seq in absent:
        story = Story.of(MOVED)
        story.views[CAS].add(story.history.log[GROUP][seq])
        assert story.wrong() != []


def test_an_ack_for_who_had_left_is_found() -> None:
    """Also one that was on its way when its sender left."""
    story = Story.of([*STEADY, ("move", CAS)])
    assert story.wrong() == []
    story.say("late", CAS, IN_GROUP)
    assert story.wrong() != []


def marked() -> Story:
    """Bob has read all that Ann wrote, and everybody knows."""
    story = Story.of(STEADY)
    top = max(story.history.log[PAIR])
    story.history.mark(BOB, (10, ANN), top)
    story.views[ANN].hear_mark({"kind": 10, "dstid": BOB, "userid": BOB, "seq": top})
    story.views[BOB].take_states([state(ANN, read_seq=top)], epoch=0)
    assert wrong_marks(story) == []
    return story


def state(peer: int, read_seq: int = 0, peer_read_seq: int = 0) -> Entry:
    """What a sync says of a conversation with a person."""
    return {"cmd": 10, "dstid": peer, "join_seq": 0, "read_seq": read_seq, "peer_read_seq": peer_read_seq}


def wrong_marks(story: Story) -> list[str]:
    return [*story.history.faults, *check_marks(story.history, [story.views[ANN], story.views[BOB]])]


def shrink_live(story: Story) -> None:
    story.views[ANN].hear_mark({"kind": 10, "dstid": BOB, "userid": BOB, "seq": 1})


def shrink_by_sync(story: Story) -> None:
    story.views[ANN].take_states([state(BOB, peer_read_seq=1)], epoch=0)


def shrink_ones_own(story: Story) -> None:
    story.views[BOB].take_states([state(ANN, read_seq=1)], epoch=0)


def run_ahead(story: Story) -> None:
    story.views[ANN].hear_mark({"kind": 10, "dstid": BOB, "userid": BOB, "seq": 10**6})


def forget(story: Story) -> None:
    story.views[ANN].marks[(10, BOB), BOB] = 1


@pytest.mark.parametrize("corrupt", [shrink_live, shrink_by_sync, shrink_ones_own, run_ahead, forget])
def test_a_mark_that_is_not_what_was_read_is_found(corrupt: Callable[[Story], None]) -> None:
    story = marked()
    corrupt(story)
    assert wrong_marks(story) != []


def test_a_crash_may_cost_a_mark_of_the_last_second() -> None:
    """After one (another epoch), sync may be behind what was told live; a connection still may not."""
    story = marked()
    story.views[ANN].take_states([state(BOB, peer_read_seq=1)], epoch=1)
    assert wrong_marks(story) == []
    shrink_live(story)
    assert wrong_marks(story) != []


def test_a_device_that_differs_from_a_new_one_is_found() -> None:
    """In an entry that one of them has not, in what an entry says, and in a mark."""
    for differ in (
        lambda view: view.entries[10, BOB].pop(1),
        lambda view: view.entries[10, BOB].update({1: {**view.entries[10, BOB][1], "content": "else"}}),
        lambda view: view.marks.update({((10, BOB), BOB): 1}),
    ):
        mine, fresh = marked().views[ANN], marked().views[ANN]
        assert mine.differences(fresh) == []
        differ(fresh)
        assert len(mine.differences(fresh)) == len(fresh.differences(mine)) == 1
