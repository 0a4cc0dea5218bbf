"""Whose turn it is: which queued job goes first, and whether the queue has room for another one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from domain.errors import Unavailable
from domain.job import PART_OF, Job, JobKind
from domain.queue import AGED_S, SERVED_S, STEP, QueueFull, Room
from storage.rows.scope import Scope
from storage.rows.shape import table
from storage.tables import JobRow, QueueRow

JOBS = table(JobRow)
QUEUES = table(QueueRow)
HELD = ("leased", "cancelling")
_LONG_AGO = datetime(2000, 1, 1).astimezone()
_RETRY_S = 30.0


def due(scope: Scope, kinds: tuple[JobKind, ...], now: datetime) -> sa.Select[Any, Any]:
    """The jobs that could be leased now, the best first.

    Priority goes first, and waiting raises it. Among equals the user comes first who has least at work, then
    the one who was served longest ago, then the oldest job.
    """
    c = JOBS.c
    paused = sa.select(QUEUES.c.kind).where(QUEUES.c.state == "paused")
    served = _served(now)
    return (
        sa.select(c.job_id, c.attempt)
        .outerjoin_from(JOBS, served, served.c.owner == c.owner)
        .where(
            c.state == "queued",
            c.kind.in_(kinds),
            c.kind.not_in(paused),
            scope.mine(c.owner),
            sa.or_(c.not_before.is_(None), c.not_before <= now),
            sa.or_(c.kind != "agent", ~_turn_is_anothers()),
        )
        .order_by(
            (c.priority + _age(now)).desc(),
            sa.func.coalesce(served.c.held, 0),
            sa.func.coalesce(served.c.last, _LONG_AGO),
            c.created_at,
            c.job_id,
        )
    )


async def check_room(scope: Scope, job: Job, room: Room) -> None:
    """Let a job in; what belongs to a run or a film was let in with it.

    Raises QueueFull when its owner has too many waiting, Unavailable when the queue is full or drained.
    """
    if job.kind != "agent" and (job.run_id is not None or PART_OF in job.payload):
        return
    c = JOBS.c
    state = await scope.connection.scalar(sa.select(QUEUES.c.state).where(QUEUES.c.kind == job.kind))
    if state == "draining":
        raise Unavailable("queue", f"the {job.kind} queue is being drained and takes nothing new; try later")
    own = sa.func.coalesce(sa.func.sum(sa.case((c.owner == job.owner, 1), else_=0)), 0)
    counted = sa.select(sa.func.count(), own).where(c.state == "queued", c.kind == job.kind)
    row: Any = (await scope.connection.execute(counted)).first()
    waiting, mine = int(row[0]), int(row[1])
    if mine >= room.each:
        raise QueueFull(
            "too_many_waiting",
            f"{mine} of your {job.kind} jobs wait already, and {room.each} may; let some end, or cancel some",
            retry_after_s=_RETRY_S,
        )
    if waiting >= room.all:
        raise Unavailable("queue", f"the {job.kind} queue is full: {waiting} jobs wait; try later")


def _served(now: datetime) -> sa.Subquery:
    """For each owner: how many jobs are at work, and when one of them was taken last."""
    c = JOBS.alias("lately").c
    held = sa.func.sum(sa.case((c.state.in_(HELD), 1), else_=0)).label("held")
    query = sa.select(c.owner, held, sa.func.max(c.leased_at).label("last"))
    return query.where(c.leased_at > now - timedelta(seconds=SERVED_S)).group_by(c.owner).subquery("served")


def _age(now: datetime) -> sa.ColumnElement[int]:
    created = JOBS.c.created_at
    once, twice = now - timedelta(seconds=AGED_S), now - timedelta(seconds=2 * AGED_S)
    return sa.case((created <= twice, 2 * STEP), (created <= once, STEP), else_=0)


def _turn_is_anothers() -> sa.ColumnElement[bool]:
    """Whether another agent job of the project is at work, was begun before, or has waited longer."""
    c, other = JOBS.c, JOBS.alias("other").c
    begun = sa.and_(other.attempt > 0, c.attempt == 0)
    same = (other.attempt > 0) == (c.attempt > 0)
    older = sa.or_(
        other.created_at < c.created_at, sa.and_(other.created_at == c.created_at, other.job_id < c.job_id)
    )
    return sa.exists().where(
        other.project_id == c.project_id,
        other.kind == "agent",
        other.job_id != c.job_id,
        sa.or_(
            other.state.in_(("leased", "parked", "cancelling")),
            sa.and_(other.state == "queued", sa.or_(begun, sa.and_(same, older))),
        ),
    )
