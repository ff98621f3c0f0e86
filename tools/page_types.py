"""The pages' types of frames and answers, written from the structs that the server encodes.

    python -m tools.page_types           # writes web/src/core/protocol.ts
    python -m tools.page_types --check   # only says whether it is up to date

The file is in git, so that the pages build without Python; a test holds it to the structs.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import msgspec
from msgspec import inspect as ms

import fastim.routes as _routes
from fastim.protocol import frames, hello, limits, sync, views
from fastim.protocol.close import Close
from fastim.routes.endpoint import ENDPOINTS

PATH = Path(__file__).resolve().parents[1] / "web" / "src" / "core" / "protocol.ts"
_HEAD = """\
/**
 * What client and server say to each other, written by `make types` from fastim/protocol and the answers of
 * fastim/routes. Do not edit: change the structs there. docs/protocol.md says what it means.
 */
"""
_PLAIN = {
    ms.IntType: "number",
    ms.FloatType: "number",
    ms.StrType: "string",
    ms.BoolType: "boolean",
    ms.NoneType: "null",
    ms.AnyType: "unknown",
}
Struct = type[msgspec.Struct]


def written() -> str:
    """The whole file."""
    assert _routes.ROUTES  # importing it is what registers the endpoints
    client = list(get_args(frames.ClientFrame))
    told = [*_structs(frames), *_structs(hello)]
    server = [kind for kind in told if kind not in client and isinstance(_tag(kind), int)]
    roots = [*client, *server, frames.Entry, hello.Limits, *_structs(sync), *_structs(views), *_answers()]
    parts = [_HEAD, *_constants(), *(_interface(kind, kind in client) for kind in _with_nested(roots))]
    parts.append("export type ClientFrame =\n" + _union(client) + ";\n")
    parts.append("export type ServerFrame =\n" + _union([frames.Entry, *server]) + ";\n")
    return "\n".join(parts)


def _structs(module: ModuleType) -> list[Struct]:
    """Those that `module` itself defines, in its order."""
    return [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type)
        and issubclass(kind, msgspec.Struct)
        and kind.__module__ == module.__name__
    ]


def _answers() -> Iterator[Struct]:
    for endpoint in ENDPOINTS:
        for kind in (endpoint.answer, *endpoint.beside.values()):
            for part in (kind, *get_args(kind)):
                if isinstance(part, type) and issubclass(part, msgspec.Struct):
                    yield part


def _with_nested(roots: Iterable[Struct]) -> list[Struct]:
    """What `roots` are made of, each before what needs it.

    Raises:
        ValueError: two structs of one name.
    """
    found: dict[str, Struct] = {}

    begun: set[Struct] = set()

    def add(kind: Struct) -> None:
        if kind in begun:  # seen already, or one that has its like within
            return
        begun.add(kind)
        for base in kind.__bases__:
            if base in wanted:
                add(base)
        for field in _info(kind).fields:
            for nested in _within(field.type):
                add(nested)
        if found.setdefault(kind.__name__, kind) is not kind:
            raise ValueError(f"two structs are called {kind.__name__}")

    wanted = set(roots)
    for root in roots:
        add(root)
    return list(found.values())


def _info(kind: Struct) -> ms.StructType:
    info = ms.type_info(kind)
    assert isinstance(info, ms.StructType)
    return info


def _tag(kind: Struct) -> object:
    return kind.__struct_config__.tag


def _within(info: ms.Type) -> Iterator[Struct]:
    """The structs that a field's type names."""
    if isinstance(info, ms.StructType):
        yield info.cls
    for inner in ("type", "item_type", "value_type"):
        if (nested := getattr(info, inner, None)) is not None:
            yield from _within(nested)
    if isinstance(info, ms.UnionType):
        for each in info.types:
            yield from _within(each)


def _interface(kind: Struct, from_client: bool) -> str:
    info = _info(kind)
    base = next((base for base in kind.__bases__ if base in _structs(views)), None)
    inherited = set(base.__struct_fields__) if base else set()
    texts = _field_docs(kind)
    head = f"export interface {kind.__name__}" + (f" extends {base.__name__}" if base else "")
    lines = [f"{head} {{"]
    if info.tag is not None:
        lines.append(f"  {info.tag_field}: {info.tag};")
    for field in info.fields:
        if field.name in inherited:
            continue
        # What is left out when it says nothing: by us always, by the server where the struct says so.
        left_out = not field.required and (from_client or kind.__struct_config__.omit_defaults)
        lines += _comment(texts.get(field.name, ""), "  ")
        lines.append(f"  {field.encode_name}{'?' if left_out else ''}: {_type(field.type)};")
    doc = inspect.getdoc(kind) if kind.__doc__ else ""
    return "\n".join([*_comment(doc or "", ""), *lines, "}", ""])


