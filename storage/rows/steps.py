"""The journal of tool calls in the database, fenced by the attempt of the run's job."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import JsonValue

from domain.errors import Conflict
from domain.nouns import JobId, RunId
from domain.run import Step, StepState
from storage.rows.runs import RUNS, project_of
from storage.rows.scope import Scope, missing
from storage.rows.shape import columns, noun_of, record, table
from storage.tables import JobRow, StepRow

STEPS = table(StepRow)
JOBS = table(JobRow)
FIELDS = columns(Step, STEPS)


class SqlSteps:
    """The steps of the owner's runs as rows; the run's owner is looked at once more after loading."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def intend(self, step: Step) -> Step:
        await self._check_run(step.run_id)
        await self._fence(step.run_id, step.attempt)
        there = await self._find(step.run_id, step.seq)
        if there is None:
            await self._scope.connection.execute(sa.insert(STEPS).values(record(step)))
            return step
        if there.attempt > step.attempt:
            raise _overtaken(step.run_id, step.attempt, there.attempt)
        if there.state == "intent":
            # the row is given as it was found, so that the caller sees whose intent it takes over
            await self._change(step.run_id, step.seq, {"attempt": step.attempt})
        return there

    async def finish(
        self,
        run_id: RunId,
        seq: int,
        attempt: int,
        state: StepState,
        result: dict[str, JsonValue],
        job_id: JobId | None = None,
    ) -> None:
        await self._check_run(run_id)
        await self._fence(run_id, attempt)
        there = await self._find(run_id, seq)
        if there is None:
            raise missing("step", f"{run_id}:{seq}")
        if there.attempt > attempt:
            raise _overtaken(run_id, attempt, there.attempt)
        new: dict[str, Any] = {"state": state, "result": result, "attempt": attempt}
        await self._change(run_id, seq, new if job_id is None else new | {"job_id": job_id})

    async def list(self, run_id: RunId) -> list[Step]:
        await self._check_run(run_id)
        query = sa.select(*FIELDS, RUNS.c.owner).join(RUNS, RUNS.c.run_id == STEPS.c.run_id)
        query = query.where(STEPS.c.run_id == run_id).order_by(STEPS.c.seq)
        rows = (await self._scope.connection.execute(query)).all()
        return [_step(row) for row in rows if self._scope.sees(row.owner)]

    async def _check_run(self, run_id: RunId) -> None:
        query = sa.select(RUNS.c.owner).where(RUNS.c.run_id == run_id, self._scope.mine(RUNS.c.owner))
        owner = await self._scope.connection.scalar(query)
        if owner is None or not self._scope.sees(owner):
            raise missing("run", run_id)

    async def _fence(self, run_id: RunId, attempt: int) -> None:
        await self._scope.hold(project_of(run_id))
        query = sa.select(JOBS.c.attempt).where(JOBS.c.run_id == run_id, JOBS.c.kind == "agent")
        attempts = await self._scope.connection.scalars(query.with_for_update(read=True))
        newest = max(attempts, default=attempt)
        if newest > attempt:
            raise _overtaken(run_id, attempt, newest)

    async def _find(self, run_id: RunId, seq: int) -> Step | None:
        query = sa.select(*FIELDS).where(STEPS.c.run_id == run_id, STEPS.c.seq == seq)
        row = (await self._scope.connection.execute(query.with_for_update())).first()
        return None if row is None else noun_of(Step, row)

    async def _change(self, run_id: RunId, seq: int, new: dict[str, Any]) -> None:
        change = sa.update(STEPS).where(STEPS.c.run_id == run_id, STEPS.c.seq == seq)
        await self._scope.connection.execute(change.values(new))


def _step(row: sa.Row[Any]) -> Step:
    return Step.model_validate(dict(zip(Step.model_fields, row[:-1], strict=True)))


def _overtaken(run_id: RunId, attempt: int, newest: int) -> Conflict:
    return Conflict(
        "attempt_overtaken", f"attempt {attempt} of run {run_id} is over: attempt {newest} goes on"
    )
