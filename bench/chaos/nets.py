"""Three workers in network namespaces of their own, with disks of their own; one is cut off and rejoined."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

from bench.chaos.points import PATIENCE_S, PROMPT
from bench.chaos.server import OWN, ROOT, Server
from bench.chaos.storm import EFFECTS
from bench.chaos.story import Leavings, leavings
from settings import worker_environment
from storage import schema
from tests.engines.moto import server as moto
from tests.engines.postgresql import PASSWORD, USER, PostgreSQL
from tests.engines.redis import PASSWORD as REDIS_PASSWORD
from tests.engines.redis import Redis

BRIDGE, GATE = "dirchaos", "10.213.7.1"
HOSTS = 3
RUNS = 6
CUT_S = 15.0


async def three_hosts(folder: Path) -> dict[str, float]:
    """Make runs on three hosts, cut one off in the midst of them, and count what is not as it should be."""
    async with farm(folder) as server:
        reference = await _run(server)
        going = [asyncio.create_task(_run(server)) for _ in range(RUNS)]
        await asyncio.sleep(4)
        link(f"{BRIDGE}0", "down")
        await asyncio.sleep(CUT_S)
        link(f"{BRIDGE}0", "up")
        made = await asyncio.gather(*going, return_exceptions=True)
    bad = 0
    for each in made:
        said = _said(each, reference)
        bad += said != "equal"
        print(f"  a run on {HOSTS} hosts, one cut off for {CUT_S:g} s: {said}", flush=True)
    return {"farm_hosts": HOSTS, "farm_runs": RUNS, "farm_runs_not_equal": bad}


def _said(made: Leavings | BaseException, reference: Leavings) -> str:
    if isinstance(made, BaseException):
        return f"{type(made).__name__} {made}"
    mine = sorted(event for event in made.events if event.startswith(EFFECTS))
    theirs = sorted(event for event in reference.events if event.startswith(EFFECTS))
    if made.status != reference.status:
        return f"{made.status}: {made.events[-1][:300]}"
    return "equal" if mine == theirs and made.revisions == reference.revisions else "other effects"


async def _run(server: Server) -> Leavings:
    started = await server.client.post("/api/generate/start", {"prompt": PROMPT, "quality": "draft"})
    async with asyncio.timeout(3 * PATIENCE_S):
        return await leavings(server.client, str(started["project_id"]), str(started["run_id"]))


@asynccontextmanager
async def farm(folder: Path) -> AsyncGenerator[Server]:
    """Open a farm whose parts are reached over a bridge, and a server that has no worker of its own."""
    redis, postgresql, bucket = Redis(), PostgreSQL(), moto()
    await asyncio.to_thread(postgresql.start)
    await asyncio.to_thread(redis.start)
    url = await asyncio.to_thread(postgresql.create)
    await asyncio.to_thread(schema.upgrade, url)
    network()
    async with AsyncExitStack() as stack:
        stack.callback(no_network)
        database, socket = urlsplit(url).path.lstrip("/"), f"{postgresql.folder}/.s.PGSQL.5432"
        to_database = await stack.enter_async_context(door(lambda: asyncio.open_unix_connection(socket)))
        to_redis = await stack.enter_async_context(
            door(lambda: asyncio.open_unix_connection(str(redis.folder / "redis.sock")))
        )
        to_bucket = await stack.enter_async_context(
            door(lambda: asyncio.open_connection("127.0.0.1", urlsplit(bucket.url).port))
        )
        own = {
            "DATABASE_URL": f"postgresql://{USER}:{quote(PASSWORD, safe='')}@{GATE}:{to_database}/{database}",
            "REDIS_URL": f"redis://:{REDIS_PASSWORD}@{GATE}:{to_redis}/0",
            "DIRECTOR_BLOB_URL": bucket.new(), "AWS_ENDPOINT": f"http://{GATE}:{to_bucket}",
            "AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "tests", "AWS_REGION": "us-east-1",
            "AWS_ALLOW_HTTP": "true", "DIRECTOR_RATE_GENERATE": "0",
        }  # fmt: skip
        for number in range(HOSTS):
            await stack.enter_async_context(host(number, folder / f"host-{number}", own))
        yield await stack.enter_async_context(Server(folder / "server", own))
    await asyncio.to_thread(redis.end)
    await asyncio.to_thread(postgresql.end)


@asynccontextmanager
async def host(number: int, data: Path, own: dict[str, str]) -> AsyncGenerator[None]:
    """Keep a worker in a network namespace of its own."""
    data.mkdir(mode=0o700)
    environment = {name: value for name, value in worker_environment().items() if name not in OWN}
    argv = ["ip", "netns", "exec", f"{BRIDGE}{number}", sys.executable, "-m", "main", "worker"]
    with (data / "worker.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *argv, "--queues", "agent,render,analysis", cwd=ROOT, stdin=asyncio.subprocess.DEVNULL,
            stdout=log, stderr=log, start_new_session=True,
            env={**environment, **own, "DIRECTOR_DATA": str(data), "DIRECTOR_MODEL": "offline"},
        )  # fmt: skip
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(15):
                await process.wait()
        except TimeoutError:
            process.kill()


Opens = Callable[[], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]


@asynccontextmanager
async def door(opens: Opens) -> AsyncGenerator[int]:
    """Let those on the bridge through to a part; gives the port."""

    async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await source.read(65_536):
                target.write(piece)
                await target.drain()
        target.close()

    async def through(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there_reader, there_writer = await opens()
        except OSError:
            writer.close()
            return
        await asyncio.gather(copy(reader, there_writer), copy(there_reader, writer))

    server = await asyncio.start_server(through, GATE, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def network() -> None:
    """Make the bridge and a namespace for each host; needs root."""
    no_network()
    ip("link", "add", BRIDGE, "type", "bridge")
    ip("addr", "add", f"{GATE}/24", "dev", BRIDGE)
    ip("link", "set", BRIDGE, "up")
    for number in range(HOSTS):
        name = f"{BRIDGE}{number}"
        ip("netns", "add", name)
        ip("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name)
        ip("link", "set", name, "master", BRIDGE, "up")
        ip("-n", name, "addr", "add", f"10.213.7.{10 + number}/24", "dev", "eth0")
        for device in ("eth0", "lo"):
            ip("-n", name, "link", "set", device, "up")


def no_network() -> None:
    """Remove what `network` made."""
    for number in range(HOSTS):
        for words in (("netns", "del", f"{BRIDGE}{number}"), ("link", "del", f"{BRIDGE}{number}")):
            subprocess.run(["ip", *words], check=False, capture_output=True)
    subprocess.run(["ip", "link", "del", BRIDGE], check=False, capture_output=True)


def link(name: str, state: str) -> None:
    """Cut a host's cable, or mend it."""
    ip("link", "set", name, state)


def ip(*words: str) -> None:
    """Tell the kernel's network something."""
    subprocess.run(["ip", *words], check=True)
