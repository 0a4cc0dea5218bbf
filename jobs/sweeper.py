"""The sweeper: ends jobs that nobody holds any more, and questions that nobody has answered in time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from domain.consent import expire
from domain.database import Database
from domain.errors import Unavailable
from domain.handler import Handler
from domain.job import SWEEP_S, JobKind
from domain.wake import Wakeups

log = logging.getLogger(__name__)


class Sweeper:
    """Looks every SWEEP_S, and when the jobs' bell rings; any number of sweepers may run."""

    def __init__(self, database: Database, wakeups: Wakeups, handlers: Mapping[JobKind, Handler]) -> None:
        self._database = database
        self._wakeups = wakeups
        self._handlers = handlers

    async def run(self) -> None:
        """Sweep until cancelled."""
        async with self._wakeups.listen("jobs") as bell:
            while True:
                try:
                    await self.sweep()
                except Unavailable as away:
                    log.warning("database away", extra={"action": "sweep_failed", "reason": away.message})
                    await asyncio.sleep(SWEEP_S)
                await bell.wait(SWEEP_S)

    async def sweep(self) -> int:
        """Sweep once; gives the number of jobs that were touched."""
        async with self._database.transaction(None) as tx:
            for late in await expire(tx):
                log.info(
                    "nobody answered",
                    extra={"action": "approval_expired", "approval_id": late.approval_id},
                )
            touched = await tx.jobs.sweep()
            for job in touched:
                log.warning(
                    "job swept",
                    extra={"action": "job_swept", "job_id": job.job_id, "kind": job.kind, "state": job.state},
                )
                if job.finished_at is not None:
                    await self._handlers[job.kind].ended(tx, job)
        return len(touched)
