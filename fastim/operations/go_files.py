"""The Go version's folder of uploads: which file an address names, and which are named by nothing."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from fastim.errors import Refused
from fastim.protocol import limits

_OWN_PICTURE = re.compile(r"\.?/asset/[^?#]*")


def own_picture(url: str) -> str:
    """The address of one of the pages' own pictures, which this server has too or shows another for; ""
    where it is none."""
    url = url.strip()
    if _OWN_PICTURE.fullmatch(url) is None or ".." in url or len(url) > limits.AVATAR_CHARS:
        return ""
    return url.removeprefix(".")


def path_of(folder: Path, url: str) -> Path:
    """The file of an address such as `./resource/1577…png`, with or without a host before it.

    Raises:
        Refused: `not_in_resource`: it leads elsewhere; `not_found`: the folder lacks it.
    """
    path = unquote(urlsplit(url.strip()).path).removeprefix(".").removeprefix("/")
    name = path.removeprefix("resource/")
    if name == path or "\0" in name:
        raise Refused("not_in_resource")
    found = (folder / name).resolve()
    if not found.is_relative_to(folder.resolve()):
        raise Refused("not_in_resource")
    if not found.is_file():
        raise Refused("not_found")
    return found


def open_file(path: Path) -> BinaryIO:
    """The content.

    Raises:
        Refused: `not_readable`.
    """
    try:
        return path.open("rb")
    except OSError as error:
        raise Refused("not_readable") from error


def unnamed(folder: Path, named: Container[Path]) -> Iterator[Path]:
    """Files that no user and no group shows: pictures of chats, which the Go version did not keep."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.resolve() not in named:
            yield path.relative_to(folder)
