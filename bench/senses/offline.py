"""What the offline director leaves red: every template's example prompt, in each of the three formats."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.figure import ROOT, Bar
from domain.event import CheckFinished, Entry, ProjectRevised, ToolFinished
from domain.finding import Finding, worst_first
from domain.plugins import load_all
from domain.render import Render
from domain.run import FilmFormat
from tests.runs.exam import directing
from tests.runs.studio import Studio
from tests.stands import OWNER

BARS = {"offline_reds": Bar("≤", 0), "offline_prompts": Bar("≥", 36)}
FORMATS: tuple[FilmFormat, ...] = ("16:9", "9:16", "1:1")
AT_ONCE = 2
"""Films that are made side by side: while one is rendered, the other is written."""
WITHIN_S = 600.0
REPORT = ROOT / "reports" / "offline.json"


def prompts() -> list[tuple[str, FilmFormat, str]]:
    """Name every template with each format and its example prompt."""
    templates: Any = load_all("templates.gallery")
    return [
        (name, frame, each.CARD.example_prompt)
        for name, each in sorted(templates.items())
        for frame in FORMATS
    ]


def measure(folder: Path) -> dict[str, float]:
    """Have all films made at draft quality; what is left of each goes to reports/offline.json."""
    wanted = prompts()
    table = asyncio.run(directed(folder, wanted))
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n")
    return {"offline_reds": sum(map(len, table.values())), "offline_prompts": len(wanted)}


async def directed(folder: Path, wanted: Sequence[tuple[str, FilmFormat, str]]) -> dict[str, list[str]]:
    """Make films, and tell by film what is red when its run has ended."""
    places = asyncio.Semaphore(AT_ONCE)
    table: dict[str, list[str]] = {}
    async with directing(folder) as studio:

        async def one(name: str, frame: FilmFormat, prompt: str) -> None:
            async with places:
                table[f"{name} {frame}"] = found = await left(studio, frame, prompt)
            for line in found:
                sys.stderr.write(f"  {name} {frame}: {line}\n")

        async with asyncio.TaskGroup() as tasks:
            for each in wanted:
                tasks.create_task(one(*each))
    return dict(sorted(table.items()))


async def left(studio: Studio, frame: FilmFormat, prompt: str) -> list[str]:
    """Make one film and tell what is red; a run that failed is red too."""
    project_id = await studio.project()
    run = await studio.ask(project_id, prompt=prompt, format=frame, quality="draft")
    end = await studio.end(run, within=WITHIN_S)
    async with studio.house.database.transaction(OWNER, reading=True) as tx:
        renders = await tx.renders.list(project_id)
    reds = [
        f"{each.code} {each.scene or ''} {each.node or ''}: {each.message}"
        for each in open_findings(await studio.entries(run), renders)
        if each.severity == "error"
    ]
    return [*([f"the run {end.status}: {end.reason}"] if end.status != "succeeded" else []), *reds]


def open_findings(entries: Sequence[Entry], renders: Sequence[Render]) -> list[Finding]:
    """Everything that was found since the source last changed, by checks, by looking, and in the film."""
    events = [entry.event for entry in entries]
    begin = max((at for at, event in enumerate(events) if isinstance(event, ProjectRevised)), default=0)
    found = [
        each
        for event in events[begin:]
        if isinstance(event, CheckFinished | ToolFinished)
        for each in event.findings
    ]
    return list(worst_first([*found, *(renders[0].report.findings if renders else ())]))
