"""What every tool promises, whichever it is: a new file in tools/builtin is held to it by being there."""

import re
import struct
import zlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from google.genai import types
from pydantic import BaseModel, JsonValue

from domain.model import ToolSpec
from domain.nouns import ProjectId
from domain.plugins import load, load_all
from domain.template import Template
from tests.doors import Open, opened
from tests.ears import clicks, listening
from tests.stands import OWNER, drawing
from tools.answer import Answer
from tools.define import Tool, offered
from tools.registry import gather, load_tools

TOOLS = load_tools()
MOST_TOOLS = 22
MOST_TOKENS = 5_000
LETTERS_A_TOKEN = 4
PLAIN_WORDS = {
    "type", "description", "properties", "required", "items", "enum", "default", "minimum", "maximum",
    "minLength", "maxLength", "minItems", "maxItems", "additionalProperties", "anyOf",
}  # fmt: skip
"""JSON Schema keywords that every model provider takes."""
BEFORE: dict[str, tuple[str, ...]] = {"wait_for_job": ("render_video",), "cancel_job": ("render_video",)}
"""Tools whose example needs that another was called."""

Door = Callable[[Open, Tool, ProjectId | None], Awaitable[dict[str, JsonValue]]]


async def direct(made: Open, tool: Tool, project_id: ProjectId | None) -> dict[str, JsonValue]:
    """Call a tool's example in this process."""
    answer = await made.stand.call(tool.name, tool.example.model_dump(mode="json"), project_id=project_id)
    return answer.model_dump(mode="json")


async def http(made: Open, tool: Tool, project_id: ProjectId | None) -> dict[str, JsonValue]:
    """Call a tool's example over the network, with a key."""
    args = tool.example.model_dump(mode="json")
    key = await made.key(OWNER, ("read", "write", "render", "spend"))
    said = await made.client(key=key).post(
        f"/api/tools/{tool.name}", json=args | {"project_id": project_id} if project_id else args
    )
    assert said.status_code == 200, said.text
    return said.json()


DOORS: dict[str, Door] = {"direct": direct, "http": http}
"""Every way to a tool; each gives the answer as JSON with the fields of tools.answer.Answer."""


def picture() -> bytes:
    """A PNG of one green pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0\x2e\x7d\x4f")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@asynccontextmanager
async def house(folder: Path) -> AsyncGenerator[Open]:
    """A house with the real engine, the real templates, an uploaded logo and a sound."""
    templates = cast("dict[str, Template]", load_all("templates.gallery"))
    async with drawing(folder) as engine, opened(folder, engine=engine, templates=templates) as made:
        await made.stand.upload("logo.png", picture())
        await made.stand.upload("music.wav", clicks(), ".wav", "audio")
        async with listening(made.stand):
            yield made


async def prepared(made: Open, tool: Tool) -> ProjectId | None:
    """What a tool's example needs: a project unless it makes one, and calls that come before."""
    if tool.needs != "project":
        return None
    project_id = await made.stand.scaffold("basic")
    for name in BEFORE.get(tool.name, ()):
        assert not (await made.stand.call(name, project_id=project_id)).failed
    return project_id


@pytest.mark.parametrize("name", TOOLS)
async def test_the_example_runs_and_answers_by_the_schema(name: str, tmp_path: Path) -> None:
    tool = TOOLS[name]
    async with house(tmp_path) as made:
        project_id = await prepared(made, tool)
        answer = Answer.model_validate(await direct(made, tool, project_id))
        assert (answer.kind == "approval") is tool.effects.asks
        if tool.effects.asks:
            await made.stand.settle()
            answer = Answer.model_validate(await direct(made, tool, project_id))
    assert not answer.failed, answer.summary
    tool.result.model_validate({"summary": answer.summary, **answer.data})
    assert answer.summary.endswith((".", "…", '"'))
    if tool.effects.writes and not tool.effects.repeatable and name != "restore_version":
        assert answer.revision is not None
    if not tool.effects.writes:
        assert answer.revision is None


@pytest.mark.parametrize("door", [name for name in DOORS if name != "direct"])
@pytest.mark.parametrize("name", TOOLS)
async def test_every_door_gives_the_same_answer(name: str, door: str, tmp_path: Path) -> None:
    answers: list[dict[str, JsonValue]] = []
    for way in ("direct", door):
        folder = tmp_path / f"{len(answers)}"
        folder.mkdir()
        async with house(folder) as made:
            project_id = await prepared(made, TOOLS[name])
            answers.append(await DOORS[way](made, TOOLS[name], project_id))
    assert without_ids(answers[0]) == without_ids(answers[1])


TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


def without_ids(value: JsonValue) -> JsonValue:
    """An answer without what is new in every house."""
    if isinstance(value, str):
        return TIME.sub("TIME", ID.sub("ID", value))
    if isinstance(value, list):
        return [without_ids(each) for each in value]
    if isinstance(value, dict):
        return {key: without_ids(each) for key, each in value.items()}
    return value


