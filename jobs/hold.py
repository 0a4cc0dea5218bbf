"""One worker's hold on one job: heartbeats, and the end when it is lost or no longer wanted."""

from __future__ import annotations

import asyncio
import logging
from typing import Literal

from domain.database import Database
from domain.errors import Conflict, Unavailable
from domain.job import HEARTBEAT_S, LEASE_S, Job

log = logging.getLogger(__name__)

End = Literal["lost", "cancelled", "drained"]


class Hold:
    """What a handler knows of its lease; `keep` renews it until it is lost or the job is to end."""

    def __init__(self, database: Database, job: Job) -> None:
        self.job = job
        self._database = database
        self._look = asyncio.Event()
        self._end: End | None = None
        self._words = ""

    @property
    def cancelled(self) -> bool:
        return self._end == "cancelled"

    @property
    def end(self) -> End | None:
        """Why the handler was stopped, when it was."""
        return self._end

    def note(self, words: str) -> None:
        """Remember where the work stands; the next heartbeat writes it down."""
        self._words = words

    def look(self) -> None:
        """Ask the database now whether somebody wants this job to end."""
        self._look.set()

    def drain(self) -> None:
        """Stop the handler: its worker is going away and the job shall go on elsewhere."""
        self._end = self._end or "drained"
        self._look.set()

    async def keep(self) -> End:
        """Renew the lease until there is a reason to stop, and give that reason.

        A database that is away does not end the hold before the lease itself has run out.
        """
        clock = asyncio.get_running_loop().time
        good_until = clock() + LEASE_S
        while self._end is None:
            self._look.clear()  # before the database is read: a call that comes meanwhile is not lost
            try:
                job = await self._database_heartbeat()
                good_until = clock() + LEASE_S
                if job.state == "cancelling":
                    self._end = "cancelled"
                    break
            except Conflict:
                self._end = "lost"
                break
            except Unavailable:
                if clock() >= good_until:
                    self._end = "lost"
                    break
            try:
                async with asyncio.timeout(HEARTBEAT_S):
                    await self._look.wait()
            except TimeoutError:
                continue
        log.info("hold ended", extra={"action": "hold_ended", "job_id": self.job.job_id, "end": self._end})
        return self._end or "lost"

    async def _database_heartbeat(self) -> Job:
        async with self._database.transaction(None) as tx:
            return await tx.jobs.heartbeat(self.job.job_id, self.job.attempt, LEASE_S, self._words)
