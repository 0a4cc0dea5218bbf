"""The tool that shows a file of the project."""

from __future__ import annotations

from pydantic import Field

from domain import paths
from domain.errors import ToolError
from tools.context import ToolContext
from tools.define import READS, Args, Result, tool
from tools.draft import decoded
from tools.lines import Text, numbered

MOST_LINES = 600
MOST_CHARACTERS = 20_000


class ReadFile(Args):
    """What to show."""

    file_path: str
    """Path in the project, as in `scenes/intro.py`."""
    start_line: int = Field(default=1, ge=1)
    """First line, from 1."""
    end_line: int = Field(default=-1, ge=-1)
    """Last line; -1 is the end."""


class FileRead(Result):
    """A file, or the part of it that fits."""

    file_path: str
    """The file."""
    sha256: str
    """Hash of the whole file, for atomic_edit."""
    lines: int
    """How many the whole file has."""
    content: str
    """Each line with its number before it."""
    next_line: int | None = None
    """Where to read on, when this is not the end."""


@tool(effects=READS, example=ReadFile(file_path="film.py", end_line=40))
async def read_file(ctx: ToolContext, args: ReadFile) -> FileRead:
    """Read a text file with line numbers; long files come in parts."""
    path = paths.check_path(args.file_path)
    files = await ctx.files()
    if path not in files:
        raise ToolError("missing", f"there is no {path!r}; {paths.near(path, files)}")
    text = Text.of(decoded(path, await ctx.blobs.get(files[path]), files[path]))
    count = len(text.lines)
    if args.start_line > max(count, 1):
        raise ToolError("invalid", f"start_line is {args.start_line}; {path} has {count} lines")
    end = count if args.end_line == -1 else min(args.end_line, count)
    if end < args.start_line - 1:
        raise ToolError("invalid", f"end_line {args.end_line} lies before start_line {args.start_line}")
    last = _fitting(text, args.start_line, end)
    shown = text.lines[args.start_line - 1 : last]
    ctx.saw(path, files[path])
    part = "whole" if last - args.start_line + 1 == count else f"lines {args.start_line} to {last}"
    return FileRead(
        summary=f"{path}, {count} lines, {part}.",
        file_path=path,
        sha256=files[path],
        lines=count,
        content=numbered(shown, args.start_line),
        next_line=last + 1 if last < end else None,
    )


def _fitting(text: Text, start: int, end: int) -> int:
    """The last line that still fits into one answer; always at least one."""
    room = MOST_CHARACTERS
    for number in range(start, min(end, start + MOST_LINES - 1) + 1):
        room -= len(text.lines[number - 1]) + 8
        if room < 0 and number > start:
            return number - 1
    return min(end, start + MOST_LINES - 1)
