"""The image without an engine: what the Dockerfile copies, in a folder that is mounted read-only, started
by its own entry as its own user, asked by its own health check, ended by its own signal.

Packages and pages are those that `make test` has made: the two stages before it are not run again.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import ROOT, STOP_SECONDS, Process, free_port

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
LAST_STAGE = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
TOOLS = Path(sys.executable).parent


def instruction(name: str) -> str:
    """The last stage's last one of that name."""
    return re.findall(rf"^\s*{name} (.*)$", LAST_STAGE, re.MULTILINE)[-1]


def copied(app: Path) -> None:
    """What the last stage copies from the sources, where it says, and compiles there."""
    for words in map(shlex.split, re.findall(r"^COPY (.*)$", LAST_STAGE, re.MULTILINE)):
        if words[0] == "--from=packages":
            continue
        *sources, target = [word for word in words if not word.startswith("--")]
        for source in sources:
            found = ROOT / source.removeprefix("/app/")
            place = app / target / found.name if target.endswith("/") else app / target
            place.parent.mkdir(parents=True, exist_ok=True)
            if found.is_dir():
                ours = shutil.ignore_patterns("__pycache__", "dist")
                shutil.copytree(found, place, ignore=ours, dirs_exist_ok=True)
            else:
                shutil.copy(found, place)
    for words in map(shlex.split, re.findall(r"^RUN (python .*)$", LAST_STAGE, re.MULTILINE)):
        subprocess.run([TOOLS / words[0], *words[1:]], cwd=app, check=True)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that the image's user can reach, which pytest's own is not."""
    folder = Path(tempfile.mkdtemp(prefix="fastim-image-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def reachable(folders: set[Path], place: Path) -> str:
    """Mounts that show `folders` to the image's user, where they are in a home that only root may enter."""
    hidden = {}
    for folder in sorted(folders):
        for parent in reversed(folder.parents):
            if not parent.stat().st_mode & 0o001:
                hidden[folder] = parent
                break
    kept = {folder: place / f"kept-{number}" for number, folder in enumerate(hidden)}
    return " && ".join(
        [f"mkdir {there} && mount --bind {folder} {there}" for folder, there in kept.items()]
        + [f"mount -t tmpfs -o mode=755 fastim {closed}" for closed in sorted(set(hidden.values()))]
        + [f"mkdir -p {folder} && mount --bind {there} {folder}" for folder, there in kept.items()]
        + ["true"]
    )


def test_the_image_starts_says_that_it_is_healthy_and_stops(place: Path) -> None:
    """Nothing is written but below /data; TERM ends it in time, with exit code 0."""
    app, data = place / "app", place / "data"
    copied(app)
    compiled = set(app.rglob("*.pyc"))
    data.mkdir()
    user, group = map(int, instruction("USER").split(":"))
    os.chown(data, user, group)
    environ = {
        key: value.replace("/data", str(data)).replace("/opt/venv/bin", str(TOOLS))
        for key, _, value in (word.partition("=") for word in shlex.split(instruction("ENV")))
    }
    environ |= {
        "PATH": environ["PATH"].replace("$PATH", os.environ["PATH"]),
        "HOST": "127.0.0.1",  # of this machine's, no other container's
        "PORT": str(free_port()),
        "HOME": str(data),
    }
    entry = json.loads(instruction("ENTRYPOINT")) + json.loads(instruction("CMD"))
    as_user = f"setpriv --reuid {user} --regid {group} --clear-groups --no-new-privs --bounding-set=-all"
    inside = (
        f"{reachable({Path(sys.base_prefix), TOOLS.parent}, place)}"
        f" && mount --bind {app} {app} && mount -o remount,bind,ro {app}"
        f" && cd {app} && ! touch x 2>/dev/null && exec {as_user} {shlex.join(entry)}"
    )
    health = json.loads(instruction("HEALTHCHECK").partition("CMD ")[2])
    run = Process(["unshare", "--mount", "/bin/sh", "-c", inside], place / "log", environ)
    try:

        def is_healthy() -> bool:
            asked = subprocess.run(health, env=environ, capture_output=True, timeout=30, check=False)
            return asked.returncode == 0

        run.wait_until(is_healthy)
        run.stop_seconds = STOP_SECONDS
    finally:
        ended = run.stop()
    assert ended == 0, run.log()
    assert (data / "instance" / "fastim.db").stat().st_uid == user
    assert compiled
    assert set(app.rglob("*.pyc")) == compiled
