"""What an attack would find on an open host, and whether it was touched."""

import os
import platform
import secrets
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox.syscalls import AARCH64, X86_64


@dataclass(frozen=True)
class Prey:
    """Files, sockets and a process of the host, in plain sight of anybody who is not in a box."""

    folder: Path
    given: Path
    """The folder that a box is given to read."""
    token: str
    mark: str
    victim: subprocess.Popen[bytes]
    listeners: tuple[socket.socket, ...]

    def facts(self, given: str) -> dict[str, object]:
        """All that an attacker could know; `given` is where it sees its input."""
        tcp, _, abstract = self.listeners
        return {
            "secret": str(self.folder / "secret"),
            "other_project": str(self.folder / "project-b/film.py"),
            "folder": str(self.folder),
            "input": f"{given}/film.py",
            "token": self.token,
            "mark": self.mark,
            "victim": self.victim.pid,
            "port": tcp.getsockname()[1],
            "socket": str(self.folder / "socket"),
            "abstract": abstract.getsockname()[1:].decode(),
            "calls": X86_64 if platform.machine() == "x86_64" else AARCH64,
            "machine": platform.machine(),
            "namespaces": {space.name: str(space.readlink()) for space in Path("/proc/self/ns").iterdir()},
        }

    def touched(self) -> list[str]:
        """Say what happened to the host."""
        found: list[str] = []
        if self.victim.poll() is not None:
            found.append("the victim was ended")
        for listener in self.listeners:
            try:
                listener.accept()[0].close()
                found.append(f"somebody connected to {listener.getsockname()!r}")
            except BlockingIOError:
                pass
        names = sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*"))
        if names != ["given", "given/film.py", "project-b", "project-b/film.py", "secret", "socket"]:
            found.append(f"the folder holds {names}")
        elif (self.given / "film.py").read_text() != "given" or (
            self.given / "film.py"
        ).stat().st_mode & 0o022:
            found.append("the input was changed")
        return found


@contextmanager
def planted(folder: Path) -> Generator[Prey]:
    """Lay the prey out, in a folder that everybody may enter and in the server's own environment."""
    mark, token = secrets.token_hex(8), secrets.token_hex(16)
    for path, text in (("secret", "secret"), ("project-b/film.py", "b"), ("given/film.py", "given")):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text)
    folder.chmod(0o755)
    tcp = socket.create_server(("127.0.0.1", 0))
    by_path, abstract = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
    by_path.bind(os.path.relpath(folder / "socket"))
    abstract.bind(f"\0abuse-{mark}")
    with (
        tcp,
        by_path,
        abstract,
        subprocess.Popen([sys.executable, "-S", "-c", "import signal; signal.pause()", mark]) as victim,
    ):
        listeners = (tcp, by_path, abstract)
        for listener in listeners:
            listener.listen()
            listener.setblocking(False)
        os.environ[f"PREY_{mark}"] = token
        try:
            yield Prey(folder, folder / "given", token, mark, victim, listeners)
        finally:
            del os.environ[f"PREY_{mark}"]
            victim.kill()
