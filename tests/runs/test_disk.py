"""A server whose own disk is full, or can only be read, says so, and loses nothing of what it has."""

from __future__ import annotations

import asyncio
import os
import shlex
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import IO, cast

import pytest

from bench.chaos.server import OWN, ROOT
from cli.client import Client, Json
from domain.errors import UserError
from settings import Settings, worker_environment
from wiring import Wiring

SIZE = "96m"
SERVE = shlex.join([sys.executable, "-m", "main", "serve", "--socket-only"])
pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a disk of its own")


class Place:
    """A server in a mount namespace of its own, whose data folder is a small disk."""

    def __init__(self, pid: int, data: Path) -> None:
        self.seen = Path(f"/proc/{pid}/root{data}")
        self.client = Client(socket=self.seen / "director.sock")

    def fill(self) -> Path:
        """Leave no byte free."""
        stone = self.seen / "stone"
        with suppress(OSError), stone.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(64 * 1024))
        return stone


async def begin(script: str, data: Path, output: int | IO[bytes]) -> asyncio.subprocess.Process:
    """Run a script that becomes a server, in a mount namespace of its own."""
    kept = {name: value for name, value in worker_environment().items() if name not in OWN}
    return await asyncio.create_subprocess_exec(
        "unshare", "-m", "sh", "-c", script, cwd=ROOT, stdout=output, stderr=output,
        stdin=asyncio.subprocess.DEVNULL,
        env={**kept, "DIRECTOR_DATA": str(data), "DIRECTOR_MODEL": "offline"},
    )  # fmt: skip


@asynccontextmanager
async def on_a_small_disk(folder: Path) -> AsyncGenerator[Place]:
    data = folder / "d"
    data.mkdir()
    script = f"mount -t tmpfs -o size={SIZE},mode=700 none {shlex.quote(str(data))} && exec {SERVE}"
    with (folder / "log").open("wb") as log:
        process = await begin(script, data, log)
    place = Place(process.pid, data)
    try:
        async with asyncio.timeout(60):
            while await place.client.health() is None:
                assert process.returncode is None, (folder / "log").read_text()[-2_000:]
                await asyncio.sleep(0.1)
        yield place
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
        await place.client.__aexit__()


@pytest.mark.timeout(180)
async def test_a_full_disk_is_told_and_what_stands_is_kept(tmp_path: Path) -> None:
    async with on_a_small_disk(tmp_path) as place:
        kept = await place.client.post("/api/projects", {"name": "Before"})
        stone = await asyncio.to_thread(place.fill)
        with pytest.raises(UserError, match="free some space"):
            await into(place)
        assert (await place.client.get(f"/api/projects/{kept['project_id']}"))["name"] == "Before"
        stone.unlink()
        await place.client.post("/api/projects", {"name": "After"})
        listed = cast(list[Json], (await place.client.get("/api/projects", limit=200))["items"])
        assert {"Before", "After"} <= {str(each["name"]) for each in listed}


async def into(place: Place) -> None:
    """Make projects until the little room that the database keeps for itself is full too."""
    for number in range(200):
        await place.client.post("/api/projects", {"name": f"Into a full disk {number}"})


@pytest.mark.timeout(120)
@pytest.mark.parametrize("stands", [False, True], ids=["new", "used"])
async def test_nothing_starts_on_a_disk_that_can_only_be_read_and_it_says_why(
    tmp_path: Path, stands: bool
) -> None:
    data = tmp_path / "d"
    data.mkdir(mode=0o700)
    if stands:
        await Wiring(Settings(data=data, model="offline")).open()
    quoted = shlex.quote(str(data))
    script = f"mount --bind {quoted} {quoted} && mount -o remount,bind,ro {quoted} && exec {SERVE}"
    process = await begin(script, data, asyncio.subprocess.PIPE)
    _, said = await process.communicate()
    assert process.returncode == 3, said.decode()[-2_000:]
    assert "Read-only file system; name a place that can be written" in said.decode()
    assert "Traceback" not in said.decode()
