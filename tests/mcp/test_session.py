"""The recorded session of docs/mcp.md, replayed on a real server."""

from __future__ import annotations

import json
from pathlib import Path
from string import Template
from typing import Any, cast

from domain.plugins import load_all
from domain.template import Template as FilmTemplate
from tests.house.tree import ROOT
from tests.mcp.clients import desk
from tests.mcp.pipes import pipe
from tests.stands import drawing

ANYTHING = "…"


def recorded() -> list[str]:
    """The lines of the session."""
    page = (ROOT / "docs" / "mcp.md").read_text(encoding="utf-8")
    return page.split("```session\n")[1].split("```")[0].splitlines()


def differs(expected: Any, found: Any, bound: dict[str, str]) -> str:
    """Where an answer is not as recorded; binds the names that stand for what is used again."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return f"{found!r} is no object"
        wanted, held = cast("dict[str, Any]", expected), cast("dict[str, Any]", found)
        found_in = (f"{key}: {differs(value, held.get(key), bound)}" for key, value in wanted.items())
        return next((each for each in found_in if not each.endswith(": ")), "")
    if isinstance(expected, list):
        wanted_items, items = cast("list[Any]", expected), cast("list[Any]", found)
        if len(wanted_items) != len(items):
            return f"{len(items)} items"
        pairs = zip(wanted_items, items, strict=True)
        return next((said for each, other in pairs if (said := differs(each, other, bound))), "")
    if isinstance(expected, str) and expected.startswith("$"):
        return "" if bound.setdefault(expected[1:], found) == found else f"{expected} is {found!r} now"
    return "" if expected in (ANYTHING, found) else f"{found!r} in place of {expected!r}"


async def test_the_recorded_session_goes_as_it_is_written(tmp_path: Path) -> None:
    templates = cast("dict[str, FilmTemplate]", load_all("templates.gallery"))
    bound: dict[str, str] = {}
    async with (
        drawing(tmp_path) as engine,
        desk(tmp_path, engine=engine, templates=templates) as at,
        pipe(at) as client,
    ):
        for line in recorded():
            if line.startswith("> "):
                await client.say(Template(line[2:]).substitute(bound).encode())
            else:
                heard = await client.hear()
                assert differs(json.loads(line[2:]), heard, bound) == "", line
    assert set(bound) == {"project_id", "sha256", "job_id"}


def test_a_difference_is_seen() -> None:
    bound: dict[str, str] = {}
    assert differs({"a": [{"b": "$x"}]}, {"a": [{"b": 1}], "c": 2}, bound) == ""
    assert differs({"b": "$x"}, {"b": 2}, bound) == "b: $x is 2 now"
    assert differs({"a": [1]}, {"a": []}, bound) == "a: 0 items"
