"""A worker: leases jobs, lets the handler of their kind do them, and writes down how they ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from domain.count import BOXES, Untold
from domain.counting import write_down
from domain.database import Database
from domain.errors import Conflict, ToolError, Unavailable, UserError
from domain.handler import Finished, Handler, Outcome, Parked
from domain.job import LEASE_S, MOST_RETRIES, SWEEP_S, Job, JobKind, backoff_s
from domain.span import span
from domain.trail import follow
from domain.wake import Wakeups
from jobs.hold import Hold

log = logging.getLogger(__name__)

DRAIN_S = 5.0
"""Seconds that running handlers get to stop when their worker goes away."""


@dataclass(frozen=True)
class Again:
    """A part that the job needs is away: it is tried again after a pause."""

    reason: str


class Worker:
    """Does the jobs of some kinds, so many of each at a time, until it is told to stop.

    A lease is the worker's for LEASE_S; a handler runs beside its hold and is cancelled when the hold ends.
    """

    def __init__(
        self,
        database: Database,
        wakeups: Wakeups,
        handlers: Mapping[JobKind, Handler],
        *,
        name: str,
        slots: Mapping[JobKind, int],
        longest: Mapping[JobKind, float] | None = None,
        boxes: Untold | None = None,
    ) -> None:
        """`slots`: how many jobs of each kind are done at the same time; `longest`: seconds one may take.

        `boxes`: those that this process starts, written down after each job.
        """
        self._database = database
        self._wakeups = wakeups
        self._handlers = handlers
        self._name = name
        self._slots: dict[JobKind, int] = dict(slots)
        self._longest: dict[JobKind, float] = dict(longest or {})
        self._boxes = boxes or Untold()
        self._holds: dict[str, Hold] = {}
        self._stopping = asyncio.Event()
        self._called = asyncio.Event()

    def stop(self) -> None:
        """Lease nothing more, put back what is being done, and let `run` return."""
        self._stopping.set()
        self._called.set()
        for hold in self._holds.values():
            hold.drain()

    async def run(self) -> None:
        """Work until stopped."""
        log.info("worker started", extra={"action": "worker_started", "worker": self._name})
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen())
            while not self._stopping.is_set():
                job = await self._next()
                if job is None:
                    continue
                hold = Hold(self._database, job)
                self._holds[job.job_id] = hold
                if self._stopping.is_set():
                    hold.drain()
                tasks.create_task(self._do(hold))
        log.info("worker stopped", extra={"action": "worker_stopped", "worker": self._name})

    async def once(self) -> bool:
        """Do the best job there is now, and nothing after it; tells whether there was one.

        Raises Unavailable when the database is away.
        """
        job = await self._lease()
        if job is None:
            return False
        hold = self._holds[job.job_id] = Hold(self._database, job)
        if self._stopping.is_set():
            hold.drain()
        listening = asyncio.create_task(self._listen())
        try:
            await self._do(hold)
        finally:
            listening.cancel()
            await asyncio.wait({listening})
        return True

    async def _lease(self) -> Job | None:
        kinds: tuple[JobKind, ...] = tuple(kind for kind in self._slots if self._free(kind))
        if not kinds:
            return None
        async with self._database.transaction(None) as tx:
            return await tx.jobs.lease(kinds, self._name, LEASE_S)

    async def _listen(self) -> None:
        """Let each call of the jobs' bell look for work and for wishes to stop."""
        async with self._wakeups.listen("jobs") as bell:
            while not self._stopping.is_set():
                if await bell.wait(SWEEP_S / 8):
                    for hold in self._holds.values():
                        hold.look()
                    self._called.set()

    async def _next(self) -> Job | None:
        """Lease the next job, or wait a moment for one."""
        self._called.clear()
        try:
            if job := await self._lease():
                return job
        except Unavailable as away:
            log.warning("database away", extra={"action": "lease_failed", "reason": away.message})
        try:
            async with asyncio.timeout(SWEEP_S / 2):
                await self._called.wait()
        except TimeoutError:
            return None
        return None

    def _free(self, kind: JobKind) -> bool:
        busy = sum(1 for hold in self._holds.values() if hold.job.kind == kind)
        return busy < self._slots[kind]

    async def _do(self, hold: Hold) -> None:
        """Run the handler beside its hold; whichever ends first ends the other."""
        job = hold.job
        follow(job_id=job.job_id, run_id=job.run_id, render_id=job.render_id, project_id=job.project_id)
        handler = self._handlers[job.kind]
        keeping = asyncio.create_task(hold.keep())
        working = asyncio.create_task(self._outcome(handler, hold))
        try:
            await asyncio.wait({keeping, working}, return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                working.cancel()
                await asyncio.wait({working}, timeout=DRAIN_S)
            outcome = None if working.cancelled() or not working.done() else working.result()
            await self._close(hold, handler, outcome)
            await write_down(self._database, BOXES, self._boxes)
        except Conflict:
            log.warning("lease lost", extra={"action": "lease_lost", "job_id": job.job_id})
        except Unavailable as away:
            # The lease runs out by itself and the job is taken up again from its journal.
            log.warning("end not written", extra={"action": "end_lost", "reason": away.message})
        finally:
            keeping.cancel()
            working.cancel()
            if self._holds.get(job.job_id) is hold:  # a parked job may be woken and leased again by now
                del self._holds[job.job_id]
            self._called.set()

    async def _outcome(self, handler: Handler, hold: Hold) -> Outcome | Again:
        """Call the handler; what it raises becomes a failed job with a reason, or one that is tried again."""
        job = hold.job
        try:
            return await self._in_time(handler, hold)
        except Conflict:
            raise
        except Unavailable as away:
            if away.part == "database":
                raise  # the lease runs out, and another attempt goes on from the journal
            if job.retries < MOST_RETRIES:
                return Again(reason=away.message)
            return Finished(state="failed", reason=f"tried {job.retries + 1} times: {away.message}")
        except (ToolError, UserError) as known:
            return Finished(state="failed", reason=known.message)
        except Exception:
            log.exception("job failed by a bug", extra={"action": "job_bug", "job_id": job.job_id})
            return Finished(state="failed", reason=f"an internal error; see the log of job {job.job_id}")

    async def _in_time(self, handler: Handler, hold: Hold) -> Outcome:
        longest = self._longest.get(hold.job.kind)
        clock = asyncio.timeout(longest)
        try:
            async with clock:
                with span(f"job {hold.job.kind}", attempt=hold.job.attempt):
                    return await handler.run(hold)
        except TimeoutError:
            if not clock.expired():
                raise
            reason = f"it took longer than the {longest:g} s that a {hold.job.kind} job may; make it shorter"
            log.warning("job timed out", extra={"action": "job_timed_out", "job_id": hold.job.job_id})
            return Finished(state="failed", reason=reason)

    async def _close(self, hold: Hold, handler: Handler, outcome: Outcome | Again | None) -> None:
        """Write down how the job ended, unless the handler has."""
        job = hold.job
        if hold.end == "lost":
            return
        async with self._database.transaction(None) as tx:
            if isinstance(outcome, Parked):
                current = await tx.jobs.get(job.job_id)
                if current.state == "leased" and current.attempt == job.attempt:
                    await tx.jobs.park(job.job_id, job.attempt, outcome.waits_for)
            elif isinstance(outcome, Finished):
                current = await tx.jobs.get(job.job_id)
                if current.finished_at is None:
                    result: dict[str, JsonValue] = outcome.result
                    ended = await tx.jobs.finish(
                        job.job_id, job.attempt, outcome.state, result=result, reason=outcome.reason
                    )
                    await handler.ended(tx, ended)
            elif isinstance(outcome, Again):
                pause_s = backoff_s(job.retries + 1)
                await tx.jobs.release(job.job_id, job.attempt, delay_s=pause_s, retry=outcome.reason)
                said = {
                    "action": "job_again",
                    "job_id": job.job_id,
                    "in_s": pause_s,
                    "reason": outcome.reason,
                }
                log.warning("job is tried again", extra=said)
            elif hold.cancelled:
                ended = await tx.jobs.finish(job.job_id, job.attempt, "cancelled", reason="cancelled")
                await handler.ended(tx, ended)
            else:
                await tx.jobs.release(job.job_id, job.attempt)
