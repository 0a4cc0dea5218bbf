"""`python -m sandbox.gate`: stand before a Docker engine, and let boxes through and nothing else."""

from __future__ import annotations

import argparse
import logging
import signal
import socket
import sys
from pathlib import Path
from threading import Thread
from types import FrameType

from sandbox.engine import Engine
from sandbox.gate.boxes import Boxes
from sandbox.gate.rules import Most
from sandbox.gate.server import Gate

TIMEOUT_S = 30.0


def main() -> int:
    """Serve until SIGTERM or SIGINT; with --check, ask a gate how it is."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.gate", description=__doc__)
    parser.add_argument("--socket", type=Path, required=True, help="where callers come to")
    parser.add_argument("--engine", default="unix:///var/run/docker.sock", help="whom the gate guards")
    parser.add_argument("--image", default="director-sandbox", help="the image of boxes")
    parser.add_argument("--installation", default="gate", help="label of its boxes")
    for name, field in Most.model_fields.items():
        parser.add_argument(
            f"--{name.replace('_', '-')}", type=int, default=field.default, help=field.description
        )
    parser.add_argument("--check", action="store_true", help="exit 0 when the gate and its engine work")
    options = parser.parse_args()
    if options.check:
        return check(options.socket)
    logging.basicConfig(level="INFO", format="%(asctime)s %(levelname)s %(name)s %(message)s")
    engine = Engine(options.engine, options.image, options.installation, TIMEOUT_S)
    most = Most.model_validate({name: getattr(options, name) for name in Most.model_fields})
    with Gate(options.socket, Boxes(engine, most)) as gate:

        def on_signal(_number: int, _frame: FrameType | None) -> None:
            Thread(target=gate.shutdown).start()  # it waits for the loop, which is this thread

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, on_signal)
        gate.serve_forever(poll_interval=0.2)
    options.socket.unlink(missing_ok=True)
    return 0


def check(path: Path) -> int:
    """Ask whether the engine can hold boxes, and has their image."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(TIMEOUT_S)
        try:
            line.connect(str(path))
            line.sendall(b"GET /info HTTP/1.0\r\n\r\n")
            said = b"".join(iter(lambda: line.recv(4096), b""))
        except OSError as problem:
            said = str(problem).encode()
    head, _, body = said.partition(b"\r\n\r\n")
    if b" 200 " in head[:16]:
        return 0
    sys.stderr.write((body or head).decode(errors="replace")[:500] + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
