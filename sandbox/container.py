"""One container: made, attached, given its inputs, and taken down without a trace."""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from domain.errors import Unavailable
from domain.sandbox import BoxLimits
from sandbox.attached import Attached, attached
from sandbox.engine import Engine, Facts, line_of, remove
from sandbox.order import LABEL, container, new_mark, options
from sandbox.parcel import Parcel
from sandbox.streams import put_away

logger = logging.getLogger(__name__)

FIRST_UID, UIDS = 1_900_000_000, 100_000_000
MAPPED_UID, MAPPED_UIDS = 20_000, 40_000
"""Where users are found on an engine that maps them."""
STOP_SECONDS = 1.5
UNPACK = ["/bin/tar", "--extract", "--file=-", "--directory=/", "--no-same-owner", "--no-same-permissions"]


@dataclass(frozen=True)
class Box:
    """A running container whose keeper waits for its order."""

    name: str
    line: Attached
    mark: bytes


@asynccontextmanager
async def opened(engine: Engine, limits: BoxLimits, parcel: Parcel) -> AsyncGenerator[Box]:
    """Make a container that has its inputs and waits, and remove it at the end, come what may.

    Raises Unavailable with the engine's own words when it refuses.
    """
    facts = await engine.facts()
    name, mark = f"director-box-{secrets.token_hex(8)}", new_mark()
    uid, stager = _users(facts)
    host = options(
        limits, uid=uid, stager=stager, stages=parcel.folders, processors=_processors(facts, limits.cpus)
    )
    if facts.runtime:
        host["Runtime"] = facts.runtime
    config = container(facts.image, host, uid, {LABEL: engine.installation})
    making = asyncio.ensure_future(engine.ask(_make, engine, config, name))
    try:
        line = await asyncio.shield(making)
        async with attached(line, mark) as streams:
            if parcel.folders:
                await _stage(engine, name, stager, parcel)
            yield Box(name, streams, mark)
    finally:
        await asyncio.shield(asyncio.ensure_future(_take_down(engine, name, making)))


def _make(engine: Engine, config: dict[str, Any], name: str) -> socket.socket:
    engine.client.create_container_from_config(config, name)
    line = streams_of(engine, name)
    try:
        engine.client.start(name)
    except BaseException:
        line.close()
        raise
    return line


def streams_of(engine: Engine, name: str) -> socket.socket:
    """Attach to the standard streams of a container."""
    params = {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1}
    return line_of(engine.client.attach_socket(name, params=params), engine.url)


async def _stage(engine: Engine, name: str, stager: int, parcel: Parcel) -> None:
    """Let another user than the guest unpack the inputs: what it owns, the guest can only read."""
    asking = asyncio.ensure_future(engine.ask(_unpacking, engine, name, stager))
    try:
        line, number = await asyncio.shield(asking)
    except asyncio.CancelledError:
        asking.add_done_callback(_let_go)
        raise
    with line:
        loop = asyncio.get_running_loop()
        line.setblocking(False)
        words = asyncio.create_task(_words(line))
        try:
            async for chunk in parcel.chunks():
                await loop.sock_sendall(line, chunk)
            line.shutdown(socket.SHUT_WR)
            said = await words
        except (BrokenPipeError, ConnectionResetError):
            said = await words
        finally:
            await put_away(words)
    code = (await engine.ask(engine.client.exec_inspect, number))["ExitCode"]
    if code != 0:
        told = said[8:300].decode(errors="replace")
        raise Unavailable("sandbox", f"the box did not take its inputs ({code}, {told!r}); nothing was run")


def unpacking(engine: Engine, name: str, stager: int) -> str:
    """Prepare the command that unpacks inputs; gives its number."""
    made = engine.client.exec_create(name, UNPACK, stdin=True, user=f"{stager}:{stager}", workdir="/")
    return str(made["Id"])


def _unpacking(engine: Engine, name: str, stager: int) -> tuple[socket.socket, str]:
    number = unpacking(engine, name, stager)
    return line_of(engine.client.exec_start(number, socket=True), engine.url), number


def _let_go(asking: asyncio.Future[tuple[socket.socket, str]]) -> None:
    """Close a line that arrived when nobody waited for it any more."""
    if not asking.cancelled() and asking.exception() is None:
        asking.result()[0].close()


async def _words(line: socket.socket) -> bytes:
    loop = asyncio.get_running_loop()
    said = b""
    while chunk := await loop.sock_recv(line, 4096):
        said = (said + chunk)[:4096]
    return said


async def _take_down(engine: Engine, name: str, making: asyncio.Future[socket.socket]) -> None:
    """Remove the container; an engine that is slow or away finishes it alone, its guest has ended already."""
    removing = asyncio.ensure_future(_removed(engine, name, making))
    done, _ = await asyncio.wait([removing], timeout=STOP_SECONDS)
    if not done:
        logger.warning("the engine is slow to remove a box", extra={"box": name})


async def _removed(engine: Engine, name: str, making: asyncio.Future[socket.socket]) -> None:
    await asyncio.wait([making])
    if not making.cancelled() and making.exception() is None:
        making.result().close()
    try:
        await engine.ask(remove, engine.client, name)
    except Unavailable as problem:
        logger.warning("a box may be left on the engine", extra={"box": name, "reason": problem.message})


def _users(facts: Facts) -> tuple[int, int]:
    """Draw a user for the guest, and name the one who brings its inputs.

    The kernel counts processes per user, over all containers: two boxes must never share one.
    """
    first, count = (MAPPED_UID, MAPPED_UIDS) if facts.is_mapped else (FIRST_UID, UIDS)
    return first + secrets.randbelow(count), first - 1


def _processors(facts: Facts, cpus: float) -> list[int]:
    """Choose processors of the engine's machine at random, so that boxes spread."""
    count = min(facts.processors, max(1, round(cpus)))
    return sorted(secrets.SystemRandom().sample(range(facts.processors), count))
