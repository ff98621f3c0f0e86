"""The fixtures themselves."""

from __future__ import annotations

from sqlalchemy import inspect

from fastim.models import db


def test_an_app_has_the_schema_and_no_rows(app):
    """On both kinds of database, whatever ran before."""
    with app.app_context():
        tables = inspect(db.engine).get_table_names()
        assert "user" in tables
        assert db.session.execute(db.text("SELECT COUNT(*) FROM session")).scalar() == 0


def test_an_app_answers(client):
    """The test client reads envelopes."""
    assert client.get("/readyz").data == "ready"


def test_a_real_server_serves_and_stops(start_server):
    """gunicorn with the project's own configuration."""
    server = start_server()
    assert server.get("/healthz") == 200
    server.check_stop()
    assert server.get("/healthz") == 0


def test_a_browser_shows_a_page(browser):
    """Chromium starts and runs scripts."""
    page = browser.new_page()
    page.set_content("<p>你好</p>")
    assert page.inner_text("p") == "你好"
    page.close()


def test_redis_answers(redis):
    """The private Redis is reachable by its URL."""
    assert redis.url.startswith("redis://127.0.0.1:")
