"""The host's half of the canaries: plants what an escape would find, and reads what a guest found."""

from __future__ import annotations

import json
import os
import socket
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from domain.sandbox import BoxLimits, Sandbox

_GUEST = Path(__file__).with_name("canary_guest.py")
_REPORT = TypeAdapter(list[str])
_LIMITS = BoxLimits(seconds=20, memory_mb=256, processes=32, work_mb=8)


async def escapes(sandbox: Sandbox) -> list[str]:
    """Run every canary in one box; one sentence for each that got through, none is good.

    Raises Unavailable when no box can be had.
    """
    with _planted() as facts:
        files = {"canaries.py": _GUEST.read_bytes(), "facts.json": json.dumps(facts).encode()}
        result = await sandbox.run(["python", "/in/canaries.py"], limits=_LIMITS, files=files)
    try:
        return _REPORT.validate_json(result.stdout)
    except ValidationError:
        return [f"the canaries did not report back (exit code {result.exit_code}, {result.ended_by})"]


@contextmanager
def _planted() -> Generator[dict[str, object]]:
    """Put a secret file, three listening sockets and this very process where a free guest would see them."""
    with (
        tempfile.TemporaryDirectory() as folder,
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(socket.AF_UNIX) as by_path,
        socket.socket(socket.AF_UNIX) as abstract,
    ):
        Path(folder).chmod(0o755)
        secret = Path(folder, "secret")
        secret.write_text("canary")
        by_path.bind(f"{folder}/socket")
        by_path.listen()
        abstract.bind("\0" + f"canary-{os.getpid()}-{Path(folder).name}")
        abstract.listen()
        yield {
            "secret": str(secret),
            "socket": f"{folder}/socket",
            "abstract": f"canary-{os.getpid()}-{Path(folder).name}",
            "port": tcp.getsockname()[1],
            "pid": os.getpid(),
            "command": Path("/proc/self/cmdline").read_bytes().hex(),
            "processes": _LIMITS.processes,
            "work_mb": _LIMITS.work_mb,
        }
