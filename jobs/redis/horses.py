"""The RQ worker of `director worker`: each token is worked off in a process of its own."""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn, cast

from redis import exceptions
from rq import Queue, Worker, worker_registration
from rq.job import Job as RqJob
from rq.serializers import JSONSerializer

from domain.job import JobKind
from domain.nouns import new_id
from jobs.processes import die_with_parent
from jobs.redis.tokens import Token, connect, queue_name

log = logging.getLogger(__name__)

TTL_S = 20
"""Seconds after which RQ forgets a worker that does not say that it lives; it does so four times as often."""
MONITOR_S = 5
PAUSE_S = 1.0


class Horseman(Worker):
    """An RQ worker whose work-horse is asked to stop, and puts its job back, when the worker is."""

    def main_work_horse(self, job: RqJob, queue: Queue) -> NoReturn:
        """Never outlive the worker: another one takes the job up."""
        die_with_parent(self.pid or os.getppid())
        super().main_work_horse(job, queue)

    def fork_work_horse(self, job: RqJob, queue: Queue) -> None:
        super().fork_work_horse(job, queue)
        if self.stopped:  # it was told to stop while the horse was not known yet
            self.handle_warm_shutdown_request()

    @property
    def stopped(self) -> bool:
        """Whether it was told to stop, and did not just lose Redis."""
        return self._shutdown_requested_date is not None

    def handle_warm_shutdown_request(self) -> None:
        if self.horse_pid:
            os.kill(self.horse_pid, signal.SIGTERM)

    def heartbeat(self, *arguments: Any, **named: Any) -> None:
        """A Redis that is away is no reason to give up work that the database has leased."""
        try:
            super().heartbeat(*arguments, **named)
            if not self.is_horse and named.get("pipeline") is None:
                self._stay_known()
        except exceptions.ConnectionError as error:
            if not self.horse_pid:
                raise
            log.warning("redis is away", extra={"action": "redis_away", "reason": str(error)[:200]})

    def _stay_known(self) -> None:
        """Write oneself down again in a Redis that has forgotten everything."""
        redis = cast(Any, self.connection)
        if not redis.sismember(worker_registration.REDIS_WORKER_KEYS, self.key):
            redis.hset(self.key, mapping=cast(Any, self).serialize())
            cast(Any, worker_registration).register(self)

    def maintain_heartbeats(self, job: RqJob) -> None:
        try:
            super().maintain_heartbeats(job)
            self._stay_known()
        except exceptions.RedisError as error:
            log.warning("redis is away", extra={"action": "redis_away", "reason": str(error)[:200]})


class Stable:
    """Keeps one RQ worker at work until it is told to stop, and makes another when Redis was away."""

    def __init__(
        self, url: str, prefix: str, kinds: tuple[JobKind, ...], do: Callable[[JobKind], None]
    ) -> None:
        self._url = url
        self._queues = [queue_name(prefix, kind) for kind in kinds]
        self._stopping = False
        Token.do = staticmethod(do)

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; blocks, and is for a process's main thread.

        Raises Unavailable when Redis's address is not one.
        """
        connection = connect(self._url)
        while not self._stopping:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self._stop)
            name = f"{socket.gethostname()}-{os.getpid()}-{new_id()[-12:]}"
            try:
                worker = Horseman(
                    self._queues,
                    name=name,
                    connection=connection,
                    job_class=Token,
                    serializer=JSONSerializer,
                    worker_ttl=TTL_S,
                    job_monitoring_interval=MONITOR_S,
                )
                worker.work(logging_level="WARNING")
                self._stopping = self._stopping or worker.stopped
            except (exceptions.RedisError, OSError) as error:
                log.warning("redis is away", extra={"action": "redis_away", "reason": str(error)[:200]})
            _wait_for_horses()
            if not self._stopping:
                time.sleep(PAUSE_S)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True


def _wait_for_horses() -> None:
    """Let a work-horse that Redis's absence left alone end its job."""
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return
