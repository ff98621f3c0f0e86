"""Logging in and out, devices, passwords; how often one may try."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from fastim.models import Session, User, db
from fastim.models.base import utc_now
from tests.client import PASSWORD, Client, new_mobile


def stored(app: Flask, mobile: str) -> User:
    with app.app_context():
        user = db.session.scalars(select(User).where(User.mobile == mobile)).one()
        db.session.expunge(user)
        return user


def test_a_log_in_gives_a_session_of_its_own(client: Client) -> None:
    phone = client.register()
    desk = client.login(f"+86{phone.mobile}")
    assert desk.token not in ("", phone.token)
    assert desk.id == phone.id
    assert phone.post("/user/me").data["id"] == desk.id


def test_a_log_in_never_takes_over_the_session_that_the_browser_brings(sqlite_client: Client) -> None:
    """Session fixation: what was in the cookie before, known to somebody else or not, is not used."""
    ann, mallory = sqlite_client.register(), sqlite_client.register()
    victim = Client(sqlite_client.app)
    victim.http.set_cookie("fastim", mallory.token)
    victim.remember(victim.post("/user/login", mobile=ann.mobile, passwd=PASSWORD))
    assert victim.token not in (mallory.token, ann.token)
    assert victim.post("/user/me").data["id"] == ann.id
    assert mallory.post("/user/me").data["id"] == mallory.id


def test_a_wrong_password_and_an_unknown_number_answer_alike(client: Client) -> None:
    ann = client.register()
    answers = [
        client.post("/user/login", mobile=mobile, passwd=passwd)
        for mobile, passwd in (
            (ann.mobile, "wrong"),
            (new_mobile(), PASSWORD),
            ("no number", PASSWORD),
            (ann.mobile, PASSWORD + "x" * 500),
            (ann.mobile, ""),
        )
    ]
    assert {(answer.status, answer.error) for answer in answers} == {(200, "wrong_login")}
    assert len({answer.http.data for answer in answers}) == 1
    assert all("Set-Cookie" not in answer.http.headers for answer in answers)


def test_a_number_that_nobody_has_costs_a_hash_too(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the time would tell which numbers have accounts; registering hashes before it looks, too."""
    client = Client(sqlite_app)
    ann = client.register()
    passwords = sqlite_app.extensions["fastim"].accounts._passwords
    hashed: list[str] = []
    run = passwords._run
    monkeypatch.setattr(
        passwords, "_run", lambda job, *args: hashed.append(job.__name__) or run(job, *args)
    )
    for mobile in (ann.mobile, new_mobile(), "no number"):
        client.post("/user/login", mobile=mobile, passwd="wrong password")
    assert hashed == ["_matches"] * 3
    hashed.clear()
    for mobile in (ann.mobile, new_mobile()):
        client.post("/user/register", mobile=mobile, passwd=PASSWORD)
    assert hashed == ["hash"] * 2


def test_an_imported_accounts_md5_is_accepted_once_and_replaced(app: Flask) -> None:
    """Its owner notices nothing; afterwards md5 is gone from the database."""
    client, mobile = Client(app), new_mobile()
    digest = hashlib.md5(b"old secret004217").hexdigest()
    with app.app_context():
        db.session.add(User(mobile=mobile, passwd=digest, salt="004217", nickname="old"))
        db.session.commit()
    assert client.post("/user/login", mobile=mobile, passwd="old secre").error == "wrong_login"
    assert stored(app, mobile).passwd == digest
    client.login(mobile, "old secret")
    replaced = stored(app, mobile)
    assert replaced.passwd.startswith("$argon2id$")
    assert replaced.salt == ""
    assert client.login(mobile, "old secret").me["nickname"] == "old"
    assert client.post("/user/login", mobile=mobile, passwd=digest).error == "wrong_login"


def test_an_imported_account_may_have_any_text_for_a_number(app: Flask) -> None:
    """The Go version never looked at it."""
    with app.app_context():
        digest = hashlib.md5(b"old secret1").hexdigest()
        db.session.add(User(mobile="admin", passwd=digest, salt="1"))
        db.session.commit()
    assert Client(app).login("admin", "old secret").me["mobile"] == "admin"


