"""What the operator has said about the queues, as rows."""

from __future__ import annotations

import sqlalchemy as sa

from domain.job import JobKind
from domain.queue import KINDS, Queue, QueueState
from storage.rows.scope import Scope
from storage.rows.shape import columns, noun_of, record, table
from storage.tables import QueueRow

QUEUES = table(QueueRow)
FIELDS = columns(Queue, QUEUES)


class SqlQueues:
    """The queues of the house; they are nobody's."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def list(self) -> list[Queue]:
        rows = (await self._scope.connection.execute(sa.select(*FIELDS))).all()
        found = {queue.kind: queue for queue in (noun_of(Queue, row) for row in rows)}
        return [found.get(kind, Queue(kind=kind)) for kind in KINDS]

    async def set(self, kind: JobKind, state: QueueState) -> Queue:
        queue = Queue(kind=kind, state=state, changed_at=await self._scope.now())
        row = record(queue)
        await self._scope.connection.execute(self._scope.dialect.insert_new(QUEUES).values(row))
        await self._scope.connection.execute(sa.update(QUEUES).where(QUEUES.c.kind == kind).values(row))
        self._scope.to_lease = True
        return queue
