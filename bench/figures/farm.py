"""How much sooner a long film is done by two workers of one processor each than by one."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.figure import ROOT, Bar
from domain.account import LOCAL_USER
from domain.draft import Draft
from domain.engine import Output
from domain.job import Job
from domain.nouns import JobId, ProjectId, RenderId, new_id
from domain.project import Project
from domain.render import ENDED, Render
from settings import Settings, worker_environment
from wiring import Wiring

BARS = {"two_workers_speedup": Bar("≥", 1.7)}
ONLY_NAMED = True
"""Two films of ten minutes take eight minutes and more."""
SECONDS = 600
PATIENCE_S = 3_600
FILM = """\
from stage import Film, Rect, Scene, Text

film = Film("Ten minutes", width=1280, height=720, fps=30)
for number in range({seconds} // 10):
    scene = Scene(f"scene-{{number}}", seconds=10, background="#203040")
    title = Text(f"Chapter {{number + 1}}", size=120, color="#FFFFFF", anchor="center")
    dots = [Rect(width=60, height=60, fill="#FF8040", anchor="left", y=-300 + 40 * i) for i in range(16)]
    scene.add(title, *dots)
    scene.timeline.from_(title, y=80, opacity=0, duration=1)
    for i, dot in enumerate(dots):
        goes = {{"x": 900 + number, "rotation": 360 + number, "duration": 9, "at": i * 0.05}}
        scene.timeline.to(dot, ease="sine.inOut", **goes)
    film.add(scene)
"""


def measure(folder: Path, seconds: int = SECONDS) -> dict[str, float]:
    """Have one worker make a film of ten minutes, then two another one like it."""
    alone = asyncio.run(_made(folder / "one", 1, seconds))
    together = asyncio.run(_made(folder / "two", 2, seconds))
    return {
        "one_worker_s": alone,
        "two_workers_s": together,
        "two_workers_speedup": alone / together,
    }


async def _made(data: Path, workers: int, seconds: int) -> float:
    """Give the seconds from the order of a film to its end."""
    wiring = Wiring(Settings(data=data, model="offline", redis_url="", database_url="", sandbox="bubblewrap"))
    await wiring.open()
    render = await _order(wiring, seconds)
    own = {"DATABASE_URL", "REDIS_URL", "DIRECTOR_SANDBOX"}
    environment = {name: value for name, value in worker_environment().items() if name not in own} | {
        "DIRECTOR_DATA": str(data), "DIRECTOR_RENDER_CPUS": "1",
        "DIRECTOR_RENDER_PARTS": str(2 * workers if workers > 1 else 1),
    }  # fmt: skip
    argv = [sys.executable, "-m", "main", "worker", "--queues", "render"]
    started = time.monotonic()
    processes = [
        await asyncio.create_subprocess_exec(
            "taskset", "-c", str(number % (os.cpu_count() or 1)), *argv, env=environment, cwd=ROOT,
        )
        for number in range(workers)
    ]  # fmt: skip
    try:
        async with asyncio.timeout(PATIENCE_S):
            ended = await _ended(wiring, render.render_id)
    finally:
        for process in processes:
            process.terminate()
            await process.wait()
        await wiring.close()
    assert ended.film is not None, ended.reason
    return time.monotonic() - started


async def _order(wiring: Wiring, seconds: int) -> Render:
    now, project_id, job_id = datetime.now(UTC), ProjectId(new_id()), JobId(new_id())
    project = Project(
        project_id=project_id, owner=LOCAL_USER, name="long", width=1280, height=720, created_at=now,
        updated_at=now,
    )  # fmt: skip
    async with wiring.database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(project)
    draft = Draft(project_id, None)
    draft.write("film.py", FILM.format(seconds=seconds).encode())
    await draft.store(wiring.blobs)
    render = Render(
        render_id=RenderId(new_id()), job_id=job_id, project_id=project_id, owner=LOCAL_USER, revision=1,
        output=Output(quality="standard"), created_at=now,
    )  # fmt: skip
    job = Job(
        job_id=job_id, kind="render", owner=LOCAL_USER, project_id=project_id, render_id=render.render_id,
        created_at=now,
    )  # fmt: skip
    async with wiring.database.transaction(LOCAL_USER) as tx:
        await draft.commit(tx, "ten minutes")
        await tx.renders.add(render)
        await tx.jobs.enqueue(job)
    return render


async def _ended(wiring: Wiring, render_id: RenderId) -> Render:
    while True:
        async with wiring.database.transaction(None, reading=True) as tx:
            render = await tx.renders.get(render_id)
        if render.status in ENDED:
            return render
        await asyncio.sleep(0.2)
