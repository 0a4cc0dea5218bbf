"""Tokens: for each job whose turn it is, one RQ job that carries its id and says that there is work."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, cast

from redis import Redis, exceptions
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue, Worker
from rq.job import Job as RqJob
from rq.serializers import JSONSerializer

from domain.database import Database
from domain.errors import NotFound, Unavailable
from domain.event import Notice
from domain.job import SWEEP_S, Job, JobKind
from domain.wake import Wakeups

log = logging.getLogger(__name__)

KINDS: tuple[JobKind, ...] = ("agent", "render", "analysis")
MOST_TOKENS = 100
"""Jobs that have a token at the same time; the others get theirs when these are done."""
LOST_S = 10
"""Seconds after which a token that was taken without any effect is made anew."""
ALIVE_S = 30
"""Seconds for which a worker without a heartbeat counts as living."""
LONELY_S = 3
"""Seconds that a job waits before it is told that nobody is there to do it."""
ANSWER_S = 3
AWAY = (exceptions.RedisError, OSError)


class Token(RqJob):
    """An RQ job that can only do one thing, whatever stands in Redis: what the worker's process is for."""

    do: ClassVar[Callable[[JobKind], None]]

    @property
    def func(self) -> Callable[..., None]:  # pyright: ignore[reportIncompatibleVariableOverride]
        """The one thing; the id that it is given says why, the database says what is best to do now."""
        kind = kind_in(self.origin)

        def work(*_job_id: object) -> None:
            if kind is not None:
                type(self).do(kind)

        return work


def connect(url: str) -> Redis:
    """Make a client for the queue.

    Raises Unavailable when the address is not one.
    """
    try:
        found = Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
            url, socket_connect_timeout=ANSWER_S, socket_timeout=ANSWER_S, retry=Retry(NoBackoff(), 0)
        )
    except ValueError as error:
        raise Unavailable("redis", "REDIS_URL is no address; write redis://:password@host:6379/0") from error
    return found


def queue_name(prefix: str, kind: JobKind) -> str:
    """The RQ queue of a kind of jobs."""
    return f"{prefix}-{kind}"


def kind_in(queue: str) -> JobKind | None:
    """The kind of jobs that a queue is for."""
    return next((kind for kind in KINDS if queue.endswith(f"-{kind}")), None)


class Tokens:
    """Hands out tokens; any number of servers may, since a token that is one too many does nothing."""

    def __init__(self, url: str, prefix: str, database: Database, wakeups: Wakeups) -> None:
        self._redis = connect(url)
        self._prefix = prefix
        self._database = database
        self._wakeups = wakeups
        self._told: set[str] = set()

    async def run(self) -> None:
        """Hand out tokens until cancelled."""
        async with self._wakeups.listen("jobs") as bell:
            while True:
                try:
                    await self.hand_out()
                except Unavailable as away:
                    log.warning("no tokens", extra={"action": "tokens_failed", "reason": away.message})
                    await asyncio.sleep(SWEEP_S)
                await bell.wait(SWEEP_S)

    async def hand_out(self) -> None:
        """See to it that each job whose turn it is has a token, and tell jobs that nobody is there for.

        Raises Unavailable when the database or Redis is away.
        """
        async with self._database.transaction(None, reading=True) as tx:
            due = await tx.jobs.due(KINDS, limit=MOST_TOKENS)
        self._told &= {job.job_id for job in due}
        if not due:
            return
        missing = await asyncio.to_thread(self._push, due)
        latest = datetime.now(UTC) - timedelta(seconds=LONELY_S)
        for job in due:
            if job.kind in missing and job.created_at < latest and job.job_id not in self._told:
                await self._tell(job)

    async def check(self) -> str:
        """Tell how many workers live.

        Raises Unavailable when there are none for a kind of jobs, or Redis is away.
        """
        counts = await asyncio.to_thread(self._living)
        lacking = [kind for kind in KINDS if not counts[kind]]
        if lacking:
            raise Unavailable("workers", _nobody(lacking))
        return ", ".join(f"{count} for {kind}" for kind, count in counts.items())

    def _push(self, due: Sequence[Job]) -> set[JobKind]:
        """Make the tokens that are not there; gives the kinds that no worker listens for."""
        names = [f"{job.job_id}_{job.attempt}" for job in due]
        try:
            there: list[RqJob | None] = cast(Any, RqJob).fetch_many(
                names, self._redis, serializer=JSONSerializer
            )
            for job, name, token in zip(due, names, there, strict=True):
                queue = Queue(
                    queue_name(self._prefix, job.kind), connection=self._redis, serializer=JSONSerializer
                )
                if token is not None:
                    if not self._lost(queue, token):
                        continue
                    token.delete()
                queue.enqueue_call(  # pyright: ignore[reportUnknownMemberType]
                    "jobs.redis.work",
                    args=(job.job_id,),
                    job_id=name,
                    timeout=-1,
                    result_ttl=0,
                    failure_ttl=60,
                )
        except AWAY as error:
            raise _away(error) from error
        counts = self._living()
        return {kind for kind in KINDS if not counts[kind]}

    def _lost(self, queue: Queue, token: RqJob) -> bool:
        """Whether nothing came of a token: it was taken, and its taker died or found nothing to do."""
        since = token.started_at or token.enqueued_at
        if since is not None and _aware(since) > datetime.now(UTC) - timedelta(seconds=LOST_S):
            return False
        waits = token.get_status(refresh=False) == "queued"
        return not (waits and cast(Any, self._redis).lpos(queue.key, token.id) is not None)

    def _living(self) -> dict[JobKind, int]:
        since = datetime.now(UTC) - timedelta(seconds=ALIVE_S)
        try:
            workers = cast(Any, Worker).all(connection=self._redis, serializer=JSONSerializer)
        except AWAY as error:
            raise _away(error) from error
        queues = [
            name
            for worker in workers
            if worker.last_heartbeat is not None and _aware(worker.last_heartbeat) >= since
            for name in worker.queue_names()
        ]
        return {kind: queues.count(queue_name(self._prefix, kind)) for kind in KINDS}

    async def _tell(self, job: Job) -> None:
        """Say in the run's own events that it waits for somebody to start a worker."""
        self._told.add(job.job_id)
        log.warning("no worker", extra={"action": "no_worker", "job_id": job.job_id, "kind": job.kind})
        notice = Notice(substitution=f"the {job.kind} job waits", reason=_nobody([job.kind]))
        first = cast(
            Any,
            await asyncio.to_thread(self._redis.set, f"{self._prefix}:told:{job.job_id}", 1, nx=True, ex=600),
        )
        if first:
            try:
                async with self._database.transaction(None) as tx:
                    await tx.events.append(job.project_id, notice, job.run_id)
            except NotFound:
                log.info("project gone", extra={"action": "project_gone", "job_id": job.job_id})


def _nobody(kinds: Sequence[str]) -> str:
    names = ",".join(kinds)
    return f"no RQ worker listens for {names}: start one with `director worker --queues {names}`"


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _away(error: Exception) -> Unavailable:
    said = " ".join(str(error).split())[:200] or type(error).__name__
    return Unavailable("redis", f"Redis does not answer ({said}): start it, or mend REDIS_URL")
