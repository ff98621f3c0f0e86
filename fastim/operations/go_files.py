"""The Go version's folder of uploads: which file an address names, and all that are in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from fastim.errors import Refused
from fastim.protocol import limits

_FOLDERS = ("resource/", "mnt/")
"""What addresses call the folder; it had the second name once."""
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
        Refused: `not_in_resource`: it leads elsewhere; `not_found`: the folder lacks it; `not_readable`: it
            is a folder.
    """
    name = _name_in(url)
    if not name or "\0" in name:
        raise Refused("not_in_resource")
    try:
        found = (folder / name).resolve()
        is_folder, is_file = found.is_dir(), found.is_file()
    except (OSError, RuntimeError) as error:  # a name longer than the disk takes; links in a circle
        raise Refused("not_found") from error
    if not found.is_relative_to(folder.resolve()):
        raise Refused("not_in_resource")
    if not is_file:
        raise Refused("not_readable" if is_folder else "not_found")
    return found


def _name_in(url: str) -> str:
    """What an address names beneath the folder; "" where it leads elsewhere."""
    try:
        path = unquote(urlsplit(url.strip()).path).removeprefix(".").removeprefix("/")
    except ValueError:  # `http://[…` is none
        return ""
    folder_name = next((one for one in _FOLDERS if path.startswith(one)), "")
    return path.removeprefix(folder_name) if folder_name else ""


def open_file(path: Path) -> BinaryIO:
    """The content.

    Raises:
        Refused: `not_readable`.
    """
    try:
        return path.open("rb")
    except OSError as error:
        raise Refused("not_readable") from error


def walk(folder: Path) -> Iterator[str]:
    """Paths of all that is beneath the folder and no folder itself, with `/` between their parts, as the
    disk lists them; those of links that lead to no file too, and of folders that cannot be read.

    One directory's names are never held together; links to folders are not followed.
    """
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            found = os.scandir(folder / inside)
        except OSError:
            yield inside or "."
            continue
        with found:
            for one in found:
                path = f"{inside}/{one.name}" if inside else one.name
                if one.is_dir(follow_symlinks=False):
                    waiting.append(path)
                else:
                    yield path
