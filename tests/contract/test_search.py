"""The promise of the search index, kept on both kinds of database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from fastim.backends.search import LAST, Doc, Proposed, SearchIndex, Sought, Term
from fastim.backends.search.mysql import MysqlIndex
from fastim.backends.search.sqlite import SqliteIndex
from fastim.errors import Unavailable
from fastim.models import Message, db
from fastim.protocol import limits
from fastim.services.search_index import Frontier, Indexer
from tests.servers import wait_for

MakeIndex = Callable[[], SearchIndex]


@pytest.fixture
def make_index(app: Flask) -> Iterator[MakeIndex]:
    """An index of the app's kind of database; a second one stands for another process."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    made: list[SearchIndex] = []

    def make() -> SearchIndex:
        is_sqlite = url.startswith("sqlite")
        path = Path(url.removeprefix("sqlite:///"))
        made.append(SqliteIndex(path, lambda job: job()) if is_sqlite else MysqlIndex(url))
        return made[-1]

    yield make
    for index in made:
        index.close()


@pytest.fixture
def index(make_index: MakeIndex) -> SearchIndex:
    made = make_index()
    made.run(made.position)
    return made


def put(index: SearchIndex, *docs: tuple[int, int, str]) -> None:
    """Index (id, conversation, words) without moving on."""
    made = [Doc(number, conversation, frozenset(words.split())) for number, conversation, words in docs]

    def write() -> bool:
        position = index.position()
        return index.write(made, position, position)

    assert index.run(write)


def find(
    index: SearchIndex, words: str, *conversations: int, above: int = 0, below: int = LAST, limit: int = 50
) -> list[int]:
    terms = [Term(word.rstrip("*"), word.endswith("*")) for word in words.split()]
    return index.find(Sought(conversations, terms, above, below, limit)).ids


def store(*bodies: str, conversation_id: int = 1, first_id: int = 1) -> None:
    """Rows of the log, as they would be after a commit. Needs an app context."""
    for number, body in enumerate(bodies, first_id):
        row = Message(id=number, conversation_id=conversation_id, seq=number, body=body, time_ms=number)
        row.sender_id, row.media = 7, 1
        db.session.add(row)
    db.session.commit()


def test_messages_are_found_by_all_words_in_the_conversations_asked_for_newest_first(
    index: SearchIndex,
) -> None:
    put(index, (1, 1, "吃饭 hello"), (2, 2, "吃饭 hello"), (3, 3, "吃饭 help"), (40, 1, "吃饭 what a"))
    assert find(index, "吃饭", 1, 2) == [40, 2, 1]
    assert find(index, "吃饭 hello", 1, 2, 3) == [2, 1]
    assert find(index, "hel*", 1, 2, 3) == [3, 2, 1]
    assert find(index, "what a", 1) == [40], "neither stop words nor short ones are lost"
    assert find(index, "吃饭", 1, 2, 3, above=1, below=40) == [3, 2]
    assert find(index, "吃饭", 1, 2, 3, limit=2) == [40, 3]
    assert (
        find(index, "吃", 1)
        == find(index, "nothing", 1)
        == find(index, "吃饭", 36)
        == find(index, "吃饭")
        == []
    )


def test_any_word_of_any_length_is_kept(index: SearchIndex) -> None:
    """One sign, a very long word, every stop word of InnoDB, other scripts and signs."""
    stop = (
        "a about an are as at be by com de en for from how i in is it la of on or that the this to was what"
    )
    words = f"{stop} x 1 的 👍 é привет ½ {'y' * 24} {'吃' * 24} {'👍' * 24}".split()
    put(index, (5, 1, " ".join(words)))
    assert [word for word in words if find(index, word, 1) != [5]] == []


def test_no_query_syntax_comes_through(index: SearchIndex) -> None:
    """Words never hold these; even if they did, nothing would be found."""
    put(index, (1, 1, "one two"))
    for text in (
        '"',
        "one OR two",
        "-one",
        "+",
        "(",
        "one*",
        "NEAR(one)",
        "words:one",
        "'",
        "\\",
        "@",
        "ONE",
    ):
        assert index.find(Sought((1,), (Term(text), Term("two")))).ids == [], text


