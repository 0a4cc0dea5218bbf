"""What happens to boxes when the engine is away, hangs, lacks the image, or when the server dies."""

import asyncio
import gc
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import docker as sdk
import pytest

from domain.errors import Unavailable
from domain.sandbox import BoxLimits
from sandbox.backends.docker import Docker, DockerConfig, create
from sandbox.container import FIRST_UID
from tests.contracts.sandboxes import LIMITS, SANDBOXES, on_engine
from tests.engines.docker import IMAGE, PACKAGES, engine

ROOT = Path(__file__).resolve().parents[2]
ON_ENGINE = [pytest.mark.slow, pytest.mark.timeout(900)]


async def refusal(boxes: Docker) -> str:
    """Ask for a box in each way; all must be refused in the same words."""
    told: list[str] = []
    with pytest.raises(Unavailable) as refused:
        await boxes.run(["true"], limits=LIMITS)
    told.append(refused.value.message)
    with pytest.raises(Unavailable) as refused:
        async with boxes.open(["cat"], limits=LIMITS) as session:
            await session.ask(b"", seconds=10)
    told.append(refused.value.message)
    with pytest.raises(Unavailable) as refused:
        await boxes.verify()
    told.append(refused.value.message)
    assert refused.value.part == "sandbox"
    assert len(set(told)) == 1, told
    return told[0]


async def test_without_an_engine_nothing_runs(tmp_path: Path) -> None:
    words = await refusal(create(DockerConfig(url=f"unix://{tmp_path}/away.sock")))
    assert "no Docker engine answers" in words
    assert "start it" in words
    assert "nothing was run" in words


@pytest.fixture
def silent(tmp_path: Path) -> Generator[str]:
    """The socket of an engine that takes every call and answers none."""
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(str(tmp_path / "s"))
        line.listen(64)
        yield f"unix://{tmp_path}/s"


async def test_an_engine_that_hangs_is_given_up(silent: str) -> None:
    started = time.monotonic()
    words = await refusal(create(DockerConfig(url=silent, timeout=0.2)))
    assert "no Docker engine answers" in words
    assert time.monotonic() - started < 5


async def test_a_box_of_an_engine_that_hangs_can_be_cancelled(silent: str) -> None:
    running = asyncio.create_task(create(DockerConfig(url=silent, timeout=3)).run(["true"], limits=LIMITS))
    await asyncio.wait([running], timeout=0.2)
    started = time.monotonic()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert time.monotonic() - started < 2


class TestOnAnEngine:
    pytestmark = ON_ENGINE

    async def test_an_engine_without_the_image_says_how_to_build_it(self) -> None:
        words = await refusal(create(DockerConfig(url=engine().url, image="no-such-image")))
        assert "make image" in words

    async def test_an_image_of_other_packages_is_refused(self, tmp_path: Path) -> None:
        for name in PACKAGES:
            shutil.copytree(engine().tree / name, tmp_path / name)
        (tmp_path / "stage/new.py").write_text("")
        words = await refusal(create(DockerConfig(url=engine().url, image=IMAGE, root=tmp_path)))
        assert "other packages" in words
        assert "make image" in words

    async def test_an_image_that_is_no_box_is_refused(self) -> None:
        client = sdk.APIClient(base_url=engine().url)
        client.tag("director-base-test", "not-a-box")
        try:
            with pytest.raises(Unavailable):
                await create(DockerConfig(url=engine().url, image="not-a-box")).run(["true"], limits=LIMITS)
        finally:
            client.remove_image("not-a-box", noprune=True)
            client.close()

    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the library's sockets
    async def test_an_engine_that_is_killed_while_guests_run_is_found_again(self) -> None:
        await killed_and_found_again()
        gc.collect()

    @pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
    def test_a_server_that_ends_takes_its_boxes_with_it(self, how: signal.Signals) -> None:
        mark = f"mark-{time.monotonic_ns()}"
        command = [sys.executable, "-c", SERVER, mark, engine().url, str(engine().tree)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as server:
            assert server.stdout is not None
            assert server.stdout.readline() == b"up\n"
            assert len(guests()) >= 4
            server.send_signal(how)
            server.wait()
        deadline = time.monotonic() + 2
        while guests() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert guests() == []
        client = sdk.APIClient(base_url=engine().url)
        while client.containers(filters={"label": ["director.box=test"]}):  # the engine sees it soon
            time.sleep(0.02)
        asyncio.run(SANDBOXES["docker"]().run(["true"], limits=LIMITS))
        left = client.containers(all=True, filters={"label": ["director.box=test"]})
        client.close()
        assert left == []


async def killed_and_found_again() -> None:
    """Kill the engine under two guests, start it again, and look what is left."""
    daemon = engine().daemon
    assert daemon is not None, "unset DIRECTOR_TEST_DOCKER: this test kills the engine"
    boxes = on_engine(engine().url)
    begun = asyncio.Event()

    async def on_line(_: bytes) -> None:
        begun.set()

    code = "import time; print('on', flush=True); time.sleep(600)"
    argv, limits = ["python", "-c", code], BoxLimits(seconds=600)
    async with boxes.open(["cat"], limits=LIMITS) as session:
        running = asyncio.create_task(boxes.run(argv, limits=limits, on_line=on_line))
        await begun.wait()
        await asyncio.to_thread(daemon.kill)
        with pytest.raises(Unavailable, match="bring it back and run it again"):
            await running
        with pytest.raises(Unavailable):
            await session.ask(b"x", seconds=5)
    with pytest.raises(Unavailable, match=r"no Docker engine answers.*start it"):
        await boxes.run(["true"], limits=LIMITS)
    await asyncio.to_thread(daemon.start)
    assert (await boxes.run(["true"], limits=LIMITS)).exit_code == 0
    client = sdk.APIClient(base_url=engine().url)
    left = client.containers(all=True, filters={"label": ["director.box=test"]})
    client.close()
    assert left == []
    assert guests() == []


def guests() -> list[int]:
    """The processes of the machine that belong to users of boxes; the engine of the tests runs here."""
    found: list[int] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if folder.stat().st_uid >= FIRST_UID and "docker" in (folder / "cgroup").read_text():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


SERVER = """
import asyncio, sys
from pathlib import Path
from domain.sandbox import BoxLimits
from sandbox.backends.docker import DockerConfig, create
async def main():
    code = "import os; [os.fork() for _ in range(2)]; print('on', flush=True); import time; time.sleep(600)"
    async def on_line(line):
        print("up", flush=True)
    boxes = create(
        DockerConfig(
            url=sys.argv[2], image="director-sandbox-test", installation="test", root=Path(sys.argv[3])
        )
    )
    limits = BoxLimits(seconds=600)
    await boxes.run(["python", "-c", code, sys.argv[1]], limits=limits, on_line=on_line)
asyncio.run(main())
"""
