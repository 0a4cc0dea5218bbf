"""The server that is attacked, and one that says yes to everything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from aiohttp import web

from api.rates import Rates
from api.serving import Doors, serve
from domain.errors import Denied
from domain.nouns import KeyId, UserId
from domain.plugins import load_all
from storage.rows.keys import PREFIX, new_secret
from tests.mcp.attacks.ground import CASES, Ground
from tests.mcp.clients import Desk
from tests.mcp.test_tokens import Login, guarded, login
from tests.stands import OWNER, stand

LIFE_S = 1.5
"""Seconds that the key lives which ends."""
WIDE = "0.0.0.0"
UNLIMITED = Rates(upload=0, generate=0, refine=0, production=0, other=0, streams=0)
YES: dict[str, Any] = {
    "jsonrpc": "2.0", "id": 1,
    "result": {"resultType": "complete", "isError": False, "content": [{"type": "text", "text": "ok"}],
               "structuredContent": {}, "tools": [], "contents": []},
}  # fmt: skip


@asynccontextmanager
async def besieged(folder: Path) -> AsyncGenerator[Ground]:
    """Serve a house that takes keys and tokens, with things of Ada's in it."""
    async with login() as made, guarded(folder, made) as at, at.server.client() as http:
        at.made.house.meter.rates = UNLIMITED
        yield await _ground(at, http, made, folder)


async def _ground(at: Desk, http: httpx.AsyncClient, made: Login, folder: Path) -> Ground:
    house = at.made.stand
    project_id = await house.scaffold()
    job = (await house.call("render_video", {"quality": "draft"}, project_id=project_id)).job_id
    dies = [datetime.now(UTC)]
    revoked = await at.made.key(OWNER)

    async def soon() -> str:
        dies[0] = datetime.now(UTC) + timedelta(seconds=LIFE_S)
        return await at.made.key(OWNER, expires_at=dies[0])

    async def ended() -> None:
        await asyncio.sleep(max(0.0, (dies[0] - datetime.now(UTC)).total_seconds()) + 0.1)

    async def revoke() -> None:
        async with house.database.transaction(None) as tx:
            (key,) = [each for each in await tx.keys.list() if each.prefix == revoked[:PREFIX]]
            await tx.keys.revoke(KeyId(key.key_id))

    return Ground(
        http=http, key=await at.made.key(OWNER), eve=await at.made.key(UserId("eve")),
        soon=soon, ended=ended, revoked=revoked, revoke=revoke,
        project_id=project_id, other_project=await house.scaffold(), job_id=str(job), secrets=secrets(),
        upstream=lambda: made.heard, at_work=lambda: at.made.house.presence.open,
        open_to_all=await opens_to_all(at, folder / "bare"),
    )  # fmt: skip


def secrets() -> list[str]:
    """Ten thousand secrets as keys have them."""
    return [new_secret() for _ in range(10_000)]


async def opens_to_all(at: Desk, folder: Path) -> bool:
    """Whether a server without keys can be made to listen on every address."""
    folder.mkdir()
    async with stand(folder) as bare:
        house = replace(at.made.house, data=folder, database=bare.database, host=WIDE)
        try:
            async with asyncio.timeout(5):
                await serve(house, Doors(host=WIDE, port=0, socket=folder / "d.sock"))
        except Denied as refused:
            return refused.code != "keys_needed"
        except TimeoutError:
            return True
    return True


@asynccontextmanager
async def yielding() -> AsyncGenerator[Ground]:
    """Serve something that says yes to whatever is asked, and whose secrets count up."""

    async def yes(_: web.Request) -> web.Response:
        return web.json_response(YES)

    async def nothing() -> None:
        return

    async def key() -> str:
        return "dk_s"

    app = web.Application(client_max_size=2**24)
    app.router.add_route("*", "/{path:.*}", yes)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    counted = [f"dk_{number:043}" for number in range(10_000)]
    async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
        yield Ground(
            http=http, key="dk_a", eve="dk_e", soon=key, ended=nothing, revoked="dk_r", revoke=nothing,
            project_id="p" * 36, other_project="q" * 36, job_id="j" * 36, secrets=counted,
            upstream=lambda: [{"Authorization": "Bearer x"}], at_work=lambda: 0, open_to_all=True,
        )  # fmt: skip
    await runner.cleanup()


async def held(ground: Ground) -> dict[str, str]:
    """Try every attack; gives what went wrong by case, nothing for one that was held off."""
    load_all("tests.mcp.attacks")
    found: dict[str, str] = {}
    for name, attack in CASES.items():
        try:
            async with asyncio.timeout(15):
                await attack(ground)
        except Exception as through:
            found[name] = f"{type(through).__name__}: {through}"[:300]
        else:
            found[name] = ""
    return found