def test_an_account_has_one_name_to_log_in_with(app: Flask) -> None:
    """MariaDB holds both cases of a letter to be the same: each spelling would have its own attempts."""
    with app.app_context():
        digest = hashlib.md5(b"old secret1").hexdigest()
        db.session.add(User(mobile="admin", passwd=digest, salt="1"))
        db.session.commit()
    client = Client(app)
    for spelling in ("ADMIN", "Admin", "ádmin"):
        answer = client.post("/user/login", mobile=spelling, passwd="old secret")
        assert answer.error == "wrong_login"
    assert client.login("admin", "old secret").me["mobile"] == "admin"


@pytest.mark.real_passwords
def test_passwords_are_stored_as_argon2id_only(client: Client) -> None:
    ann = client.register()
    user = stored(client.app, ann.mobile)
    assert user.passwd.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert user.salt == ""


def test_tokens_are_stored_as_hashes_only(client: Client) -> None:
    ann = client.register()
    with client.app.app_context():
        hashes = list(db.session.scalars(select(Session.token_hash).where(Session.user_id == ann.id)))
    assert hashes == [hashlib.sha256(ann.token.encode()).hexdigest()]


def test_logging_out_ends_this_session_only(client: Client) -> None:
    phone = client.register()
    desk = client.login(phone.mobile)
    answer = desk.post("/user/logout")
    assert answer.data is None
    assert "fastim=;" in answer.http.headers["Set-Cookie"]
    assert desk.post_json("/user/me", {}, Authorization=f"Bearer {desk.token}").status == 401
    assert phone.post("/user/me").code == 0


def test_logging_out_everywhere_ends_all_sessions(client: Client) -> None:
    phone = client.register()
    desk = client.login(phone.mobile)
    assert desk.post("/user/logoutall").data == {"ended": 2}
    assert [each.post("/user/me").error for each in (phone, desk)] == ["not_signed_in"] * 2


def test_devices_are_listed_and_ended_one_by_one(client: Client) -> None:
    phone = client.register()
    desk = client.login(phone.mobile, device="Desk 办公室")
    rows = desk.post("/user/devices").rows
    assert {row["current"] for row in rows} == {True, False}
    (mine,) = (row for row in rows if row["current"])
    (other,) = (row for row in rows if not row["current"])
    assert mine["device"] == "Desk 办公室"
    assert mine["address"] == "127.0.0.1"
    assert set(mine) == {"id", "device", "address", "createat", "lastseen", "current"}
    assert desk.post("/user/enddevice", id=other["id"]).data is None
    assert phone.post("/user/me").status == 401
    assert [row["id"] for row in desk.post("/user/devices").rows] == [mine["id"]]


def test_nobody_ends_somebody_elses_device(client: Client) -> None:
    ann, bob = client.register(), client.register()
    (row,) = ann.post("/user/devices").rows
    assert bob.post("/user/enddevice", id=row["id"]).status == 404
    assert ann.post("/user/me").code == 0


def test_a_session_ends_when_it_is_not_used(client: Client) -> None:
    ann = client.register()
    with client.app.app_context():
        session = db.session.scalars(select(Session).where(Session.user_id == ann.id)).one()
        session.expires_at = utc_now() - timedelta(seconds=1)
        db.session.commit()
    assert ann.post("/user/me").error == "not_signed_in"


def test_a_session_in_use_lives_on(client: Client) -> None:
    ann = client.register()
    with client.app.app_context():
        session = db.session.scalars(select(Session).where(Session.user_id == ann.id)).one()
        session.seen_at = utc_now() - timedelta(days=29)
        session.expires_at = utc_now() + timedelta(days=1)
        db.session.commit()
    assert ann.post("/user/me").code == 0
    with client.app.app_context():
        session = db.session.scalars(select(Session).where(Session.user_id == ann.id)).one()
        assert session.expires_at > utc_now() + timedelta(days=29)


