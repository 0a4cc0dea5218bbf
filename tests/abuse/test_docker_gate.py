"""A server that was taken over, before the gate: it can make boxes; nothing else of the engine is there."""

import asyncio
import gc
import signal
from collections.abc import Iterator
from typing import Any

import docker as sdk
import pytest
from docker.errors import APIError, NotFound

from domain.errors import Unavailable
from domain.sandbox import BoxLimits
from sandbox.backends.docker import DockerConfig, create
from tests.contracts.sandboxes import LIMITS, on_engine, python
from tests.engines.docker import BASE, IMAGE, engine
from tests.engines.gate import Gate, gate
from tests.unit.sandbox.test_gate_door import say
from tests.unit.sandbox.test_gate_rules import HOST

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture
def through() -> Iterator[sdk.APIClient]:
    """The engine's own library, as an attacker would use it behind the gate."""
    client = sdk.APIClient(base_url=gate().url, version="1.41")
    yield client
    client.close()


@pytest.fixture
def foreign() -> Iterator[str]:
    """A container that is somebody else's."""
    client = sdk.APIClient(base_url=engine().url)
    config = {"Image": IMAGE, "Cmd": ["sleep", "600"], "HostConfig": {"NetworkMode": "none"}}
    made = client.create_container_from_config(config, "director-box-00000000000000ff")
    client.start(made["Id"])
    yield str(made["Id"])
    client.remove_container(made["Id"], force=True)
    client.close()


def test_containers_of_others_are_not_there(through: sdk.APIClient, foreign: str) -> None:
    assert through.containers(all=True) == []
    for name in (foreign, "director-box-00000000000000ff"):
        for call in (through.inspect_container, through.start, through.remove_container):
            with pytest.raises(NotFound):
                call(name)
        with pytest.raises(APIError):
            through.exec_create(name, ["id"])
        assert say(gate().socket, "POST", f"/containers/{name}/attach?stream=1")[0] == 404
    alive = sdk.APIClient(base_url=engine().url)
    assert alive.inspect_container(foreign)["State"]["Running"]
    alive.close()


@pytest.mark.parametrize("name", [*HOST, ""])
def test_no_container_but_a_box_is_made(through: sdk.APIClient, name: str) -> None:
    body: dict[str, Any] = {"Image": BASE, "Cmd": ["id"], "HostConfig": {name: HOST[name]} if name else {}}
    with pytest.raises(APIError, match="no box"):
        through.create_container_from_config(body, "director-box-0123456789abcdef")
    real = sdk.APIClient(base_url=engine().url)
    with pytest.raises(NotFound):
        real.inspect_container("director-box-0123456789abcdef")
    real.close()


def test_what_is_told_of_the_engine_is_what_boxes_need(through: sdk.APIClient) -> None:
    assert set(through.info()) == {
        "MemoryLimit", "PidsLimit", "CpuCfsQuota", "SecurityOptions", "OSType", "NCPU", "Runtimes",
    }  # fmt: skip
    assert set(through.inspect_image(IMAGE)) == {"Id"}
    with pytest.raises(APIError):
        through.inspect_image(BASE)


async def test_only_so_many_boxes_stand_at_a_time() -> None:
    narrow = Gate(engine().url, "--boxes", "2")
    narrow.start()
    try:
        boxes = on_engine(narrow.url)
        async with boxes.open(["cat"], limits=LIMITS), boxes.open(["cat"], limits=LIMITS):
            with pytest.raises(Unavailable, match=r"there are 2 boxes.*--boxes"):
                await boxes.run(["true"], limits=LIMITS)
        assert (await boxes.run(["true"], limits=LIMITS)).exit_code == 0
    finally:
        narrow.end()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the library's open sockets
async def test_a_gate_that_is_killed_ends_its_boxes_and_is_found_again() -> None:
    try:
        await killed_and_found_again()
    finally:
        # the library forgets to close a socket on which nobody answers; what was raised holds it until here
        gc.collect()


async def killed_and_found_again() -> None:
    """Kill a gate under a running box, and start it again."""
    mortal = Gate(engine().url)
    mortal.start()
    real = sdk.APIClient(base_url=engine().url)
    try:
        boxes = on_engine(mortal.url)
        begun = asyncio.Event()

        async def on_line(_: bytes) -> None:
            begun.set()

        code = "import time; print('on', flush=True); time.sleep(600)"
        running = asyncio.create_task(boxes.run(python(code), limits=BoxLimits(seconds=600), on_line=on_line))
        await begun.wait()
        assert mortal.process is not None
        mortal.process.send_signal(signal.SIGKILL)
        with pytest.raises(Unavailable, match="went away"):
            await running
        label = {"label": [f"director.box={mortal.label}"]}
        while real.containers(filters=label):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        mortal.stop()
        mortal.start()
        assert (await boxes.run(["true"], limits=LIMITS)).exit_code == 0
    finally:
        for left in real.containers(all=True, filters={"label": [f"director.box={mortal.label}"]}):
            real.remove_container(left["Id"], force=True)
        real.close()
        mortal.end()


async def test_a_box_larger_than_the_gate_allows_is_refused_in_words() -> None:
    boxes = create(DockerConfig(url=gate().url, image=IMAGE, root=engine().tree))
    with pytest.raises(Unavailable, match="--memory-mb"):
        await boxes.run(["true"], limits=BoxLimits(memory_mb=9000))
