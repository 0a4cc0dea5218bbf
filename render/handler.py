"""Does render jobs: compiles a revision, draws its film, checks the file, and writes down the end."""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from domain import links
from domain.blob import Blobs
from domain.database import Database, Transaction
from domain.engine import Engine, Film, Progress
from domain.errors import Conflict, Unavailable
from domain.event import EventLog, Link, Notice, RenderFinished, RenderProgress
from domain.finding import Report, worst_first
from domain.handler import Finished, Lease, Parked
from domain.job import PART_OF, Job
from domain.nouns import RenderId
from domain.project import ProjectStatus
from domain.render import ENDED, Render, RenderStatus
from domain.run import OPEN
from render.answers import sweep
from render.deliver import delivered
from render.farm import Farm, render_id_of

log = logging.getLogger(__name__)

WHISPER_EVERY_S = 0.25
WRITE_EVERY_S = 2.0
SUBSTITUTIONS = ("font_substituted", "asset_broken")
MOST_NOTICES = 5
MOST_FINDINGS = 100


class RenderHandler:
    """The Handler of render jobs (see domain/handler.py)."""

    def __init__(
        self, database: Database, engine: Engine, blobs: Blobs, events: EventLog, folder: Path,
        farm: Farm | None = None,
    ) -> None:  # fmt: skip
        """`folder` holds films on their way into the blobs; without a farm a film is made by one worker."""
        self._database = database
        self._engine = engine
        self._blobs = blobs
        self._events = events
        self._folder = folder
        self._farm = farm

    async def run(self, lease: Lease) -> Finished | Parked:
        """Make the film of one job, or a part; a second run after a crash finds the segments of the first."""
        job = lease.job
        if PART_OF in job.payload:
            return await self._draw_part(lease)
        render = await self._begin(job)
        if render.status in ENDED:
            return Finished(state="done", result={"status": render.status})
        teller = Teller(self._database, self._events, render, lease)
        files = await self._files(render)
        await teller(Progress(stage="compiling", done=0, total=0))
        build = await self._engine.compile(files)
        if build.composition is None:
            report = Report(findings=build.findings[:MOST_FINDINGS], checked=("source",))
            first = next((each for each in build.findings if each.severity == "error"), None)
            reason = (
                f"the source does not compile: {first.message}" if first else "the source does not compile"
            )
            return await self._end(job, render.model_copy(update={"report": report}), "FAILED", reason)
        if self._farm is not None:
            waits = await self._farm.divide(job, render, build.composition, files)
            if waits is not None:
                return waits
        self._folder.mkdir(parents=True, exist_ok=True)
        sweep(self._folder)
        folder = Path(tempfile.mkdtemp(prefix="film-", dir=self._folder))
        try:
            made = await self._engine.film(
                build.composition, files, render.output, folder, on_progress=teller
            )
            report = delivered(made, build.composition, render.output)
            warnings = tuple(each for each in build.findings if each.severity != "error")
            findings = worst_first((*report.findings, *warnings))
            report = report.model_copy(update={"findings": findings[:MOST_FINDINGS]})
            kept = await self._keep(render, made, folder, report)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if report.red and render.purpose == "film":
            first = next(each for each in report.findings if each.severity == "error")
            return await self._end(job, kept, "FAILED_CHECKS", f"the film has faults: {first.message}")
        return await self._end(job, kept, "COMPLETED", "")

    async def ended(self, tx: Transaction, job: Job) -> None:
        """Write down the end of a render that `run` could not end."""
        if job.render_id is None:
            return
        render = await tx.renders.get(job.render_id)
        if self._farm is not None:
            await self._farm.call_off(tx, job)
        if render.status in ENDED:
            return
        status: RenderStatus = "CANCELLED" if job.state == "cancelled" else "FAILED"
        reason = job.reason or ("cancelled" if status == "CANCELLED" else "the render could not go on")
        await write_end(tx, render, status, reason)

    async def _draw_part(self, lease: Lease) -> Finished:
        """Draw what another worker has handed out, unless its film has ended by now."""
        job = lease.job
        async with self._database.transaction(job.owner, reading=True) as tx:
            render = await tx.renders.get(render_id_of(job))
        if render.status in ENDED or self._farm is None:
            return Finished(state="cancelled", reason="the film has ended, or this worker draws no parts")
        files = await self._files(render)
        build = await self._engine.compile(files)
        if build.composition is None:
            return Finished(state="failed", reason="the source does not compile")
        return await self._farm.draw(lease, render, build.composition, files)

    async def _begin(self, job: Job) -> Render:
        async with self._database.transaction(job.owner) as tx:
            render = await tx.renders.get(render_of(job))
            if render.status in ENDED:
                return render
            render = render.model_copy(update={"status": "PROCESSING"})
            await tx.renders.save(render)
            if render.purpose == "film":
                await tx.projects.update(render.project_id, status="RENDERING")
            return render

    async def _files(self, render: Render) -> dict[str, Path]:
        async with self._database.transaction(render.owner) as tx:
            revision = await tx.revisions.get(render.project_id, render.revision)
        return {path: await self._blobs.path(sha256) for path, sha256 in revision.files.items()}

    async def _keep(self, render: Render, made: Film, folder: Path, report: Report) -> Render:
        """Put what was made into the blobs, and their names into the render."""
        return render.model_copy(
            update={
                "facts": made.facts,
                "report": report,
                "film": await self._blobs.put_file(made.path),
                "poster": await self._blobs.put_file(made.poster),
                "thumbnail": await self._blobs.put_file(made.thumbnail),
                "sheet": await self._blobs.put_file(made.sheet),
                "layout": await self._blobs.put_file(folder / "layout.json"),
            }
        )

    async def _end(self, job: Job, render: Render, status: RenderStatus, reason: str) -> Finished:
        finished = Finished(
            state="failed" if status == "FAILED" else "done",
            result={
                "status": status,
                "render_id": render.render_id,
                "frames": render.facts.frames if render.facts else 0,
            },
            reason=reason,
        )
        async with self._database.transaction(render.owner) as tx:
            await write_end(tx, render, status, reason)
            await tx.jobs.finish(
                job.job_id, job.attempt, finished.state, result=finished.result, reason=reason
            )
        log.info(
            "render finished",
            extra={"action": "render_finished", "render_id": render.render_id, "status": status},
        )
        return finished


