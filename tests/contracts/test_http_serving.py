"""One server per data folder: elected, bound, guarded, and ended in order."""

import asyncio
import os
import socket
import stat
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from api.serving import Doors, serve
from domain.errors import Conflict, Denied, UserError
from tests.doors import Open, opened, served


@pytest.fixture
async def doors(tmp_path: Path) -> AsyncGenerator[Open]:
    async with opened(tmp_path) as made:
        yield made


async def test_a_server_answers_on_its_port_and_on_its_socket(doors: Open) -> None:
    async with served(doors) as server, server.client() as port, server.client(socket=True) as own:
        assert server.url.startswith("http://127.0.0.1:")
        assert (await port.get("/health")).json()["pid"] == os.getpid()
        assert (await own.get("/health")).json()["pid"] == os.getpid()
        assert stat.S_IMODE(server.socket.stat().st_mode) == 0o600
    assert not server.socket.exists()


async def test_a_server_without_a_port_has_its_socket_alone(doors: Open) -> None:
    async with served(doors, host=None) as server, server.client(socket=True) as own:
        assert server.url.startswith("unix:")
        assert (await own.get("/health")).status_code == 200


async def test_a_second_server_is_told_who_is_first(doors: Open) -> None:
    async with served(doors):
        second = Doors(host=None, port=0, socket=doors.house.data / "e.sock")
        with pytest.raises(Conflict, match=f"runs already as process {os.getpid()}"):
            await serve(doors.house, second)
    async with served(doors) as again, again.client() as client:
        assert (await client.get("/health")).status_code == 200


async def test_a_socket_that_a_killed_server_left_is_no_obstacle(doors: Open) -> None:
    left = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    left.bind(str(doors.house.data / "d.sock"))
    left.close()
    async with served(doors) as server, server.client(socket=True) as own:
        assert (await own.get("/health")).status_code == 200


async def test_a_port_that_is_taken_is_named(doors: Open) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Conflict, match=f"port {port} of 127.0.0.1 is taken"):
            await serve(doors.house, Doors("127.0.0.1", port, doors.house.data / "d.sock"))
    assert not (doors.house.data / "d.sock").exists()


@pytest.mark.parametrize("host", ["999.1.1.1", "no such host", "192.0.2.1"])
async def test_an_address_that_is_not_this_machines_is_refused(doors: Open, host: str) -> None:
    await doors.key()
    with pytest.raises(UserError) as refused:
        await serve(replace(doors.house, host=host), Doors(host, 0, doors.house.data / "d.sock"))
    assert refused.value.code == "bad_host"


async def test_an_open_address_needs_a_key_first(doors: Open) -> None:
    house = replace(doors.house, host="0.0.0.0")
    with pytest.raises(Denied, match="director keys create"):
        await serve(house, Doors("0.0.0.0", 0, doors.house.data / "d.sock"))
    key = await doors.key()
    async with served(doors, host="0.0.0.0") as server:
        port = server.url.rsplit(":", 1)[1]
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            assert (await client.get("/api/projects")).status_code == 401
            opens = {"Authorization": f"Bearer {key}"}
            assert (await client.get("/api/projects", headers=opens)).status_code == 200


async def test_a_socket_whose_path_is_too_long_is_refused(doors: Open) -> None:
    path = doors.house.data / ("x" * 120) / "d.sock"
    with pytest.raises(UserError, match="DIRECTOR_DATA"):
        await serve(doors.house, Doors(None, 0, path))


async def test_a_server_that_nobody_uses_ends_but_not_while_a_run_is_open(doors: Open) -> None:
    async with served(doors, idle_exit_s=0.4) as server, server.client() as client:
        told = (await client.post("/api/generate/start", json={"prompt": "A film"})).json()
        await asyncio.sleep(1)
        assert not server.task.done()
        await client.post("/api/generate/cancel", json={"run_id": told["run_id"]})
        async with doors.stand.database.transaction(None) as tx:
            await tx.jobs.sweep()
        async with asyncio.timeout(5):
            await server.task


async def test_the_work_beside_the_doors_is_told_first_and_cancelled_last(doors: Open) -> None:
    told: list[str] = []
    stop = asyncio.Event()

    async def obedient() -> None:
        await stop.wait()
        told.append("put in order")

    async def other() -> None:
        told.append("at work")
        await stop.wait()

    def on_stop() -> None:
        told.append("told")
        stop.set()

    async with served(doors, beside=(other, obedient), on_stop=(on_stop,)) as server:
        async with server.client() as client:
            assert (await client.get("/health")).status_code == 200
        await asyncio.sleep(0)
    assert told == ["at work", "told", "put in order"]


async def test_answers_under_way_are_finished_when_the_server_ends(doors: Open) -> None:
    async with served(doors) as server, server.client() as client:
        sent = [
            asyncio.create_task(client.post("/api/projects", json={"name": f"Film {number}"}))
            for number in range(8)
        ]
        await asyncio.sleep(0.05)
        await server.stop()
        answers = await asyncio.gather(*sent, return_exceptions=True)
    codes = {each.status_code if isinstance(each, httpx.Response) else "refused" for each in answers}
    assert codes <= {201, "refused"}
    accepted = sum(isinstance(each, httpx.Response) for each in answers)
    kept = (await doors.client().get("/api/projects")).json()["items"]
    assert len(kept) == accepted


@pytest.mark.parametrize("path", ["/mcp", "/api/generate/start"])
async def test_a_client_that_leaves_in_the_middle_of_its_words_is_no_bug(
    path: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(tmp_path) as doors, served(doors) as server:
        where = urlsplit(server.url)
        _, writer = await asyncio.open_connection(where.hostname, where.port)
        head = f"POST {path} HTTP/1.1\r\nHost: {where.netloc}\r\nContent-Type: application/json\r\n"
        words = "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\n"
        writer.write(f"{head}{words}Content-Length: 100\r\n\r\n{{".encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        async with server.client() as client:
            assert (await client.get("/health")).status_code == 200
    assert [each for each in caplog.records if getattr(each, "action", "") == "request_bug"] == []
