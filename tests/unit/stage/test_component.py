# ruff: noqa: E501 - source is read by its lines
"""Functions that are parts of films."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.stage.projects import compiled, scene_of, told

BADGE = """from typing import Literal
@component
def badge(label: str, size: float = 60, tone: Literal["calm", "loud"] = "calm", marks: list[str] | None = None):
    box = Group(width=300, height=100)
    box.add(Text(label, id="label", size=size))
    return box
"""
LINES = BADGE.count("\n")


def ids(folder: Path, body: str) -> list[str]:
    nodes = scene_of(compiled(folder, BADGE + body))["nodes"]
    return [name for node in nodes for name in (node["id"], *(child["id"] for child in node["children"]))]


def test_a_component_is_used_many_times_with_ids_of_its_own(tmp_path: Path) -> None:
    assert ids(tmp_path, "scene.add(badge('a'), badge('b', size=80))\n") == [
        "group_1", "badge_1.label", "group_2", "badge_2.label",
    ]  # fmt: skip


def test_a_call_may_name_its_component(tmp_path: Path) -> None:
    assert ids(tmp_path, "scene.add(badge('a', id='price'))\n") == ["price", "price.label"]


def test_components_stand_in_each_other(tmp_path: Path) -> None:
    body = "@component\ndef two():\n    return Row(badge('a'), badge('b'))\nscene.add(two(id='pair'))\n"
    row = scene_of(compiled(tmp_path, BADGE + body))["nodes"][0]
    assert [each["children"][0]["id"] for each in row["children"]] == [
        "pair.badge_1.label",
        "pair.badge_2.label",
    ]


def test_a_component_is_made_in_an_open_group(tmp_path: Path) -> None:
    nodes = scene_of(compiled(tmp_path, BADGE + "with scene, Column():\n    badge('a')\n    badge('b')\n"))[
        "nodes"
    ]
    assert [node["kind"] for node in nodes] == ["column"]
    assert len(nodes[0]["children"]) == 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("badge(lable='a')", "badge has no prop 'lable' (did you mean 'label'?)"),
        ("badge()", "badge: missing a required argument: 'label'"),
        ("badge('a', 1, 'calm', None, 5)", "badge: too many positional arguments"),
        ("badge(5)", "label of badge is 5; give a text"),
        ("badge('a', size='big')", "size of badge is 'big'; give a number"),
        ("badge('a', size=float('nan'))", "size of badge is nan; give a number"),
        ("badge('a', size=True)", "size of badge is True; give a number"),
        ("badge('a', tone='quiet')", "tone of badge is 'quiet'; give one of calm, loud"),
        ("badge('a', marks=[1])", "marks of badge is [1]"),
        ("badge('a', id='9')", "the id of a badge is '9'"),
    ],
)
def test_wrong_props_are_told_at_the_call(tmp_path: Path, call: str, message: str) -> None:
    findings = told(compiled(tmp_path, f"{BADGE}scene.add({call})\n"), "error")
    assert any(found.startswith(f"film.py:{LINES + 1}: ") and message in found for found in findings), (
        findings
    )


def test_numbers_that_are_whole_are_numbers_too(tmp_path: Path) -> None:
    assert told(compiled(tmp_path, f"{BADGE}scene.add(badge('a', size=60, marks=['x']))\n")) == []


@pytest.mark.parametrize("result", ["None", "5", "[Text('a')]"])
def test_a_component_that_returns_no_node_is_told(tmp_path: Path, result: str) -> None:
    findings = told(
        compiled(tmp_path, f"@component\ndef odd():\n    return {result}\nscene.add(odd())\n"), "error"
    )
    assert any("component odd returned" in found for found in findings)


@pytest.mark.parametrize(
    "body",
    [
        "@component\ndef a():\n    return Group(a())\nscene.add(a())\n",
        "@component\ndef a():\n    return Group(b())\n@component\ndef b():\n    return Group(a())\nscene.add(a())\n",
        "@component\ndef a():\n    return Group(a(), a())\nscene.add(a())\n",
    ],
)
def test_a_component_that_holds_itself_is_told_and_ends(tmp_path: Path, body: str) -> None:
    answer = compiled(tmp_path, body)
    assert answer["composition"] is None
    assert any("holds itself without an end" in found for found in told(answer, "error"))


def test_a_function_that_calls_itself_for_ever_is_told(tmp_path: Path) -> None:
    answer = compiled(tmp_path, "def a():\n    return Group(a())\nscene.add(a())\n")
    assert any("recursion" in found.lower() or "calls itself" in found for found in told(answer, "error"))
