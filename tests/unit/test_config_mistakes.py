"""Every setting that can be wrong stops the start, by its name, and says what to write instead."""

from __future__ import annotations

import dataclasses
import re

import pytest

from fastim.config import ConfigError, Settings

SECRET = "hunter2"
MISTAKES = [
    ("database_url", f"postgres://fastim:{SECRET}@db/fastim", "sqlite://"),
    ("database_read_url", f"sqlite:///{SECRET}.db", "mysql://"),
    ("log_url", f"http://u:{SECRET}@host/name", "mongodb://"),
    ("storage_url", f"ftp://{SECRET}", "s3://"),
    ("cdn_url", "cdn.example.org", "https://"),
    ("bus_url", f"amqp://u:{SECRET}@host", "redis://"),
    ("public_origins", "chat.example.org", "https://"),
    ("public_origins", "https://chat.example.org/path", "https://"),
    ("trusted_proxies", "some", "10.0.0.0/8"),
    ("tls_cert", "/nowhere.pem", "file"),
    ("tls_key", "/nowhere.pem", "file"),
    ("signup", "maybe", "open, invite, closed"),
    ("password_least", "3", "6 to 64"),
    ("session_days", "soon", "1 to 3650"),
    ("communities_per_user", "-1", "0 to 100000"),
    ("community_members", "1", "2 to 1000000"),
    ("rate_limits", "perhaps", "on or off"),
    ("login_rate", "ten a minute", "10/minute"),
    ("address_rate", "10/", "10/minute"),
    ("register_rate", "/hour", "10/minute"),
    ("lookup_rate", "0/hour", "10/minute"),
    ("group_rate", "-1/minute", "10/minute"),
    ("search_rate", "1/fortnight", "10/minute"),
    ("guest_upload_rate", "10", "10/minute"),
    ("message_rate", "1.5/second", "10/minute"),
    ("picture_bytes", "20MB", "20M"),
    ("picture_bytes", "0", "20M"),
    ("ws_deflate", "fast", "on or off"),
    ("recall_seconds", "-1", "0 to 31536000"),
    ("file_bytes", "much", "20M"),
    ("quota_bytes", "-5G", "20M"),
    ("connections", "9", "10 to 1000000"),
    ("search", "google", "on or off"),
    ("role", "mail", "all, api, chat, files"),
    ("workers", "0", "1 to 256"),
    ("vapid_subject", "somebody", "mailto:"),
    ("classic_pages", "/nowhere", "app/view"),
    ("log_level", "loud", "debug, info, warning, error"),
    ("log_format", "xml", "text, json"),
]
FREE = {"instance", "invite_code", "vapid_private_key", "metrics_token"}
"""Any text will do here; the preflight says of a folder whether it can be written to."""
MYSQL = {"FASTIM_DATABASE_URL": "mysql://u:p@db/chat"}
REDIS = {"FASTIM_BUS_URL": "redis://bus"}
TOGETHER = [
    ({"FASTIM_SIGNUP": "invite"}, "FASTIM_INVITE_CODE", "FASTIM_SIGNUP"),
    (
        {"FASTIM_DATABASE_READ_URL": "mysql://u:p@db/chat"},
        "FASTIM_DATABASE_READ_URL",
        "FASTIM_DATABASE_URL",
    ),
    ({"FASTIM_LOG_URL": "mongodb://host/chat"}, "FASTIM_LOG_URL", "FASTIM_DATABASE_URL"),
    ({"FASTIM_VAPID_PRIVATE_KEY": "x"}, "FASTIM_VAPID_SUBJECT", "set it"),
    ({"FASTIM_TLS_KEY": __file__}, "FASTIM_TLS_CERT", "go together"),
    ({"FASTIM_TLS_CERT": __file__}, "FASTIM_TLS_KEY", "go together"),
    ({"FASTIM_CDN_URL": "https://cdn.example.org"}, "FASTIM_CDN_URL", "FASTIM_STORAGE_URL=s3://"),
    ({"FASTIM_STORAGE_URL": "s3://bucket", "FASTIM_FILE_BYTES": "6G"}, "FASTIM_FILE_BYTES", "5G"),
    ({"FASTIM_WORKERS": "2", **MYSQL}, "FASTIM_WORKERS", "FASTIM_BUS_URL"),
    ({"FASTIM_WORKERS": "2", **REDIS}, "FASTIM_WORKERS", "FASTIM_DATABASE_URL"),
    ({"FASTIM_ROLE": "chat", **MYSQL}, "FASTIM_ROLE", "FASTIM_BUS_URL"),
    ({"FASTIM_ROLE": "chat", **REDIS}, "FASTIM_ROLE", "FASTIM_DATABASE_URL"),
]


def mistake(environ: dict[str, str]) -> str:
    with pytest.raises(ConfigError) as caught:
        Settings.from_env(environ)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_every_setting_is_tried() -> None:
    """A new one needs its line here."""
    assert {name for name, *_ in MISTAKES} | FREE == {one.name for one in dataclasses.fields(Settings)}


@pytest.mark.parametrize(("name", "value", "hint"), MISTAKES)
def test_a_bad_value_is_one_line_that_says_what_to_write(name: str, value: str, hint: str) -> None:
    """With the value that it is about, unless that is secret."""
    line = mistake({f"FASTIM_{name.upper()}": value})
    assert re.match(rf"FASTIM_{name.upper()}: bad value.*: .*{re.escape(hint)}", line), line
    assert SECRET not in line


@pytest.mark.parametrize(("environ", "name", "cure"), TOGETHER)
def test_values_that_do_not_fit_together_name_what_to_change(
    environ: dict[str, str], name: str, cure: str
) -> None:
    line = mistake(environ)
    assert line.startswith(f"{name}: ")
    assert cure in line


def test_a_misspelt_name_is_told_from_one_that_is_there() -> None:
    assert mistake({"FASTIM_SINGUP": "open"}).startswith("FASTIM_SINGUP: there is no such setting")
