"""The tool that shows what is written where."""

from __future__ import annotations

from collections import Counter

from pydantic import Field

from domain import paths
from domain.engine import OutlineEntry
from domain.errors import ToolError
from tools.context import ToolContext
from tools.define import READS, Args, Result, tool

MOST_CHARACTERS = 6_000
_DEPTH = {"file": 1, "asset": 1, "class": 2, "function": 2, "scene": 2, "node": 3, "import": 3}


class MapProjectAst(Args):
    """How closely to look."""

    file_path: str = ""
    """Only this file, or this folder (`scenes`)."""
    depth: int = Field(default=2, ge=1, le=3)
    """1 files and assets; 2 also classes, functions and scenes; 3 also nodes and imports."""


class ProjectMap(Result):
    """The project's source from above."""

    outline: str
    """One line each: kind, name, first and last line."""
    counts: dict[str, int]
    """How many of each kind there are, shown or not."""
    problems: list[str]
    """Files that cannot be parsed, and where."""
    left_out: int = 0
    """Lines that did not fit; ask for one file, or less depth."""


@tool(effects=READS, example=MapProjectAst())
async def map_project_ast(ctx: ToolContext, args: MapProjectAst) -> ProjectMap:
    """Show the project's files, classes, functions, scenes, nodes and assets with their lines."""
    files = await ctx.tree()
    if not files:
        raise ToolError("missing", "the project has no source yet; scaffold_project makes some")
    place = args.file_path.rstrip("/")
    if place and not any(_within(path, place) for path in files):
        raise ToolError("missing", f"there is no {place[:80]!r}; {paths.near(place, files)}")
    outline = await ctx.engine.outline(files)
    entries = [entry for entry in outline.entries if not place or _within(entry.file, place)]
    lines = _lines([entry for entry in entries if _DEPTH[entry.kind] <= args.depth])
    fitting = _fitting(lines)
    counts = Counter(entry.kind for entry in entries)
    counted = ", ".join(f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in counts.items())
    return ProjectMap(
        summary=f"{place or 'The project'} has {counted or 'nothing to show'}.",
        outline="\n".join(lines[:fitting]),
        counts=dict(counts),
        problems=list(outline.problems)[:20],
        left_out=len(lines) - fitting,
    )


def _within(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")


def _lines(entries: list[OutlineEntry]) -> list[str]:
    """Entries grouped by file, each below the one whose lines hold it."""
    lines: list[str] = []
    by_file: dict[str, list[OutlineEntry]] = {}
    for entry in entries:
        by_file.setdefault(entry.file, []).append(entry)
    for file in sorted(by_file):
        inside: list[OutlineEntry] = []
        for entry in sorted(by_file[file], key=lambda e: (_DEPTH[e.kind] > 1, e.start_line, -e.end_line)):
            while inside and entry.start_line > inside[-1].end_line:
                inside.pop()
            lines.append("  " * len(inside) + _line(entry))
            inside.append(entry)
    return lines


def _line(entry: OutlineEntry) -> str:
    name = paths.clean_name(entry.name)[:120]
    if entry.kind in ("file", "asset"):
        return f"{name} ({paths.clean_name(entry.detail)[:120]})" if entry.detail else name
    span = str(entry.start_line)
    if entry.end_line != entry.start_line:
        span = f"{entry.start_line}-{entry.end_line}"
    return f"{span} {entry.kind} {name}{f' {paths.clean_name(entry.detail)[:120]}' if entry.detail else ''}"


def _fitting(lines: list[str]) -> int:
    room = MOST_CHARACTERS
    for count, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            return count
    return len(lines)
