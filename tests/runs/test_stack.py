"""The page about the stack, line by line: from nothing to a film out of containers, wall by wall."""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docker as sdk
import pytest

from cli.client import Client
from domain.event import RunFinished
from tests.contracts.knowledge import free_port
from tests.engines.docker import IMAGE, OURS_IMAGE, STANDINS, stack_images
from tests.house.test_compose import composes
from tests.house.tree import ROOT

PAGE = (ROOT / "docs/stack.md").read_text()
PROMPT = "A 4-second title for Noor Tea: calm, green"
FILES = ("docker-compose.yml", "Makefile", ".ci/secrets")
BEGIN, TRY = re.findall(r"^```sh\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)[:2]


def lines(block: str) -> list[str]:
    return [line for line in block.replace("\\\n", " ").splitlines() if line.strip()]


def test_the_page_begins_with_commands_that_there_are() -> None:
    told = lines(BEGIN)
    assert told[:2] == ["make images", "make secrets"]
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    assert {"images", "image", "secrets"} <= set(targets)
    assert PROMPT in TRY
    for path in re.findall(r"\]\(([\w./-]+)\)", PAGE):
        assert (ROOT / "docs" / path).exists(), path


class Place:
    """A folder with the stack's file, whose containers run on the tests' own engine."""

    def __init__(self, folder: Path) -> None:
        found = stack_images()
        self.folder = folder
        self.client = sdk.APIClient(base_url=found.url)
        self.port = free_port()
        self.project = f"stack{os.getpid()}"
        for name in FILES:
            (folder / name).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
        socket = found.url.removeprefix("unix://")
        self._environment = {
            **os.environ, "DOCKER_HOST": found.url, "ENGINE_SOCKET": socket, "DIRECTOR_PORT": str(self.port),
            "COMPOSE_PROJECT_NAME": self.project, "DIRECTOR_IMAGE": OURS_IMAGE,
            "REDIS_IMAGE": STANDINS["redis"], "POSTGRES_IMAGE": STANDINS["postgres"],
            "DIRECTOR_DOCKER_IMAGE": IMAGE,
        }  # fmt: skip
        self._socket = socket

    def do(self, line: str) -> str:
        """Run a line of the page as it stands, with the program and the socket of this machine."""
        line = line.replace("docker compose", shlex.join(composes())).replace(
            "/var/run/docker.sock", self._socket
        )
        ended = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", line],
            cwd=self.folder, env=self._environment, capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert ended.returncode == 0, f"{line}\n{ended.stdout[-3000:]}\n{ended.stderr[-3000:]}"
        return ended.stdout

    def containers(self) -> dict[str, dict[str, Any]]:
        """The project's running containers by service, as the engine describes them."""
        label = {"label": [f"com.docker.compose.project={self.project}"]}
        found = [self.client.inspect_container(each["Id"]) for each in self.client.containers(filters=label)]
        return {each["Config"]["Labels"]["com.docker.compose.service"]: each for each in found}

    def down(self) -> None:
        """Take everything away."""
        self.do("docker compose --profile stack down -v -t 5")
        self.client.close()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    found = Place(tmp_path)
    yield found
    found.down()


@pytest.mark.slow
@pytest.mark.timeout(1800)
async def test_the_page_leads_from_nothing_to_a_film(place: Place, tmp_path: Path) -> None:
    said = [place.do(line) for line in lines(BEGIN)[1:]]  # the images are there
    (key,) = re.findall(r"dk_[\w-]+", said[2])
    assert "BAD" not in said[-1].rpartition("director 0")[2]  # it asks until all is well
    started = json.loads(place.do(f"KEY={key}; " + TRY.replace("8470", str(place.port))))
    async with Client(url=f"http://127.0.0.1:{place.port}", key=key) as client:

        async def nothing() -> None:
            """The stack needs nobody's help."""

        told = [sent async for sent in client.events(started["links"]["stream"], nothing)]
        end = RunFinished.model_validate(
            {name: value for name, value in told[-1].data.items() if name in RunFinished.model_fields}
        )
        assert end.status == "succeeded", end
        (film,) = [link.href for link in end.links if link.rel == "film"]
        await client.download(film, tmp_path / "film.mp4")
    assert (tmp_path / "film.mp4").stat().st_size > 10_000
    assert b"ftyp" in (tmp_path / "film.mp4").read_bytes()[:12]
    running = place.containers()
    assert set(running) == {"api", "worker", "gate", "redis", "postgres", "chroma"}
    assert {name: faults(name, each) for name, each in running.items() if faults(name, each)} == {}


def faults(name: str, container: dict[str, Any]) -> list[str]:
    """What the engine says about a running container that it should not say."""
    host, config = container["HostConfig"], container["Config"]
    shown = [each["Source"] for each in container["Mounts"] if each["Type"] == "bind"]
    secrets = [each for each in shown if "/secrets/" in each]
    facts = {
        "a user": not config["User"].startswith("0") and config["User"] != "",
        "a read-only root": host["ReadonlyRootfs"],
        "no capability": host["CapDrop"] == ["ALL"] and not host["CapAdd"],
        "no new privileges": "no-new-privileges:true" in host["SecurityOpt"],
        "nothing of the host's": not host["Privileged"] and not host["PidMode"] and not host["Devices"],
        "limits": min(host["Memory"], host["NanoCpus"], host["PidsLimit"] or 0) > 0,
        "the engine for the gate alone": (len(shown) > len(secrets)) == (name == "gate"),
        "no network for the gate": (host["NetworkMode"] == "none") == (name == "gate"),
        "no secret in its environment": not any("dk_" in each or "://:" in each for each in config["Env"]),
    }
    return [fact for fact, holds in facts.items() if not holds]
