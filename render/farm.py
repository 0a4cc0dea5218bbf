"""A long film over many workers: any of them draws its parts, and one joins what they drew."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol, cast

from pydantic import JsonValue

from domain.blob import Blobs
from domain.composition import Composition
from domain.database import Database, Transaction
from domain.engine import Engine, Files, OnProgress, Output, Progress
from domain.errors import Conflict, NotFound, UserError
from domain.event import EventLog, RenderProgress
from domain.handler import Finished, Lease, Parked
from domain.job import LEASE_S, OPEN_STATES, PART_OF, Job
from domain.nouns import JobId, RenderId, Sha256, new_id
from domain.render import ENDED, Render
from render.segments import Piece

log = logging.getLogger(__name__)

LONG_FRAMES = 1_800
"""A film of which less is missing is drawn by one worker: a minute of 30 frames a second."""
LEAST_FRAMES = 600
"""A part is not made smaller: each costs a box and a compilation."""
DRAWN = 92.0
"""Percent of a render at which all is drawn."""
TELL_S = 2.0
MOST_JOBS = 500
BEFORE = timedelta(seconds=1)
"""Parts are so much older than their film, so that they go before it, and before younger films."""


class Drawer(Engine, Protocol):
    """An engine that draws parts."""

    async def missing(self, film: Composition, files: Files, output: Output) -> tuple[Piece, ...]: ...

    async def draw(
        self, film: Composition, files: Files, output: Output, keys: Sequence[str],
        *, on_progress: OnProgress,
    ) -> dict[str, dict[str, Path]]: ...  # fmt: skip

    def adopt(self, key: str, files: Mapping[str, Path]) -> None: ...


@dataclass(frozen=True)
class Farm:
    """Parts films among workers that share the database and the blobs."""

    database: Database
    engine: Drawer
    blobs: Blobs
    events: EventLog
    parts: int
    """Into how many parts a film is cut at most; 1 leaves it whole."""
    long_frames: int = LONG_FRAMES
    least_frames: int = LEAST_FRAMES

    async def divide(self, job: Job, render: Render, film: Composition, files: Files) -> Parked | None:
        """Hand a film's parts out and wait for them; None when it is this worker's turn to make the film."""
        if self.parts < 2:
            return None
        children = await self._children(job)
        if children:
            waiting = next((child for child in children if child.state in OPEN_STATES), None)
            if waiting is not None:
                return Parked(waits_for=waiting.job_id)
            await self._adopt(children)
            return None
        pieces = await self.engine.missing(film, files, render.output)
        frames = sum(piece.count for piece in pieces)
        if frames < self.long_frames:
            return None
        shares = shared_out(pieces, min(self.parts, max(1, frames // self.least_frames)))
        made = [_part(job, render, share, frames) for share in shares]
        async with self.database.transaction(job.owner) as tx:
            await tx.jobs.heartbeat(job.job_id, job.attempt, LEASE_S)  # a lost lease hands nothing out
            for part in made:
                await tx.jobs.enqueue(part)
        log.info("film parted", extra={"action": "film_parted", "parts": len(made), "frames": frames})
        return Parked(waits_for=made[0].job_id)

    async def draw(self, lease: Lease, render: Render, film: Composition, files: Files) -> Finished:
        """Draw one part, and leave it in the blobs for whoever joins the film."""
        keys = cast(list[str], lease.job.payload["keys"])
        frames = cast(int, lease.job.payload["frames"])
        whole = cast(int, lease.job.payload["whole"])
        teller = PartTeller(self.database, self.events, lease, render, whole)
        drawn = await self.engine.draw(film, files, render.output, keys, on_progress=teller)
        kept: dict[str, JsonValue] = {}
        for key, found in drawn.items():
            kept[key] = {suffix: _apart(await self._copy(path)) for suffix, path in found.items()}
        await teller.end(frames)
        return Finished(state="done", result={"kept": kept, "frames": frames})

    async def call_off(self, tx: Transaction, job: Job) -> None:
        """Have the parts of a film end that is not wanted any more."""
        for child in await tx.jobs.list(project_id=job.project_id, states=OPEN_STATES, limit=MOST_JOBS):
            if child.payload.get(PART_OF) == job.job_id:
                await tx.jobs.cancel(child.job_id)

    async def _children(self, job: Job) -> list[Job]:
        async with self.database.transaction(job.owner, reading=True) as tx:
            jobs = await tx.jobs.list(project_id=job.project_id, kind="render", limit=MOST_JOBS)
        return [each for each in reversed(jobs) if each.payload.get(PART_OF) == job.job_id]

    async def _adopt(self, children: Sequence[Job]) -> None:
        """Fetch what the parts have left; what is missing is drawn here."""
        for child in children:
            kept = cast(dict[str, dict[str, str]], (child.result or {}).get("kept") or {})
            for key, names in kept.items():
                try:
                    files = {suffix: await self.blobs.path(_together(name)) for suffix, name in names.items()}
                except NotFound:
                    log.warning("piece gone", extra={"action": "piece_gone", "job_id": child.job_id})
                    continue
                await asyncio.to_thread(self.engine.adopt, key, files)

    async def _copy(self, path: Path) -> Sha256:
        return await self.blobs.put(await asyncio.to_thread(path.read_bytes))


class PartTeller:
    """Adds what one worker has drawn to the progress of the whole film."""

    def __init__(
        self, database: Database, events: EventLog, lease: Lease, render: Render, whole: int
    ) -> None:
        self._database = database
        self._events = events
        self._lease = lease
        self._render = render
        self._whole = whole
        self._told = 0
        self._fps = 0.0
        self._at = time.monotonic()

    async def __call__(self, progress: Progress) -> None:
        """Pass a word on, every now and then."""
        self._lease.note(f"{progress.stage} a part, {progress.done} of {progress.total} frames")
        self._fps = progress.fps
        if time.monotonic() - self._at >= TELL_S:
            await self._tell(progress.done)

    async def end(self, frames: int) -> None:
        """Tell that all frames of the part are drawn."""
        await self._tell(frames)

    async def _tell(self, done: int) -> None:
        self._at = time.monotonic()
        job, more = self._lease.job, max(0, done - self._told)
        async with self._database.transaction(self._render.owner) as tx:
            # the heartbeat holds the project, so that two parts never count from the same number
            await tx.jobs.heartbeat(job.job_id, job.attempt, LEASE_S)
            render = await tx.renders.get(self._render.render_id)
            if render.status in ENDED:
                raise Conflict("render_ended", f"render {render.render_id} has ended")
            percent = min(DRAWN, max(render.percent, 2) + 90 * more / max(1, self._whole))
            await tx.renders.save(render.model_copy(update={"percent": round(percent, 1)}))
        self._told = max(self._told, done)
        event = RenderProgress(
            render_id=render.render_id, stage="drawing", percent=round(percent, 1), fps=self._fps, eta_s=None
        )
        await self._events.whisper(render.project_id, event, render.run_id)


def shared_out(pieces: Sequence[Piece], count: int) -> list[list[Piece]]:
    """Cut pieces into so many neighbouring shares of about the same number of frames."""
    whole = sum(piece.count for piece in pieces)
    shares: list[list[Piece]] = [[]]
    drawn = 0
    for piece in pieces:
        if shares[-1] and len(shares) < count and drawn >= whole * len(shares) / count:
            shares.append([])
        shares[-1].append(piece)
        drawn += piece.count
    return shares


def render_id_of(job: Job) -> RenderId:
    """The render whose part a job is.

    Raises UserError when its payload says nothing of one.
    """
    found = job.payload.get("render")
    if not isinstance(found, str):
        raise UserError("part_without_render", f"job {job.job_id} is a part of no render: cancel it")
    return RenderId(found)


def _part(job: Job, render: Render, share: Sequence[Piece], whole: int) -> Job:
    keys: list[JsonValue] = [piece.key for piece in share]
    payload: dict[str, JsonValue] = {
        PART_OF: job.job_id, "render": render.render_id, "keys": keys,
        "frames": sum(piece.count for piece in share), "whole": whole,
    }  # fmt: skip
    return Job(
        job_id=JobId(new_id()), kind="render", owner=job.owner, project_id=job.project_id, run_id=job.run_id,
        priority=job.priority, payload=payload, created_at=job.created_at - BEFORE,
    )  # fmt: skip


def _apart(sha256: Sha256) -> str:
    """Write a hash so that it keeps no blob alive: pieces in the blobs are gone some days after."""
    return f"{sha256[:32]}-{sha256[32:]}"


def _together(name: str) -> Sha256:
    return Sha256(name.replace("-", ""))
