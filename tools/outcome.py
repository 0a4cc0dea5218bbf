"""What came of a call, written as its answer."""

from __future__ import annotations

from collections.abc import Iterable

from domain.errors import ToolError, UserError
from domain.event import Call
from domain.run import Step, Usage
from tools.answer import Answer, capped
from tools.context import ToolContext
from tools.define import Result

NOTHING = Usage()
_KINDS = {404: "missing", 409: "conflict", 403: "denied", 413: "limit", 429: "unavailable"}


class UnknownOutcome(ToolError):
    """A call that reaches outside was cut off, and nobody knows how far it got."""

    def __init__(self, name: str, cost_usd: float = 0) -> None:
        super().__init__(
            "conflict",
            f"{name} was interrupted and may have happened; look at the state before calling it again",
        )
        self.spent = Usage(cost_usd=cost_usd)


def seen_files(steps: Iterable[Step]) -> dict[str, str]:
    """What the run has seen of files so far, the latest last."""
    seen: dict[str, str] = {}
    for step in sorted(steps, key=lambda each: each.seq):
        if step.state == "done" and step.result is not None:
            seen.update(Answer.model_validate(step.result).known)
    return seen


def answered(call: Call, result: Result, context: ToolContext) -> Answer:
    """The answer of a call that went well; the work that it left is not committed yet."""
    work = context.work
    fields = capped(result.model_dump(mode="json", exclude={"summary"}, exclude_none=True))
    assert isinstance(fields, dict)
    revised = work.draft is not None and bool(work.draft.draft.changed)
    return Answer(
        call_id=call.call_id,
        tool=call.tool,
        summary=str(capped(result.summary)),
        data=fields,
        images=tuple(work.pictures),
        revision=work.draft.revision if work.draft is not None and revised else None,
        findings=tuple(work.findings),
        usage=work.usage,
        job_id=work.job_id,
        project_id=context.project_id if context.has_project else None,
        known=work.known,
    )


def refusal(call: Call, error: ToolError | UserError, usage: Usage = NOTHING) -> Answer:
    """The answer of a call that somebody can mend."""
    if isinstance(error, UnknownOutcome):
        return failure(call, "unknown", error.message, error.spent)
    kind = error.kind if isinstance(error, ToolError) else _KINDS.get(error.status, "invalid")
    return failure(call, kind, error.message, usage)


def failure(call: Call, kind: str, message: str, usage: Usage = NOTHING) -> Answer:
    """The answer of a call that came to nothing, with what it used all the same."""
    said = str(capped(message))
    return Answer(call_id=call.call_id, tool=call.tool, failed=True, kind=kind, summary=said, usage=usage)