class Teller:
    """Tells listeners how far a render is, a few times a second, and the database every now and then."""

    def __init__(self, database: Database, events: EventLog, render: Render, lease: Lease) -> None:
        self._database = database
        self._events = events
        self._render = render
        self._lease = lease
        self._job = lease.job
        self._whispered = 0.0
        self._written = time.monotonic()

    async def __call__(self, progress: Progress) -> None:
        """Pass one word on, unless the last one was a moment ago."""
        now = time.monotonic()
        if now - self._whispered < WHISPER_EVERY_S and progress.stage == "drawing":
            return
        self._whispered = now
        percent = percent_of(progress)
        self._lease.note(f"{progress.stage}, at {percent:g} %")
        event = RenderProgress(
            render_id=self._render.render_id,
            stage=progress.stage,
            percent=percent,
            fps=progress.fps,
            eta_s=progress.eta_s,
        )
        await self._events.whisper(self._render.project_id, event, self._render.run_id)
        if now - self._written >= WRITE_EVERY_S:
            self._written = now
            await self._write(percent)

    async def _write(self, percent: float) -> None:
        """Write the percentage down, if this worker still holds the job; a film does not fail for it."""
        try:
            async with self._database.transaction(self._render.owner) as tx:
                job = await tx.jobs.get(self._job.job_id)
                if job.state == "leased" and job.attempt == self._job.attempt:
                    render = await tx.renders.get(self._render.render_id)
                    await tx.renders.save(render.model_copy(update={"percent": percent}))
        except Unavailable as away:
            log.warning("percentage not written", extra={"action": "percent_lost", "reason": away.message})


def percent_of(progress: Progress) -> float:
    """Drawing is nine tenths of a render."""
    if progress.stage == "compiling":
        return 1.0
    if progress.stage in ("drawing", "encoding"):
        return round(2 + 90 * progress.done / max(1, progress.total), 1)
    return 94.0 if progress.stage == "mixing" else 97.0


async def write_end(tx: Transaction, render: Render, status: RenderStatus, reason: str) -> None:
    """Write the end of a render: itself, its events and what it means for its project."""
    good = render.film is not None and status in ("COMPLETED", "FAILED_CHECKS")
    ended = render.model_copy(
        update={
            "status": status,
            "reason": reason,
            "percent": 100 if good else render.percent,
            "finished_at": datetime.now(UTC),
        }
    )
    await tx.renders.save(ended)
    replaced = [each for each in ended.report.findings if each.code in SUBSTITUTIONS]
    for finding in replaced[:MOST_NOTICES]:
        notice = Notice(substitution=finding.message, reason="it was drawn with what there is")
        await tx.events.append(render.project_id, notice, render.run_id)
    event = RenderFinished(
        render_id=render.render_id,
        status=status,
        purpose=render.purpose,
        url=links.film(render.render_id) if good else None,
        facts=ended.facts,
        findings=ended.report.findings,
        skipped=ended.report.skipped,
        reason=reason,
        links=links_of(ended) if good else (),
    )
    await tx.events.append(render.project_id, event, render.run_id)
    if render.purpose == "film":
        await tx.projects.update(render.project_id, status=await project_status(tx, ended))


def links_of(render: Render) -> tuple[Link, ...]:
    """Where the film, its poster, large and small, and its contact sheet are opened."""
    found = [Link(rel="film", href=links.film(render.render_id))]
    pictures = (("poster", render.poster), ("thumbnail", render.thumbnail), ("sheet", render.sheet))
    for rel, sha256 in pictures:
        if sha256 is not None:
            found.append(Link(rel=rel, href=links.picture(render.project_id, sha256)))
    return tuple(found)


async def project_status(tx: Transaction, render: Render) -> ProjectStatus:
    """What a project is after a render of its film; a run that is still open goes on with it."""
    if any(run.state in OPEN for run in await tx.runs.list(render.project_id, limit=10)):
        return "GENERATING"
    if render.status in ("FAILED", "FAILED_CHECKS"):
        return "ERROR"
    project = await tx.projects.get(render.project_id)
    newest = render.revision == project.revision
    return "COMPLETED" if render.status == "COMPLETED" and newest else "READY"


def render_of(job: Job) -> RenderId:
    """The render that a job is about; raises Conflict for a job without one."""
    if job.render_id is None:
        raise Conflict("job_without_render", f"job {job.job_id} is about no render: cancel it")
    return job.render_id
