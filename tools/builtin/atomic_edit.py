"""The tool that edits a file by lines."""

from __future__ import annotations

from pydantic import Field

from domain import paths
from domain.errors import ToolError
from tools.context import ToolContext
from tools.define import EDITS, Args, Result, tool
from tools.draft import ProjectDraft
from tools.lines import Edit, Text, apply, numbered

NEW = "new"
MOST_SHOWN = 60


class AtomicEdit(Args):
    """What to change."""

    file_path: str
    """Path in the project."""
    expected_sha256: str = ""
    """Hash of the file as you read it; a run may leave it out. `new` makes a file: one edit, lines 1 to 0."""
    edits: list[Edit] = Field(min_length=1, max_length=100)
    """Applied together or not at all; they may not overlap. To append, insert at line count + 1."""


class Edited(Result):
    """The file as it is now."""

    file_path: str
    """The file."""
    sha256: str
    """Its new hash."""
    revision: int
    """The revision this made."""
    lines: int
    """How many lines it has now."""
    region: str
    """The changed lines with their new numbers and two around them."""


@tool(
    effects=EDITS,
    example=AtomicEdit(
        file_path="NOTES.md",
        expected_sha256=NEW,
        edits=[Edit(start_line=1, end_line=0, new_content="# Notes\n\nGreen is the brand's color.\n")],
    ),
)
async def atomic_edit(ctx: ToolContext, args: AtomicEdit) -> Edited:
    """Replace, insert or delete lines of a text file, all edits or none, if the file is as you read it."""
    async with ctx.draft(f"Edit {args.file_path}"[:200]) as draft:
        path = paths.check_path(args.file_path)
        text = await _text(ctx, draft, path, args.expected_sha256)
        edited, first, last = apply(text, args.edits)
        if edited.text == text.text and path in draft.files:
            raise ToolError("invalid", f"the edits leave {path} as it is; line {first} reads so already")
        sha256 = draft.write(path, edited.text)
    ctx.saw(path, sha256)
    return Edited(
        summary=f"{path} has {len(edited.lines)} lines now (was {len(text.lines)}).",
        file_path=path,
        sha256=sha256,
        revision=draft.revision,
        lines=len(edited.lines),
        region=_region(edited, first, last),
    )


async def _text(ctx: ToolContext, draft: ProjectDraft, path: str, expected: str) -> Text:
    exists = path in draft.files
    if expected == NEW:
        if exists:
            raise ToolError("conflict", f"{path} exists; its sha256 is {draft.hash(path)}, read it first")
        return Text(())
    current = draft.hash(path)
    text = Text.of(await draft.read_text(path))
    seen = expected or ctx.known.get(path, "")
    if not seen:
        raise ToolError(
            "conflict", f"expected_sha256 is missing; {path} has {current}: read it, then edit with that"
        )
    if seen.lower() != current:
        raise ToolError(
            "conflict", f"{path} has changed since: its sha256 is {current}, not {seen[:80]}; read it again"
        )
    return text


def _region(text: Text, first: int, last: int) -> str:
    start, end = max(1, first - 2), min(len(text.lines), last + 2)
    if end - start + 1 <= MOST_SHOWN:
        return numbered(text.lines[start - 1 : end], start)
    half = MOST_SHOWN // 2
    head = numbered(text.lines[start - 1 : start - 1 + half], start)
    tail = numbered(text.lines[end - half : end], end - half + 1)
    return f"{head}\n… lines {start + half} to {end - half} …\n{tail}"
