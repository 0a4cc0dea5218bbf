"""The tool that fills a project from a template."""

from __future__ import annotations

import difflib
from typing import Literal

from pydantic import Field

from domain.composition import Rate
from domain.database import Transaction
from domain.errors import ToolError
from domain.nouns import ProjectId, new_id
from domain.paths import clean_name
from domain.project import Project
from domain.template import Shape, Template
from tools.context import ToolContext
from tools.define import EDITS, Args, Result, tool
from tools.draft import ProjectDraft


class ScaffoldProject(Args):
    """Which film to start."""

    template_name: str
    """`basic`, `product`, `explainer`, or another that list_templates names."""
    project_name: str = Field(min_length=1, max_length=120)
    """The film's title."""
    fps: Rate = 30
    """Frames per second; also 23.976, 29.97, 59.94."""
    width: int = Field(default=1920, ge=16, le=7680)
    """Pixels; 1080 for 9:16 and 1:1."""
    height: int = Field(default=1080, ge=16, le=7680)
    """Pixels; 1920 for 9:16, 1080 for 1:1."""
    direction: Literal["ltr", "rtl"] = "ltr"
    """rtl for Arabic, Hebrew, Persian or Urdu films."""
    replace: bool = False
    """Start over: also drop the source that is there; assets stay."""


class Scaffolded(Result):
    """The project's first files."""

    project_id: str
    """The project."""
    revision: int
    """The revision this made."""
    files: list[str]
    """Paths in the project, as read_file takes them."""


@tool(
    effects=EDITS,
    example=ScaffoldProject(template_name="basic", project_name="Noor Tea"),
    needs="makes",
)
async def scaffold_project(ctx: ToolContext, args: ScaffoldProject) -> Scaffolded:
    """Start a film: write a template's source, a whole film that already renders, to be edited from there."""
    template = _template(ctx, args.template_name)
    name = clean_name(args.project_name).strip()
    if not name:
        raise ToolError("invalid", f"project_name {args.project_name!r} has no visible letter; give a title")
    shape = Shape(width=args.width, height=args.height, fps=args.fps, direction=args.direction)
    if ctx.has_project:
        _settle_shape(ctx, args.template_name, name, shape)
    else:
        _new_project(ctx, args.template_name, name, shape)
    async with ctx.draft(f"Scaffold {args.template_name}: {name}"[:200]) as draft:
        _clear(draft, args.replace)
        files = template.files(shape, name)
        for path, text in files.items():
            draft.write(path, text)
    size = f"{args.width}x{args.height}, {args.fps:.5g} fps"
    return Scaffolded(
        summary=f"{name!r} stands: {size}, from {args.template_name}.",
        project_id=ctx.project_id,
        revision=draft.revision,
        files=sorted(draft.files),
    )


def _template(ctx: ToolContext, name: str) -> Template:
    if name in ctx.templates:
        return ctx.templates[name]
    close = difflib.get_close_matches(name, ctx.templates, n=1)
    hint = f"did you mean {close[0]!r}? " if close else ""
    raise ToolError("missing", f"no template {name[:80]!r}; {hint}templates are {', '.join(ctx.templates)}")


def _clear(draft: ProjectDraft, replace: bool) -> None:
    source = [path for path in draft.files if not path.startswith("assets/")]
    if source and not replace:
        listed = ", ".join(source[:8]) + (", …" if len(source) > 8 else "")
        raise ToolError(
            "conflict",
            f"the project has source already ({listed}); edit it with atomic_edit, or give replace=true "
            f"(restore_version({str(draft.draft.base)!r}) brings it back)",
        )
    for path in source:
        draft.remove(path)


def _settle_shape(ctx: ToolContext, template: str, name: str, shape: Shape) -> None:
    project_id = ctx.project_id

    async def settle(tx: Transaction) -> None:
        await tx.projects.update(
            project_id, name=name, shape=(shape.width, shape.height, shape.fps), template=template
        )

    ctx.write(settle)


def _new_project(ctx: ToolContext, template: str, name: str, shape: Shape) -> None:
    time = ctx.clock()
    ctx.make_project(
        Project(
            project_id=ProjectId(new_id()),
            owner=ctx.principal.user_id,
            name=name,
            template=template,
            width=shape.width,
            height=shape.height,
            fps=shape.fps,
            created_at=time,
            updated_at=time,
        )
    )
