"""The gate's door without an engine behind it: what has no place there is refused unasked."""

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from domain.errors import Unavailable
from domain.sandbox import BoxLimits
from sandbox.backends.docker import DockerConfig, create
from sandbox.engine import Engine
from sandbox.gate.__main__ import check
from sandbox.gate.boxes import Boxes
from sandbox.gate.rules import Most
from sandbox.gate.server import CALLERS, LONGEST_BODY, Gate


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """The socket of a gate whose engine is away."""
    boxes = Boxes(Engine(f"unix://{tmp_path}/none.sock", "director-sandbox", "t", 5), Most())
    with Gate(tmp_path / "gate.sock", boxes) as gate:
        serving = threading.Thread(target=gate.serve_forever, kwargs={"poll_interval": 0.02})
        serving.start()
        yield tmp_path / "gate.sock"
        gate.shutdown()
        serving.join()


class Line(http.client.HTTPConnection):
    """HTTP over a unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("gate")
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(10)
        self.sock.connect(str(self._path))


def say(path: Path, method: str, target: str, body: object = None) -> tuple[int, dict[str, Any]]:
    line = Line(path)
    try:
        line.request(method, target, json.dumps(body) if body is not None else None)
        answer = line.getresponse()
        return answer.status, json.loads(answer.read() or b"{}")
    finally:
        line.close()


NAME = "director-box-0123456789abcdef"
CLOSED = [
    ("POST", "/build"),
    ("POST", "/v1.41/build?t=x"),
    ("POST", "/images/create?fromImage=alpine"),
    ("POST", "/images/load"),
    ("GET", "/images/json"),
    ("DELETE", "/images/director-sandbox"),
    ("POST", "/commit"),
    ("GET", "/events"),
    ("GET", "/system/df"),
    ("POST", "/auth"),
    ("GET", "/networks"),
    ("POST", "/networks/create"),
    ("GET", "/volumes"),
    ("POST", "/volumes/create"),
    ("GET", "/swarm"),
    ("POST", "/swarm/init"),
    ("GET", "/secrets"),
    ("POST", "/plugins/pull"),
    ("POST", "/session"),
    ("GET", "/containers/postgres/json"),
    ("GET", "/containers/postgres/logs"),
    ("POST", "/containers/postgres/exec"),
    ("DELETE", "/containers/postgres"),
    ("POST", f"/containers/{NAME}/update"),
    ("POST", f"/containers/{NAME}/rename?name=x"),
    ("POST", f"/containers/{NAME}/kill"),
    ("POST", f"/containers/{NAME}/wait"),
    ("GET", f"/containers/{NAME}/export"),
    ("GET", f"/containers/{NAME}/archive?path=/"),
    ("PUT", f"/containers/{NAME}/archive?path=/"),
    ("GET", f"/containers/{NAME}/top"),
    ("POST", f"/containers/{NAME}/attach/ws"),
    ("POST", f"/containers/{NAME}%2f..%2fpostgres/start"),
    ("POST", f"/containers/{NAME}/../postgres/start"),
    ("POST", "/exec/short/start"),
    ("HEAD", "/containers/json"),
    ("GET", "http://elsewhere/build"),
]


@pytest.mark.parametrize(("method", "target"), CLOSED)
def test_what_is_not_for_boxes_is_closed(path: Path, method: str, target: str) -> None:
    status, told = say(path, method, target, {} if method in ("POST", "PUT") else None)
    assert status == 403
    if method != "HEAD":
        assert "it makes boxes only" in told["message"]


def test_an_engine_that_is_away_is_told_and_found_when_it_is_asked_again(path: Path) -> None:
    for _ in range(2):
        status, told = say(path, "GET", "/v1.41/info")
        assert status == 503
        assert "the engine behind the gate does not answer" in told["message"]
    assert check(path) == 1


async def test_boxes_of_a_gate_without_an_engine_are_refused_in_words(path: Path) -> None:
    with pytest.raises(Unavailable, match=r"the engine behind the gate does not answer.*nothing was run"):
        await create(DockerConfig(url=f"unix://{path}")).run(["true"], limits=BoxLimits())


def test_a_name_of_another_container_is_refused(path: Path) -> None:
    for name in ("postgres", "director-box-1", f"{NAME}x", "", "../x"):
        status, told = say(path, "POST", f"/containers/create?name={name}", {})
        assert (status, "a box is called" in told["message"]) == (400, True)


@pytest.mark.parametrize(
    ("head", "body", "status"),
    [
        (f"Content-Length: {LONGEST_BODY + 1}", b"", 413),
        ("Content-Length: -1", b"", 413),
        ("Transfer-Encoding: chunked", b"0\r\n\r\n", 413),
        ("Content-Length: 3", b"no!", 400),
        ("Content-Length: 9", b"{}", 400),
    ],
)
def test_a_body_that_is_no_request_is_refused(path: Path, head: str, body: bytes, status: int) -> None:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(10)
        line.connect(str(path))
        line.sendall(f"POST /containers/create?name={NAME} HTTP/1.1\r\n{head}\r\n\r\n".encode() + body)
        line.shutdown(socket.SHUT_WR)
        assert line.recv(100).split()[1] == str(status).encode()


@pytest.mark.parametrize(
    "noise", [b"", b"\0" * 100, b"GET\r\n\r\n", b"\xff\xfe /x HTTP/9.9\r\n\r\n", b"A" * 70_000]
)
def test_noise_ends_its_own_call_only(path: Path, noise: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(10)
        line.connect(str(path))
        line.sendall(noise)
        line.shutdown(socket.SHUT_WR)
        with suppress(ConnectionResetError):  # the gate need not hear it out
            while line.recv(4096):
                continue
    assert say(path, "GET", "/version")[0] == 200


def test_a_crowd_is_turned_away_and_those_who_leave_make_room(path: Path) -> None:
    crowd: list[socket.socket] = []
    for _ in range(CALLERS + 20):
        line = socket.socket(socket.AF_UNIX)
        crowd.append(line)
        line.connect(str(path))
        line.settimeout(10)
    assert crowd[-1].recv(1) == b""  # closed at once
    for line in crowd:
        line.close()
    while True:
        try:
            assert say(path, "GET", "/version")[0] == 200
            return
        except (http.client.HTTPException, OSError):
            continue


def test_a_gate_that_is_away_is_told_by_its_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path / "none.sock") == 1
    assert "No such file" in capsys.readouterr().err