def _type(info: ms.Type) -> str:
    if isinstance(info, ms.Metadata):
        values = (info.extra_json_schema or {}).get("enum")
        return " | ".join(_literal(value) for value in values) if values else _type(info.type)
    if isinstance(info, ms.LiteralType):
        return " | ".join(_literal(value) for value in info.values)
    if isinstance(info, ms.StructType):
        return info.cls.__name__
    if isinstance(info, ms.ListType):
        return f"{_grouped(info.item_type)}[]"
    if isinstance(info, ms.VarTupleType):
        return f"readonly {_grouped(info.item_type)}[]"
    if isinstance(info, ms.TupleType):
        return f"readonly [{', '.join(_type(item) for item in info.item_types)}]"
    if isinstance(info, ms.DictType):
        return f"Record<string, {_type(info.value_type)}>"
    if isinstance(info, ms.UnionType):
        return " | ".join(_type(each) for each in info.types)
    return _PLAIN[type(info)]


def _grouped(info: ms.Type) -> str:
    text = _type(info)
    return f"({text})" if " " in text else text


def _literal(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)


def _union(kinds: Iterable[Struct]) -> str:
    return "\n".join(f"  | {kind.__name__}" for kind in kinds)


def _constants() -> Iterator[str]:
    """The numbers of cmd and media, the close codes, and every limit."""
    tags = {_tag(kind) for kind in (*_structs(frames), hello.Hello)}
    tags |= {frames.SINGLE, frames.GROUP}
    cmds: dict[str, int] = {}
    media: dict[str, int] = {}
    for name, value in (vars(frames) | vars(hello)).items():
        if isinstance(value, int) and name.isupper():
            # The cmds stand first in the module, so a media with the number of one is no cmd.
            (cmds if value in tags and value not in cmds.values() else media)[name] = value
    yield _table("CMD", cmds)
    yield _table("MEDIA", media)
    yield _table("CLOSE", {code.name: code.value for code in Close})
    texts = _docs_of(ast.parse(inspect.getsource(limits)).body)
    for name, value in vars(limits).items():
        if isinstance(value, int | float) and name.isupper():
            yield "\n".join([*_comment(texts.get(name, ""), ""), f"export const {name} = {value};"])
    yield ""


def _table(name: str, values: dict[str, int]) -> str:
    rows = "".join(f"  {_camel(key)}: {value},\n" for key, value in values.items())
    return f"export const {name} = {{\n{rows}}} as const;\n"


def _camel(name: str) -> str:
    first, *rest = name.lower().split("_")
    return first + "".join(word.capitalize() for word in rest)


def _field_docs(kind: Struct) -> dict[str, str]:
    module = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    body: Any = module.body[0]
    return _docs_of(body.body)


def _docs_of(body: list[ast.stmt]) -> dict[str, str]:
    """The text that stands under each assignment."""
    found = {}
    for above, below in pairwise(body):
        if not (isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)):
            continue
        target = above.target if isinstance(above, ast.AnnAssign) else None
        if isinstance(above, ast.Assign):
            target = above.targets[0]  # type: ignore[assignment]
        if isinstance(target, ast.Name) and isinstance(below.value.value, str):
            found[target.id] = inspect.cleandoc(below.value.value)
    return found


def _comment(text: str, indent: str) -> list[str]:
    if not text:
        return []
    lines = text.replace("*/", "*\\/").splitlines()
    if len(lines) == 1:
        return [f"{indent}/** {lines[0]} */"]
    return [f"{indent}/**", *(f"{indent} * {line}".rstrip() for line in lines), f"{indent} */"]


def main() -> None:
    """Write the file, or with --check only compare it."""
    text = written()
    if "--check" in sys.argv:
        if PATH.read_text("utf-8") != text:
            sys.exit("web/src/core/protocol.ts is not what the structs say: run `make types`")
        return
    PATH.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
