"""Calling tools: validate, authorise, journal the intent, run, commit work and answer, translate errors.

A call's whole effect and its answer are committed in one transaction. A crash therefore leaves either an
intent without any effect, and the call is simply made again, or an answer, which is then read from the
journal. Only what reaches outside the database (money, publishing) is not made again blindly.
"""

from __future__ import annotations

import asyncio
import difflib
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import JsonValue

from domain.account import Principal
from domain.approval import Approval
from domain.database import Transaction
from domain.errors import NotFound, ToolError, Unavailable, UserError
from domain.event import Call, ToolStarted
from domain.model import ToolSpec
from domain.nouns import ProjectId, RunId, new_id
from domain.project import Page, Project
from domain.run import Step, Usage
from domain.span import span
from tools import consent
from tools.answer import Answer, Turn
from tools.arguments import args_hash, storable
from tools.care import Care
from tools.commit import Outrun, Ticket, commit_call, commit_step
from tools.context import Parked, Services, ToolContext, Work
from tools.define import Args, Tool, offered
from tools.outcome import UnknownOutcome, answered, failure, refusal, seen_files
from tools.veiling import veiled

log = logging.getLogger(__name__)

MOST_SEEN = 64
"""Runs whose last turn is remembered."""
MOST_TRIES = 4
"""How often a call is made again because somebody else was faster."""


@dataclass
class Opened:
    """A call on its way."""

    call: Call
    tool: Tool | None
    principal: Principal
    project: Project | None
    run_id: RunId | None = None
    seq: int = 0
    resumed: bool = False
    known: Mapping[str, str] = field(default_factory=dict[str, str])
    left_usd: float | None = None
    refused: ToolError | None = None
    """Why the call may not be made now."""
    approval: Approval | None = None
    """What a person says to the call, where one is asked."""


@dataclass
class Done:
    """What a try of a call came to; nothing of it is committed yet."""

    outcome: Answer | Parked
    work: Work | None = None


