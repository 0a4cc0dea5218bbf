"""The stack's file gives no service more than it needs; each rule is shown a file that breaks it."""

import copy
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from tests.house.tree import ROOT

Stack = dict[str, Any]
TEXT = (ROOT / "docker-compose.yml").read_text()
STACK: Stack = yaml.safe_load(TEXT)
OURS = {"api", "worker", "gate", "schema", "chroma", "s3-folder"}
PARTS = {"postgres", "redis", "chroma", "schema", "s3", "prometheus"}
SEEN = {"api", "grafana", "jaeger"}
PROFILES = ("stack", "s3", "watch")
FORBIDDEN = (
    "privileged", "cap_add", "devices", "device_cgroup_rules", "pid", "ipc", "uts", "userns_mode",
    "cgroup_parent", "volumes_from", "links", "external_links", "extra_hosts", "sysctls", "env_file",
    "container_name", "runtime",
)  # fmt: skip
LIMITS = ("mem_limit", "cpus", "pids_limit", "restart", "logging")
SECRET_NAME = re.compile(r"PASSWORD|SECRET|TOKEN|API_KEY|DATABASE_URL|REDIS_URL", re.IGNORECASE)
USER_IN_URL = re.compile(r"\w+://[^/\s@:]*:[^/\s@]+@")
ENGINE = re.compile(r"docker\.sock|engine\.sock|ENGINE_SOCKET|containerd")


def services(stack: Stack) -> Iterator[tuple[str, Stack]]:
    yield from stack["services"].items()


def words(value: object) -> str:
    return yaml.safe_dump(value)


def no_power_over_the_host(stack: Stack) -> Iterator[str]:
    for name, service in services(stack):
        yield from (f"{name} has {key}" for key in FORBIDDEN if key in service)
        if service.get("network_mode", "none") != "none":
            yield f"{name} has the network of {service['network_mode']}"


def walls_stand(stack: Stack) -> Iterator[str]:
    for name, service in services(stack):
        if service.get("cap_drop") != ["ALL"]:
            yield f"{name} keeps capabilities"
        if service.get("security_opt") != ["no-new-privileges:true"]:
            yield f"{name} may gain privileges, or runs without a filter"
        if service.get("read_only") is not True:
            yield f"{name} may write to its root"
        user = str(service.get("user", ""))
        if not re.fullmatch(r"[1-9]\d*:[1-9]\d*", user):
            yield f"{name} runs as {user or 'root'}"
        if service.get("init") is not True:
            yield f"{name} has nobody who buries the dead"


def limits_stand(stack: Stack) -> Iterator[str]:
    for name, service in services(stack):
        missing = [
            key for key in ("mem_limit", "cpus", "pids_limit", "restart", "logging") if key not in service
        ]
        yield from (f"{name} has no {key}" for key in missing)
        yield from (
            f"{name} has an unsized tmpfs" for each in service.get("tmpfs", ()) if "size=" not in each
        )


def the_engine_is_behind_the_gate(stack: Stack) -> Iterator[str]:
    for name, service in services(stack):
        if name != "gate" and ENGINE.search(words(service.get("volumes", []))):
            yield f"{name} sees the engine"
        if name != "gate" and ENGINE.search(words(service.get("environment", {}))):
            yield f"{name} is told of the engine"
    gate = stack["services"]["gate"]
    if gate.get("network_mode") != "none" or "networks" in gate or "ports" in gate:
        yield "the gate has a network"
    if gate["entrypoint"][:3] != ["python", "-m", "sandbox.gate"]:
        yield "the gate is no gate"


def nothing_of_the_host_is_shown(stack: Stack) -> Iterator[str]:
    for name, service in services(stack):
        for volume in service.get("volumes", ()):
            if isinstance(volume, dict):
                shown = cast(Stack, volume)
                is_engine = name == "gate" and "ENGINE_SOCKET" in shown["source"]
                if not is_engine or shown.get("read_only") is not True:
                    yield f"{name} shows {shown}"
            elif str(volume).partition(":")[0] not in stack["volumes"]:
                yield f"{name} shows {volume}"


