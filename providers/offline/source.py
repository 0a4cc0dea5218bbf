"""Source of a project as tools show it, and edits of it by line."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from pydantic import JsonValue

_NUMBERED = re.compile(r"^ *\d+\| ?")
Edit = dict[str, JsonValue]


def unnumbered(content: str) -> str:
    """Take the line numbers off a file as read_file shows it."""
    return "\n".join(_NUMBERED.sub("", line, count=1) for line in content.split("\n")) + "\n"


@dataclass(frozen=True)
class Assigned:
    """A name at the top of a file, its value, and the lines it stands on, from 1."""

    value: object
    first: int
    last: int


def assigned(text: str) -> dict[str, Assigned]:
    """Read the constants of a file; none when it does not parse."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found: dict[str, Assigned] = {}
    for node in tree.body:
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            continue
        try:
            value: object = ast.literal_eval(node.value)
        except (ValueError, TypeError, RecursionError, MemoryError):
            continue
        target, last = node.targets[0], node.end_lineno or node.lineno
        if isinstance(target, ast.Name):
            found[target.id] = Assigned(value, node.lineno, last)
    return found


def points_in(value: object) -> list[dict[str, str]]:
    """Read the value of POINTS: its entries, as far as they are tables of texts."""
    listed = cast("list[object]", value) if isinstance(value, list) else []
    tables = [cast("dict[object, object]", each) for each in listed if isinstance(each, dict)]
    return [{str(key): str(text) for key, text in table.items()} for table in tables]


def changes(text: str, wanted: Mapping[str, object]) -> list[Edit]:
    """Edits that give constants of a file new values; those that have them already are left alone."""
    known = assigned(text)
    edits = [
        edit(known[name].first, known[name].last, f"{name} = {written(value)}")
        for name, value in wanted.items()
        if name in known and known[name].value != value
    ]
    fresh = [f"{name} = {written(value)}" for name, value in wanted.items() if name not in known]
    if fresh:
        end = text.count("\n") + 1
        edits.append(edit(end, end - 1, "\n".join(fresh)))
    return sorted(edits, key=lambda each: int(str(each["start_line"])))


def edit(first: int, last: int, content: str) -> Edit:
    """One replacement of whole lines."""
    return {"start_line": first, "end_line": last, "new_content": content}


def written(value: object, indent: str = "") -> str:
    """Write a value as a person would: lists and tables over several lines when they are long."""
    flat = quoted(value) if isinstance(value, str) else repr(value)
    if isinstance(value, dict):
        table = cast("dict[str, object]", value)
        parts = [f"{quoted(key)}: {written(each)}" for key, each in table.items()]
        line = "{" + ", ".join(parts) + "}"
        if len(line) + len(indent) <= 100:
            return line
        return "{\n" + "".join(f"{indent}    {part},\n" for part in parts) + indent + "}"
    if isinstance(value, list):
        listed = cast("list[object]", value)
        if not listed:
            return "[]"
        return (
            "[\n"
            + "".join(f"{indent}    {written(each, indent + '    ')},\n" for each in listed)
            + f"{indent}]"
        )
    return flat


def quoted(text: str) -> str:
    """Write a text as Python does, in double quotes where they do no harm."""
    shown = repr(text)
    return f'"{shown[1:-1]}"' if shown.startswith("'") and '"' not in shown and "\\'" not in shown else shown
