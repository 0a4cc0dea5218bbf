"""A run's log, written by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from domain.engine import Output
from domain.event import (
    Call,
    CheckFinished,
    Entry,
    Event,
    FrameCaptured,
    Link,
    ModelReplied,
    ProjectRevised,
    RunQueued,
    ToolFailed,
    ToolFinished,
)
from domain.finding import Finding, Report
from domain.nouns import JobId, ProjectId, RenderId, RunId, UserId
from domain.project import Project
from domain.render import Render
from domain.run import Limits, Request, Run, RunKind, Usage

AT = datetime(2026, 1, 1, tzinfo=UTC)
OWNER, PROJECT, RUN = UserId("ada"), ProjectId("p1"), RunId("r1")
PROMPT = "A 12-second teaser for Noor Tea"


def log(*events: Event) -> tuple[Entry, ...]:
    """Number the events from 1."""
    return tuple(
        Entry(seq=seq, project_id=PROJECT, run_id=RUN, at=AT, event=event)
        for seq, event in enumerate(events, start=1)
    )


def queued(**request: Any) -> RunQueued:
    return RunQueued(kind="generate", request=Request(prompt=PROMPT, **request), by=OWNER)


def replied(text: str = "", *calls: tuple[str, dict[str, Any]], turn: int = 1, **more: Any) -> ModelReplied:
    made = tuple(
        Call(call_id=f"{turn}.{index}", tool=tool, args=args)
        for index, (tool, args) in enumerate(calls, start=1)
    )
    usage = Usage(turns=1, prompt_tokens=1000, answer_tokens=100, cost_usd=0.01)
    return ModelReplied(model="scripted", text=text, calls=made, usage=usage, **more)


def finished(call_id: str, tool: str = "read_file", summary: str = "ok", **more: Any) -> ToolFinished:
    return ToolFinished(call_id=call_id, tool=tool, summary=summary, **more)


def failed(call_id: str, tool: str = "read_file", message: str = "no such file") -> ToolFailed:
    return ToolFailed(call_id=call_id, tool=tool, kind="missing", message=message)


def sheet(sha256: str) -> Link:
    return Link(rel="frame", href=f"/api/projects/{PROJECT}/pictures/{sha256}.jpg")


def revised(revision: int = 1) -> ProjectRevised:
    return ProjectRevised(revision=revision, message="an edit", changed=())


def checked(*findings: Finding) -> CheckFinished:
    return CheckFinished(subject="source", findings=findings, checked=("compile",))


def seen(revision: int = 1) -> FrameCaptured:
    return FrameCaptured(url="/sheet.jpg", times=(1.0,), revision=revision)


def an_error(code: str = "text_cut", message: str = "the title is cut at the right edge") -> Finding:
    return Finding(code=code, severity="error", message=message, file="scenes/intro.py", line=5)


def a_run(kind: RunKind = "generate", limits: Limits | None = None, **more: Any) -> Run:
    return Run(
        run_id=RUN,
        project_id=PROJECT,
        owner=OWNER,
        kind=kind,
        request=Request(prompt=PROMPT),
        limits=limits or Limits(),
        created_at=AT,
        **more,
    )


def a_project(revision: int = 1) -> Project:
    return Project(
        project_id=PROJECT, owner=OWNER, name="Noor Tea", revision=revision, created_at=AT, updated_at=AT
    )


def a_film(status: Any = "COMPLETED", revision: int = 1, quality: Any = "standard", **more: Any) -> Render:
    findings: tuple[Finding, ...] = more.pop("findings", ())
    return Render(
        render_id=RenderId("f1"),
        job_id=JobId("j1"),
        project_id=PROJECT,
        owner=OWNER,
        revision=revision,
        output=Output(quality=quality),
        status=status,
        report=Report(findings=findings),
        created_at=AT,
        **more,
    )
