"""Six attacks on tools."""

from __future__ import annotations

import base64
from typing import Any

import jsonschema

from tests.mcp.attacks.ground import Ground, calling, case


@case
async def arguments_of_the_wrong_kind_are_named(on: Ground) -> None:
    said = await on.refused("read_file", {"project_id": on.project_id, "file_path": ["film.py"]})
    assert "file_path" in said


@case
async def arguments_that_do_not_exist_are_named(on: Ground) -> None:
    args = {"project_id": on.project_id, "file_path": "film.py", "as_root": True}
    assert "as_root: no such argument" in await on.refused("read_file", args)


@case
async def a_megabyte_of_arguments_is_refused(on: Ground) -> None:
    args = {"project_id": on.project_id, "kind": "fact", "text": "x" * 1_000_000}
    assert "characters" in await on.refused("remember", args)


@case
async def a_name_that_only_looks_like_a_tools_is_none(on: Ground) -> None:
    name = "rе\u0430d_file"  # two letters are Cyrillic
    said = await on.post(calling(name, {"project_id": on.project_id}), key=on.key, Mcp_Name=encoded(name))
    assert "there is no tool" in said.json()["error"]["message"]


@case
async def a_header_cannot_be_broken_in_two(on: Ground) -> None:
    broken = encoded("list_templates\r\nX-Evil: 1")
    answer = await on.post(calling("list_templates", {}), key=on.key, Mcp_Name=broken)
    assert answer.status_code == 400
    assert "x-evil" not in answer.headers


@case
async def an_answer_keeps_to_its_schema(on: Ground) -> None:
    listed: list[dict[str, Any]] = (await on.post(key=on.key)).json()["result"]["tools"]
    schemas = {each["name"]: each["outputSchema"] for each in listed}
    project = {"project_id": on.project_id}
    for name, args in (
        ("list_templates", {}), ("search_knowledge", {"query": "title"}),
        ("read_file", {**project, "file_path": "film.py"}),
        ("wait_for_job", {**project, "job_id": on.job_id, "timeout_s": 0}),
    ):  # fmt: skip
        told = (await on.call(name, args))["result"]
        jsonschema.validate(told["structuredContent"], schemas[name])


def encoded(name: str) -> str:
    """A text as the protocol puts it into a header."""
    return f"=?base64?{base64.b64encode(name.encode()).decode()}?="