def no_secret_stands_here(stack: Stack) -> Iterator[str]:
    if USER_IN_URL.search(words(stack)):
        yield "an address holds a password"
    for name, service in services(stack):
        environment: Stack = service.get("environment", {})
        if not isinstance(environment, dict):  # pyright: ignore[reportUnnecessaryIsInstance]
            yield f"{name} has an environment that is no table"
            continue
        for key, value in environment.items():
            if SECRET_NAME.search(key) and not key.endswith("_FILE"):
                yield f"{name} has {key} in its environment"
            if key.endswith("_FILE") and not str(value).startswith("/run/secrets/"):
                yield f"{name} reads {key} from {value}"
    for name, secret in stack["secrets"].items():
        if set(secret) != {"file"}:
            yield f"secret {name} is no file"


def only_this_machine_comes_in(stack: Stack) -> Iterator[str]:
    for name, service in services(stack):
        ports = service.get("ports", ())
        if ports and name not in SEEN:
            yield f"{name} has a port"
        yield from (f"{name} listens to {port}" for port in ports if not str(port).startswith("127.0.0.1:"))


def parts_have_no_way_out(stack: Stack) -> Iterator[str]:
    if stack["networks"]["inside"].get("internal") is not True:
        yield "inside leads outside"
    for name in PARTS & set(stack["services"]):
        if list(stack["services"][name].get("networks", ["default"])) != ["inside"]:
            yield f"{name} has a way out"


def images_are_said_exactly(stack: Stack) -> Iterator[str]:
    for name, service in services(stack):
        image = str(service.get("image", ""))
        if name in OURS and image != "${DIRECTOR_IMAGE:-director}":
            yield f"{name} is made of {image}"
        if name not in OURS and not re.search(r":-[\w./-]+:v?\d[\w.-]*\}$", image):
            yield f"{name} is made of whatever {image or 'there'} is today"


def health_is_asked(stack: Stack) -> Iterator[str]:
    for name, service in services(stack):
        if service.get("restart") == "unless-stopped" and "test" not in service.get("healthcheck", {}):
            yield f"nobody asks {name} how it is"


RULES: tuple[Callable[[Stack], Iterator[str]], ...] = (
    no_power_over_the_host, walls_stand, limits_stand, the_engine_is_behind_the_gate,
    nothing_of_the_host_is_shown, no_secret_stands_here, only_this_machine_comes_in, parts_have_no_way_out,
    images_are_said_exactly, health_is_asked,
)  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_stack_keeps_every_rule(rule: Callable[[Stack], Iterator[str]]) -> None:
    assert list(rule(STACK)) == []


BAD: list[tuple[Callable[[Stack], Iterator[str]], str, str, object]] = [
    *((no_power_over_the_host, "worker", key, True) for key in FORBIDDEN),
    (no_power_over_the_host, "api", "network_mode", "host"),
    (no_power_over_the_host, "gate", "network_mode", "service:api"),
    (walls_stand, "api", "cap_drop", ["NET_RAW"]),
    (walls_stand, "api", "cap_drop", None),
    (walls_stand, "worker", "security_opt", ["seccomp:unconfined"]),
    (walls_stand, "redis", "read_only", False),
    (walls_stand, "postgres", "user", None),
    (walls_stand, "postgres", "user", "0:0"),
    (walls_stand, "postgres", "user", "root"),
    (walls_stand, "gate", "init", False),
    *((limits_stand, "worker", key, None) for key in LIMITS),
    (limits_stand, "api", "tmpfs", ["/tmp"]),
    (the_engine_is_behind_the_gate, "worker", "volumes", ["/var/run/docker.sock:/var/run/docker.sock"]),
    (the_engine_is_behind_the_gate, "api", "environment", {"DOCKER_HOST": "unix:///run/docker.sock"}),
    (the_engine_is_behind_the_gate, "gate", "network_mode", None),
    (the_engine_is_behind_the_gate, "gate", "networks", ["inside"]),
    (the_engine_is_behind_the_gate, "gate", "entrypoint", ["socat", "-", "-"]),
    (nothing_of_the_host_is_shown, "worker", "volumes", ["/:/host"]),
    (nothing_of_the_host_is_shown, "worker", "volumes", ["./:/app"]),
    (nothing_of_the_host_is_shown, "api", "volumes", [{"type": "bind", "source": "/etc", "target": "/x"}]),
    (
        nothing_of_the_host_is_shown, "gate", "volumes",
        [{"type": "bind", "source": "${ENGINE_SOCKET}", "target": "/run/engine.sock"}],
    ),
    (no_secret_stands_here, "api", "environment", {"GEMINI_API_KEY": "k"}),
    (no_secret_stands_here, "api", "environment", {"DATABASE_URL": "${DATABASE_URL}"}),
    (no_secret_stands_here, "api", "environment", {"OTHER": "redis://:word@redis:6379"}),
    (no_secret_stands_here, "api", "environment", ["REDIS_URL=x"]),
    (no_secret_stands_here, "postgres", "environment", {"POSTGRES_PASSWORD": "director"}),
    (no_secret_stands_here, "postgres", "environment", {"POSTGRES_PASSWORD_FILE": "/etc/passwd"}),
    (only_this_machine_comes_in, "api", "ports", ["8470:8470"]),
    (only_this_machine_comes_in, "api", "ports", ["0.0.0.0:8470:8470"]),
    (only_this_machine_comes_in, "redis", "ports", ["127.0.0.1:6379:6379"]),
    (only_this_machine_comes_in, "s3", "ports", ["127.0.0.1:8333:8333"]),
    (only_this_machine_comes_in, "grafana", "ports", ["3000:3000"]),
    (parts_have_no_way_out, "s3", "networks", ["inside", "outside"]),
    (images_are_said_exactly, "prometheus", "image", "${PROMETHEUS_IMAGE:-prom/prometheus:vlatest}"),
    (no_secret_stands_here, "api", "environment", {"AWS_SECRET_ACCESS_KEY": "k"}),
    (parts_have_no_way_out, "postgres", "networks", ["inside", "outside"]),
    (parts_have_no_way_out, "chroma", "networks", None),
    (images_are_said_exactly, "redis", "image", "redis"),
    (images_are_said_exactly, "redis", "image", "${REDIS_IMAGE:-redis:latest}"),
    (images_are_said_exactly, "worker", "image", "somebody/director"),
    *((health_is_asked, name, "healthcheck", {}) for name in ("api", "worker", "gate", "redis", "postgres")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "service", "key", "value"), BAD)
