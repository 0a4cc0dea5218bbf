"""A worker process of the queue's tests: `… -m tests.contracts.dispatched DATABASE FOLDER REDIS PREFIX`."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from domain.database import Database, Transaction
from domain.handler import Finished, Handler, Lease, Outcome, Parked
from domain.job import Job, JobKind
from domain.nouns import JobId
from jobs.redis.horses import Stable
from jobs.worker import Worker
from storage.bells import SocketWakeups
from storage.database import SqlDatabase
from storage.redis.wakeups import RedisWakeups

KINDS: tuple[JobKind, ...] = ("agent", "render", "analysis")


class Scribe:
    """Does what a job's payload says, and writes down each beginning and each end."""

    def __init__(self, folder: Path, database: Database | None = None) -> None:
        self.folder = folder
        self._database = database

    async def run(self, lease: Lease) -> Outcome:
        job = lease.job
        self._say("began", job)
        if waits_for := job.payload.get("waits_for"):
            assert self._database is not None
            async with self._database.transaction(None, reading=True) as tx:
                if (await tx.jobs.get(JobId(str(waits_for)))).finished_at is None:
                    self._say("parked", job)
                    return Parked(waits_for=JobId(str(waits_for)))
        if job.payload.get("dies") and job.attempt == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        if job.payload.get("fails"):
            raise RuntimeError("a bug")
        await asyncio.sleep(float(str(job.payload.get("seconds", 0))))
        self._say("did", job)
        return Finished(state="done", result={"pid": os.getpid()})

    async def ended(self, tx: Transaction, job: Job) -> None:
        self._say("ended", job)

    def _say(self, what: str, job: Job) -> None:
        with (self.folder / "said").open("a") as said:
            said.write(f"{what} {job.job_id} {job.attempt} {job.kind} {job.state}\n")


def handlers(folder: Path, database: Database | None = None) -> dict[JobKind, Handler]:
    return {kind: Scribe(folder, database) for kind in KINDS}


def main() -> None:
    url, folder, redis, prefix = sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4]

    async def work(kind: JobKind | None) -> None:
        wakeups = RedisWakeups(redis, prefix=prefix) if redis else SocketWakeups(folder / "bells")
        database = SqlDatabase(url, wakeups)
        slots: dict[JobKind, int] = {kind: 1} if kind else dict.fromkeys(KINDS, 1)
        worker = Worker(database, wakeups, handlers(folder, database), name=str(os.getpid()), slots=slots)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, worker.stop)
        await (worker.once() if kind else worker.run())
        await database.close()
        await wakeups.close()

    if redis:
        Stable(redis, prefix, KINDS, lambda kind: asyncio.run(work(kind))).run()
    else:
        asyncio.run(work(None))


if __name__ == "__main__":
    main()
