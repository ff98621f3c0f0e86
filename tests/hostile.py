"""Values that a caller may send for a field: often what it means, else whatever comes to an ill mind."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

MARK = "mark-of-a-secret"
"""Stands in whatever must never be logged."""

_EDGES: st.SearchStrategy[Any] = st.sampled_from(
    [
        "", " ", "\0", "\ud800", "x\0y", "NaN", "007", "-1", "1e3", "true", "٣", "%", "'", "../..",
        "\u202e", "😀" * 300, "\ufb2c" * 40, "x" * 70_000, "9" * 5000, 0, -1, 1 << 53, 1 << 63, 1 << 64,
        -(1 << 63) - 1, 10**400, 1.5, 1e400, True, None, [], {}, [[[[0]]]], {"id": {"id": [MARK]}},
        [None] * 300, MARK,
    ]
)  # fmt: skip
WILD = _EDGES | st.text(max_size=20) | st.integers() | st.floats(allow_nan=False)
_WORDS = st.sampled_from(["", MARK, f"{MARK} 晚上吃饭吗? 😀", "\0", "x" * 100, "👍", "en", "open"])
_URLS = st.sampled_from(
    ["/asset/images/person.svg", f"/resource/{'0' * 32}.webp", "/resource/", f"https://x.example/{MARK}"]
)
_NAMED: dict[str, st.SearchStrategy[Any]] = {
    "cursor": st.sampled_from(["", "0-0", "9" * 30 + "-1", "1-1-1-1-1"]),
    "after": st.sampled_from(["", "1-1", "0-0", "9-" + "9" * 18, "9" * 30 + "-" + "9" * 9]),
    "mobile": st.sampled_from(["13800000000", "+8613800000000", MARK, "1"]),
    "dstname": st.sampled_from(["13800000000", "ours", "theirs", MARK]),
    "emoji": st.sampled_from(["👍", "👍🏽", "x", "\ufe0f\u20e3", "1\ufe0f\u20e3"]),
    "memo": _WORDS | st.sampled_from(["person", "group", "39.9,116.4", "90,181", "640x480"]),
    "zone": st.sampled_from(["Asia/Shanghai", "UTC", "America", "no/such/zone", "../etc"]),
    "adding": st.sampled_from(["open", "ask", "nobody", MARK]),
    "endpoint": st.sampled_from([f"https://push.example/{MARK}", "https://10.0.0.1/", "http://["]),
    **dict.fromkeys(("url", "pic", "avatar", "icon", "poster"), _URLS),
}


def value_of(name: str, type_: Any, ids: Sequence[int]) -> st.SearchStrategy[Any]:
    """A value for a field, mostly one that fits.

    Args:
        ids: of rows that there are, the caller's own and others'.
    """
    fitting = _fitting(name, inspect.type_info(type_), ids)
    return st.one_of(fitting, fitting, fitting, WILD)


def _fitting(name: str, info: inspect.Type, ids: Sequence[int]) -> st.SearchStrategy[Any]:
    match info:
        case inspect.UnionType(types=types):
            return st.one_of(*(_fitting(name, one, ids) for one in types))
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            return st.lists(_fitting(name, item, ids), min_size=1, max_size=3)
        case inspect.LiteralType(values=values):
            return st.sampled_from(values)
        case inspect.BoolType():
            return st.booleans()
        case inspect.IntType():
            return st.sampled_from([*ids, 0, 1, 10, 11, (1 << 53) - 1])
        case inspect.NoneType():
            return st.none()
        case inspect.StrType(pattern=str() as pattern):
            return st.from_regex(pattern, fullmatch=True)
    return _NAMED.get(name, _WORDS)


def pairs_of(fields: dict[str, Any], ids: Sequence[int]) -> st.SearchStrategy[list[tuple[str, Any]]]:
    """Names and values of a body: some left out, one twice, one that nobody knows.

    Args:
        fields: name to type.
    """
    each = [st.tuples(st.just(name), value_of(name, type_, ids)) for name, type_ in fields.items()]
    odd = st.tuples(st.sampled_from(["userid", "ownerid", "x", *fields]), WILD)
    kept = st.tuples(*(st.one_of(one, one, one, one, one, st.none()) for one in each))
    return st.tuples(kept, st.lists(odd, max_size=1)).map(
        lambda found: [pair for pair in (*found[0], *found[1]) if pair is not None]
    )


def fields_of(struct: type[msgspec.Struct]) -> dict[str, Any]:
    return {field.encode_name: field.type for field in msgspec.structs.fields(struct)}


def as_json(pairs: Sequence[tuple[str, Any]]) -> bytes:
    """An object as nobody's library writes it: with a name that comes twice."""
    each = (f"{json.dumps(name)}:{json.dumps(value)}" for name, value in pairs)
    return ("{" + ",".join(each) + "}").encode()
