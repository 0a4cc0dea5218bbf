"""A crowd of readers on one run, whose events come through Redis Streams from another process."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime

from bench.chaos.server import ROOT
from bench.stack.parts import Stack
from domain.account import LOCAL_USER
from domain.event import Notice, RunQueued
from domain.nouns import ProjectId, RunId, new_id
from domain.project import Project
from domain.run import Request, Run
from storage.database import SqlDatabase
from storage.redis.wakeups import RedisWakeups

CLIENTS = 500
PER_S = 10
EVENTS = 200


async def measure(stack: Stack, clients: int = CLIENTS) -> dict[str, float]:
    """Write events as a worker does, and have the crowd tell what it heard and when."""
    wakeups = RedisWakeups(stack.parts.redis.url())
    database = SqlDatabase(stack.parts.settings["DATABASE_URL"], wakeups)
    try:
        run = await _run(database)
        crowd = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.stack.crowd", str(stack.server.data / "director.sock"), run.run_id,
            str(clients), str(EVENTS + 1), cwd=ROOT, stdout=asyncio.subprocess.PIPE, limit=2**26,
        )  # fmt: skip
        clock = asyncio.get_running_loop().time
        assert crowd.stdout is not None
        came = clock()
        assert await crowd.stdout.readline() == b"ready\n"
        came = clock() - came
        begun, cpu_s = clock(), stack.server.cpu_s
        for number in range(EVENTS):
            await asyncio.sleep(max(0.0, begun + number / PER_S - clock()))
            async with database.transaction(LOCAL_USER) as tx:
                notice = Notice(substitution="a measure", reason=f"event {number}")
                await tx.events.append(run.project_id, notice, run.run_id)
        told = json.loads(await crowd.stdout.readline())
        cpu_s = stack.server.cpu_s - cpu_s
        await crowd.wait()
    finally:
        await database.close()
        await wakeups.close()
    delays = [float(delay) for delay in told["delays"]]
    assert len(delays) == clients * EVENTS - told["lost"], "the crowd counts its own"
    return {
        "sse_clients": clients,
        "sse_lost": told["lost"],
        "sse_p99_ms": round(1000 * delays[int(0.99 * len(delays))], 1),
        "sse_p50_ms": round(1000 * delays[len(delays) // 2], 1),
        "sse_connect_s": round(came, 2),
        "sse_server_cpu_s": round(cpu_s, 2),
    }


async def _run(database: SqlDatabase) -> Run:
    """Make a run that nobody works on: its events are this bench's."""
    now, project_id = datetime.now(UTC), ProjectId(new_id())
    request = Request(prompt="a measure")
    project = Project(project_id=project_id, owner=LOCAL_USER, name="crowd", created_at=now, updated_at=now)
    run = Run(
        run_id=RunId(new_id()), project_id=project_id, owner=LOCAL_USER, kind="generate", request=request,
        state="running", created_at=now,
    )  # fmt: skip
    async with database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(project)
        await tx.runs.add(run)
        await tx.events.append(
            project_id, RunQueued(kind="generate", request=request, by=LOCAL_USER), run.run_id
        )
    return run
