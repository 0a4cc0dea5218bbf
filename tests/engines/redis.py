"""A real Redis server of the tests' own: reached by a unix socket, with a password, and mortal."""

import atexit
import shutil
import signal
import subprocess
import time
from functools import cache

import redis

from tests.engines import process

PASSWORD = "s3cret-word"
START_S = 20


class Redis:
    """A server that keeps what it is told, so that a killed one comes back with it."""

    def __init__(self, *, keeps: bool = True) -> None:
        self._user = process.servant("redis")
        self._keeps = keeps
        self.folder = process.folder_of(self._user)
        self._socket = self.folder / "redis.sock"
        self._program = process.found("redis-server")
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, password: str = PASSWORD) -> str:
        """Its address."""
        return f"unix://:{password}@{self._socket}"

    def client(self) -> redis.Redis:
        """Somebody who looks at what is in it."""
        return redis.Redis.from_url(self.url())  # pyright: ignore[reportUnknownMemberType]

    def start(self) -> None:
        """Start it and wait until it answers."""
        argv = [self._program, "--port", "0", "--unixsocket", str(self._socket), "--unixsocketperm", "777"]
        argv += ["--dir", str(self.folder), "--requirepass", PASSWORD, "--save", ""]
        argv += ["--appendonly", "yes" if self._keeps else "no", "--loglevel", "warning"]
        self._process = process.start(argv, self._user, self.folder / "log")
        deadline = time.monotonic() + START_S
        while True:
            try:
                with self.client() as client:
                    client.ping()  # pyright: ignore[reportUnknownMemberType]
            except (redis.ConnectionError, redis.BusyLoadingError):
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()[-2000:]) from None
                time.sleep(0.02)
            else:
                return

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End it: SIGTERM orderly, SIGKILL as the power goes."""
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(START_S)
            self._process = None

    def freeze(self) -> None:
        """Let it stand still: connections stay open and nothing answers."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def end(self) -> None:
        """Stop it for good."""
        if self._process is not None:
            self.thaw()
        self.stop(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)


@cache
def server() -> Redis:
    """The one server of this test process, started when it is first asked for."""
    started = Redis(keeps=False)
    atexit.register(started.end)
    started.start()
    return started
