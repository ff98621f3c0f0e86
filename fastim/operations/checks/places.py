"""Numbers of entries in rows beside the log: a group's notice, what a list hides, what a draft answers."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case, delete, exists, or_, select, update

from fastim.models import Conversation, Message, Notice, NoticeReader, TalkSetting, db
from fastim.operations.checks import rule
from fastim.operations.checks.rule import Lines, Rule, in_transactions, spans
from fastim.protocol import frames
from fastim.services.conversations import GROUP

_SETTINGS = (TalkSetting.hidden_seq, TalkSetting.reply_seq)


def _group_of(model: type[Notice | NoticeReader]) -> ColumnElement[bool]:
    return and_(Conversation.kind == GROUP, Conversation.low_id == model.community_id)


def _notices() -> Lines:
    told = exists().where(
        Message.conversation_id == Conversation.id,
        Message.seq == Notice.seq,
        Message.media == frames.NOTICE,
    )
    query = select(Notice.community_id, Notice.seq).join(Conversation, _group_of(Notice)).where(~told)
    for id_, seq in rule.told(query.order_by(Notice.community_id)):
        yield f"group {id_}: its notice is of entry {seq}, which tells none"


def _readers() -> Lines:
    """Of the notice that a group has, or of one before it."""
    query = (
        select(NoticeReader.community_id, NoticeReader.user_id, NoticeReader.seq, Conversation.last_seq)
        .join(Conversation, _group_of(NoticeReader))
        .where(or_(NoticeReader.seq > Conversation.last_seq, NoticeReader.seq < 1))
        .order_by(NoticeReader.community_id, NoticeReader.user_id)
    )
    for id_, user_id, seq, last_seq in rule.told(query):
        yield f"group {id_}: user {user_id} has read the notice of entry {seq}, but last_seq is {last_seq}"


def _forget_readers() -> None:
    """Whoever has read nothing that there was is asked again."""
    end = select(Conversation.last_seq).where(_group_of(NoticeReader)).scalar_subquery()
    for some in spans(NoticeReader, or_(NoticeReader.seq > end, NoticeReader.seq < 1)):
        forget = delete(NoticeReader).where(some)
        db.session.execute(forget.execution_options(synchronize_session=False))


def _settings() -> Lines:
    query = (
        select(
            TalkSetting.conversation_id,
            TalkSetting.user_id,
            TalkSetting.hidden_seq,
            TalkSetting.reply_seq,
            Conversation.last_seq,
        )
        .join(Conversation, Conversation.id == TalkSetting.conversation_id)
        .where(or_(*(or_(column > Conversation.last_seq, column < 0) for column in _SETTINGS)))
        .order_by(TalkSetting.conversation_id, TalkSetting.user_id)
    )
    for id_, user_id, hidden, reply, last_seq in rule.told(query):
        yield (
            f"conversation {id_}: user {user_id} hides it up to {hidden} and "
            f"has a draft that answers {reply}, but last_seq is {last_seq}"
        )


def _cut_settings() -> None:
    """What hides more than there is hides what there is; a draft that answers nothing answers nothing."""
    end = select(Conversation.last_seq).where(Conversation.id == TalkSetting.conversation_id)
    last = end.scalar_subquery()
    hidden, reply = TalkSetting.hidden_seq, TalkSetting.reply_seq
    values = {
        "hidden_seq": case((hidden > last, last), (hidden < 0, 0), else_=hidden),
        "reply_seq": case((or_(reply > last, reply < 0), 0), else_=reply),
    }
    for some in spans(TalkSetting, or_(*(or_(column > last, column < 0) for column in _SETTINGS))):
        change = update(TalkSetting).where(some).values(values)
        db.session.execute(change.execution_options(synchronize_session=False))


RULES = (
    Rule("notices", "a group's notice is told by an entry of its log", _notices),
    Rule("readers", "nobody has read a notice that never was", _readers, in_transactions(_forget_readers)),
    Rule("settings", "lists and drafts name what was said", _settings, in_transactions(_cut_settings)),
)
