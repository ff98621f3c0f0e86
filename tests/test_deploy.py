"""The files of deploy/, the Dockerfile and compose.yaml say what is true of the program."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask

from fastim.config import Settings
from fastim.routes import ELSEWHERE
from tests.servers import ROOT

FILES = [
    ROOT / name for name in ("Dockerfile", "compose.yaml", "tools/image.sh", "docs/operations.md")
] + sorted(path for path in (ROOT / "deploy").rglob("*") if path.is_file())
TOOLS = Path(sys.executable).parent
MANIFESTS = sorted((ROOT / "deploy" / "kubernetes").glob("*.yaml"))


def documents(path: Path) -> list[dict[str, Any]]:
    return [one for one in yaml.safe_load_all(path.read_text("utf-8")) if one]


def services() -> dict[str, dict[str, Any]]:
    (compose,) = documents(ROOT / "compose.yaml")
    return dict(compose["services"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_is_one(path: Path) -> None:
    """A misspelt one would stop the start."""
    known = {f"FASTIM_{field.name.upper()}" for field in dataclasses.fields(Settings)}
    assert set(re.findall(r"FASTIM_[A-Z_]+[A-Z]", path.read_text("utf-8"))) <= known


def test_compose_sets_values_that_the_program_takes() -> None:
    """As far as they can be read without a network."""
    for name, service in services().items():
        environ = service.get("environment", {})
        told = {key: re.sub(r"\$\{(\w+):-\}", "x", str(value)) for key, value in environ.items()}
        ours = {key: value for key, value in told.items() if key.startswith("FASTIM_")}
        if ours:
            assert Settings.from_env(ours).s3, name


@pytest.mark.parametrize("name", sorted(services()))
def test_images_are_pinned(name: str) -> None:
    image = services()[name]["image"]
    assert re.search(r":.*\d", image), image
    assert "latest" not in image


def test_our_containers_are_nobody_in_particular_and_write_where_they_may() -> None:
    ours = {name: one for name, one in services().items() if str(one["image"]).startswith("fastim:")}
    assert len(ours) == 6
    for one in ours.values():
        assert one["read_only"]
        assert one["user"] == "10001:10001"
        assert one["cap_drop"] == ["ALL"]
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    images = re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)
    assert all(re.search(r":[\d.]+-", image) for image in images)
    assert "\nUSER 10001:10001\n" in dockerfile
    assert "\nHEALTHCHECK " in dockerfile


def test_profiles_have_what_they_promise() -> None:
    full = {name for name, one in services().items() if "full" in one["profiles"]}
    assert {"chat1", "chat2", "api", "files", "database", "bus", "storage", "front", "turn"} <= full
    assert [name for name, one in services().items() if "small" in one["profiles"]] == ["fastim"]


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_pods_are_restricted_and_have_time_to_go(path: Path) -> None:
    for one in documents(path):
        if one["kind"] not in ("Deployment", "Job"):
            continue
        pod = one["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        assert pod["securityContext"]["runAsNonRoot"]
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert re.search(r":\d", container["image"])
        if one["kind"] == "Deployment":
            pause = int(container["lifecycle"]["preStop"]["exec"]["command"][1])
            assert pod["terminationGracePeriodSeconds"] > pause + 5, "what the drain may take"
            assert one["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
            probes = {container[name]["httpGet"]["path"] for name in ("readinessProbe", "livenessProbe")}
            assert probes == {"/readyz", "/healthz"}
    kinds = [one["kind"] for one in documents(path)]
    if "Deployment" in kinds:
        assert {"PodDisruptionBudget", "HorizontalPodAutoscaler", "Service"} <= set(kinds)


def test_every_route_is_sent_to_a_machine_that_serves_it(sqlite_app: Flask) -> None:
    """By role, with the ingress's rules; nginx and Caddy name the same exceptions."""
    (ingress,) = documents(ROOT / "deploy" / "kubernetes" / "ingress.yaml")
    rules = ingress["spec"]["rules"][0]["http"]["paths"]
    refused = {role: {one.name for one in some} for role, some in ELSEWHERE.items()}

    def role_of(path: str) -> str:
        fitting = [
            rule
            for rule in rules
            if path == rule["path"] or (rule["pathType"] == "Prefix" and path.startswith(rule["path"]))
        ]
        best = max(fitting, key=lambda rule: len(rule["path"]))
        return str(best["backend"]["service"]["name"]).removeprefix("fastim-")

    for rule in sqlite_app.url_map.iter_rules():
        blueprint = rule.endpoint.partition(".")[0]
        assert blueprint not in refused[role_of(rule.rule)], rule.rule
    exceptions = [
        rule["path"]
        for rule in rules
        if rule["path"].startswith("/attach/") and rule["pathType"] == "Exact"
    ]
    for name in ("nginx.conf", "Caddyfile"):
        text = (ROOT / "deploy" / name).read_text("utf-8")
        assert all(path.rpartition("/")[2] in text for path in exceptions), name


def judged(*command: str | Path) -> str:
    """What a tool says against our files: nothing, in a good case."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_hadolint_finds_nothing_in_the_dockerfile(tmp_path: Path) -> None:
    """And would, if there was something."""
    assert judged(TOOLS / "hadolint", ROOT / "Dockerfile") == ""
    (tmp_path / "Dockerfile").write_text("FROM debian\nRUN cd /tmp\n")
    assert "DL3006" in judged(TOOLS / "hadolint", tmp_path / "Dockerfile")


def test_manifests_are_what_kubernetes_takes(tmp_path: Path) -> None:
    """Strictly: a field that it does not know is one that does nothing."""
    command = (TOOLS / "kubernetes-validate", "--strict", "--quiet", "-k", "1.31")
    assert judged(*command, *MANIFESTS) == ""
    text = (ROOT / "deploy" / "kubernetes" / "chat.yaml").read_text("utf-8")
    (tmp_path / "chat.yaml").write_text(text.replace("readinessProbe:", "readynessProbe:"))
    assert "readynessProbe" in judged(*command, tmp_path / "chat.yaml")


def test_the_unit_is_what_systemd_takes(tmp_path: Path) -> None:
    """With this folder for /opt/fastim, so that its programs are there."""
    unit = (ROOT / "deploy" / "systemd" / "fastim.service").read_text("utf-8")
    there = unit.replace("/opt/fastim/.venv/bin", str(TOOLS)).replace("/opt/fastim", str(ROOT))
    (tmp_path / "fastim.service").write_text(there)
    assert judged("systemd-analyze", "verify", tmp_path / "fastim.service") == ""
    (tmp_path / "fastim.service").write_text(there.replace(str(TOOLS / "gunicorn"), "/nowhere/gunicorn"))
    assert "/nowhere/gunicorn" in judged("systemd-analyze", "verify", tmp_path / "fastim.service")


def test_alerts_ask_for_metrics_that_there_are(sqlite_app: Flask) -> None:
    """And each is explained."""
    shown = sqlite_app.test_client().get("/metrics").get_data(as_text=True)
    there = set(re.findall(r"^# TYPE (\w+)", shown, re.MULTILINE))
    manual = (ROOT / "docs" / "operations.md").read_text("utf-8")
    (file,) = documents(ROOT / "deploy" / "prometheus" / "alerts.yml")
    for rule in file["groups"][0]["rules"]:
        for name in re.findall(r"fastim_\w+", rule["expr"]):
            assert {name, name.removesuffix("_bucket"), name.removesuffix("_total")} & there, name
        assert f"`{rule['alert']}`" in manual
