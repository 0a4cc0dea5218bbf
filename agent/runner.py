"""The handler of agent jobs: takes a run up, lets the loop drive it, and writes down how it ended."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Literal

from pydantic import JsonValue

from agent.hand import Hand
from agent.loop import Loop, Parts
from agent.story import Story
from agent.verdict import Ending, EndStatus
from agent.workflows import WORKFLOWS
from domain.consent import withdraw
from domain.database import Database, Transaction
from domain.errors import Conflict, NotFound, Unavailable
from domain.event import RunFinished, RunStarted
from domain.handler import Finished, Lease, Outcome, Parked
from domain.job import LEASE_S, Job
from domain.nouns import RunId
from domain.project import Project, ProjectStatus
from domain.run import OPEN, Run, Usage
from memory.lessons import learned, source_of

log = logging.getLogger(__name__)

_WHOLE_LOG = 100_000


class AgentHandler:
    """Does jobs of kind `agent`: one run each, over as many leases as it takes."""

    def __init__(self, database: Database, parts: Parts) -> None:
        self._database = database
        self._parts = parts

    async def run(self, lease: Lease) -> Outcome:
        job = lease.job
        run = await self._take_up(job)
        if run.state not in OPEN:
            return Finished(state="done", result={"status": run.state})
        hand = Hand(self._database, self._parts.log, self._parts.memory, run, job, self._parts.recall)
        loop = Loop(self._parts, hand, WORKFLOWS[run.kind])
        outcome = await self._drive(loop, run)
        story = await loop.pledge.delivered(await hand.story())
        usage = loop.usage(story)
        if isinstance(outcome, Parked):
            await self._park(story, usage, job, outcome)
            return outcome
        return await self._finish(story, usage, job, outcome)

    async def ended(self, tx: Transaction, job: Job) -> None:
        run = await tx.runs.get(_run_id(job))
        if run.state not in OPEN:
            return
        status: EndStatus = "cancelled" if job.state == "cancelled" else "failed"
        reason = "Cancelled." if status == "cancelled" else _sentence(job.reason)
        try:
            project = await tx.projects.get(run.project_id)
        except NotFound:
            # Deleted under the run: its log is closed with it.
            await withdraw(tx, run.run_id)
            await tx.runs.update(run.run_id, state=status, reason=reason, finished_at=datetime.now(UTC))
            return
        entries = await tx.events.read(run.project_id, run_id=run.run_id, limit=_WHOLE_LOG)
        story = Story(run=run, project=project, entries=tuple(entries))
        await self._write_end(tx, story, run.usage, Ending(status, reason))

    async def _take_up(self, job: Job) -> Run:
        """Mark the run as running; its start is told once, and again after a crash, but not after waiting."""
        async with self._database.transaction(job.owner) as tx:
            run = await tx.runs.get(_run_id(job))
            if run.state not in OPEN:
                return run
            await tx.jobs.heartbeat(job.job_id, job.attempt, LEASE_S)
            if run.state not in ("waiting", "awaiting_approval"):
                started = RunStarted(model=self._parts.model.name, attempt=job.attempt)
                await tx.events.append(run.project_id, started, run.run_id)
            await tx.projects.update(run.project_id, status="GENERATING")
            return await tx.runs.update(
                run.run_id,
                state=None if run.state == "cancelling" else "running",
                started_at=run.started_at or datetime.now(UTC),
            )

    async def _drive(self, loop: Loop, run: Run) -> Parked | Ending:
        """Let the loop run; a bug ends the run with a message that tells the user nothing internal."""
        try:
            return await loop.run()
        except (Conflict, NotFound, Unavailable):
            # The lease is lost, the project deleted or the database away: there is nothing to write now, and
            # another attempt goes on from the journal where it can.
            raise
        except Exception:
            log.exception("run failed by a bug", extra={"action": "run_bug", "run_id": run.run_id})
            return Ending(
                "failed",
                f"An internal error ended the run; what was made is kept. The server's log has the details "
                f"under run {run.run_id}.",
            )

    async def _park(self, story: Story, usage: Usage, job: Job, parked: Parked) -> None:
        """Give the worker back; an answer that came in the meantime queues the run again at once."""
        run_id, on_person = story.run.run_id, parked.waits_for is None
        async with self._database.transaction(story.run.owner) as tx:
            await tx.runs.update(run_id, state="awaiting_approval" if on_person else "waiting", usage=usage)
            await tx.jobs.park(job.job_id, job.attempt, parked.waits_for)
            if on_person and not await tx.approvals.list(run_id=run_id, states=("open",)):
                await tx.jobs.wake(job.job_id)

    async def _finish(self, story: Story, usage: Usage, job: Job, ending: Ending) -> Finished:
        state: Literal["done", "failed"] = "done" if ending.status == "succeeded" else "failed"
        told: dict[str, JsonValue] = {
            "status": ending.status, "tokens": usage.prompt_tokens + usage.answer_tokens,
            "cost_usd": usage.cost_usd,
        }  # fmt: skip
        finished = Finished(state=state, result=told, reason=ending.reason)
        async with self._database.transaction(story.run.owner) as tx:
            await self._write_end(tx, story, usage, ending)
            await tx.jobs.finish(job.job_id, job.attempt, state, result=finished.result, reason=ending.reason)
        log.info(
            "run finished",
            extra={"action": "run_finished", "run_id": story.run.run_id, "status": ending.status},
        )
        return finished

    async def _write_end(self, tx: Transaction, story: Story, usage: Usage, ending: Ending) -> None:
        """Write the end of the run with the project's status; only a success leaves jobs to go on."""
        run, status, reason = story.run, ending.status, ending.reason
        if status != "succeeded":
            for job in await tx.jobs.list(project_id=run.project_id, states=("queued", "leased", "parked")):
                if job.run_id == run.run_id and job.kind != "agent":
                    await tx.jobs.cancel(job.job_id)
        await withdraw(tx, run.run_id)
        event = RunFinished(
            status=status,
            reason=reason,
            usage=usage,
            links=story.links,
            findings=ending.findings,
            promise=story.kept,
        )
        await tx.events.append(run.project_id, event, run.run_id)
        await tx.runs.update(
            run.run_id, state=status, reason=reason, usage=usage, finished_at=datetime.now(UTC)
        )
        await tx.projects.update(run.project_id, status=await _status(tx, story.project, status))
        if status == "succeeded":
            source = source_of(story.project.name, run.run_id)
            for lesson in learned(story.entries, run.owner, source, datetime.now(UTC)):
                await tx.lessons.learn(lesson)


async def _status(tx: Transaction, project: Project, ended: EndStatus) -> ProjectStatus:
    """What a project is after a run: its newest revision is a film, or can become one, or is not there."""
    if ended == "failed":
        return "ERROR"
    if project.revision == 0:
        return "DRAFT"
    films = [film for film in await tx.renders.list(project.project_id) if film.purpose == "film"]
    newest = next((film for film in films if film.revision == project.revision), None)
    return "COMPLETED" if newest is not None and newest.status == "COMPLETED" else "READY"


def _run_id(job: Job) -> RunId:
    assert job.run_id is not None, "an agent job drives a run"
    return job.run_id


def _sentence(reason: str) -> str:
    """A job's reason as the user reads it."""
    return f"{reason[0].upper()}{reason[1:].rstrip('.')}." if reason else "The run could not go on."
