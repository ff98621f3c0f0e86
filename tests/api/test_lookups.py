"""Searching by number is bounded, so that trying numbers out gives no directory."""

from __future__ import annotations

from tests.client import Client
from tests.conftest import MakeApp


def test_searches_by_number_are_bounded_and_searches_by_id_are_not(make_app: MakeApp) -> None:
    app = make_app(rate_limits="on", lookup_rate="2/hour", register_rate="100/hour")
    one, other = Client(app).register(), Client(app).register()
    assert one.post("/user/find", mobile=other.mobile).code == 0
    assert one.post("/contact/addfriend", dstname=other.mobile).code == 0
    third = one.post("/user/find", mobile="13900000000")
    assert (third.status, third.error) == (429, "too_often")
    assert int(third.http.headers["Retry-After"]) > 3000
    assert one.post("/contact/addfriend", dstname=other.mobile).error == "too_often"
    assert one.post("/user/find", id=other.id).code == 0
    assert other.post("/user/find", mobile=one.mobile).code == 0
