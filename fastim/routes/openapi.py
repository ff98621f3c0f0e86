"""GET /openapi.json, made of what the routes themselves validate and answer with."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from typing import Any

import msgspec
from flask import Blueprint, Flask, Response, current_app
from werkzeug.routing import Rule

from fastim import __version__, errors, locales
from fastim.routes.context import COOKIE
from fastim.routes.endpoint import ENDPOINTS, Endpoint

Json = dict[str, Any]

openapi = Blueprint("openapi", __name__)

_ABOUT = """Every answer is one envelope: `code` 0 with `data`, or with `rows` and `total`; or `code` -1
with `msg` for people, in their language, and `error` for programs. What is well formed and not granted is
HTTP 200 all the same. In a form, true and false may be 1 and 0. Messages go over the WebSocket at /chat;
docs/protocol.md has its frames."""

_FAILURES: dict[type[errors.AppError], str] = {
    errors.BadRequest: "Not of the right shape; `field` says where.",
    errors.NotSignedIn: "No valid session.",
    errors.Forbidden: "Not allowed: another site's page, or on behalf of somebody else.",
    errors.NotFound: "Unknown, or hidden from this user.",
    errors.Conflict: "Not where things stand; `offset` says where they do.",
    errors.TooLarge: "Larger than `limit` bytes.",
    errors.TooOften: "Again in `retry_after` seconds.",
    errors.AppError: "The server's fault.",
    errors.Unavailable: "Busy; try again in a moment.",
}
_ERRORS = {
    "type": "object",
    "title": "Failure",
    "properties": {
        "code": {"const": -1},
        "msg": {"type": "string", "description": "For people, in the caller's language."},
        "error": {"enum": sorted(locales.TEXTS), "description": "Stable, for programs."},
        "field": {"type": "string", "description": "What is wrong or too long."},
        "least": {"type": "integer", "description": "The least number of characters."},
        "limit": {"type": "integer", "description": "The most, in bytes."},
        "offset": {"type": "integer", "description": "Where the next part begins."},
        "retry_after": {"type": "integer", "description": "Seconds."},
    },
    "required": ["code", "msg", "error"],
}
_SIGNED_IN: list[Json] = [{"cookie": []}, {"bearer": []}, {"id": [], "token": []}]
_SCHEMES = {
    "cookie": {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": "Browsers'."},
    "bearer": {"type": "http", "scheme": "bearer", "description": "Programs'."},
    "id": {"type": "apiKey", "in": "query", "name": "id", "description": "Old pages', with `token`."},
    "token": {
        "type": "apiKey",
        "in": "query",
        "name": "token",
        "description": "Old pages', with `id`.",
    },
}
_PARAMETER = re.compile(r"<(?:[a-z]+:)?([a-z_]+)>")


@openapi.get("/openapi.json")
def serve() -> Response:
    """This description."""
    response = Response(msgspec.json.encode(describe(current_app)), content_type="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response


def describe(app: Flask) -> Json:
    """The OpenAPI 3.1 document of `app`'s routes."""
    types = [
        *(e.arguments for e in ENDPOINTS),
        *(e.answer for e in ENDPOINTS),
        *(type_ for e in ENDPOINTS for type_ in e.beside.values()),
    ]
    _, schemas = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    paths: dict[str, Json] = {}
    for rule in app.url_map.iter_rules():
        if rule.methods and "GET" in rule.methods:
            paths.setdefault(_PARAMETER.sub(r"{\1}", rule.rule), {})["get"] = _get(app, rule)
        if rule.methods and "PUT" in rule.methods:
            paths.setdefault(_PARAMETER.sub(r"{\1}", rule.rule), {})["put"] = _put(app, rule)
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})["post"] = _post(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {"title": "FastIM", "version": __version__, "description": _ABOUT},
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {**schemas, "Failure": _ERRORS},
            "responses": {kind.__name__: _failure(about) for kind, about in _FAILURES.items()},
            "securitySchemes": _SCHEMES,
        },
    }


def _get(app: Flask, rule: Rule) -> Json:
    """A page, a file or a probe, as its function's docstring tells it."""
    return {
        "operationId": f"get_{rule.endpoint.replace('.', '_')}",
        "tags": [rule.endpoint.split(".")[0]],
        **_told(app.view_functions[rule.endpoint].__doc__ or ""),
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in _PARAMETER.findall(rule.rule)
        ],
        "responses": {"200": {"description": "As described."}, "default": _refused_page()},
    }


def _refused_page() -> Json:
    """Whatever else a GET is answered: people get a page that says it."""
    told = _failure("Unknown, hidden from this user, or not now; to a browser as a page.")
    told["content"]["text/html"] = {}
    return told


def _put(app: Flask, rule: Rule) -> Json:
    """Bytes as they are; the function's docstring names the headers."""
    told = _get(app, rule)
    return {
        **told,
        "operationId": told["operationId"].replace("get_", "put_", 1),
        "security": _SIGNED_IN,
        "requestBody": {"required": True, "content": {"application/octet-stream": {}}},
        "responses": {"200": {"description": "Taken."}, **_failures(_FAILURES)},
    }


def _post(endpoint: Endpoint) -> Json:
    refused = [kind for kind in _FAILURES if endpoint.signed_in or kind is not errors.NotSignedIn]
    return {
        "operationId": f"{endpoint.blueprint}_{endpoint.name}",
        "tags": [endpoint.blueprint],
        **_told(endpoint.about),
        "security": _SIGNED_IN if endpoint.signed_in else [{}, *_SIGNED_IN],
        "requestBody": _body(endpoint),
        "responses": {
            "200": {
                "description": "Done, or refused.",
                "content": _json({"oneOf": [_envelope(endpoint), _ref("schemas", "Failure")]}),
            },
            **_failures(refused),
        },
    }


def _told(docstring: str) -> Json:
    """The first line, and what follows it."""
    first, _, rest = inspect.cleandoc(docstring).partition("\n")
    return {"summary": first, "description": rest.strip()} if rest else {"summary": first}


def _body(endpoint: Endpoint) -> Json:
    arguments = _ref("schemas", endpoint.arguments.__name__)
    if endpoint.part:
        part = {"type": "object", "properties": {endpoint.part: {}}, "required": [endpoint.part]}
        return {
            "required": True,
            "content": {"multipart/form-data": {"schema": {"allOf": [part, arguments]}}},
        }
    is_needed = any(field.required for field in msgspec.structs.fields(endpoint.arguments))
    content = _json(arguments) | {"application/x-www-form-urlencoded": {"schema": arguments}}
    return {"required": is_needed, "content": content}


def _envelope(endpoint: Endpoint) -> Json:
    """What a success looks like."""
    answers = {"rows" if endpoint.is_list else "data": endpoint.answer, **endpoint.beside}
    shown = {name: _schema(type_) for name, type_ in answers.items()}
    if endpoint.is_list:
        shown["total"] = {"type": "integer", "description": "How many rows there are."}
    properties = {"code": {"const": 0}, "msg": {"const": ""}, **shown}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _schema(type_: Any) -> Json:
    schemas, _ = msgspec.json.schema_components([type_], ref_template="#/components/schemas/{name}")
    return next(iter(schemas))


def _failures(kinds: Iterable[type[errors.AppError]]) -> Json:
    return {str(kind.status): _ref("responses", kind.__name__) for kind in kinds}


def _failure(about: str) -> Json:
    return {"description": about, "content": _json(_ref("schemas", "Failure"))}


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


def _ref(place: str, name: str) -> Json:
    return {"$ref": f"#/components/{place}/{name}"}
