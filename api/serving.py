"""Running the doors: one process, a TCP port and the local socket, until told to stop or no longer needed."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import signal
import socket
import stat
from collections.abc import Awaitable, Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from api.app import create_app
from api.election import elected
from api.house import House
from api.peer import PeerProtocol
from api.routes.health import has_work
from domain.errors import Conflict, Denied, UserError

log = logging.getLogger(__name__)

GRACE_S = 5
"""Seconds that answers under way get when the server stops."""
DRAIN_S = 10.0
"""Seconds that the work beside the doors gets to put itself in order."""
LONGEST_SOCKET = 100
"""Bytes of a unix socket's path."""
_BACKLOG = 512


@dataclass(frozen=True)
class Doors:
    """Where a server listens, and for how long."""

    host: str | None
    """None opens no TCP port."""
    port: int
    """0 picks a free one."""
    socket: Path
    idle_exit_s: float | None = None
    """Ends the server when nobody has used it, and nothing was under way, for so long."""


class DoorServer(uvicorn.Server):
    """uvicorn without its signal handlers: the process stops in our order."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


async def serve(
    house: House,
    doors: Doors,
    *,
    beside: Sequence[Callable[[], Awaitable[None]]] = (),
    on_stop: Sequence[Callable[[], None]] = (),
    announce: Callable[[str], object] = lambda _line: None,
) -> None:
    """Serve until SIGTERM, SIGINT or idleness.

    `beside` are coroutine functions that run while the doors are open (workers, sweeper, processes);
    `on_stop` are called first when the server is to end, each to let one of those end by itself. When these
    have ended, or after DRAIN_S, the others are cancelled.
    Raises Conflict when another server has the data folder or the port, Denied when strangers could come in
    without a key.
    """
    with elected(house.data), contextlib.ExitStack() as closing:
        await _check_keys(house)
        opened = _open(doors)
        for each in opened:
            closing.callback(each.close)
        closing.callback(doors.socket.unlink, missing_ok=True)
        server = DoorServer(_config(house))
        stop = asyncio.Event()
        try:
            with _signals(stop, server):
                await _run(house, doors, server, opened, stop, beside, on_stop, announce)
            await house.meter.close()
        except ExceptionGroup as group:
            if len(group.exceptions) == 1:
                raise group.exceptions[0] from None
            raise


async def _run(
    house: House,
    doors: Doors,
    server: DoorServer,
    opened: list[socket.socket],
    stop: asyncio.Event,
    beside: Sequence[Callable[[], Awaitable[None]]],
    on_stop: Sequence[Callable[[], None]],
    announce: Callable[[str], object],
) -> None:
    async with asyncio.TaskGroup() as tasks:
        serving = tasks.create_task(server.serve(sockets=opened), name="doors")
        await server.ready.wait()
        announce(f"director: {_address(opened, doors)}")
        working = [tasks.create_task(_awaited(work), name="beside the doors") for work in beside]
        watching = tasks.create_task(_watch_idle(house, doors.idle_exit_s, stop))
        await stop.wait()
        watching.cancel()
        log.info("server stops", extra={"action": "server_stops"})
        for call in on_stop:
            call()
        house.presence.closing.set()
        server.should_exit = True
        await serving
        await _drain(working, len(on_stop))


async def _drain(working: Sequence[asyncio.Task[None]], told: int) -> None:
    """Wait until as many have ended as were told to, at most DRAIN_S; then cancel the rest."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_S):
            while told > sum(work.done() for work in working) < len(working):
                left = [work for work in working if not work.done()]
                await asyncio.wait(left, return_when=asyncio.FIRST_COMPLETED)
    for work in working:
        work.cancel()


async def _awaited(work: Callable[[], Awaitable[None]]) -> None:
    await work()


async def _check_keys(house: House) -> None:
    if not house.exposed:
        return
    async with house.database.transaction(None, reading=True) as tx:
        if not await tx.keys.any():
            raise Denied(
                "keys_needed",
                f"host is {house.host!r}, where others than this machine may reach the server, and there is "
                "no key; make one first with: director keys create NAME",
            )


async def _watch_idle(house: House, idle_exit_s: float | None, stop: asyncio.Event) -> None:
    """Stop the server when nothing was open and nothing under way for so long."""
    if idle_exit_s is None:
        return
    clock = asyncio.get_running_loop().time
    used = clock()
    while True:
        await asyncio.sleep(min(1.0, idle_exit_s / 4))
        if house.presence.open or await has_work(house):
            used = clock()
        used = max(used, house.presence.last_s)
        if clock() - used >= idle_exit_s:
            log.info("server is idle", extra={"action": "server_idle", "seconds": idle_exit_s})
            stop.set()
            return


@contextlib.contextmanager
def _signals(stop: asyncio.Event, server: DoorServer) -> Generator[None]:
    """Have the first signal stop the server in order, and a second one at once."""
    loop = asyncio.get_running_loop()

    def on_signal() -> None:
        if stop.is_set():
            server.force_exit = True
        stop.set()

    signals = (signal.SIGTERM, signal.SIGINT)
    for each in signals:
        loop.add_signal_handler(each, on_signal)
    try:
        yield
    finally:
        for each in signals:
            loop.remove_signal_handler(each)


def _config(house: House) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(house),
        http=PeerProtocol,
        ws="none",
        loop="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_S,
        backlog=_BACKLOG,
    )


def _open(doors: Doors) -> list[socket.socket]:
    opened = [_open_socket(doors.socket)]
    if doors.host is not None:
        try:
            opened.insert(0, _open_port(doors.host, doors.port))
        except BaseException:
            opened[-1].close()
            doors.socket.unlink(missing_ok=True)
            raise
    return opened


def _open_socket(path: Path) -> socket.socket:
    """Open the local owner's door; only the lock's holder gets here, so an old one is a dead one's."""
    if len(str(path).encode()) > LONGEST_SOCKET:
        raise UserError(
            "path_too_long",
            f"the socket's path {str(path)!r} has more than {LONGEST_SOCKET} bytes; "
            "set DIRECTOR_DATA to a shorter folder",
        )
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    opened = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    opened.bind(str(path))
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    opened.listen(_BACKLOG)
    opened.setblocking(False)
    return opened


def _open_port(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        opened = socket.socket(family, kind, protocol)
    except OSError as wrong:
        raise UserError(
            "bad_host", f"host is {host!r}, which is no address of this machine: {wrong}"
        ) from None
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
    except OSError as wrong:
        opened.close()
        if wrong.errno == errno.EADDRINUSE:
            message = f"port {port} of {host} is taken by another program; choose another with --port"
            raise Conflict("port_in_use", message) from None
        raise UserError(
            "bad_host", f"cannot listen on {host!r} port {port}: {wrong.strerror}; choose others"
        ) from None
    opened.listen(_BACKLOG)
    opened.setblocking(False)
    return opened


def _address(opened: list[socket.socket], doors: Doors) -> str:
    if doors.host is None:
        return f"unix:{doors.socket}"
    port = opened[0].getsockname()[1]
    host = f"[{doors.host}]" if ":" in doors.host else doors.host
    return f"http://{host}:{port}"