class Executor:
    """The one way to call a tool."""

    def __init__(self, services: Services, tools: Mapping[str, Tool]) -> None:
        self._services = services
        self._database = services.database
        self.tools = tools
        self.care = Care(services, tools)
        self._seen: dict[RunId, tuple[int, int, dict[str, str]]] = {}
        """By run: the attempt that made its last turn, the number of the call after it, known hashes."""

    def specs(self, wanted: Collection[str] = ()) -> tuple[ToolSpec, ...]:
        """The tools as the model of a run is told of them, by what the run's user wants."""
        return tuple(tool.spec() for tool in self.listed(wanted))

    def listed(self, wanted: Collection[str] = ()) -> list[Tool]:
        """The tools that are offered here, by what whoever calls them wants besides."""
        return offered(self.tools.values(), {*self._services.occasions, *wanted})

    # -- calls of a run

    async def turn(self, ticket: Ticket, calls: Sequence[Call]) -> Turn:
        """Make the calls of one model answer, in order; neighbours that only look run side by side.

        Calls that the journal has answers for are not made again. The same turn may be asked for again after
        a crash or when the job that it waits for has ended.
        Raises Conflict when a later attempt has taken the run over, Unavailable when the database is away.
        """
        steps, known = await self._past(ticket)
        answers: list[Answer] = []
        for group in self._groups([veiled(call, self.tools) for call in calls], ticket.first_seq):
            for outcome in await self._group(ticket, group, steps, known):
                if isinstance(outcome, Parked):
                    return Turn(
                        answers=tuple(answers),
                        waits_for=outcome.waits_for,
                        approval_id=outcome.approval_id,
                    )
                answers.append(outcome)
                known.update(outcome.known)
                ticket = ticket.poorer(outcome.usage.cost_usd)
        self._remember(ticket, len(calls), known)
        return Turn(answers=tuple(answers))

    async def _past(self, ticket: Ticket) -> tuple[dict[int, Step], dict[str, str]]:
        """The journal of a run and what it knows of files; unread when this lease made all calls before."""
        seen = self._seen.pop(ticket.run_id, None)
        if seen is not None and seen[:2] == (ticket.attempt, ticket.first_seq):
            return {}, seen[2]
        async with self._database.transaction(ticket.principal.user_id, reading=True) as tx:
            steps = {step.seq: step for step in await tx.steps.list(ticket.run_id)}
        return steps, seen_files(steps.values())

    def _remember(self, ticket: Ticket, made: int, known: dict[str, str]) -> None:
        while len(self._seen) >= MOST_SEEN:
            del self._seen[next(iter(self._seen))]
        self._seen[ticket.run_id] = (ticket.attempt, ticket.first_seq + made, known)

    def _groups(self, calls: Sequence[Call], first_seq: int) -> list[list[tuple[int, Call]]]:
        groups: list[list[tuple[int, Call]]] = []
        together = False
        for seq, call in enumerate(calls, start=first_seq):
            tool = self.tools.get(call.tool)
            parallel = tool is not None and tool.effects.parallel
            if parallel and together:
                groups[-1].append((seq, call))
            else:
                groups.append([(seq, call)])
            together = parallel
        return groups

    async def _group(
        self,
        ticket: Ticket,
        group: list[tuple[int, Call]],
        steps: Mapping[int, Step],
        known: Mapping[str, str],
    ) -> list[Answer | Parked]:
        opened: list[Opened | Answer] = []
        for seq, call in group:
            step = steps.get(seq)
            if step is not None and step.state != "intent":
                opened.append(Answer.model_validate(step.result))
            else:
                opened.append(await self._open(ticket, seq, call, step, known))
        async with asyncio.TaskGroup() as tasks:
            running = {
                id(each): tasks.create_task(self._try(each)) for each in opened if isinstance(each, Opened)
            }
        outcomes: list[Answer | Parked] = []
        for each in opened:
            if isinstance(each, Opened):
                outcomes.append(await self._close(ticket, each, running[id(each)].result()))
            else:
                outcomes.append(each)
        return outcomes

    async def _open(
        self, ticket: Ticket, seq: int, call: Call, step: Step | None, known: Mapping[str, str]
    ) -> Opened:
        """Write down that a call is about to be made; its beginning is told only the first time."""
        tool = self.tools.get(call.tool)
        args = storable(call.args)
        assert isinstance(args, dict)
        async with self._database.transaction(ticket.principal.user_id) as tx:
            intent = Step(
                run_id=ticket.run_id,
                seq=seq,
                call_id=call.call_id,
                tool=call.tool,
                args=args,
                args_hash=args_hash(call.args),
                attempt=ticket.attempt,
            )
            await tx.steps.intend(intent)
            if step is None:
                started = ToolStarted(
                    call_id=call.call_id, tool=call.tool, args=args, tool_hash=tool.hash if tool else ""
                )
                await tx.events.append(ticket.project_id, started, ticket.run_id)
            opened = Opened(
                call=call,
                tool=tool,
                principal=ticket.principal,
                project=await tx.projects.get(ticket.project_id),
                run_id=ticket.run_id,
                seq=seq,
                resumed=step is not None,
                known=known,
                left_usd=ticket.left_usd,
            )
            if tool is not None and ticket.plan_first:
                missing = await consent.plan_missing(tx, ticket.run_id, tool, self.tools)
                opened.refused = ToolError("denied", missing) if missing else None
            await self._seek(tx, opened)
        return opened

    async def _seek(self, tx: Transaction, opened: Opened) -> None:
        """See what a person says to a call, where one has to agree."""
        tool, project = opened.tool, opened.project
        if tool is None or not tool.effects.asks:
            return
        project_id = project.project_id if project is not None else None
        question = consent.Question(
            self._services, opened.principal, tool, opened.call, project_id, opened.run_id, opened.seq,
            opened.left_usd,
        )  # fmt: skip
        now, patience_s = self._services.clock(), self._services.patience_s
        try:
            opened.approval = await consent.seek(tx, question, now, patience_s)
        except ToolError as refused:
            opened.refused = refused
        opened.resumed = opened.approval is not None and opened.approval.used_at is not None

    async def _close(self, ticket: Ticket, opened: Opened, done: Done) -> Answer | Parked:
        """Commit a call with its answer, making it again when somebody was faster."""
        for tries in range(1, MOST_TRIES + 1):
            outcome = done.outcome
            if isinstance(outcome, Parked):
                return outcome
            try:
                async with self._database.transaction(ticket.principal.user_id) as tx:
                    await commit_step(tx, ticket, opened.seq, outcome, done.work)
                return outcome
            except Outrun as outrun:
                done = await self._again(opened, outrun, tries, outcome.usage)
        raise AssertionError("the last try always ends in an answer")

    # -- calls from a door

    async def call(
        self,
        principal: Principal,
        name: str,
        args: Mapping[str, JsonValue],
        *,
        project_id: ProjectId | None = None,
        call_id: str | None = None,
    ) -> Answer:
        """Make one call that belongs to no run; `project_id` may also stand among the arguments.

        Raises NotFound for a tool that does not exist.
        """
        tool = self.tools.get(name)
        if tool is None:
            raise NotFound("unknown_tool", self._no_tool(name))
        inner = dict(args)
        if tool.needs != "nothing":
            among = inner.pop("project_id", None)
            project_id = project_id or (ProjectId(among) if isinstance(among, str) and among else None)
        call = veiled(Call(call_id=call_id or new_id(), tool=name, args=inner), self.tools)
        opened = Opened(call=call, tool=tool, principal=principal, project=None)
        try:
            async with self._database.transaction(principal.user_id, reading=not tool.effects.asks) as tx:
                opened.project = await self._project(tx, tool, project_id)
                if tool.scope in principal.scopes:
                    await self._seek(tx, opened)
        except (ToolError, UserError) as refused:
            done = Done(refusal(call, refused))
        else:
            done = await self._try(opened)
        return await self._settle(opened, done)

    async def _settle(self, opened: Opened, done: Done) -> Answer:
        for tries in range(1, MOST_TRIES + 1):
            answer = done.outcome
            if isinstance(answer, Parked):
                assert opened.approval is not None, "only a run waits for jobs"
                return consent.waiting(opened.call, opened.approval)
            try:
                async with self._database.transaction(opened.principal.user_id) as tx:
                    await self._record(tx, opened, answer, done.work)
                return answer
            except Outrun as outrun:
                done = await self._again(opened, outrun, tries, answer.usage)
        raise AssertionError("the last try always ends in an answer")

    async def _record(self, tx: Transaction, opened: Opened, answer: Answer, work: Work | None) -> None:
        made = work.new_project if work is not None and not answer.failed else None
        project = made or opened.project
        if project is None:
            detail = {"failed": answer.kind} if answer.failed else {}
            await tx.audit.record(opened.principal, f"tool.{answer.tool}", answer.call_id, **detail)
            return
        args = storable(opened.call.args)
        assert isinstance(args, dict)
        assert opened.tool is not None
        started = ToolStarted(
            call_id=answer.call_id,
            tool=answer.tool,
            args=args,
            tool_hash=opened.tool.hash,
            by=opened.principal.user_id,
        )
        await commit_call(tx, started, project.project_id, answer, work)

    async def _project(self, tx: Transaction, tool: Tool, project_id: ProjectId | None) -> Project | None:
        if tool.needs == "nothing":
            return None
        if project_id is not None:
            return await tx.projects.get(project_id)
        if tool.needs == "makes":
            return None
        newest, _ = await tx.projects.list(Page(limit=5))
        if not newest:
            raise ToolError(
                "missing", "project_id is missing, and you have no projects; scaffold_project makes one"
            )
        listed = "; ".join(f"{each.project_id} ({each.name!r})" for each in newest)
        raise ToolError("missing", f"project_id is missing; your latest projects are {listed}")

    # -- one try of one call

    async def _again(self, opened: Opened, outrun: Outrun, tries: int, spent: Usage) -> Done:
        """Make a call again on the newest state, or answer that the others were always faster."""
        if tries >= MOST_TRIES - 1:
            return Done(failure(opened.call, "conflict", outrun.conflict.message, spent))
        if opened.project is not None:
            async with self._database.transaction(opened.principal.user_id, reading=True) as tx:
                opened.project = await tx.projects.get(opened.project.project_id)
        return await self._try(opened)

    async def _try(self, opened: Opened) -> Done:
        """Run a call and turn whatever comes of it into an answer; commits nothing."""
        call, asked = opened.call, opened.approval
        if asked is not None and asked.state == "open":
            return Done(Parked(waits_for=None, approval_id=asked.approval_id))
        context = ToolContext(
            self._services, opened.principal, call_id=call.call_id, project=opened.project,
            run_id=opened.run_id, known=opened.known, seq=opened.seq,
        )  # fmt: skip
        try:
            tool, args = self._admit(opened)
            with span(f"tool {call.tool}", call_id=call.call_id):
                result = await tool.run(context, args)
        except (ToolError, UserError) as refused:
            return Done(refusal(call, refused, context.work.usage))
        except Unavailable as away:
            if away.part == "database":
                raise
            return Done(failure(call, "unavailable", away.message, context.work.usage))
        except Exception:
            # The last line of a tool call: a bug ends this call, not the run or the server.
            log.exception(
                "tool failed by a bug",
                extra={
                    "action": "tool_bug", "tool": call.tool, "call_id": call.call_id, "run_id": opened.run_id,
                },
            )  # fmt: skip
            message = (
                f"{call.tool} failed by a fault of its own (logged as {call.call_id}); nothing was changed"
            )
            return Done(failure(call, "internal", message, context.work.usage))
        if isinstance(result, Parked):
            return Done(result)
        answer = consent.changed(answered(call, result, context), call.args, asked)
        return Done(answer, context.work)

    def _admit(self, opened: Opened) -> tuple[Tool, Args]:
        """Hold a call against the tools there are, the caller's rights, its arguments and its past.

        Raises ToolError.
        """
        tool, asked = opened.tool, opened.approval
        if tool is None:
            raise ToolError("missing", self._no_tool(opened.call.tool))
        if opened.refused:
            raise opened.refused
        if tool.scope not in opened.principal.scopes and asked is None:  # who agreed was allowed to
            allowed = ", ".join(opened.principal.scopes) or "nothing"
            raise ToolError(
                "denied", f"{tool.name} needs the scope {tool.scope!r}; this key allows {allowed}"
            )
        args = consent.agreed_args(tool, opened.call.args, asked)
        outside = tool.effects.spends or tool.effects.publishes
        if opened.resumed and outside and not tool.effects.repeatable:
            raise UnknownOutcome(tool.name, asked.cost_usd if asked is not None else 0)
        return tool, args

    def _no_tool(self, name: str) -> str:
        close = difflib.get_close_matches(name, self.tools, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"tools are {', '.join(self.tools)}"
        return f"there is no tool {name[:80]!r}; {hint}"
