"""The gate before the tests' own Docker engine, in a process of its own as an installation has it."""

import atexit
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from sandbox.gate.__main__ import check
from tests.engines import process
from tests.engines.docker import IMAGE, ROOT, engine


class Gate:
    """A gate on a socket in a folder of its own; may be killed and started again."""

    def __init__(self, url: str, *words: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gate-", dir="/tmp"))
        self.socket = self.folder / "gate.sock"
        self._argv = [sys.executable, "-m", "sandbox.gate", "--socket", str(self.socket), "--engine", url]
        self._argv += ["--image", IMAGE, "--installation", self.folder.name, *words]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address, as DOCKER_HOST has it."""
        return f"unix://{self.socket}"

    @property
    def label(self) -> str:
        """The label of its boxes."""
        return self.folder.name

    def start(self) -> None:
        """Start it and wait until it answers, well or not."""
        log = self.folder / "log"
        self.process = process.start(self._argv, None, log, folder=ROOT)
        while not self.socket.exists():
            assert self.process.poll() is None, log.read_text()

    def stop(self) -> None:
        """Kill it."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.socket.unlink(missing_ok=True)

    def end(self) -> None:
        """Stop it for good."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@cache
def gate() -> Gate:
    """The one gate of this test process, started when it is first asked for."""
    made = Gate(engine().url)
    atexit.register(made.end)
    made.start()
    assert check(made.socket) == 0
    return made
