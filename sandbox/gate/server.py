"""The gate's door: the part of Docker's HTTP interface that our own backend uses, on a unix socket."""

from __future__ import annotations

import json
import logging
import re
import socket
import socketserver
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import BoundedSemaphore, Thread
from typing import Any, cast
from urllib.parse import parse_qs, unquote, urlsplit

import requests
from docker.errors import APIError, DockerException

from domain.errors import Unavailable
from sandbox.gate.boxes import Boxes
from sandbox.gate.rules import BOX, Refused

logger = logging.getLogger(__name__)

API = "1.41"
"""The version of Docker's interface that is spoken here (engine 20.10 and later)."""
LONGEST_BODY = 1024 * 1024
CALLERS = 256
"""Connections at the same time; one more is closed at once."""
IDLE_S = 60
_CHUNK = 64 * 1024
_NAME = rf"({BOX}|[0-9a-f]{{64}})"
_NUMBER = r"([0-9a-f]{64})"
_ROUTES = (
    ("GET", r"/version", "version"),
    ("GET", r"/info", "info"),
    ("GET", r"/images/(.{1,256})/json", "image"),
    ("GET", r"/containers/json", "list"),
    ("POST", r"/containers/create", "create"),
    ("POST", rf"/containers/{_NAME}/attach", "attach"),
    ("POST", rf"/containers/{_NAME}/start", "start"),
    ("POST", rf"/containers/{_NAME}/exec", "stage"),
    ("POST", rf"/exec/{_NUMBER}/start", "unpack"),
    ("GET", rf"/exec/{_NUMBER}/json", "unpacked"),
    ("GET", rf"/containers/{_NAME}/json", "state"),
    ("DELETE", rf"/containers/{_NAME}", "remove"),
)
_LINES = ("attach", "unpack")
_BODIES = ("create", "stage")
_UPGRADED = (
    b"HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\n"
    b"Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n"
)


class Caller(BaseHTTPRequestHandler):
    """One connection of a server or a worker."""

    protocol_version = "HTTP/1.1"
    server_version = "director-gate"
    sys_version = ""
    timeout = IDLE_S
    rbufsize = 0  # whatever follows the request belongs to the line that it may become

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:
        logger.debug("asked", extra={"line": format % args})

    def _answer(self) -> None:
        try:
            what, arguments = self._asked()
            found = self._do(what, arguments)
        except Refused as refused:
            logger.warning("refused", extra={"line": self.requestline[:200], "reason": refused.message})
            self._say(refused.status, {"message": refused.message})
        except APIError as problem:
            status = problem.status_code or 500
            self._say(status, {"message": str(problem.explanation or problem)[:500]})
        except Unavailable as away:
            self._say(503, {"message": away.message})
        except (DockerException, requests.exceptions.RequestException, OSError) as problem:
            self._say(503, {"message": f"the engine behind the gate does not answer: {str(problem)[:200]}"})
        else:
            if isinstance(found, socket.socket):
                self._splice(found)
            else:
                self._say(201 if what in _BODIES else 200 if found is not None else 204, found)

    def _asked(self) -> tuple[str, list[Any]]:
        """Read the request: what is to be done, and with what.

        Raises Refused for anything that has no place here.
        """
        body = self._body()
        split = urlsplit(self.path)
        path = re.sub(r"^/v\d\.\d\d", "", unquote(split.path))
        for method, pattern, what in _ROUTES:
            found = re.fullmatch(pattern, path)
            if method == self.command and found:
                arguments: list[Any] = list(found.groups())
                if what == "create":
                    arguments.append(_name(parse_qs(split.query)))
                return what, [*arguments, body] if what in _BODIES else arguments
        raise Refused(f"the gate does not let {self.command} {path[:100]!r} through: it makes boxes only")

    def _body(self) -> Any:
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdigit() or int(length) > LONGEST_BODY:
            self.close_connection = True
            raise Refused(f"a request has a length of at most {LONGEST_BODY} bytes", 413)
        content = b""
        while len(content) < int(length):
            chunk = self.rfile.read(int(length) - len(content))
            if not chunk:
                raise Refused("the request ended early", 400)
            content += chunk
        try:
            return json.loads(content or b"null")
        except ValueError:
            raise Refused("the request's body is no JSON", 400) from None

    def _do(self, what: str, arguments: list[Any]) -> object:
        if what == "version":
            return {"ApiVersion": API, "MinAPIVersion": API, "Version": "director-gate"}
        call: Callable[..., object] = getattr(cast("Gate", self.server).boxes, what)
        return call(*arguments)

    def _say(self, status: int, told: object) -> None:
        content = b"" if told is None else json.dumps(told).encode()
        with suppress(OSError):  # who asked has gone
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            if status != 204:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def _splice(self, far: socket.socket) -> None:
        """Become a line between the caller and the engine until both ends have hung up."""
        self.close_connection = True
        near = self.connection
        near.settimeout(None)
        far.settimeout(None)
        with far:
            with suppress(OSError):
                near.sendall(_UPGRADED)
            there = Thread(target=_carry, args=(near, far), daemon=True)
            there.start()
            _carry(far, near)
            there.join()


def _name(query: dict[str, list[str]]) -> str:
    name = query.get("name", [""])[0]
    if not re.fullmatch(BOX, name):
        raise Refused(f"a box is called director-box-… and 16 hexadecimal digits, not {name[:100]!r}", 400)
    return name


def _carry(source: socket.socket, sink: socket.socket) -> None:
    """Carry bytes until one end is gone, and pass the end on."""
    with suppress(OSError):
        while chunk := source.recv(_CHUNK):
            sink.sendall(chunk)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


class Gate(socketserver.ThreadingUnixStreamServer):
    """The gate on its socket; one thread for each caller."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, path: Path, boxes: Boxes) -> None:
        self.boxes = boxes
        self._room = BoundedSemaphore(CALLERS)
        path.unlink(missing_ok=True)
        super().__init__(str(path), Caller)
        path.chmod(0o660)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Give a caller a thread, while there is room."""
        if self._room.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            logger.warning("too many callers", extra={"callers": CALLERS})
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve one caller to its end."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Log what ended a call early: a caller that hung up, or a bug, which costs one call."""
        logger.warning("a call was not finished", exc_info=True)
