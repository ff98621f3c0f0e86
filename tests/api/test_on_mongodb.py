"""What people see of a log whose messages are in MongoDB: tests of the other stores, once more.

In a group, where messages in MongoDB and entries in the database take turns.
"""

# ruff: noqa: F401 - pytest runs what is imported

from __future__ import annotations

import pytest
from flask import Flask

from fastim.commands import commands
from fastim.models import Message, db
from fastim.operations.checks import links, log
from fastim.protocol import frames
from fastim.services import consistency
from tests.api.test_amendments import (
    test_a_message_may_be_recalled_for_two_minutes,
    test_a_recalled_message_says_nothing_to_anybody_any_more,
    test_amendments_do_not_count_as_unread,
    test_an_edit_changes_what_history_says_and_keeps_what_was_said,
    test_an_outsider_amends_nothing,
    test_nothing_more_becomes_of_a_recalled_message,
    test_notices_themselves_cannot_be_amended,
    test_numbers_stay_dense_between_messages_and_amendments,
    test_reactions_are_counted_and_each_reader_sees_the_own,
    test_the_same_msgid_amends_once,
)
from tests.api.test_references import (
    test_a_mention_is_marked_until_it_is_read,
    test_a_pinned_message_is_at_hand_until_it_is_taken_off_or_recalled,
    test_a_recalled_message_mentions_nobody,
    test_a_reply_names_a_message_of_the_same_conversation,
    test_favourites_are_found_by_text_and_kind_and_go_with_a_recall,
    test_many_are_forwarded_as_a_record_that_nobody_can_make_up,
    test_the_list_of_favourites_has_bounds,
    test_what_cannot_be_forwarded,
    test_who_reacted_and_what_was_said_before,
)
from tests.api.test_search import (
    test_a_conversation_a_time_or_a_kind_alone_is_enough,
    test_filters_narrow_by_conversation_sender_kind_and_time,
    test_messages_are_found_in_ones_own_conversations_and_shown_where_they_match,
    test_nothing_is_found_from_before_joining_or_after_leaving,
    test_pages_go_on_where_the_last_one_ended,
    test_pages_without_words_go_on_through_all_conversations,
    test_recalled_messages_are_gone_and_edited_ones_are_found_by_what_they_say_now,
    test_reindex_makes_the_same_index_again,
    test_what_one_erased_for_oneself_is_found_by_the_others_alone,
    world,
)
from tests.api.test_sync import (
    pair,
    test_a_sync_of_many_answers_ends_and_lists_each_conversation_once,
    test_pages_of_history_meet_without_a_gap,
    test_the_cursor_never_misses_what_came_after_it,
    test_unread_counts_messages_only_also_while_a_mark_is_not_written,
)
from tests.api.test_talk_settings import (
    test_a_message_deleted_for_oneself_is_gone_from_every_own_answer,
    test_a_page_stays_full_where_much_was_deleted,
    told,
)
from tests.client import Client
from tests.conftest import MakeApp
from tests.talk import Talk


@pytest.fixture
def app(make_app: MakeApp, mariadb_url: str, mongodb_url: str) -> Flask:
    return make_app(database_url=mariadb_url, log_url=mongodb_url)


@pytest.fixture
def talk(client: Client) -> Talk:
    one, other = client.register(), client.register()
    group = one.post("/contact/createcommunity", name="on mongodb").data["id"]
    assert other.post("/contact/joincommunity", dstname="on mongodb").code == 0
    return Talk(client.app, one, other, frames.GROUP, group)


def test_messages_are_in_mongodb_and_what_is_done_is_in_the_database(talk: Talk) -> None:
    seq = talk.say(talk.one, "hello")
    talk.amend(talk.one, "edit", seq, content="hello, all")
    shelf = talk.app.extensions["fastim"].shelf
    with talk.app.app_context():
        entries = [entry.media for entry in db.session.query(Message).order_by(Message.seq)]
        assert consistency.problems() == []
    assert entries
    assert all(media >= frames.NOTICE for media in entries)
    (message,) = shelf.follow(0, 1 << 62, 10)
    assert (message.seq, "hello, all" in message.body, message.rev) == (seq, True, seq + 1)
    assert "hello, all" in str(talk.history(talk.other)[seq])


def test_an_operator_is_told_where_messages_are(talk: Talk) -> None:
    """`check` finds both places whole, and a repair takes nothing away."""
    seq = talk.say(talk.one, "to all", at=(0,))
    talk.amend(talk.other, "react", seq, emoji="👍")
    talk.amend(talk.one, "pin", seq, on=True)
    runner = talk.app.test_cli_runner()
    assert "everything is whole" in runner.invoke(commands, ["check"]).output
    before = talk.history(talk.one)
    with talk.app.app_context():
        for rule in (*links.RULES, *log.RULES):
            if rule.repair is not None:
                rule.repair()
    assert talk.history(talk.one) == before
    assert (before[seq]["pinned"], len(before[seq]["reactions"])) == (True, 1)
    assert "everything is whole" in runner.invoke(commands, ["check"]).output
    assert "messages: MongoDB answers" in runner.invoke(commands, ["doctor"]).output
