"""/openapi.json says what the routes do, and is a document that tools can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from fastim import __version__, locales
from tests.client import Client


@pytest.fixture
def document(sqlite_client: Client) -> dict[str, Any]:
    return sqlite_client.get("/openapi.json").json


def parts_of(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in the document."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from parts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from parts_of(each)


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in document["paths"].values() for operation in path.values()]


def test_every_post_route_of_the_app_is_described(sqlite_app: Flask, document: dict[str, Any]) -> None:
    """All but the files, which answer a POST of the old pages as they do a GET."""
    rules = [rule for rule in sqlite_app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    posted = {rule.rule for rule in rules if rule.endpoint != "asset.serve"}
    described = {path for path, operations in document["paths"].items() if "post" in operations}
    assert described == posted
    assert len(posted) > 25


def test_every_get_route_is_described_too(sqlite_app: Flask, document: dict[str, Any]) -> None:
    getting = [rule for rule in sqlite_app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    described = [path for path, operations in document["paths"].items() if "get" in operations]
    assert len(described) == len(getting)
    assert {"/healthz", "/readyz", "/openapi.json", "/resource/{name}", "/{name}.shtml"} <= set(described)


def test_a_get_may_be_refused_with_a_page(sqlite_client: Client, document: dict[str, Any]) -> None:
    refusal = document["paths"]["/add/{code}"]["get"]["responses"]["default"]
    assert set(refusal["content"]) == {"application/json", "text/html"}
    assert sqlite_client.get("/resource/nothing.jpg").http.mimetype in refusal["content"]


def test_the_document_says_what_it_is(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert document["info"]["title"] == "FastIM"
    assert document["info"]["version"] == __version__


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    references = [part["$ref"] for part in parts_of(document) if "$ref" in part]
    assert references
    for reference in references:
        root, *path = reference.split("/")
        assert root == "#"
        found: Any = document
        for step in path:
            assert step in found, reference
            found = found[step]


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in operations(document)]
    assert len(names) == len(set(names))
    for operation in operations(document):
        assert operation["summary"], operation["operationId"]
        assert operation["responses"]["200"]["description"]


def test_path_parameters_are_declared(document: dict[str, Any]) -> None:
    for path, found in document["paths"].items():
        named = {part.split("}")[0] for part in path.split("{")[1:]}
        for operation in found.values():
            assert {each["name"] for each in operation.get("parameters", ())} == named
            assert all(
                each["required"] and each["in"] == "path" for each in operation.get("parameters", ())
            )


def test_a_body_may_be_a_form_or_json_with_the_same_fields(document: dict[str, Any]) -> None:
    body = document["paths"]["/user/login"]["post"]["requestBody"]
    form, json = (body["content"][f"application/{kind}"] for kind in ("x-www-form-urlencoded", "json"))
    assert form == json
    assert body["required"]
    fields = document["components"]["schemas"]["LogIn"]
    assert set(fields["required"]) == {"mobile", "passwd"}
    assert not document["paths"]["/user/me"]["post"]["requestBody"]["required"]


def test_an_upload_is_multipart_with_its_file(document: dict[str, Any]) -> None:
    content = document["paths"]["/attach/upload"]["post"]["requestBody"]["content"]
    assert list(content) == ["multipart/form-data"]
    part, arguments = content["multipart/form-data"]["schema"]["allOf"]
    assert part["required"] == ["file"]
    assert arguments == {"$ref": "#/components/schemas/File"}


def test_success_and_refusal_are_told_apart_by_code(document: dict[str, Any]) -> None:
    answer = document["paths"]["/contact/loadfriend"]["post"]["responses"]["200"]
    success, failure = answer["content"]["application/json"]["schema"]["oneOf"]
    assert success["properties"]["code"] == {"const": 0}
    assert success["properties"]["rows"]["items"] == {"$ref": "#/components/schemas/Friend"}
    assert set(success["required"]) == {"code", "msg", "rows", "total"}
    assert failure == {"$ref": "#/components/schemas/Failure"}
    assert document["components"]["schemas"]["Failure"]["properties"]["code"] == {"const": -1}


def test_what_stands_beside_the_data_is_described(document: dict[str, Any]) -> None:
    def beside(path: str) -> dict[str, Any]:
        answer = document["paths"][path]["post"]["responses"]["200"]
        return dict(answer["content"]["application/json"]["schema"]["oneOf"][0]["properties"])

    assert beside("/message/history")["gap"] == {"type": "boolean"}
    assert beside("/attach/upload")["file"] == {"$ref": "#/components/schemas/Uploaded"}


def test_every_error_name_is_listed(document: dict[str, Any]) -> None:
    listed = document["components"]["schemas"]["Failure"]["properties"]["error"]["enum"]
    assert set(listed) == set(locales.TEXTS)


def test_the_three_ways_to_sign_in_are_described(document: dict[str, Any]) -> None:
    """Cookie, Bearer, and the old pages' query; who may stay signed out is told by an empty choice."""
    needed = document["paths"]["/user/me"]["post"]["security"]
    assert needed == [{"cookie": []}, {"bearer": []}, {"id": [], "token": []}]
    assert set(document["components"]["securitySchemes"]) == {"cookie", "bearer", "id", "token"}
    assert document["paths"]["/user/login"]["post"]["security"][0] == {}
    assert "401" not in document["paths"]["/user/login"]["post"]["responses"]
    assert "401" in document["paths"]["/user/me"]["post"]["responses"]


def test_what_the_routes_answer_fits_what_is_described(
    sqlite_client: Client, document: dict[str, Any]
) -> None:
    """The fields of real answers are those of the schemas, and no friend's token is among them."""
    ann, bob = sqlite_client.register(), sqlite_client.register()
    ann.befriend(bob)
    schemas = document["components"]["schemas"]
    assert set(ann.me) == set(schemas["Me"]["properties"])
    (friend,) = ann.post("/contact/loadfriend").rows
    assert set(friend) == set(schemas["Friend"]["properties"])
    (device,) = ann.post("/user/devices").rows
    assert set(device) == set(schemas["Device"]["properties"])
    group = ann.post("/contact/createcommunity", name="readers").data
    assert set(group) == set(schemas["Community"]["properties"])
