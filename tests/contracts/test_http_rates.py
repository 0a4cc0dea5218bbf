"""How often somebody may ask, at every door: exact for servers that share a Redis, never for the owner."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from signal import SIGKILL

import httpx
import pytest

from api.rates import AWAY_S, MINUTE_S, Kind, Meter, Rates, TooMany, address_of, kind_of
from domain.account import LOCAL_USER
from tests.doors import opened, served
from tests.engines.redis import Redis
from tests.mcp.clients import desk, said, scaffold
from tests.mcp.test_bad_input import LIST, MODERN

SMALL = Rates(upload=2, generate=2, refine=2, production=2, other=4, streams=2)


@pytest.fixture(scope="module")
def redis() -> Iterator[Redis]:
    """A server of this module's own, because it is killed."""
    server = Redis(keeps=False)
    server.start()
    yield server
    server.end()


@pytest.fixture(params=["memory", "redis"])
def rates(request: pytest.FixtureRequest, redis: Redis) -> Rates:
    """Each place that counts, empty."""
    url = redis.url() if request.param == "redis" else ""
    with redis.client() as client:
        client.flushall()  # pyright: ignore[reportUnknownMemberType]
    return Rates(other=5, redis_url=url)


async def passed(meter: Meter, who: str, count: int, kind: Kind = "other") -> int:
    """How many of some requests may pass."""
    through = 0
    for _ in range(count):
        try:
            await meter.take(who, kind)
        except TooMany:
            continue
        through += 1
    return through


@asynccontextmanager
async def metered(rates: Rates, count: int = 1) -> AsyncGenerator[list[Meter]]:
    """So many servers' meters."""
    made = [Meter(rates) for _ in range(count)]
    try:
        yield made
    finally:
        for meter in made:
            await meter.close()


async def test_so_many_pass_and_each_for_himself_and_each_kind_for_itself(rates: Rates) -> None:
    async with metered(rates) as (meter,):
        assert await passed(meter, "ada", 9) == 5
        assert await passed(meter, "eve", 9) == 5
        assert await passed(meter, "ada", 12, "generate") == 10
        assert await passed(meter, "", 9) == 9
        with pytest.raises(TooMany, match="more than 5 requests within 60 seconds") as full:
            await meter.take("ada", "other")
    assert full.value.retry_after_s is not None
    assert 0 < full.value.retry_after_s <= 2 * MINUTE_S


async def test_requests_at_once_are_counted_exactly(rates: Rates) -> None:
    async with metered(rates, 4 if rates.redis_url else 1) as meters:
        through = await asyncio.gather(*(passed(meters[at % len(meters)], "ada", 1) for at in range(200)))
    assert sum(through) == 5


async def test_a_redis_that_is_away_leaves_each_server_counting_alone(
    redis: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    time = [0.0]
    meter = Meter(Rates(other=3, redis_url=redis.url()), clock=lambda: time[0])
    assert await passed(meter, "kim", 5) == 3
    redis.stop(SIGKILL)
    try:
        assert await passed(meter, "kim", 5) == 3  # counted anew, and still counted
        told = [each for each in caplog.records if getattr(each, "action", "") == "rates_alone"]
        assert len(told) == 1
    finally:
        redis.start()
    time[0] += AWAY_S
    assert await passed(meter, "kim", 5) == 3
    await meter.close()


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("POST", "/api/assets/upload", "upload"),
        ("POST", "/api/generate/start", "generate"),
        ("POST", "/api/generate/refine", "refine"),
        ("POST", "/api/generate/refine/", "refine"),
        ("POST", "/api/render/start", "production"),
        ("POST", "/api/tools/render_video", "production"),
        ("POST", "/api/tools/read_file", "other"),
        ("GET", "/api/generate/start", "other"),
        ("POST", "/mcp", "other"),
        ("POST", "/api/generate/cancel", "stop"),
        ("POST", "/api/render/cancel", "stop"),
        ("POST", "/api/tools/cancel_job", "stop"),
        ("GET", "/api/generate/cancel", "other"),
    ],
)
def test_each_kind_of_request_is_known(method: str, path: str, kind: str) -> None:
    assert kind_of(method, path) == kind


async def test_whoever_wants_work_to_stop_never_waits(rates: Rates) -> None:
    async with metered(rates) as [meter]:
        assert await passed(meter, "kim", 7, "other") == 5
        assert await passed(meter, "kim", 200, "stop") == 200


@pytest.mark.parametrize(
    ("client", "forwarded", "behind_proxy", "address"),
    [
        ("203.0.113.7", "", False, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", False, "203.0.113.7"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", True, "198.51.100.1"),
        ("127.0.0.1", "nonsense", True, "127.0.0.1"),
        ("2001:db8:1:2:3::4", "", False, "2001:db8:1:2::/64"),
        ("", "", False, "unknown"),
    ],
)
def test_an_address_is_the_last_that_nobody_can_invent(
    client: str, forwarded: str, behind_proxy: bool, address: str
) -> None:
    assert address_of(client, forwarded, behind_proxy=behind_proxy) == address


