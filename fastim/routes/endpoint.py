"""One decorator for every JSON route: body to struct, session to actor, answer to envelope.

What it is given also describes the route, so /openapi.json cannot say anything else than the code does.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec
from flask import Blueprint, Response, request

from fastim.errors import BadRequest, Forbidden
from fastim.routes import respond
from fastim.routes.context import actor_or_none, current_actor

T = TypeVar("T", bound=msgspec.Struct)


class NoArguments(msgspec.Struct):
    """A route that takes nothing."""


@dataclass(frozen=True)
class Endpoint:
    """A route as /openapi.json describes it."""

    path: str
    blueprint: str
    name: str
    about: str
    arguments: type[msgspec.Struct]
    answer: Any
    is_list: bool
    signed_in: bool
    part: str
    """The name of the file's part, where the body is multipart."""
    beside: Mapping[str, Any]
    """What stands beside the answer in the envelope: names and types."""


ENDPOINTS: list[Endpoint] = []
"""Every route made by `post`, in the order of the modules."""

# The Go version took these names for "who is asking"; here they must agree with the session.
_CLAIMS = ("userid", "ownerid")


def post(
    blueprint: Blueprint,
    rule: str,
    arguments: type[msgspec.Struct] = NoArguments,
    answer: Any = None,
    *,
    signed_in: bool = True,
    part: str = "",
    beside: Mapping[str, Any] = MappingProxyType({}),
) -> Callable[[Callable[..., Any]], Callable[[], Response]]:
    """Make `function(args)` the POST route `rule`.

    Args:
        arguments: the body's struct; unknown fields are ignored, as old pages send some.
        answer: the type that the function returns: None, a struct, or ``list[struct]`` for rows.
        signed_in: without a session the caller gets 401.
        part: the multipart body's part that is a file; the function reads it itself.
        beside: names and types of what a finished Response has beside its data, for /openapi.json.

    The function returns data, a list, or a finished Response, and raises AppError.
    """

    def decorate(function: Callable[..., Any]) -> Callable[[], Response]:
        endpoint = Endpoint(
            path=f"{blueprint.url_prefix or ''}{rule}",
            blueprint=blueprint.name,
            name=function.__name__,
            about=(function.__doc__ or "").strip(),
            arguments=arguments,
            answer=answer,
            is_list=getattr(answer, "__origin__", None) is list,
            signed_in=signed_in,
            part=part,
            beside=beside,
        )
        ENDPOINTS.append(endpoint)
        view = _view(endpoint, function)
        blueprint.post(rule)(view)
        return view

    return decorate


def _view(endpoint: Endpoint, function: Callable[..., Any]) -> Callable[[], Response]:
    @functools.wraps(function)
    def view() -> Response:
        if endpoint.signed_in:
            current_actor()
        result = function(read_body(endpoint.arguments))
        if isinstance(result, Response):
            return result
        return respond.many(result) if endpoint.is_list else respond.one(result)

    return view


def read_body(arguments: type[T]) -> T:
    """The request's form or JSON body as `arguments`.

    Raises:
        BadRequest: it is neither, or a field is missing or of the wrong type (`field` says which).
        Forbidden: the body names somebody else than the session's user as the one who acts.
    """
    if request.mimetype == "application/json":
        try:
            raw = msgspec.json.decode(request.get_data())
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise BadRequest(field="body") from error
        if not isinstance(raw, dict):
            raise BadRequest(field="body")
        strict = True
    else:
        raw = request.form.to_dict()
        strict = False
    refuse_false_claims(raw)
    if not strict:  # a form says "" for a number that was not filled in
        raw = {name: value for name, value in raw.items() if value or _takes_text(arguments, name)}
    try:
        return msgspec.convert(raw, arguments, strict=strict)
    except msgspec.ValidationError as error:
        raise BadRequest(field=_field_of(str(error))) from error


@functools.cache
def _takes_text(arguments: type[msgspec.Struct], name: str) -> bool:
    """Whether "" is a value of the field."""
    for field in msgspec.structs.fields(arguments):
        if field.name == name:
            try:
                msgspec.convert("", field.type, strict=False)
            except msgspec.ValidationError:
                return False
            return True
    return False


def refuse_false_claims(raw: dict[str, Any]) -> None:
    """Whoever a request says it is, it acts as its session's user; where the two differ, it is refused.

    Raises:
        Forbidden: `not_you`.
    """
    actor = actor_or_none()
    if actor is None:
        return
    for name in _CLAIMS:
        claim = str(raw.get(name) or "0")
        if claim not in (
            "0",
            "NaN",
            str(actor.user_id),
        ):  # the old pages send 0 or NaN for "not known"
            raise Forbidden("not_you", field=name)


def _field_of(message: str) -> str:
    """The field in msgspec's message: "… - at `$.name`" or "… missing required field `name`"."""
    parts = message.split("`")
    return parts[-2].removeprefix("$.") if len(parts) > 2 else "body"