def test_a_doc_is_replaced_and_taken_out(index: SearchIndex) -> None:
    put(index, (1, 1, "old words"), (2, 1, "old"))
    put(index, (1, 1, "new words"))
    assert (find(index, "old", 1), find(index, "new words", 1)) == ([2], [1])
    put(index, (1, 1, ""), (3, 1, ""))
    assert find(index, "words", 1) == []
    put(index, (1, 1, "again"), (1, 1, "again"))
    assert find(index, "again", 1) == [1]


def test_docs_and_position_move_together_and_only_from_where_they_were(
    index: SearchIndex, make_index: MakeIndex, app: Flask
) -> None:
    """Whoever was faster wins; a process that starts goes on from there."""
    with app.app_context():
        store("{}", "{}")
    doc = Doc(1, 1, frozenset(("word",)))
    assert index.run(lambda: index.write([doc], -1, 2))
    assert not index.run(lambda: index.write([Doc(2, 1, doc.words)], -1, 1))
    assert index.find(Sought((1,), (Term("word"),))) == Proposed([1], 2)
    other = make_index()
    assert other.run(other.position) == 2
    assert find(other, "word", 1) == [1]


def test_one_process_leads(index: SearchIndex, make_index: MakeIndex) -> None:
    other = make_index()
    assert index.run(index.lead)
    if isinstance(index, MysqlIndex):
        assert not other.run(other.lead)
        index.close()
        wait_for(lambda: other.run(other.lead), "the lock of a closed line stays")


def test_the_log_is_followed_by_id_and_again_after_a_loss(
    index: SearchIndex, make_index: MakeIndex, app: Flask
) -> None:
    indexer = Indexer(index, batch=3)
    with app.app_context():
        store(*(f'{{"content":"word {n}"}}' for n in range(10)))
        assert indexer.catch_up() == 10
        assert find(index, "word", 1) == list(range(10, 0, -1))
        store('{"content":"later"}', first_id=11)
    restarted = Indexer(index, batch=3)
    assert restarted.catch_up() == 1
    indexer.rebuild()
    assert find(index, "word", 1) == []
    assert restarted.catch_up() == 11
    assert find(index, "later", 1) == [11]
    for _ in range(100):
        if not indexer.tidy():
            break
    assert len(find(index, "word", 1)) == 10


def test_an_id_that_turns_up_late_is_indexed(
    index: SearchIndex, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MySQL gives ids out before commits become visible."""
    indexer = Indexer(index, batch=10)
    with app.app_context():
        store('{"content":"one"}', first_id=1)
        store('{"content":"three"}', first_id=3)
        indexer.catch_up()
        assert index.run(index.position) == 1
        store('{"content":"two"}', first_id=2)
        indexer.catch_up()
        assert index.run(index.position) == 3
        assert find(index, "two", 1) == [2]
        store('{"content":"nine"}', first_id=9)
        indexer.catch_up()
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 3_600_000_000_000)
    indexer.catch_up()
    assert index.run(index.position) == 3, "a clock that is set ends no transaction"
    monkeypatch.setattr(limits, "INDEX_HOLE_SECONDS", 0)
    indexer.catch_up()
    assert index.run(index.position) == 9, "ids that a rollback took never come"


def test_sqlites_file_is_made_again_when_it_is_damaged_or_of_another_log(
    index: SearchIndex, app: Flask
) -> None:
    """It holds nothing that the log does not."""
    if not isinstance(index, SqliteIndex):
        return
    indexer = Indexer(index, batch=10)
    with app.app_context():
        store('{"content":"word"}')
        indexer.catch_up()
        db.session.execute(db.update(Message).values(time_ms=5))  # a backup with other messages
        db.session.commit()
        assert indexer.catch_up() == 1
    index.close()
    index._path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(Unavailable):
        indexer.step()
    assert indexer.catch_up() == 1
    assert find(index, "word", 1) == [1]


@given(st.permutations(range(1, 9)), st.data())
def test_the_frontier_never_passes_an_id_that_may_come(order: list[int], data: st.DataObject) -> None:
    """Ids become visible in any order; what is not visible yet stays above the position, or in a hole."""
    frontier = Frontier(0)
    seen: set[int] = set()
    for message_id in order:
        seen.add(message_id)
        if data.draw(st.booleans()) and message_id != order[-1]:
            continue
        late = [n for low, high in frontier.holes for n in range(low, high + 1) if n in seen]
        frontier.read(sorted(n for n in seen if n > frontier.head), 0)
        frontier.found(late)
        assert all(n in seen for n in range(1, frontier.position + 1))
    assert (frontier.position, frontier.holes) == (8, [])
