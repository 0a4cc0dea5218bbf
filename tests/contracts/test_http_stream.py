"""Streams over real sockets: every event once and in order, whatever happens to the connection."""

import asyncio
import contextlib
import json
import random
import socket
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from httpx_sse import aconnect_sse

from api.house import Bounds
from domain.event import ModelDelta, Notice
from domain.nouns import ProjectId, RunId
from tests.doors import Open, Served, opened, served, spoke

MANY = 120


@dataclass
class Begun:
    """A run that a server streams."""

    doors: Open
    server: Served
    client: httpx.AsyncClient
    project_id: str
    run_id: str

    @property
    def path(self) -> str:
        return f"/api/generate/{self.run_id}/stream"

    async def say(self, count: int) -> None:
        for number in range(count):
            await self.doors.append(self.project_id, spoke(f"word {number}"), run_id=self.run_id)

    async def finish(self) -> None:
        await self.doors.finish(self.project_id, self.run_id)


@pytest.fixture
async def begun(tmp_path: Path) -> AsyncGenerator[Begun]:
    bounds = Bounds(heartbeat_s=0.2, send_timeout_s=0.5)
    async with opened(tmp_path, bounds=bounds) as doors, served(doors) as server, server.client() as client:
        told = (await client.post("/api/generate/start", json={"prompt": "A film"})).json()
        yield Begun(doors, server, client, told["project_id"], told["run_id"])


async def follow(
    client: httpx.AsyncClient, path: str, *, after: str | None = None, most: int | None = None
) -> list[tuple[int, str, dict[str, Any]]]:
    """Read a stream to its end, or cut it after so many events."""
    headers = {"Last-Event-ID": after} if after is not None else {}
    found: list[tuple[int, str, dict[str, Any]]] = []
    async with aconnect_sse(client, "GET", path, headers=headers) as source:
        assert source.response.status_code == 200
        async for each in source.aiter_sse():
            if not each.data:
                continue
            said = json.loads(each.data)
            assert said["seq"] in (0, int(each.id or 0))
            found.append((said["seq"], each.event, said))
            if most is not None and len(found) >= most:
                break
    return found


async def test_a_run_is_streamed_to_its_end_and_again_after_it(begun: Begun) -> None:
    reading = asyncio.create_task(follow(begun.client, begun.path))
    await begun.say(3)
    await begun.finish()
    live = await reading
    assert [(seq, kind) for seq, kind, _ in live] == [
        (1, "run.queued"),
        *((number, "model.replied") for number in (2, 3, 4)),
        (5, "run.finished"),
    ]
    assert await follow(begun.client, begun.path) == live


async def test_an_event_says_where_it_stands_and_never_what_its_provider_wrote(begun: Begun) -> None:
    await begun.say(1)
    await begun.finish()
    (_, _, said) = (await follow(begun.client, begun.path))[1]
    assert (said["seq"], said["run_id"], said["type"], said["text"]) == (
        2, begun.run_id, "model.replied", "word 0",
    )  # fmt: skip
    assert "at" in said
    assert "provider_content" not in said
    raw = await begun.client.get(begun.path)
    assert "thought-signature" not in raw.text


async def test_a_stream_that_is_cut_anywhere_goes_on_where_it_was_cut(begun: Begun) -> None:
    writing = asyncio.create_task(begun.say(MANY))
    chance = random.Random(7)
    seen: list[int] = []
    cuts = 0
    while len(seen) < MANY + 1:
        after = str(seen[-1]) if seen else None
        most = min(chance.randint(1, 5), MANY + 1 - len(seen))
        part = await follow(begun.client, begun.path, after=after, most=most)
        seen += [seq for seq, _, _ in part]
        cuts += 1
    await writing
    await begun.finish()
    seen += [seq for seq, _, _ in await follow(begun.client, begun.path, after=str(seen[-1]))]
    assert seen == list(range(1, MANY + 3))
    assert cuts > 20


async def test_every_place_of_a_log_can_be_gone_on_from(begun: Begun) -> None:
    await begun.say(30)
    await begun.finish()
    whole = [seq for seq, _, _ in await follow(begun.client, begun.path)]
    for place in range(len(whole)):
        rest = [seq for seq, _, _ in await follow(begun.client, begun.path, after=str(place))]
        assert rest == whole[place:]


async def test_a_question_mark_after_does_the_same_and_the_header_wins(begun: Begun) -> None:
    await begun.say(5)
    await begun.finish()
    assert [seq for seq, _, _ in await follow(begun.client, f"{begun.path}?after=5")] == [6, 7]
    assert [seq for seq, _, _ in await follow(begun.client, f"{begun.path}?after=1", after="6")] == [7]


