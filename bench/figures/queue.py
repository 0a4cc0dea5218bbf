"""What a long queue costs: taking jobs in behind 5,000 others, and giving all of them out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path

from bench.figure import Bar
from domain.account import LOCAL_USER
from domain.job import LEASE_S, Job
from domain.nouns import JobId, ProjectId, new_id
from domain.project import Project
from domain.queue import Room
from storage import schema
from storage.bells import LocalWakeups
from storage.database import SqlDatabase

BARS = {
    "enqueue_ms_p99": Bar("≤", 20),
    "drain_growth_mb": Bar("≤", 16),
}
QUEUED, TIMED = 5_000, 500


def measure(folder: Path) -> dict[str, float]:
    """Fill a queue, time what comes after, and work all of it off."""
    return asyncio.run(_measure(folder))


async def _measure(folder: Path) -> dict[str, float]:
    url = f"sqlite:///{folder / 'queue.db'}"
    schema.upgrade(url)
    database = SqlDatabase(url, LocalWakeups(), room=Room(all=10 * QUEUED, each=10 * QUEUED))
    project_id, now = ProjectId(new_id()), datetime.now(UTC)
    async with database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(
            Project(project_id=project_id, owner=LOCAL_USER, name="q", created_at=now, updated_at=now)
        )
    for _ in range(QUEUED // 500):
        async with database.transaction(LOCAL_USER) as tx:
            for _ in range(500):
                await tx.jobs.enqueue(_job(project_id))
    taken_in: list[float] = []
    for _ in range(TIMED):
        started = time.perf_counter()
        async with database.transaction(LOCAL_USER) as tx:
            await tx.jobs.enqueue(_job(project_id))
        taken_in.append(time.perf_counter() - started)
    before = _resident_mb()
    given_out = [seconds async for seconds in _drain(database)]
    growth = max(0.0, _resident_mb() - before)
    await database.close()
    assert len(given_out) == QUEUED + TIMED
    return {
        "enqueue_ms_p99": 1000 * sorted(taken_in)[int(0.99 * TIMED)],
        "lease_ms_p99": 1000 * sorted(given_out)[int(0.99 * len(given_out))],
        "drain_growth_mb": growth,
    }


async def _drain(database: SqlDatabase) -> AsyncGenerator[float]:
    while True:
        started = time.perf_counter()
        async with database.transaction(None) as tx:
            job = await tx.jobs.lease(("render",), "w", LEASE_S)
            if job is None:
                return
            await tx.jobs.finish(job.job_id, job.attempt, "done")
        yield time.perf_counter() - started


def _job(project_id: ProjectId) -> Job:
    return Job(
        job_id=JobId(new_id()), kind="render", owner=LOCAL_USER, project_id=project_id,
        created_at=datetime.now(UTC),
    )  # fmt: skip


def _resident_mb() -> float:
    """What this process holds in memory now, MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20
