"""The checker itself: it is silent about what went well, and finds whatever went wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.faults.amendments import EDITED, PINNED, REACTED, RECALLED, TEXT, Entry, shown
from tests.faults.checker import check, check_denied, check_groups, check_marks
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


@given(STEPS)
def test_what_went_well_is_not_complained_about(steps: list[Step]) -> None:
    story = Story.of(steps)
    assert story.wrong() == []
    for user, view in story.views.items():
        fresh = story.fresh(user)
        assert view.differences(fresh) == fresh.differences(view) == []
        view.groups = fresh.groups
    assert (
        story.wrong()
        == check_denied(story.history)
        == check_groups(story.history, story.views.values())
        == []
    )


@given(STEPS, st.data())
def test_it_does_not_matter_which_changes_a_message_shows_when_it_comes(
    steps: list[Step], data: st.DataObject
) -> None:
    """Entries above `rev`, applied in their order, lead from any state to the last one."""
    story = Story.of([*STEADY, *steps])
    entries = story.views[ANN].entries[10, BOB]
    told = dict(entries)
    for seq, entry in entries.items():
        if entry["media"] == TEXT:
            until = data.draw(st.integers(0, max(entries)))
            told[seq] = shown({s: one for s, one in entries.items() if s in (seq, *range(until))}, ANN)[seq]
    assert shown(told, ANN) == shown(entries, ANN)


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
        story.history.send(entry["msgid"], Wish(ANN, (10, BOB), entry["content"]))
    story.tell(other, {ANN, BOB})
    story.tell(one, {ANN, BOB})


def hear_twice(story: Story) -> None:
    story.views[BOB].hear(story.history.log[PAIR][max(story.history.log[PAIR])])


def ack_otherwise(story: Story) -> None:
    story.history.ack({**story.history.log[PAIR][1], "seq": 2})


def ack_what_is_not_there(story: Story) -> None:
    story.history.send("lost", Wish(ANN, (10, BOB), "lost"))
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


def amendment(story: Story, media: int) -> Entry:
    """The last one of its kind."""
    log = story.history.log[PAIR]
    return log[max(seq for seq, entry in log.items() if entry["media"] == media)]


def lose_a_change(story: Story) -> None:
    story.erase(PAIR, amendment(story, REACTED)["seq"])
    story.last[PAIR] -= 1


def lose_the_last_change_for_all(story: Story) -> None:
    story.erase(PAIR, max(story.history.log[PAIR]))


def keep_a_change_from_one(story: Story) -> None:
    del story.views[BOB].entries[10, ANN][amendment(story, PINNED)["seq"]]


def change_twice(story: Story) -> None:
    again = {
        key: value for key, value in amendment(story, PINNED).items() if key not in ("id", "seq", "cmd")
    }
    story.tell(story.entry(again.pop("userid"), (10, again.pop("dstid")), **again), {ANN, BOB})


def edit_in_anothers_name(story: Story) -> None:
    amendment(story, EDITED)["userid"] = ANN


def edit_with_another_text(story: Story) -> None:
    amendment(story, EDITED)["content"] = "never said"


def silence_an_edit(story: Story) -> None:
    del amendment(story, EDITED)["content"]


def change_another_message(story: Story) -> None:
    amendment(story, PINNED)["target"] += 2


def take_a_reaction_for_its_end(story: Story) -> None:
    change = amendment(story, REACTED)
    change["amount"] = 1 - change.get("amount", 0)


def store_what_was_refused(story: Story) -> None:
    story.history.deny(amendment(story, EDITED)["msgid"], "too_late")


def change_without_a_msgid(story: Story) -> None:
    del amendment(story, PINNED)["msgid"]


def leak_a_change_to_a_stranger(story: Story) -> None:
    story.views[DAN].hear(amendment(story, REACTED))


def send_a_change_to_who_left(story: Story) -> None:
    """Cas has gone, and the goodbye is over."""
    story.move(CAS)
    story.views[CAS].left.add(IN_GROUP)
    story.views[CAS].hear(story.say("late", ANN, IN_GROUP))


def send_a_mark_to_who_left(story: Story) -> None:
    story.move(CAS)
    story.views[CAS].left.add(IN_GROUP)
    story.views[CAS].hear_mark({"kind": 11, "dstid": IN_GROUP[1], "userid": ANN, "seq": 3})


def lose_a_name(story: Story) -> None:
    story.history.name("the last one", ANN, IN_GROUP[1], is_done=True)


def make_up_a_name(story: Story) -> None:
    story.tell(story.entry(ANN, IN_GROUP, media=20, content="renamed", memo="nobody's"), story.inside)


def name_twice(story: Story) -> None:
    renamed = story.entry(BOB, IN_GROUP, media=20, content="renamed", memo=story.called)
    story.tell(renamed, story.inside)


@pytest.mark.parametrize(
    "corrupt",
    [
        lose_a_change, lose_the_last_change_for_all, keep_a_change_from_one, change_twice,
        edit_in_anothers_name, edit_with_another_text, silence_an_edit, change_another_message,
        store_what_was_refused, change_without_a_msgid, leak_a_change_to_a_stranger,
        take_a_reaction_for_its_end, send_a_change_to_who_left, send_a_mark_to_who_left, lose_a_name,
        make_up_a_name, name_twice,
    ],
)  # fmt: skip
def test_a_change_that_went_wrong_is_found(corrupt: Callable[[Story], None]) -> None:
    """Each is one broken promise about recalls, edits, reactions, pins or a group's name."""
    story = Story.of(AMENDED)
    assert story.wrong() == []
    corrupt(story)
    assert story.wrong() != []


