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
from fastim.operations.doctor.around import policy
from fastim.routes import ELSEWHERE
from tests.conftest import MakeApp
from tests.servers import ROOT, free_port

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


def test_redis_in_compose_is_as_doctor_wants_it() -> None:
    command = services()["bus"]["command"]
    assert policy({"maxmemory-policy": command[command.index("--maxmemory-policy") + 1]}).state == "ok"


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
        assert pod["enableServiceLinks"] is False, "FASTIM_CHAT_PORT and the like, which are no settings"
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


def test_manifests_are_applied_in_an_order_in_which_each_finds_what_it_needs() -> None:
    """By the commands that the first one gives; kubectl takes a folder's files by their names."""
    there: set[tuple[str, str]] = set()
    text = (ROOT / "deploy" / "kubernetes" / "fastim.yaml").read_text("utf-8")
    for place in re.findall(r"^#  *kubectl apply -f (\S+)", text, re.MULTILINE):
        for path in sorted((ROOT / place).glob("*.yaml")) or [ROOT / place]:
            for one in documents(path):
                space = one["metadata"].get("namespace")
                needed = {("Namespace", space)} if space else set()
                if one["kind"] == "Job":
                    needed |= {("ConfigMap", "fastim"), ("Secret", "fastim")}
                if one["kind"] == "Deployment":
                    needed |= {("Job", "fastim-migrate")}
                assert needed <= there, path.name
                there.add((one["kind"], one["metadata"]["name"]))
    assert {one["kind"] for path in MANIFESTS for one in documents(path)} == {kind for kind, _ in there}


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


def test_compose_is_what_its_specification_takes(tmp_path: Path) -> None:
    """By the specification's own schema; a field that it does not know is one that does nothing."""
    command = (TOOLS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec")
    assert judged(*command, ROOT / "compose.yaml") == ""
    text = (ROOT / "compose.yaml").read_text("utf-8")
    (tmp_path / "compose.yaml").write_text(text.replace("stop_grace_period:", "stop_grace_time:"))
    assert "stop_grace_time" in judged(*command, tmp_path / "compose.yaml")


def lacking(compose: dict[str, Any]) -> list[str]:
    """What a schema cannot know: names of networks, volumes and services that are not there, or are not
    started with who names them."""
    wrong = []
    for name, service in compose["services"].items():
        wrong += [
            f"{name}: network {one}"
            for one in service.get("networks", ())
            if one not in compose["networks"]
        ]
        named = [one.partition(":")[0] for one in service.get("volumes", ())]
        wrong += [
            f"{name}: volume {one}" for one in named if one[0] not in "./" and one not in compose["volumes"]
        ]
        for other in service.get("depends_on", ()):
            there = compose["services"].get(other, {"profiles": []})
            if not set(service["profiles"]) <= set(there["profiles"]):
                wrong.append(f"{name}: service {other}")
    return wrong


def test_compose_names_only_what_it_has() -> None:
    """In each profile; and another thing would be told."""
    (compose,) = documents(ROOT / "compose.yaml")
    assert lacking(compose) == []
    (other,) = documents(ROOT / "compose.yaml")
    other["services"]["api"]["depends_on"] = ["fastim"]
    other["services"]["turn"]["networks"] = ["beside"]
    del other["volumes"]["caddy"]
    assert lacking(other) == ["api: service fastim", "front: volume caddy", "turn: network beside"]


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


ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"
_KEYS = {"alert", "expr", "for", "labels", "annotations"}
_GIVEN = {"instance", "job"}
"""Labels that Prometheus gives to whatever it asks a process for."""


def wrong_shape(file: dict[str, Any]) -> list[str]:
    """What Prometheus would refuse of a file of alerts, or show as an empty place."""
    wrong, names = [], set()
    assert file.keys() == {"groups"}
    for group in file["groups"]:
        assert group.keys() == {"name", "rules"}
        for rule in group["rules"]:
            name = rule["alert"]
            if name in names or not re.fullmatch(r"Fastim[A-Za-z]+", name):
                wrong.append(f"{name}: its name")
            names.add(name)
            if not {"alert", "expr", "labels", "annotations"} <= rule.keys() <= _KEYS:
                wrong.append(f"{name}: its keys")
            if not re.fullmatch(r"[1-9]\d*[smh]", rule.get("for", "1m")):
                wrong.append(f"{name}: how long it lasts")
            if rule["labels"].get("severity") not in ("page", "ticket"):
                wrong.append(f"{name}: whom it wakes")
            if not is_balanced(rule["expr"]) or not re.search(r" (==|[<>]) ", rule["expr"]):
                wrong.append(f"{name}: its expression")
            kept = re.search(r"by \(([^)]*)\)", rule["expr"])
            labels = set(re.split(r",\s*", kept[1])) if kept else _GIVEN
            shown = re.findall(r"{{(.*?)}}", rule["annotations"]["summary"])
            if any(one.strip() not in {"$value", *(f"$labels.{x}" for x in labels)} for one in shown):
                wrong.append(f"{name}: its summary")
    return wrong


def is_balanced(text: str) -> bool:
    """Every bracket is closed by its own kind; what stands in quotes is left out."""
    opened: list[str] = []
    for one in re.sub(r'"[^"]*"', "", text):
        if one in "([{":
            opened.append({"(": ")", "[": "]", "{": "}"}[one])
        elif one in ")]}" and (not opened or opened.pop() != one):
            return False
    return not opened


def test_alerts_are_what_prometheus_takes() -> None:
    """And another thing would be told."""
    (file,) = documents(ALERTS)
    assert wrong_shape(file) == []
    rules = {rule["alert"]: rule for rule in file["groups"][0]["rules"]}
    assert rules["FastimReplicaLeft"]["expr"] == "fastim_replicas_left > 0"
    for change in (
        {"expr": "rate(fastim_errors_total[5m) > 1"},
        {"expr": "fastim_connections"},
        {"for": "five minutes"},
        {"labels": {}},
        {"annotations": {"summary": "{{ $labels.name }}"}},
        {"alert": "FastimDown"},
        {"while": "1m"},
    ):
        both = [rules["FastimDown"], {**rules["FastimPeersSlow"], **change}]
        assert len(wrong_shape({"groups": [{"name": "a", "rules": both}]})) == 1, change


def test_alerts_ask_for_metrics_that_there_are(make_app: MakeApp, mariadb_url: str) -> None:
    """Where everything is in use; and each is explained."""
    nowhere = f"mysql://root@127.0.0.1:{free_port()}/chat"
    app = make_app(database_url=mariadb_url, database_read_url=nowhere)
    shown = app.test_client().get("/metrics").get_data(as_text=True)
    there = set(re.findall(r"^# TYPE (\w+)", shown, re.MULTILINE))
    manual = (ROOT / "docs" / "operations.md").read_text("utf-8")
    (file,) = documents(ALERTS)
    for rule in file["groups"][0]["rules"]:
        for name in re.findall(r"fastim_\w+", rule["expr"]):
            assert re.sub("_(bucket|count|total)$", "", name) in {
                re.sub("_total$", "", one) for one in there
            }
        assert f"`{rule['alert']}`" in manual
