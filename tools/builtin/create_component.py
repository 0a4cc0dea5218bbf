"""The tool that writes a new scene, element or overlay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from domain.errors import ToolError
from tools.context import ToolContext
from tools.define import EDITS, Args, Result, tool
from tools.tweens import Tween, animated, builder_of

_NAME = re.compile(r"^[a-z][a-z0-9_]{0,59}$")


class CreateComponent(Args):
    """What to write."""

    component_name: str = Field(min_length=1, max_length=60)
    """snake_case; names the file."""
    component_type: Literal["scene", "element", "overlay"]
    """A scene goes to scenes/; an element (shared by scenes) or overlay (over them) to components/."""
    code: str = Field(min_length=1, max_length=200_000)
    """The whole Python file: imports from `stage`, and one function that builds and returns the component."""
    gsap_animations: list[Tween] = Field(default=[], max_length=100)
    """Written into that function, before its return, as calls of the scene's timeline."""


class Created(Result):
    """The new file."""

    file_path: str
    """The file."""
    sha256: str
    """Its hash."""
    revision: int
    """The revision this made."""
    lines: int
    """How many it has."""
    use: str
    """The import for film.py or a scene; nothing shows the component before it is called there."""


_EXAMPLE = """\
from stage import Film, Scene, Text


def build(film: Film) -> Scene:
    scene = Scene("offer", seconds=3)
    with scene:
        title = Text("Two for one", id="title", size=96 * film.unit, anchor="center")
    return scene
"""


@tool(
    effects=EDITS,
    example=CreateComponent(
        component_name="offer",
        component_type="scene",
        code=_EXAMPLE,
        gsap_animations=[
            Tween(
                target="title", method="from_", vars={"y": 40, "opacity": 0}, duration=0.6, ease="power3.out"
            )
        ],
    ),
)
async def create_component(ctx: ToolContext, args: CreateComponent) -> Created:
    """Write a new scene, element or overlay as a Python file, if it parses; use it in film.py."""
    name = args.component_name
    if not _NAME.match(name):
        raise ToolError(
            "invalid", f"component_name {name[:60]!r} is no snake_case name; write it like 'price_card'"
        )
    folder = "scenes" if args.component_type == "scene" else "components"
    path = f"{folder}/{name}.py"
    code = args.code.replace("\r\n", "\n").rstrip() + "\n"
    builder = builder_of(code, ("build", name))
    code = animated(code, args.gsap_animations, builder, is_scene=args.component_type == "scene")
    async with ctx.draft(f"Create {args.component_type} {name}") as draft:
        if path in draft.files:
            raise ToolError("conflict", f"{path} exists; edit it with atomic_edit, or choose another name")
        sha256 = draft.write(path, code)
        await _check_syntax(ctx, path, await draft.draft.host_files(ctx.blobs))
    ctx.saw(path, sha256)
    called = f"{name}.{builder.name}(…)" if builder else f"{name}"
    use = f"from {folder} import {name}"
    return Created(
        summary=f"{path} is written; `{use}`, then `{called}`.",
        file_path=path,
        sha256=sha256,
        revision=draft.revision,
        lines=code.count("\n"),
        use=use,
    )


async def _check_syntax(ctx: ToolContext, path: str, files: Mapping[str, Path]) -> None:
    outline = await ctx.engine.outline({path: files[path]})
    if outline.problems:
        told = "\n".join(outline.problems[:5])
        raise ToolError("invalid", f"nothing was written, the code does not parse:\n{told}")
