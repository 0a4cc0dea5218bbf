"""Does analysis jobs: hears a sound in a box, keeps what was heard in the blobs, and writes down the end."""

from __future__ import annotations

import logging
from typing import Literal

from pydantic import JsonValue

from domain.blob import Blobs
from domain.database import Database, Transaction
from domain.engine import Engine
from domain.errors import NotFound, ToolError
from domain.event import AnalysisFinished
from domain.handler import Finished, Lease
from domain.hearing import Heard, HearingKept, HearingWish
from domain.job import Job

log = logging.getLogger(__name__)


class AnalysisHandler:
    """The Handler of analysis jobs (see domain/handler.py)."""

    def __init__(self, database: Database, engine: Engine, blobs: Blobs) -> None:
        self._database = database
        self._engine = engine
        self._blobs = blobs

    async def run(self, lease: Lease) -> Finished:
        """Hear the sound of one job; a second run after a crash finds what the first has heard."""
        job = lease.job
        wish = wish_of(job)
        lease.note(f"listening to {wish.path}")
        async with self._database.transaction(job.owner, reading=True) as tx:
            await tx.projects.get(job.project_id)
        try:
            kept = await self._keep(await self._hear(wish))
        except ToolError as refused:
            return await self._end(job, "failed", {"kind": refused.kind}, f"{wish.path}: {refused.message}")
        return await self._end(job, "done", kept.model_dump(mode="json"))

    async def ended(self, tx: Transaction, job: Job) -> None:
        """Tell the end of an analysis that `run` could not end; a deleted project's log is closed."""
        try:
            await tx.projects.get(job.project_id)
        except NotFound:
            return
        await _tell(tx, job)

    async def _hear(self, wish: HearingWish) -> Heard:
        try:
            sound = await self._blobs.path(wish.sound)
        except NotFound as gone:
            raise ToolError("missing", "its content is gone; upload it again") from gone
        return await self._engine.listen(sound, wish.sensitivity)

    async def _keep(self, heard: Heard) -> HearingKept:
        return HearingKept(
            hearing=await self._blobs.put(heard.hearing.model_dump_json().encode()),
            picture=await self._blobs.put(heard.picture),
            ear=self._engine.ear,
        )

    async def _end(
        self, job: Job, state: Literal["done", "failed"], result: dict[str, JsonValue], reason: str = ""
    ) -> Finished:
        async with self._database.transaction(job.owner) as tx:
            ended = await tx.jobs.finish(job.job_id, job.attempt, state, result=result, reason=reason)
            await _tell(tx, ended)
        log.info("analysis finished", extra={"action": "analysis_finished", "job_id": job.job_id})
        return Finished(state=state, result=result, reason=reason)


def wish_of(job: Job) -> HearingWish:
    """What a job is to hear; its payload may say more."""
    return HearingWish.model_validate(
        {name: job.payload[name] for name in HearingWish.model_fields if name in job.payload}
    )


async def _tell(tx: Transaction, job: Job) -> None:
    assert job.state in ("done", "failed", "cancelled"), "an end is told when it is written"
    event = AnalysisFinished(
        job_id=job.job_id, path=str(job.payload.get("path", "")), status=job.state, reason=job.reason
    )
    await tx.events.append(job.project_id, event, job.run_id)
