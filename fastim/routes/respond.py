"""The envelope of every answer lives here only."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Response, request

from fastim import locales
from fastim.errors import AppError, TooOften

_encode = msgspec.json.Encoder(enc_hook=str).encode


def _answer(body: dict[str, Any], status: int = 200) -> Response:
    response = Response(_encode(body), status, content_type="application/json; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def one(data: object, **beside: object) -> Response:
    """`{"code":0,"msg":"","data":…}`; `beside` stands beside data in the envelope."""
    return _answer({"code": 0, "msg": "", "data": data, **beside})


def many(rows: list[Any], **beside: object) -> Response:
    """`{"code":0,"msg":"","rows":[…],"total":N}`."""
    return _answer({"code": 0, "msg": "", "rows": rows, "total": len(rows), **beside})


def failure(error: AppError) -> Response:
    """`{"code":-1,"msg":"…","error":"name",…}` with the error's HTTP status."""
    body = {
        "code": -1,
        "msg": locales.text(error.name, language(), error.details),
        "error": error.name,
        **error.details,
    }
    response = _answer(body, error.status)
    if isinstance(error, TooOften):
        response.headers["Retry-After"] = str(error.details["retry_after"])
    return response


def language() -> str:
    """The caller's language: the cookie that the pages set, else Accept-Language."""
    chosen = request.cookies.get("fastim_lang", "")
    if chosen in locales.LANGUAGES:
        return chosen
    return locales.negotiate(request.headers.get("Accept-Language", ""))
