"""Who is believed about its clients, and what is read from the headers then."""

from __future__ import annotations

from typing import Any

import pytest

from fastim.proxies import FromNetworks, Trusted, trusted

PROXIES = trusted("10.0.0.0/8, 192.0.2.7, 2001:db8::/32")


def seen(peer: str, **headers: str) -> dict[str, Any]:
    """The environ that the app gets."""
    got: dict[str, Any] = {}

    def app(environ: dict[str, Any], _: object) -> list[bytes]:
        got.update(environ)
        return []

    environ = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http", "HTTP_HOST": "inside", **headers}
    FromNetworks(app, PROXIES)(environ, None)
    return got


@pytest.mark.parametrize(
    ("peer", "told", "client"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.1.2.3", "198.51.100.1", "198.51.100.1"),
        ("10.1.2.3", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("10.1.2.3", "6.6.6.6, 198.51.100.1, 192.0.2.7", "198.51.100.1"),
        ("10.1.2.3", "10.9.9.9,192.0.2.7", "10.9.9.9"),
        ("10.1.2.3", "", "10.1.2.3"),
        ("10.1.2.3", " , ", "10.1.2.3"),
        ("10.1.2.3", "unknown", "unknown"),
        ("10.1.2.3", "6.6.6.6, unknown", "unknown"),
        ("::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1"),
        ("2001:db8::1", "2001:4860::1", "2001:4860::1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_client_is_the_rightmost_that_is_no_trusted_proxy(peer: str, told: str, client: str) -> None:
    assert seen(peer, HTTP_X_FORWARDED_FOR=told)["REMOTE_ADDR"] == client


def test_scheme_and_host_are_the_last_proxys_word() -> None:
    headers = {"HTTP_X_FORWARDED_PROTO": "http, https", "HTTP_X_FORWARDED_HOST": "evil, chat.example.org"}
    believed = seen("10.0.0.1", **headers)
    assert (believed["wsgi.url_scheme"], believed["HTTP_HOST"]) == ("https", "chat.example.org")
    stranger = seen("203.0.113.9", **headers)
    assert (stranger["wsgi.url_scheme"], stranger["HTTP_HOST"]) == ("http", "inside")
    assert seen("10.0.0.1", HTTP_X_FORWARDED_PROTO="javascript")["wsgi.url_scheme"] == "http"


@pytest.mark.parametrize("value", ["", "-1", "11", "some", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/8;::1"])
def test_what_is_no_network_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="networks such as"):
        trusted(value)


def test_a_number_is_how_many() -> None:
    assert trusted("2") == Trusted(hops=2)
    assert not trusted("0")
    assert str(PROXIES) == "10.0.0.0/8,192.0.2.7/32,2001:db8::/32"