def fresh_without(name: str) -> Callable[[Entry], Entry]:
    return lambda entry: {key: value for key, value in entry.items() if key != name}


@pytest.mark.parametrize(
    "spoil",
    [
        fresh_without("reactions"),
        fresh_without("pinned"),
        lambda entry: {**entry, "content": "text m0"},
        lambda entry: {**entry, "edited": entry["edited"] + 1},
        lambda entry: {**entry, "rev": entry["rev"] + 1},
        lambda entry: {**entry, "reactions": [{**one, "count": 3} for one in entry["reactions"]]},
        lambda entry: {**entry, "reactions": [{**one, "mine": False} for one in entry["reactions"]]},
        lambda entry: {**entry, "recalled": ANN},
    ],
)
def test_a_message_that_is_not_answered_as_it_became_is_found(spoil: Callable[[Entry], Entry]) -> None:
    """By those who compare it with what they heard live, and by what was sent."""
    story = Story.of(AMENDED)
    fresh = story.fresh(ANN)
    message = fresh.entries[10, BOB][1]
    assert {"reactions", "pinned", "edited", "rev"} <= message.keys()
    other = Story.of(AMENDED)
    spoilt = other.fresh(ANN)
    spoilt.entries[10, BOB][1] = spoil(message)
    assert other.views[ANN].differences(spoilt) != []
    other.views[ANN].add(spoil(message))
    assert other.wrong() != []


def test_a_recalled_text_that_is_still_answered_is_found() -> None:
    """That of the message, and that of an edit; whoever asked before the recall's ack may have it."""
    story = Story.of([*STEADY, ("edit", BOB), ("recall", BOB)])
    log = story.history.log[PAIR]
    (edit,) = [entry for entry in log.values() if entry["media"] == EDITED]
    for entry in (log[edit["target"]], edit):
        story.history.answered(ANN, (10, BOB), entry, recalls=0)
        assert story.wrong() == []
        story.history.answered(ANN, (10, BOB), entry, recalls=1)
        assert story.wrong() != []
        story.history.faults.clear()


def test_a_text_in_place_of_a_recalled_message_is_found() -> None:
    story = Story.of(AMENDED)
    (recall,) = [entry for entry in story.history.log[PAIR].values() if entry["media"] == RECALLED]
    message = story.history.log[PAIR][recall["target"]]
    story.views[ANN].add({**message, "rev": recall["seq"], "recalled": BOB})
    assert story.wrong() != []


def test_a_refusal_as_if_a_message_were_not_there_is_found() -> None:
    """Of one that was recalled it is true."""
    story = Story.of(AMENDED)
    (recall,) = [entry for entry in story.history.log[PAIR].values() if entry["media"] == RECALLED]
    for target, is_true in ((recall["target"], True), (1, False)):
        story.history.send("late", Wish(ANN, (10, BOB), "👍", REACTED, target, 1))
        story.history.deny("late", "no_such_message")
        assert (check_denied(story.history) == []) is is_true


@pytest.mark.parametrize("listed", [{}, {5: "first name"}, {5: "name 18", 6: "another"}])
def test_a_list_of_groups_that_is_not_what_was_told_is_found(listed: dict[int, str]) -> None:
    """One is missing, has its old name, or is none of one's own."""
    story = Story.of(AMENDED)
    story.views[ANN].groups = {IN_GROUP[1]: story.called}
    assert check_groups(story.history, [story.views[ANN]]) == []
    story.views[ANN].groups = listed
    assert check_groups(story.history, [story.views[ANN]]) != []


def test_whoever_left_a_group_is_not_listed_it() -> None:
    story = Story.of([*STEADY, ("move", CAS)])
    assert check_groups(story.history, [story.views[CAS]]) == []
    story.views[CAS].groups = {IN_GROUP[1]: story.called}
    assert check_groups(story.history, [story.views[CAS]]) != []


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
