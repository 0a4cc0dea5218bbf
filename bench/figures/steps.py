"""What the loop, the journal and the log cost for each tool call, beside the model and the tool."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from bench.figure import Bar
from domain.account import LOCAL_USER
from domain.event import RunQueued, ToolFinished
from domain.job import Job
from domain.model import Reply
from domain.nouns import JobId, ProjectId, RunId, new_id
from domain.project import Project
from domain.run import Request, Run
from providers.scripted import Scripted, says
from settings import Settings
from tools.context import ToolContext
from tools.define import Args, Effects, Result, tool
from wiring import Wiring

BARS = {"step_overhead_ms_p50": Bar("≤", 20)}
STEPS = 30


def measure(folder: Path) -> dict[str, float]:
    """Let a script call a tool that does nothing; the time between two answers is the overhead."""
    return {"step_overhead_ms_p50": asyncio.run(_overhead(folder))}


class Tick(Args):
    """Which call it is, so that no two are alike."""

    number: int
    """Counts from 1."""


class Ticked(Result):
    """Nothing was done."""


@tool(effects=Effects(), example=Tick(number=1))
async def tick(_ctx: ToolContext, args: Tick) -> Ticked:
    """Do nothing: what a call takes is then what the house takes for it."""
    return Ticked(summary=f"tick {args.number}")


def _line(number: int) -> Reply:
    return says("", ("tick", {"number": number}))


async def _overhead(folder: Path) -> float:
    wiring = Wiring(Settings(data=folder / "data", model="offline"))
    await wiring.open()
    wiring.executor.tools = {**wiring.executor.tools, "tick": tick}
    wiring.__dict__["model"] = Scripted([_line(number) for number in range(1, STEPS + 1)])
    project_id, run_id = ProjectId(new_id()), RunId(new_id())
    now = datetime.now(UTC)
    request = Request(prompt="measure")
    async with wiring.database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(
            Project(project_id=project_id, owner=LOCAL_USER, name="m", created_at=now, updated_at=now)
        )
        await tx.runs.add(
            Run(run_id=run_id, project_id=project_id, owner=LOCAL_USER, kind="generate", request=request,
                created_at=now)
        )  # fmt: skip
        await tx.jobs.enqueue(
            Job(job_id=JobId(new_id()), kind="agent", owner=LOCAL_USER, project_id=project_id, run_id=run_id,
                created_at=now)
        )  # fmt: skip
        await tx.events.append(project_id, RunQueued(kind="generate", request=request, by=LOCAL_USER), run_id)
    worker = wiring.worker({"agent": 1})
    working = asyncio.create_task(worker.run())
    moments = await _answers(wiring, project_id, run_id)
    worker.stop()
    await working
    await wiring.close()
    between = [(late - early).total_seconds() * 1000 for early, late in pairwise(moments)]
    return statistics.median(between)


async def _answers(wiring: Wiring, project_id: ProjectId, run_id: RunId) -> Sequence[datetime]:
    found: list[datetime] = []
    async for entry in wiring.log.tail(LOCAL_USER, project_id, run_id=run_id):
        if isinstance(entry.event, ToolFinished):
            found.append(entry.at)
        if len(found) == STEPS:
            break
    return found
