"""How long the briefing takes of a film with a thousand notes and a log of five thousand entries."""

from __future__ import annotations

import asyncio
import statistics
import time
from datetime import timedelta
from pathlib import Path
from typing import Final

from agent.hand import Hand
from bench.figure import Bar
from domain.account import LOCAL_USER
from domain.event import ModelReplied, RunQueued, ToolFinished
from domain.job import Job
from domain.note import MOST_NOTES, Note, NoteKind
from domain.nouns import NoteId, new_id
from domain.run import Run, Usage
from memory.direction import direction
from memory.folding import tokens
from memory.plain import DatabaseMemory
from storage.log import DatabaseEventLog
from tests.contracts.databases import START, House, a_job, a_lesson, a_project, a_run, open_house

BARS = {"brief_ms_p50": Bar("≤", 30), "direction_tokens": Bar("≤", 1_200)}
ENTRIES: Final = 5_001
ROUNDS: Final = 40
KINDS: Final[tuple[NoteKind, ...]] = ("color", "font", "style", "tone", "rule", "decision", "fact")


def measure(folder: Path) -> dict[str, float]:
    """Fill a film, and write its briefing again and again."""
    return asyncio.run(_measure(folder))


async def _measure(folder: Path) -> dict[str, float]:
    async with open_house("sqlite", folder) as house:
        run, job = await _fill(house)
        log = DatabaseEventLog(house.database, house.wakeups)
        hand = Hand(house.database, log, DatabaseMemory(house.database), run, job)
        story = await hand.story()
        spent: list[float] = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            await hand.briefing(story, Usage())
            spent.append((time.perf_counter() - began) * 1_000)
        async with house.database.transaction(LOCAL_USER, reading=True) as tx:
            notes = await tx.notes.list(run.project_id, limit=MOST_NOTES)
        lines = direction(notes, START)
        await log.close()
    return {
        "brief_notes": len(notes),
        "brief_entries": len(story.entries),
        "brief_ms_p50": statistics.median(spent),
        "brief_ms_p95": sorted(spent)[int(0.95 * len(spent))],
        "direction_tokens": tokens("\n".join(lines)),
    }


async def _fill(house: House) -> tuple[Run, Job]:
    project = a_project()
    run = a_run(project)
    job = a_job(project, "agent", run=run)
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(project)
        await tx.runs.add(run)
        await tx.jobs.enqueue(job)
        for number in range(MOST_NOTES):
            kind = KINDS[number % len(KINDS)]
            await tx.notes.add(
                Note(
                    note_id=NoteId(new_id()),
                    project_id=project.project_id,
                    kind=kind,
                    text=f"The {kind} of part {number % 300} is as it was said in round {number}",
                    topic=f"part {number % 300}",
                    reason="said in the prompt",
                    by="user" if number % 3 else "agent",
                    created_at=START - timedelta(minutes=MOST_NOTES - number),
                )
            )
        for number in range(150):
            await tx.lessons.learn(a_lesson(text=f"lesson {number}"))
        await tx.events.append(
            project.project_id, RunQueued(kind="generate", request=run.request, by=LOCAL_USER), run.run_id
        )
        for number in range((ENTRIES - 1) // 2):
            said = ModelReplied(model="m", text=f"Step {number}.")
            done = ToolFinished(call_id=str(number), tool="read_file", summary="ok", data={"text": "x" * 400})
            await tx.events.append(project.project_id, said, run.run_id)
            await tx.events.append(project.project_id, done, run.run_id)
    return run, job
