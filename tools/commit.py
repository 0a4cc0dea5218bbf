"""Making a call's work true: draft, rows, events, answer and journal in one transaction."""

from __future__ import annotations

from domain.account import Principal
from domain.database import Transaction
from domain.errors import Conflict
from domain.event import ToolFailed, ToolFinished, ToolStarted
from domain.nouns import Noun, ProjectId, RunId
from tools.answer import Answer
from tools.context import Work


class Ticket(Noun):
    """A run's right to call tools; every row written under it carries the attempt of its job."""

    principal: Principal
    project_id: ProjectId
    run_id: RunId
    attempt: int
    first_seq: int
    """Number of the turn's first call, counted over the whole run from 1."""
    plan_first: bool = False
    """Whether the user wants to agree to the plan before anything is written."""
    left_usd: float | None = None
    """What the run may still spend; None for as much as people agree to."""

    def poorer(self, usd: float) -> Ticket:
        """The same ticket after something was spent."""
        return self if self.left_usd is None else self.model_copy(update={"left_usd": self.left_usd - usd})


class Outrun(Exception):
    """Somebody changed what a call stood on between its beginning and its end; the call is made again."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__(conflict.message)
        self.conflict = conflict


async def commit_work(tx: Transaction, project_id: ProjectId, work: Work, run_id: RunId | None) -> None:
    """Write the draft, rows and events that a call left behind.

    Raises Outrun when the state is no longer what the call saw.
    """
    try:
        if work.draft is not None:
            await work.draft.draft.commit(tx, work.draft.message, run_id)
        for write in work.writes:
            await write(tx)
    except Conflict as conflict:
        raise Outrun(conflict) from conflict
    for event in work.events:
        await tx.events.append(project_id, event, run_id)


async def tell_end(tx: Transaction, project_id: ProjectId, answer: Answer, run_id: RunId | None) -> None:
    """Append how a call ended."""
    if answer.failed:
        failed = ToolFailed(
            call_id=answer.call_id, tool=answer.tool, kind=answer.kind, message=answer.summary,
            usage=answer.usage,
        )  # fmt: skip
        await tx.events.append(project_id, failed, run_id)
        return
    finished = ToolFinished(
        call_id=answer.call_id,
        tool=answer.tool,
        summary=answer.summary,
        data=answer.data,
        images=answer.links,
        revision=answer.revision,
        findings=answer.findings,
        usage=answer.usage,
    )
    await tx.events.append(project_id, finished, run_id)


async def commit_step(tx: Transaction, ticket: Ticket, seq: int, answer: Answer, work: Work | None) -> None:
    """Commit one call of a run.

    Raises Outrun, and Conflict when a later attempt has taken the run over.
    """
    if work is not None and not answer.failed:
        await commit_work(tx, ticket.project_id, work, ticket.run_id)
    await tell_end(tx, ticket.project_id, answer, ticket.run_id)
    await tx.steps.finish(
        ticket.run_id,
        seq,
        ticket.attempt,
        "failed" if answer.failed else "done",
        answer.model_dump(mode="json"),
        answer.job_id,
    )


async def commit_call(
    tx: Transaction, started: ToolStarted, project_id: ProjectId, answer: Answer, work: Work | None
) -> None:
    """Commit one call that belongs to no run: its beginning and its end are told together.

    Nothing resumes such a call, so one that was killed leaves no half of it in the log.
    Raises Outrun.
    """
    if work is not None and not answer.failed and work.new_project is not None:
        await tx.projects.add(work.new_project)
    await tx.events.append(project_id, started)
    if work is not None and not answer.failed:
        await commit_work(tx, project_id, work, None)
    await tell_end(tx, project_id, answer, None)
