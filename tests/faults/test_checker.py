"""The checker itself: it is silent about what went well, and finds whatever went wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.faults.amendments import TEXT, shown
from tests.faults.checker import check_denied, check_groups
from tests.faults.history import Wish
from tests.faults.story import ANN, BOB, CAS, DAN, GROUP, IN_GROUP, MOVED, PAIR, STEADY, STEPS, Step, Story


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
