"""Whatever workers, crashes and users do to the queue, in whatever order, its promises hold."""

import asyncio
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.account import LOCAL_USER
from domain.errors import Conflict
from domain.job import LEASE_S, MOST_CRASHES, Job
from domain.nouns import JobId
from tests.contracts.databases import a_job, a_project, open_house

T = TypeVar("T")
ENDED = ("done", "failed", "cancelled")
AT_WORK = ("leased", "parked", "cancelling")


class Queue(RuleBasedStateMachine):
    """Two projects, any number of jobs, and leases that may be held long after they were lost."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.house = self.run(self.stack.enter_async_context(open_house("sqlite", folder)))
        self.projects = [a_project(), a_project()]
        self.leases: list[Job] = []
        self.ended: dict[JobId, Job] = {}
        self.run(self.add_projects())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def teardown(self) -> None:
        self.run(self.stack.aclose())
        self.runner.close()

    async def add_projects(self) -> None:
        async with self.house.database.transaction(LOCAL_USER) as tx:
            for project in self.projects:
                await tx.projects.add(project)

    async def jobs(self) -> dict[JobId, Job]:
        async with self.house.database.transaction(None, reading=True) as tx:
            return {job.job_id: job for job in await tx.jobs.list(limit=10_000)}

    @rule(project=st.integers(0, 1), agent=st.booleans(), priority=st.integers(-1, 1))
    def enqueue(self, project: int, agent: bool, priority: int) -> None:
        async def work() -> None:
            async with self.house.database.transaction(LOCAL_USER) as tx:
                kind = "agent" if agent else "render"
                job = a_job(self.projects[project], kind, priority=priority)
                await tx.jobs.enqueue(job.model_copy(update={"created_at": self.house.clock()}))

        self.run(work())

    @rule(agent=st.booleans())
    def lease(self, agent: bool) -> None:
        async def work() -> Job | None:
            async with self.house.database.transaction(None) as tx:
                return await tx.jobs.lease(("agent",) if agent else ("render",), "w", LEASE_S)

        before = self.run(self.jobs())
        job = self.run(work())
        if job is not None:
            was = before[job.job_id]
            assert (was.state, job.state, job.attempt) == ("queued", "leased", was.attempt + 1)
            self.leases.append(job)
        else:
            free = [job for job in before.values() if job.state == "queued" and job.kind == "render"]
            assert agent or not free

    @precondition(lambda self: self.leases)
    @rule(data=st.data(), act=st.sampled_from(["done", "failed", "cancelled", "beat", "park", "release"]))
    def act(self, data: st.DataObject, act: str) -> None:
        lease = data.draw(st.sampled_from(self.leases))
        jobs = self.run(self.jobs())
        other = data.draw(st.sampled_from(sorted(set(jobs) - {lease.job_id}) or [lease.job_id]))
        was = jobs[lease.job_id]
        holds = was.attempt == lease.attempt and was.state in ("leased", "cancelling")
        try:
            self.run(self.write(lease, act, other))
        except Conflict:
            assert not holds
            assert self.run(self.jobs()) == jobs
        else:
            assert holds

    async def write(self, lease: Job, act: str, other: JobId) -> None:
        async with self.house.database.transaction(None) as tx:
            if act == "beat":
                await tx.jobs.heartbeat(lease.job_id, lease.attempt, LEASE_S)
            elif act == "park":
                await tx.jobs.park(lease.job_id, lease.attempt, other)
            elif act == "release":
                await tx.jobs.release(lease.job_id, lease.attempt)
            else:
                await tx.jobs.finish(lease.job_id, lease.attempt, act)  # pyright: ignore[reportArgumentType]

    @precondition(lambda self: self.leases)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        jobs = self.run(self.jobs())
        job_id = data.draw(st.sampled_from(sorted(jobs)))

        async def work() -> Job:
            async with self.house.database.transaction(LOCAL_USER) as tx:
                return await tx.jobs.cancel(job_id)

        assert self.run(work()).state in ("cancelling", *ENDED)

    @rule(seconds=st.sampled_from([1, LEASE_S / 2, LEASE_S]))
    def time_passes(self, seconds: float) -> None:
        self.house.clock.advance(seconds)

    @rule()
    def sweep(self) -> None:
        async def work() -> list[Job]:
            async with self.house.database.transaction(None) as tx:
                await tx.jobs.sweep()
                return await tx.jobs.sweep()

        assert self.run(work()) == []

    @invariant()
    def promises_hold(self) -> None:
        jobs = self.run(self.jobs())
        for job in jobs.values():
            held = job.worker is not None
            assert held == (job.lease_until is not None)
            assert held or job.state != "leased"
            assert not held or job.state in ("leased", "cancelling")
            assert (job.finished_at is not None) == (job.state in ENDED)
            assert job.crashes <= MOST_CRASHES
            if job.state == "parked":
                assert job.waits_for is not None
                assert jobs[job.waits_for].state not in ENDED
        for project in self.projects:
            agents = [
                job for job in jobs.values() if job.project_id == project.project_id and job.kind == "agent"
            ]
            assert len([job for job in agents if job.state in ("leased", "parked")]) <= 1
        ended = {job_id: job for job_id, job in jobs.items() if job.state in ENDED}
        assert {job_id: ended.get(job_id) for job_id in self.ended} == self.ended
        self.ended = ended


TestQueue = Queue.TestCase
TestQueue.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
