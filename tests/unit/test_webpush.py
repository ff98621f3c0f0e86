"""Web Push's cryptography against RFC 8291's own example, and where a push may lead."""

from __future__ import annotations

import base64
import json
import socket
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from fastim.backends import push
from fastim.backends.push import Forbidden, Outcome, Subscription
from fastim.backends.webpush import WebPush, encrypt, new_keys, private_key, unb64

# RFC 8291, 5 and appendix A.
TEXT = b"When I grow up, I want to be a watermelon"
THEIRS = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
OURS = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8"
    "wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)

_INSIDE = [
    "127.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1",
]  # fmt: skip


def test_a_message_is_sealed_as_the_standard_seals_its_own() -> None:
    sealed = encrypt(
        TEXT,
        unb64(THEIRS),
        unb64("BTBZMqHH6r4Tts7J_aSIgg"),
        private_key(OURS),
        unb64("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert sealed == unb64(SEALED)


def test_the_servers_name_is_signed_for_one_push_service_and_kept_for_a_while() -> None:
    private, public = new_keys()
    web = WebPush(private, "mailto:op@example.org")
    assert web.public_key == public
    token = web._token("push.example.org")
    assert web._token("push.example.org") == token
    signed, _, signature = token.rpartition(".")
    raw = unb64(signature)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(public))
    key.verify(encode_dss_signature(r, s), signed.encode(), ec.ECDSA(hashes.SHA256()))
    claims = json.loads(unb64(signed.split(".")[1]))
    assert (claims["aud"], claims["sub"]) == ("https://push.example.org", "mailto:op@example.org")


@pytest.mark.parametrize("text", ["", "AAAA", "not base64!", base64.urlsafe_b64encode(bytes(33)).decode()])
def test_a_key_that_is_none_is_no_key(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        WebPush(text, "mailto:op@example.org")


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/x", "https://push.example.org:8443/x", "https://me:pw@push.example.org/x",
        "https://127.0.0.1/x", "https://[::1]/x", "https://2130706433/x", "https://0x7f.1/x", "https://localhost/x",
        "https://127.1/", "ftp://push.example.org/", "https:///x", "https://push.example.org/a b", "https://[/",
        "https://push.example.org/\r\nHost: evil", "file:///etc/passwd", "", "https://例子.测试/",
    ],
)  # fmt: skip
def test_an_endpoint_is_a_plain_address_of_a_named_host(endpoint: str) -> None:
    with pytest.raises(Forbidden):
        push.check_endpoint(endpoint)


@pytest.mark.parametrize(
    ("ips", "is_allowed"),
    [
        (["93.184.216.34"], True),
        (["2606:2800:220:1:248:1893:25c8:1946"], True),
        (["93.184.216.34", "10.0.0.1"], False),
        *(([ip], False) for ip in _INSIDE),
        ([], False),
    ],
)
def test_a_host_that_leads_inside_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, ips: list[str], is_allowed: bool
) -> None:
    """Whatever its name says: somebody's own name server may answer anything. The address that was checked
    is the one that is connected to."""

    def found(*args: Any, **named: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ips]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    if is_allowed:
        assert push.public_address("https://push.example.org/x").ip == ips[0]
        return
    with pytest.raises(Forbidden):
        push.public_address("https://push.example.org/x")
    private, _ = new_keys()
    to = Subscription("https://push.example.org/x", unb64(THEIRS), bytes(16))
    assert WebPush(private, "mailto:op@example.org").push(to, b"x") is Outcome.GONE