@pytest.mark.parametrize("after", ["abc", "-1", "1.5", "1e3", "٣", "0x10", "9" * 40, "1 2"])
@pytest.mark.parametrize("how", ["header", "query"])
async def test_a_place_that_is_no_number_is_refused_by_its_value(begun: Begun, after: str, how: str) -> None:
    if how == "header":
        answer = await begun.client.get(begun.path, headers={b"Last-Event-ID": after.encode()})
    else:
        answer = await begun.client.get(begun.path, params={"after": after})
    told = answer.json()
    assert (answer.status_code, told["code"]) == (400, "bad_event_id")
    assert answer.headers["content-type"] == "application/problem+json"
    if after.isascii():
        assert after[:20] in told["detail"]


async def test_a_place_beyond_the_end_means_from_now_on(begun: Begun) -> None:
    reading = asyncio.create_task(follow(begun.client, begun.path, after="999999"))
    begun_listening = asyncio.create_task(follow(begun.client, begun.path, most=1))
    await begun_listening
    await until(lambda: begun.doors.house.presence.open == 1)
    await begun.finish()
    assert [kind for _, kind, _ in await reading][-1:] == ["run.finished"]


async def test_a_finished_run_that_was_read_to_its_end_has_nothing_more(begun: Begun) -> None:
    await begun.finish()
    for after in ("2", "99"):
        answer = await begun.client.get(begun.path, headers={"Last-Event-ID": after})
        assert (answer.status_code, answer.content) == (204, b"")


async def test_transient_events_have_no_number(begun: Begun) -> None:
    reading = asyncio.create_task(follow(begun.client, begun.path, most=2))
    delta = ModelDelta(model="scripted", text="Once")
    while not reading.done():
        await begun.doors.stand.log.whisper(ProjectId(begun.project_id), delta, RunId(begun.run_id))
        await asyncio.sleep(0.01)
    assert [(seq, kind) for seq, kind, _ in await reading] == [(1, "run.queued"), (0, "model.delta")]


async def test_a_project_streams_all_its_runs_and_what_belongs_to_none(begun: Begun) -> None:
    await begun.doors.append(begun.project_id, Notice(substitution="Inter", reason="Lato is not here"))
    await begun.finish()
    path = f"/api/projects/{begun.project_id}/stream"
    found = await follow(begun.client, path, most=3)
    assert [(seq, kind, said["run_id"]) for seq, kind, said in found] == [
        (1, "run.queued", begun.run_id), (2, "notice", None), (3, "run.finished", begun.run_id),
    ]  # fmt: skip


async def test_an_idle_stream_is_kept_alive_and_no_proxy_holds_it_back(begun: Begun) -> None:
    async with begun.client.stream("GET", begun.path) as answer:
        assert answer.headers["x-accel-buffering"] == "no"
        assert answer.headers["cache-control"] == "no-store, no-transform"
        beats = 0
        async for line in answer.aiter_lines():
            beats += line == ": still here"
            if beats == 3:
                break
    assert beats == 3


async def test_a_client_that_leaves_stops_its_stream_and_nothing_else(begun: Begun) -> None:
    await follow(begun.client, begun.path, most=1)
    await until(lambda: begun.doors.house.presence.open == 0)
    status = (await begun.client.get(f"/api/generate/{begun.run_id}/status")).json()
    assert status["state"] == "queued"


async def test_a_client_that_reads_nothing_is_dropped_and_others_go_on(begun: Begun) -> None:
    address = urlsplit(begun.server.url)
    with socket.socket() as stalled:
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stalled.connect((address.hostname, address.port))
        stalled.sendall(f"GET {begun.path} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode())
        await until(lambda: begun.doors.house.presence.open == 1)
        for number in range(12):
            await begun.doors.append(
                begun.project_id, spoke(f"{number}" + "x" * 900_000), run_id=begun.run_id
            )
        await until(lambda: begun.doors.house.presence.open == 0)
        with contextlib.suppress(ConnectionResetError):
            stalled.settimeout(5)
            while stalled.recv(65_536):
                pass
    await begun.finish()
    assert len(await follow(begun.client, begun.path)) == 14


async def test_a_server_that_goes_away_says_goodbye_to_its_streams(begun: Begun) -> None:
    async with begun.client.stream("GET", begun.path) as answer:
        lines = answer.aiter_lines()
        while (await anext(lines)) != "event: run.queued":
            pass
        stopping = asyncio.create_task(begun.server.stop())
        rest = [line async for line in lines]
    await stopping
    assert ": the server goes away; come back" in rest
    assert "retry: 1000" in rest


@pytest.mark.parametrize("path", ["/api/generate/nope/stream", "/api/projects/nope/stream"])
async def test_a_stream_of_nothing_is_not_found(begun: Begun, path: str) -> None:
    answer = await begun.client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def until(so: Any) -> None:
    async with asyncio.timeout(15):
        while not so():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.01)