def test_a_new_password_ends_the_other_sessions(client: Client) -> None:
    phone = client.register()
    desk = client.login(phone.mobile)
    assert desk.post("/user/password", old=PASSWORD, new="another good one").data == {"ended": 1}
    assert phone.post("/user/me").status == 401
    assert desk.post("/user/me").code == 0
    assert client.post("/user/login", mobile=phone.mobile, passwd=PASSWORD).error == "wrong_login"
    client.login(phone.mobile, "another good one")


def test_a_password_changes_only_for_who_knows_the_old_one_and_to_a_good_one(client: Client) -> None:
    ann = client.register()
    assert ann.post("/user/password", old="wrong", new="another good one").error == "wrong_password"
    assert ann.post("/user/password", old=PASSWORD, new="short").error == "weak_password"
    assert ann.post("/user/password", old=PASSWORD, new=ann.mobile).error == "weak_password"
    client.login(ann.mobile)


def test_log_ins_to_one_account_are_limited_also_with_the_right_password(make_app) -> None:
    app = make_app(rate_limits="on", login_rate="3/minute", address_rate="1000/minute")
    client = Client(app)
    ann, bob = client.register(), client.register()
    for _ in range(3):
        assert client.post("/user/login", mobile=ann.mobile, passwd="wrong").error == "wrong_login"
    answer = client.post("/user/login", mobile=f"+86{ann.mobile}", passwd=PASSWORD)
    assert (answer.status, answer.error) == (429, "too_often")
    assert 0 < answer.json["retry_after"] <= 60
    assert answer.http.headers["Retry-After"] == str(answer.json["retry_after"])
    client.login(bob.mobile)


def test_attempts_from_one_address_are_limited_over_all_accounts(make_app) -> None:
    client = Client(make_app(rate_limits="on", address_rate="4/minute"))
    errors = [client.post("/user/login", mobile=new_mobile(), passwd="x").error for _ in range(6)]
    assert errors == ["wrong_login"] * 4 + ["too_often"] * 2


def test_new_accounts_from_one_address_are_limited_but_mistakes_do_not_count(make_app) -> None:
    client = Client(make_app(rate_limits="on", register_rate="2/hour", address_rate="1000/minute"))
    for _ in range(3):
        assert client.post("/user/register", mobile=new_mobile(), passwd="short").error == "weak_password"
    client.register()
    client.register()
    assert client.post("/user/register", mobile=new_mobile(), passwd=PASSWORD).status == 429


def test_guessing_the_old_password_is_limited_too(make_app) -> None:
    client = Client(make_app(rate_limits="on", login_rate="3/minute"))
    ann = client.register()
    errors = [ann.post("/user/password", old="guess", new="another good one").error for _ in range(4)]
    assert errors == ["wrong_password"] * 3 + ["too_often"]


@pytest.mark.parametrize("imported", [False, True])
def test_a_log_in_that_overlaps_a_change_of_password_has_no_session_afterwards(
    app: Flask, imported: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Verifying takes a while; what was verified is compared again. The new password stays, too."""
    person = Client(app).register()
    if imported:
        with app.app_context():
            hashed = hashlib.md5(f"{PASSWORD}pepper".encode()).hexdigest()
            values = {"passwd": hashed, "salt": "pepper"}
            db.session.execute(db.update(User).where(User.id == person.id).values(**values))
            db.session.commit()
    accounts = app.extensions["fastim"].accounts
    passwords = accounts._passwords
    verify = passwords.verify
    with app.app_context():
        actor = app.extensions["fastim"].sessions.find(person.token)

    def slowly(*arguments: object) -> bool:
        is_right = bool(verify(*arguments))
        monkeypatch.setattr(passwords, "verify", verify)
        with app.app_context():
            accounts.change_password(actor, PASSWORD, "another long secret")
        return is_right

    monkeypatch.setattr(passwords, "verify", slowly)
    other = Client(app)
    assert other.post("/user/login", mobile=person.mobile, passwd=PASSWORD).error == "wrong_login"
    assert len(person.post("/user/devices").rows) == 1
    Client(app).login(person.mobile, "another long secret")
