"""Joining the machine's one server, or starting it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from cli.client import Client, Health
from cli.house import House
from domain.errors import Conflict, Unavailable

START_S = 30.0
"""Seconds that a server gets to answer for the first time."""
_ROOT = Path(__file__).resolve().parents[1]
IDLE_EXIT_S = 60.0
"""A server that a command started ends when nobody has used it for so long."""


async def join(house: House) -> Client:
    """Give a client of the server of this data folder; starts one in the background when none is there."""
    client = Client(socket=house.socket)
    await revive(house, client)
    return client


async def revive(house: House, client: Client) -> None:
    """See to it that the server behind a client answers, and is of this version and these settings.

    Raises Conflict when one is there that has another version or other settings and is at work, and
    Unavailable when none can be started.
    """
    health = await client.health()
    if health is not None and not _same(health, house):
        await _retire(health, client)
        health = None
    if health is None:
        await _start(house, client)


def _same(health: Health, house: House) -> bool:
    return health.version == house.version and health.fingerprint == house.fingerprint


async def _retire(health: Health, client: Client) -> None:
    """Have an idle background server make room for one with the settings of now."""
    if not health.detached or health.busy:
        raise Conflict(
            "server_differs",
            f"a server with version {health.version} and other settings runs as process {health.pid}"
            f"{' and is at work' if health.busy else ''}; stop it with: kill {health.pid}",
        )
    os.kill(health.pid, signal.SIGTERM)
    for _ in range(100):
        if await client.health() is None:
            return
        await asyncio.sleep(0.1)
    raise Conflict("server_differs", f"the server that runs as process {health.pid} does not stop; kill it")


async def _start(house: House, client: Client) -> None:
    await house.open()
    log = house.data / "server.log"
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "main", "serve", "--socket-only", "--idle-exit", str(IDLE_EXIT_S),
            stdin=asyncio.subprocess.DEVNULL, stdout=out, stderr=out,
            start_new_session=True, cwd=_ROOT,
        )  # fmt: skip
    clock = asyncio.get_running_loop().time
    patience = clock() + START_S
    while clock() < patience:
        if await client.health() is not None:
            return
        if process.returncode is not None:
            break
        await asyncio.sleep(0.05)
    raise Unavailable("server", f"it does not start; the last lines of {log} say:\n{_tail(log)}")


def _tail(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()[-15:]
    return "\n".join(f"  {line}" for line in lines)
