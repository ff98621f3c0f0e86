"""Settings: what an operator writes, and the one line that a mistake is answered with."""

from __future__ import annotations

import dataclasses
import re

import pytest

from fastim.config import ROOT, ConfigError, Settings
from fastim.places import S3Place


def test_no_variable_is_needed() -> None:
    settings = Settings.from_env({"PATH": "/bin", "HOME": "/root"})
    assert settings.is_sqlite
    assert settings.signup == "open"
    assert settings.rate_limits
    assert settings.sqlalchemy_url == f"sqlite:///{ROOT / 'instance' / 'fastim.db'}"
    assert settings.storage_folder == ROOT / "resource"


def test_every_setting_says_what_it_is_for_and_its_default_is_a_value_of_it() -> None:
    for field in dataclasses.fields(Settings):
        assert field.metadata["about"], field.name
        field.metadata["parse"](field.metadata["default"])


def test_settings_cannot_be_changed_while_the_server_runs() -> None:
    settings = Settings.from_env({})
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.signup = "closed"  # type: ignore[misc]


def test_sign_up_by_invitation_has_a_code() -> None:
    settings = Settings.from_env({"FASTIM_SIGNUP": "invite", "FASTIM_INVITE_CODE": "x"})
    assert settings.invite_code == "x"


@pytest.mark.parametrize(
    ("value", "size"), [("500K", 500 << 10), ("20M", 20 << 20), ("2g", 2 << 30), ("7", 7)]
)
def test_sizes_are_written_with_letters(value: str, size: int) -> None:
    assert Settings.from_env({"FASTIM_PICTURE_BYTES": value}).picture_bytes == size


@pytest.mark.parametrize("scheme", ["mysql", "mariadb"])
def test_mysql_and_mariadb_go_through_pymysql(scheme: str) -> None:
    settings = Settings.from_env({"FASTIM_DATABASE_URL": f"{scheme}://u:p@db/chat"})
    assert settings.sqlalchemy_url == "mysql+pymysql://u:p@db/chat"
    assert not settings.is_sqlite


def test_origins_are_a_list() -> None:
    settings = Settings.from_env({"FASTIM_PUBLIC_ORIGINS": "https://a.example, http://b.example:8081/"})
    assert settings.public_origins == ("https://a.example", "http://b.example:8081")


def test_an_object_store_is_read_from_its_address() -> None:
    plain = Settings.from_env({"FASTIM_STORAGE_URL": "s3://my.bucket"}).s3
    assert plain == S3Place("my.bucket", "", "", "", "us-east-1", False, True, "", "")
    url = "s3://chat/a/b/?endpoint=http://minio:9000/&public=https://f.example.org&region=x&key=k&secret=s%2F%2B"
    full = Settings.from_env({"FASTIM_STORAGE_URL": url}).s3
    assert full == S3Place(
        "chat", "a/b/", "http://minio:9000", "https://f.example.org", "x", True, True, "k", "s/+"
    )
    assert "s/+" not in repr(full)


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("s3://", "s3://BUCKET"),
        ("s3://UPPER", "s3://BUCKET"),
        ("s3://bucket/ä", "a prefix has"),
        ("s3://bucket?endpoint=minio:9000", "such as https://"),
        ("s3://bucket?endpoint=https://u:hunter2@minio", "endpoint is an address"),
        ("s3://bucket?endpoint=https://minio/path", "without a path"),
        ("s3://bucket?endpiont=https://minio", "endpoint"),
        ("s3://bucket?region=a&region=b", "once"),
        ("s3://bucket?key=hunter2", "go together"),
        ("s3://bucket?path_style=maybe", "on or off"),
        ("ftp://bucket", "s3://"),
    ],
)
def test_a_mistake_in_an_object_stores_address_is_explained(url: str, hint: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(hint)) as caught:
        Settings.from_env({"FASTIM_STORAGE_URL": url})
    assert str(caught.value).startswith("FASTIM_STORAGE_URL: ")
    assert "hunter2" not in str(caught.value)
