"""Servers of another version than can be used are named with theirs and with the one that is needed."""

import json
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from domain.errors import Unavailable
from domain.sandbox import BoxLimits
from memory.chroma_server import ServerShelf
from sandbox.backends.docker import DockerConfig, create
from storage import schema
from storage.redis import outage


@pytest.mark.parametrize("version", [(12, 19), (9, 6, 24), (), ("devel",)])
def test_an_old_postgresql_is_refused(version: tuple[object, ...]) -> None:
    with pytest.raises(Unavailable, match="13 or later is needed") as refused:
        schema.require(version)
    assert refused.value.part == "database"
    schema.require((13, 0))
    schema.require((18, 1))


@pytest.mark.parametrize("version", ["5.0.14", "6.0.20", "2.8", "unstable"])
def test_an_old_redis_is_refused(version: str) -> None:
    with pytest.raises(Unavailable, match=r"6\.2 or later is needed") as refused:
        outage.require(version)
    assert version in refused.value.message
    for good in ("6.2.14", "7.0.15", "8.10.0", "255.255.255"):
        outage.require(good)


@contextmanager
def answering(family: int, address: object, answer: Callable[[bytes], bytes]) -> Generator[socket.socket]:
    """A server that gives one answer to each request, and hangs up."""
    with socket.socket(family) as door:
        door.bind(address)  # pyright: ignore[reportArgumentType]
        door.listen()

        def serve() -> None:
            while True:
                try:
                    line, _ = door.accept()
                except OSError:
                    return
                with line:
                    if request := line.recv(65_536):  # some knock first
                        line.sendall(answer(request))

        serving = threading.Thread(target=serve)
        serving.start()
        yield door
        door.shutdown(socket.SHUT_RDWR)
        serving.join()


def http(status: str, body: object) -> bytes:
    text = json.dumps(body)
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(text)}\r\n"
    return f"{head}Connection: close\r\n\r\n{text}".encode()


async def test_an_old_chroma_server_is_refused() -> None:
    def answer(request: bytes) -> bytes:
        return http("200 OK", "0.4.24") if b"/api/v1/" in request else http("404 Not Found", {"detail": "x"})

    with answering(socket.AF_INET, ("127.0.0.1", 0), answer) as door:
        shelf = ServerShelf(f"http://127.0.0.1:{door.getsockname()[1]}")
        with pytest.raises(Unavailable, match=r"older than Chroma 1.0.*CHROMA_URL"):
            await shelf.check()
        await shelf.close()


async def test_an_old_engine_is_refused(tmp_path: Path) -> None:
    def answer(request: bytes) -> bytes:
        return http("200 OK", {"ApiVersion": "1.40", "Version": "19.03.15"})

    with answering(socket.AF_UNIX, str(tmp_path / "s"), answer):
        boxes = create(DockerConfig(url=f"unix://{tmp_path}/s", timeout=5))
        with pytest.raises(Unavailable, match=r"1\.40.*1\.41 \(Docker 20\.10\) or later"):
            await boxes.run(["true"], limits=BoxLimits())