def check_refused(answer: httpx.Response, code: str = "rate_limited") -> None:
    told = answer.json()
    assert (answer.status_code, told["code"], told["retryable"]) == (429, code, True)
    assert answer.headers["content-type"] == "application/problem+json"
    assert 1 <= int(answer.headers["retry-after"]) <= 2 * MINUTE_S


async def test_a_key_that_asks_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    async with opened(tmp_path, meter=Meter(SMALL)) as doors:
        ada, eve = doors.client(key=await doors.key("ada")), doors.client(key=await doors.key("eve"))
        for kind, most in (("start", SMALL.generate), ("refine", SMALL.refine)):
            answers = [await ada.post(f"/api/generate/{kind}", json={}) for _ in range(most + 1)]
            assert [each.status_code for each in answers[:-1]] == [422] * most
            check_refused(answers[-1])
        assert [(await ada.get("/api/projects")).status_code for _ in range(SMALL.other)] == [
            200
        ] * SMALL.other
        check_refused(await ada.get("/api/projects"))
        assert (await eve.get("/api/projects")).status_code == 200


async def test_who_guesses_keys_is_counted_by_address(tmp_path: Path) -> None:
    async with opened(tmp_path, meter=Meter(SMALL)) as doors:
        await doors.key()
        codes: list[int] = []
        for guess in range(SMALL.other + 1):
            codes.append((await doors.client(key=f"dk_{guess}").get("/api/projects")).status_code)
        assert codes == [*[401] * SMALL.other, 429]
        check_refused(await doors.client().post("/api/session", json={"key": "dk_x"}))
        other = doors.client(peer="203.0.113.9", base="http://127.0.0.1:8470")
        assert (await other.get("/api/projects")).status_code == 401


async def test_a_stranger_who_only_looks_is_counted_too(tmp_path: Path) -> None:
    async with opened(tmp_path, meter=Meter(SMALL), host="0.0.0.0") as doors:
        stranger = doors.client(peer="203.0.113.9", base="http://director.example")
        codes = [(await stranger.get("/health")).status_code for _ in range(SMALL.other + 1)]
        assert codes == [*[200] * SMALL.other, 429]


async def test_the_local_owner_is_never_counted(tmp_path: Path) -> None:
    async with opened(tmp_path, meter=Meter(SMALL)) as doors, served(doors) as server:
        for socket in (False, True):
            async with server.client(socket=socket) as client, AsyncExitStack() as streams:
                for _ in range(SMALL.generate + 2):
                    assert (await client.post("/api/generate/start", json={})).status_code == 422
                run = (await client.post("/api/generate/start", json={"prompt": "A film"})).json()
                for _ in range(SMALL.streams + 1):
                    got = await streams.enter_async_context(client.stream("GET", run["links"]["stream"]))
                    assert got.status_code == 200


async def test_streams_are_limited_by_their_number_at_once(tmp_path: Path) -> None:
    async with opened(tmp_path, meter=Meter(Rates(streams=2))) as doors, served(doors) as server:
        key = await doors.key("ada")
        async with server.client(headers={"Authorization": f"Bearer {key}"}) as client:
            run = (await client.post("/api/generate/start", json={"prompt": "A film"})).json()
            path = run["links"]["stream"]
            async with client.stream("GET", path) as first, client.stream("GET", path) as second:
                assert (first.status_code, second.status_code) == (200, 200)
                check_refused(await client.get(path), "too_many_streams")
            async with asyncio.timeout(5):
                while (again := await client.send(client.build_request("GET", path), stream=True)).is_error:
                    await again.aclose()
            await again.aclose()


async def test_mcp_is_counted_like_every_other_door(tmp_path: Path) -> None:
    meter = Meter(Rates(production=1, other=30))
    async with desk(tmp_path) as at:
        at.made.house.meter.rates = meter.rates
        key = await at.made.key(LOCAL_USER)
        async with at.client(key=key) as client:
            project_id = await scaffold(client)
            asked = {"project_id": project_id, "quality": "draft"}
            assert not (await client.call_tool("render_video", asked)).is_error
            refused = await client.call_tool("render_video", asked)
            assert refused.is_error
            assert "limit: more than 1 production requests within 60 seconds" in said(refused)
        async with at.server.client(headers={"Authorization": f"Bearer {key}", **MODERN}) as http:
            codes = {(await http.post("/mcp", json=LIST)).status_code for _ in range(31)}
        assert codes == {200, 429}