def test_a_stack_that_breaks_a_rule_is_seen(
    rule: Callable[[Stack], Iterator[str]], service: str, key: str, value: object
) -> None:
    stack = copy.deepcopy(STACK)
    if value is None:
        stack["services"][service].pop(key)
    else:
        stack["services"][service][key] = value
    assert list(rule(stack))


def test_a_network_that_leads_outside_and_a_secret_that_is_no_file_are_seen() -> None:
    stack = copy.deepcopy(STACK)
    stack["networks"]["inside"] = {}
    stack["secrets"]["REDIS_URL"] = {"environment": "REDIS_URL"}
    assert list(parts_have_no_way_out(stack))
    assert list(no_secret_stands_here(stack))


def test_every_package_of_ours_is_in_the_image() -> None:
    told = (ROOT / "Dockerfile").read_text()
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"bench", "docs", "tests"}
    assert {name for name in packages if f"COPY {name} {name}\n" not in told} == set()


def test_secrets_are_drawn_once_and_only_their_owner_can_come_near(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/secrets", tmp_path / ".ci/secrets")
    environment = {name: value for name, value in os.environ.items() if name != "SECRETS"}
    first: dict[str, str] = {}
    for _ in range(2):
        subprocess.run([tmp_path / ".ci/secrets"], check=True, env=environment, capture_output=True)
        found = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
        first = first or found
        assert found == first
    assert set(first) == set(STACK["secrets"])
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    password = first["postgres_password"].strip()
    assert len(password) == 32
    assert password in first["DATABASE_URL"]
    assert first["redis.conf"].split()[1] in first["REDIS_URL"]
    assert password not in first["redis.conf"]
    assert "secrets/" in (ROOT / ".gitignore").read_text()
    assert "secrets" in (ROOT / ".dockerignore").read_text().split()


def composes() -> list[str]:
    """Either of the two programs that read such a file."""
    plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return ["docker", "compose"] if plugin.returncode == 0 else ["docker-compose"]


def test_compose_accepts_the_file() -> None:
    chosen = [word for name in PROFILES for word in ("--profile", name)]
    argv = [*composes(), "-f", "docker-compose.yml", *chosen, "config", "--services"]
    ended = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert set(ended.stdout.split()) == set(STACK["services"])


def test_compose_refuses_what_is_no_stack(tmp_path: Path) -> None:
    (tmp_path / "docker-compose.yml").write_text(TEXT.replace("mem_limit", "memory_limit"))
    argv = [*composes(), "-f", str(tmp_path / "docker-compose.yml"), "config"]
    assert subprocess.run(argv, capture_output=True, check=False).returncode != 0
