"""Calls that a person has to agree to: what is asked, and what the answer means for the call."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import JsonValue

from domain.account import Principal
from domain.approval import AGREED, Approval
from domain.consent import ask
from domain.database import Transaction
from domain.errors import ToolError
from domain.event import Call
from domain.nouns import ApprovalId, ProjectId, RunId, new_id
from tools.answer import Answer
from tools.arguments import args_hash, read_args, storable
from tools.context import Services
from tools.define import Args, Tool

LONGEST_WHAT = 8_000
"""Characters of what a person is shown of a call."""
NEEDED = "approval"
"""Kind of an answer that is none until a person has agreed."""


@dataclass(frozen=True)
class Question:
    """A call that needs a yes."""

    services: Services
    asking: Principal
    tool: Tool
    call: Call
    project_id: ProjectId | None
    run_id: RunId | None = None
    seq: int = 0
    """The call's number in its run."""
    left_usd: float | None = None
    """What the run may still spend."""

    @property
    def asked(self) -> str:
        """Names the call: in a run by its number, else by everything that it asks for."""
        if self.run_id is not None:
            return f"{self.run_id}:{self.seq}"
        words: dict[str, JsonValue] = {
            "project": self.project_id,
            "tool": self.tool.name,
            "args": self.call.args,
        }
        return args_hash(words)


async def seek(tx: Transaction, question: Question, now: datetime, patience_s: float) -> Approval | None:
    """Find the answer to a call, and take it when it is a yes; ask when nobody did.

    A yes comes back unused the first time only: whoever sees it used is resuming a call that had begun.
    None for a call whose arguments are wrong: nobody is asked for what cannot be done. Raises ToolError for
    one that cannot be made here, or that the run's limit of cost has no room for.
    """
    there = await tx.approvals.find(question.asked)
    if there is not None and (question.run_id is not None or _holds(there, now)):
        if there.state in AGREED and there.used_at is None:
            _afford(question, there.cost_usd)
            await tx.approvals.use(there.approval_id)
        return there
    try:
        args = read_args(question.tool.args, question.call.args)
    except ToolError:
        return None
    opened = _opened(question, args, now, patience_s)
    _afford(question, opened.cost_usd)
    await ask(tx, question.asking, opened)
    return opened


def _afford(question: Question, cost_usd: float) -> None:
    """Refuse a call that may cost more than its run has left; raises ToolError("limit", …)."""
    left = question.left_usd
    if left is not None and cost_usd > left:
        raise ToolError(
            "limit",
            f"{question.tool.name} costs at most ${cost_usd:.2f}, and this run may spend ${max(0, left):.2f} "
            "more; do without it. The operator sets what a run may cost with DIRECTOR_RUN_COST_USD",
        )


def _holds(there: Approval, now: datetime) -> bool:
    """Whether an answer speaks for the next call from a door: a yes once, a no until its time is over."""
    if there.state in AGREED:
        return there.used_at is None
    return there.state in ("open", "rejected") and there.expires_at > now


def _opened(question: Question, args: Args, now: datetime, patience_s: float) -> Approval:
    tool, given = question.tool, storable(question.call.args)
    assert isinstance(given, dict)
    terms = tool.terms(question.services, args) if tool.terms is not None else None
    what = terms.what if terms is not None else f"{tool.name}({json.dumps(given, ensure_ascii=False)})"
    return Approval(
        approval_id=ApprovalId(new_id()),
        owner=question.asking.user_id,
        project_id=question.project_id,
        run_id=question.run_id,
        call_id=question.call.call_id,
        asked=question.asked,
        tool=tool.name,
        args=given,
        what=what[:LONGEST_WHAT],
        why=_why(tool),
        cost_usd=terms.cost_usd if terms is not None else 0,
        scope=tool.scope,
        created_at=now,
        expires_at=now + timedelta(seconds=patience_s),
    )


def _why(tool: Tool) -> str:
    effects = tool.effects
    reasons = {
        "it costs money": effects.spends,
        "it shows something to the world": effects.publishes,
        "it cannot be undone": effects.lasting,
        "the film will be made by this plan": effects.plans,
    }
    said = ", and ".join(reason for reason, holds in reasons.items() if holds)
    return f"{said[:1].upper()}{said[1:]}."


def agreed_args(tool: Tool, given: Mapping[str, JsonValue], approval: Approval | None) -> Args:
    """The arguments with which a call may be made: the caller's, or what the person wants instead.

    Raises ToolError when they are wrong, and for a no.
    """
    if approval is None:
        return read_args(tool.args, given)
    if approval.state == "rejected":
        said = f": {approval.reason}" if approval.reason else ""
        raise ToolError("denied", f"the user said no to this call{said}; do not make it again as it is")
    if approval.state not in AGREED:
        raise ToolError("denied", f"nobody agreed to this call: {approval.reason or approval.state}")
    return read_args(tool.args, approval.edited if approval.edited is not None else given)


def waiting(call: Call, approval: Approval) -> Answer:
    """The answer to a call from a door that nobody has agreed to yet."""
    cost = f" It would cost at most ${approval.cost_usd:.2f}." if approval.cost_usd else ""
    return Answer(
        call_id=call.call_id,
        tool=call.tool,
        failed=True,
        kind=NEEDED,
        summary=f"A person has to agree first. {approval.why}{cost} Nothing was done. The user answers it in "
        f"the studio, or with POST /api/approvals/{approval.approval_id}, until "
        f"{approval.expires_at:%Y-%m-%d %H:%M} UTC; then make the same call again.",
        approval_id=approval.approval_id,
        project_id=approval.project_id,
    )


def changed(answer: Answer, given: Mapping[str, JsonValue], approval: Approval | None) -> Answer:
    """Tell the caller what the person changed about the call."""
    if approval is None or approval.edited is None or answer.failed:
        return answer
    names = [name for name, value in approval.edited.items() if given.get(name) != value]
    return answer.model_copy(
        update={"summary": f"The user changed {', '.join(names) or 'nothing'}. {answer.summary}"}
    )


async def plan_missing(tx: Transaction, run_id: RunId, tool: Tool, tools: Mapping[str, Tool]) -> str:
    """Why a call of a run whose user wants to see the plan first has to wait; empty when it has not."""
    if not tool.effects.writes or tool.effects.plans:
        return ""
    planners = [each.name for each in tools.values() if each.effects.plans]
    for approval in await tx.approvals.list(run_id=run_id):
        if approval.tool in planners and approval.state in AGREED:
            return ""
    return f"the user wants to see the plan first; call {' or '.join(planners)} and wait for the answer"
