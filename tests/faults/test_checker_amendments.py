"""The checker about changes: a recall, edit, reaction, pin or name that went wrong is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults.amendments import EDITED, PINNED, REACTED, RECALLED, Entry
from tests.faults.checker import check_denied, check_groups
from tests.faults.history import Wish
from tests.faults.story import AMENDED, ANN, BOB, CAS, DAN, IN_GROUP, PAIR, STEADY, Story


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