@pytest.mark.parametrize("name", TOOLS)
def test_every_field_says_what_it_is(name: str) -> None:
    tool = TOOLS[name]
    for model in (tool.outer_args, tool.result):
        assert [place for place, field in fields(model) if not field.get("description")] == []
    assert 20 <= len(tool.description) <= 400
    assert tool.description.endswith(".")
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
    assert len(name) <= 40  # clients put their own prefix before it, and 64 is the most they take


def fields(model: type[BaseModel]) -> list[tuple[str, dict[str, Any]]]:
    """Every field of a model and of the models inside it."""
    schema = model.model_json_schema()
    inner: dict[str, dict[str, Any]] = schema.get("$defs", {})
    found: list[tuple[str, dict[str, Any]]] = []
    for title, part in {model.__name__: schema, **inner}.items():
        for name, field in part.get("properties", {}).items():
            found.append((f"{title}.{name}", field))
    return found


def keywords(schema: JsonValue) -> set[str]:
    """Every keyword that a schema uses, at any depth."""
    if isinstance(schema, list):
        return {word for each in schema for word in keywords(each)}
    if not isinstance(schema, dict):
        return set()
    found = set(schema) - {"properties", "default", "enum", "required"}
    for key, value in schema.items():
        if key == "properties" and isinstance(value, dict):
            found |= {word for each in value.values() for word in keywords(each)}
        elif key not in ("default", "enum", "required"):
            found |= keywords(value)
    return found


@pytest.mark.parametrize("name", TOOLS)
@pytest.mark.parametrize("bound", [True, False], ids=["in a run", "at a door"])
def test_the_arguments_schema_is_flat_and_plain(name: str, bound: bool) -> None:
    schema = TOOLS[name].spec(bound=bound).args_schema
    assert schema["type"] == "object"
    assert not {"anyOf", "oneOf", "allOf", "$ref", "$defs"} & set(schema)
    assert keywords(schema) <= PLAIN_WORDS
    assert keywords(TOOLS[name].result_schema) <= PLAIN_WORDS


@pytest.mark.parametrize("name", TOOLS)
def test_gemini_takes_the_declaration(name: str) -> None:
    spec = TOOLS[name].spec()
    declaration = types.FunctionDeclaration(
        name=spec.name,
        description=spec.description,
        parameters_json_schema=spec.args_schema,
        response_json_schema=spec.result_schema,
    )
    sent = types.Tool(function_declarations=[declaration]).model_dump(exclude_none=True)
    assert sent["function_declarations"][0]["parameters_json_schema"] == spec.args_schema


def tokens(specs: list[ToolSpec]) -> int:
    """About how many tokens the tools take in a conversation."""
    said = [spec.model_dump_json(include={"name", "description", "args_schema"}) for spec in specs]
    return sum(len(each) for each in said) // LETTERS_A_TOKEN


def test_all_tools_together_fit_into_a_conversation(record_property: Callable[[str, object], None]) -> None:
    everywhere = offered(TOOLS.values())
    assert len(everywhere) <= MOST_TOOLS
    bound = tokens([tool.spec() for tool in TOOLS.values()])
    outer = tokens([tool.spec(bound=False) for tool in TOOLS.values()])
    record_property("tool_tokens", outer)
    assert bound < outer <= MOST_TOKENS, f"{len(TOOLS)} tools: {bound} tokens in a run, {outer} at a door"


def test_a_tool_of_one_occasion_is_offered_on_no_other() -> None:
    names = {tool.name for tool in offered(TOOLS.values())}
    assert "propose_plan" not in names
    assert {tool.name for tool in offered(TOOLS.values(), ("plan",))} - names == {"propose_plan"}


def test_the_promised_tools_are_there() -> None:
    assert set(TOOLS) >= {
        "list_templates", "scaffold_project", "map_project_ast", "read_file", "atomic_edit",
        "create_component", "delete_file", "visual_frame_inspection", "run_build_check", "run_preview",
        "render_video", "wait_for_job", "cancel_job", "save_version", "restore_version", "add_asset",
        "remember",
    }  # fmt: skip


@pytest.mark.parametrize("name", TOOLS)
def test_effects_do_not_contradict_each_other(name: str) -> None:
    effects = TOOLS[name].effects
    changes = effects.destroys or effects.asks
    assert effects.writes or not changes
    assert not (effects.parallel and effects.writes)
    assert TOOLS[name].scope != "read" or not effects.writes


def test_a_tool_has_a_new_hash_when_a_word_of_it_changes() -> None:
    tool = TOOLS["read_file"]
    changed = replace(tool, description=f"{tool.description} Really.")
    assert re.fullmatch(r"[0-9a-f]{64}", tool.hash)
    assert changed.hash != tool.hash


def test_a_file_without_a_tool_with_two_or_under_another_name_stops_the_start() -> None:
    modules = load_all("tools.builtin")
    empty, read, write = load("tools", "schema"), modules["read_file"], modules["atomic_edit"]
    with pytest.raises(LookupError, match="defines 0 tools"):
        gather({"schema": empty})
    with pytest.raises(LookupError, match="a file is named as its tool"):
        gather({"reads_files": read})
    with pytest.raises(LookupError, match="which another file defines too"):
        gather({"atomic_edit": write, "edit_again": write})
