"""Setting a property of a node where it is written: the one change that a safe fix makes."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from domain.composition import Composition, walk
from domain.finding import Finding


def mendable(findings: Sequence[Finding], film: Composition) -> list[Finding]:
    """Choose the findings that can be mended at their line without changing anything else.

    A line that makes several nodes is left alone: what mends one of them might spoil the others.
    """
    made: dict[tuple[str, int], int] = {}
    for scene in film.scenes:
        for node in walk(scene.nodes):
            if node.source is not None:
                place = (node.source.file, node.source.line)
                made[place] = made.get(place, 0) + 1
    chosen: list[Finding] = []
    for each in findings:
        alone = each.file and each.line and made.get((each.file, each.line)) == 1
        if each.safe_to_auto_fix and each.fix and alone and not each.allowed and each.severity != "advice":
            chosen.append(each)
    return chosen


def mended(text: str, line: int, fix: Mapping[str, str | float | bool]) -> str | None:
    """Set keyword arguments of the one call that begins on a line; None where that is not plain."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return None
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.lineno == line]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id[:1].isupper()]
    if len(named) != 1 or any(keyword.arg is None for keyword in named[0].keywords):
        return None
    for name, value in fix.items():
        text = _set(text, named[0], name, value)
        tree = ast.parse(text)
        named = [
            node for node in ast.walk(tree)
            if isinstance(node, ast.Call) and node.lineno == line
            and isinstance(node.func, ast.Name) and node.func.id[:1].isupper()
        ]  # fmt: skip
        if len(named) != 1:
            return None
    return text


def _set(text: str, call: ast.Call, name: str, value: str | float | bool) -> str:
    written = repr(value)
    old = next((keyword.value for keyword in call.keywords if keyword.arg == name), None)
    if old is not None:
        begin, end = (
            _place(text, old.lineno, old.col_offset),
            _place(text, old.end_lineno, old.end_col_offset),
        )
        return text[:begin] + written + text[end:]
    end = _place(text, call.end_lineno, call.end_col_offset) - 1
    before = text[:end].rstrip()
    comma = "" if before.endswith(("(", ",")) else ","
    space = " " if not before.endswith("(") else ""
    return f"{before}{comma}{space}{name}={written}{text[end:]}"


def _place(text: str, line: int | None, column: int | None) -> int:
    """The letter of a text that a line and a column of UTF-8 bytes point at."""
    lines = text.splitlines(keepends=True)
    row = (line or 1) - 1
    inside = lines[row].encode()[: column or 0].decode(errors="ignore")
    return sum(len(each) for each in lines[:row]) + len(inside)
