"""An app that is closed leaves nothing of its log and its index behind."""

from __future__ import annotations

import sys

import gevent
from flask import Flask

from fastim import app as app_module
from fastim.app import close_app
from fastim.models import Conversation, db
from tests.conftest import MakeSettings
from tests.contract import appending


def test_a_closed_app_leaves_no_thread(settings: MakeSettings) -> None:
    threads = set(sys._current_frames())
    app = app_module.create_app(settings())
    assert append(app) == 1
    app.extensions["fastim"].indexer.step()
    assert set(sys._current_frames()) - threads, "the log and the index have theirs"
    close_app(app)
    with gevent.Timeout(10):
        while not set(sys._current_frames()) <= threads:
            gevent.sleep(0.001)


def append(app: Flask) -> int:
    """One entry; its seq."""
    with app.app_context():
        conversation = Conversation(kind=11, low_id=1, high_id=0, last_seq=0, last_id=0)
        db.session.add(conversation)
        db.session.commit()
        draft = appending.draft(conversation.id, "a")
    log = app.extensions["fastim"].realtime.services.messages._log
    (receipt,) = appending.receipts(appending.append(log, [draft]))
    return receipt.seq
