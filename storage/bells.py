"""Wake-ups: between listeners of one process, and by datagrams between processes of one machine."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from domain.nouns import new_id

Message = tuple[str, bytes]
LARGEST = 60_000
"""Bytes of one message; a larger one is a bug of its sender."""
MOST_WAITING = 1_024
"""Messages that wait for a listener; the oldest are dropped."""
RETRY_S = 0.005
RETRIES = 200
"""A full ear is tried again for a second, then what it missed is lost."""
LONGEST_ADDRESS = 100
"""Bytes of a path that fit into a unix socket's address, with some room."""


class LocalBell:
    """One listener's ear, fed by its process."""

    def __init__(self, topics: tuple[str, ...]) -> None:
        self._exact = {topic for topic in topics if not topic.endswith("*")}
        self._prefixes = tuple(topic[:-1] for topic in topics if topic.endswith("*"))
        self._waiting: deque[Message] = deque(maxlen=MOST_WAITING)
        self._rung = asyncio.Event()

    def hear(self, topic: str, message: bytes) -> None:
        """Take a call in if it is for this ear."""
        if topic in self._exact or topic.startswith(self._prefixes):
            self._waiting.append((topic, message))
            self._rung.set()

    async def wait(self, timeout_s: float) -> list[Message]:
        """Wait for calls, at most so long; gives all that came, none when time is up."""
        if not self._waiting:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(timeout_s):  # wait_for loses a cancellation that comes with a ring
                    await self._rung.wait()
        self._rung.clear()
        heard = list(self._waiting)
        self._waiting.clear()
        return heard


class LocalWakeups:
    """Rings within one process."""

    def __init__(self) -> None:
        self._bells: set[LocalBell] = set()

    async def ring(self, topic: str, message: bytes = b"") -> None:
        """Ring the listeners of this process."""
        self._check(topic, message)
        self._deliver(topic, message)

    @asynccontextmanager
    async def listen(self, *topics: str) -> AsyncGenerator[LocalBell, None]:
        """Listen while the context is open; `*` at a topic's end means any."""
        bell = LocalBell(topics)
        self._bells.add(bell)
        try:
            yield bell
        finally:
            self._bells.discard(bell)

    def _deliver(self, topic: str, message: bytes) -> None:
        for bell in self._bells:
            bell.hear(topic, message)

    def _check(self, topic: str, message: bytes) -> None:
        if len(topic) + len(message) > LARGEST or "\0" in topic:
            raise ValueError(f"a ring of {topic[:80]!r} with {len(message)} bytes is too large or has a NUL")


class SocketWakeups(LocalWakeups):
    """Rings in every process that shares a folder: each listening one has a datagram socket in it.

    The first `listen` opens the socket; `close` takes it away. Sockets of killed processes are removed by
    whoever next finds that nobody answers.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._directory: int | None = None
        self._name = f"{os.getpid()}-{new_id()[-12:]}.sock"
        self._ear: socket.socket | None = None
        self._mouth: socket.socket | None = None
        self._late: dict[str, deque[bytes]] = {}
        self._tries: dict[str, int] = {}
        self._retry: asyncio.TimerHandle | None = None

    async def ring(self, topic: str, message: bytes = b"") -> None:
        """Ring the listeners of this process at once, those of others by their sockets; never blocks."""
        await super().ring(topic, message)
        self._open_mouth()
        packet = topic.encode() + b"\0" + message
        for name in self._others():
            self._send(name, packet)

    @asynccontextmanager
    async def listen(self, *topics: str) -> AsyncGenerator[LocalBell, None]:
        """Listen while the context is open; opens this process's ear when it is the first."""
        self._open_ear()
        async with super().listen(*topics) as bell:
            yield bell

    async def close(self) -> None:
        """Take the socket away and forget what could not be sent yet."""
        if self._retry is not None:
            self._retry.cancel()
            self._retry = None
        if self._ear is not None:
            asyncio.get_running_loop().remove_reader(self._ear)
            self._ear.close()
            self._ear = None
            self._remove(self._name)
        if self._mouth is not None:
            self._mouth.close()
            self._mouth = None
        if self._directory is not None:
            os.close(self._directory)
            self._directory = None
        self._late.clear()

    def _others(self) -> list[str]:
        with contextlib.suppress(FileNotFoundError), os.scandir(self._folder) as found:
            return [
                entry.name for entry in found if entry.name.endswith(".sock") and entry.name != self._name
            ]
        return []

    def _open_mouth(self) -> None:
        if self._mouth is None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._directory = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            self._mouth = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            self._mouth.setblocking(False)

    def _open_ear(self) -> None:
        if self._ear is None:
            self._open_mouth()
            ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            ear.setblocking(False)
            ear.bind(self._address(self._name))
            asyncio.get_running_loop().add_reader(ear, self._read, ear)
            self._ear = ear

    def _address(self, name: str) -> str:
        path = str(self._folder / name)
        if len(os.fsencode(path)) <= LONGEST_ADDRESS:
            return path
        return f"/proc/self/fd/{self._directory}/{name}"

    def _read(self, ear: socket.socket) -> None:
        for _ in range(MOST_WAITING):
            try:
                packet = ear.recv(LARGEST + 1)
            except BlockingIOError:
                return
            topic, _, message = packet.partition(b"\0")
            self._deliver(topic.decode("utf-8", "replace"), message)

    def _send(self, name: str, packet: bytes) -> None:
        """Send, in order, behind what a full ear still has to take."""
        late = self._late.get(name)
        if late is None and self._sent(name, packet):
            return
        late = self._late.setdefault(name, deque(maxlen=MOST_WAITING))
        late.append(packet)
        self._tries.setdefault(name, 0)
        if self._retry is None:
            self._retry = asyncio.get_running_loop().call_later(RETRY_S, self._send_late)

    def _send_late(self) -> None:
        self._retry = None
        for name, late in list(self._late.items()):
            self._tries[name] += 1
            while late and self._sent(name, late[0]):
                late.popleft()
                self._tries[name] = 0
            if not late or self._tries[name] > RETRIES:
                del self._late[name], self._tries[name]
        if self._late:
            self._retry = asyncio.get_running_loop().call_later(RETRY_S, self._send_late)

    def _sent(self, name: str, packet: bytes) -> bool:
        """Whether there is nothing more to do for a packet: it went out, or nobody is there."""
        assert self._mouth is not None
        try:
            self._mouth.sendto(packet, self._address(name))
        except BlockingIOError:
            return False
        except ConnectionRefusedError:
            self._remove(name)
        except OSError:
            return True  # gone since it was listed, or no memory for it: hints may be lost
        return True

    def _remove(self, name: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            (self._folder / name).unlink()
