"""What the MCP door says, to real clients of both eras, over HTTP and stdio."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp.shared.exceptions import MCPError
from mcp_types import PromptReference, ResourceTemplateReference, ResourceUpdatedNotification

from api.mcp_door import catalog, prompts, resources
from domain.nouns import ProjectId
from tests.mcp.clients import ERAS, WAYS, Way, desk, every_door, said, scaffold
from tools.define import offered
from tools.registry import load_tools

LETTERS_A_TOKEN = 4
BRIEF = "Tea {format} \u202e{seconds}"
TOOLS = load_tools()
every_way = pytest.mark.parametrize("way", WAYS)
every_era = pytest.mark.parametrize("era", ERAS)


def tokens(text: str) -> int:
    return len(text) // LETTERS_A_TOKEN


@every_door
async def test_a_client_learns_who_it_speaks_to_and_what_there_is(way: Way, era: str, tmp_path: Path) -> None:
    async with desk(tmp_path) as at, at.client(way, era) as client:
        listed = (await client.list_tools()).tools
        told = client.session.instructions or ""
        found = {each.name: each for each in listed}
        templates = (await client.list_resource_templates()).resource_templates
        texts = (await client.list_prompts()).prompts
    assert list(found) == sorted(each.name for each in offered(TOOLS.values()))
    assert told == catalog.instructions(local=way == "stdio")
    assert [each.uri_template for each in templates] == list(resources.TEMPLATES)
    assert [each.name for each in texts] == list(prompts.PROMPTS)
    for name, tool in found.items():
        assert tool.output_schema is not None, name
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint is not TOOLS[name].effects.writes
        assert tool.annotations.destructive_hint is TOOLS[name].effects.destroys
        assert tool.annotations.idempotent_hint is TOOLS[name].effects.repeatable
    assert ("save_to" in found["wait_for_job"].input_schema["properties"]) is (way == "stdio")


def test_what_stdio_says_by_itself_fits_into_a_conversation() -> None:
    for local in (False, True):
        declared = catalog.declarations(TOOLS.values(), local=local)
        shown = [{name: each[name] for name in ("name", "description", "inputSchema")} for each in declared]
        assert tokens(json.dumps(shown)) <= 5_000
        assert tokens(catalog.instructions(local=local)) <= 600


@every_era
async def test_stdio_says_by_itself_what_the_server_says(era: str, tmp_path: Path) -> None:
    async with desk(tmp_path) as at, at.client("http", era) as far, at.client("stdio", era) as near:
        for ask in ("list_prompts", "list_resource_templates"):
            assert await getattr(near, ask)() == await getattr(far, ask)()
        local = [catalog.for_stdio(each.model_dump(by_alias=True)) for each in (await far.list_tools()).tools]
        assert [each.model_dump(by_alias=True) for each in (await near.list_tools()).tools] == local
        assert near.session.server_capabilities == far.session.server_capabilities
        assert near.session.server_info == far.session.server_info
        assert near.session.protocol_version == far.session.protocol_version


@every_door
@pytest.mark.filterwarnings("ignore:resources/(un)?subscribe is removed")
async def test_a_project_made_here_shows_everywhere_and_changes_are_told(
    way: Way, era: str, tmp_path: Path
) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()

    async def on_message(message: Any) -> None:
        if isinstance(message, ResourceUpdatedNotification):
            heard.put_nowait(str(message.params.uri))

    async with (
        desk(tmp_path) as at,
        at.server.client(socket=True) as http,
        at.client(way, era, message_handler=on_message, cache=None) as client,
    ):
        project_id = await scaffold(client)
        shown = (await http.get("/api/projects")).json()["items"]
        assert [each["project_id"] for each in shown] == [project_id]
        uri = resources.file_uri(project_id, "film.py")
        async with asyncio.timeout(20):
            if era == "auto":
                async with client.listen(resource_subscriptions=[uri]) as changes:
                    await edit(http, project_id)
                    told: Any = await anext(aiter(changes))
                    assert told.uri == uri
            else:
                await client.subscribe_resource(uri)  # pyright: ignore[reportDeprecated]
                await edit(http, project_id)
                assert await heard.get() == uri
                await client.unsubscribe_resource(uri)  # pyright: ignore[reportDeprecated]
        content: Any = (await client.read_resource(uri)).contents[0]
    assert content.text.startswith("# a new first line\n")


async def edit(http: httpx.AsyncClient, project_id: str) -> None:
    """Write a first line, as somebody else over HTTP."""
    files = (await http.get(f"/api/projects/{project_id}/files")).json()["files"]
    change = {"start_line": 1, "end_line": 0, "new_content": "# a new first line"}
    args = {"file_path": "film.py", "expected_sha256": files["film.py"], "edits": [change]}
    sent = await http.post("/api/tools/atomic_edit", json={**args, "project_id": project_id})
    assert not sent.json()["failed"], sent.text


@every_era
async def test_everything_that_is_listed_can_be_read(era: str, tmp_path: Path) -> None:
    async with desk(tmp_path) as at, at.client("http", era) as client:
        project_id = await scaffold(client)
        base = f"director://projects/{project_id}"
        listed = [str(each.uri) for each in (await client.list_resources()).resources]
        assert listed == [*resources.STILL, base]
        for uri in [*listed, f"{base}/revisions", f"{base}/revisions/1", f"{base}/renders"]:
            content: Any = (await client.read_resource(uri)).contents[0]
            assert content.text, uri
            if content.mime_type == "application/json":
                json.loads(content.text)


NOWHERE = (
    "director://projects/nobody",
    "director://projects/{id}/files/../../etc/passwd",
    "director://projects/{id}/files/%2e%2e%2fetc%2fpasswd",
    "director://projects/{id}/revisions/99",
    "director://projects/{id}/revisions/0",
    "director://renders/nothing/film.mp4",
    "file:///etc/passwd",
    "director://",
    "director://projects/{id}/files/" + "x" * 2000,
)


@every_era
async def test_what_does_not_exist_is_refused(era: str, tmp_path: Path) -> None:
    async with desk(tmp_path) as at, at.client("http", era) as client:
        project_id = await scaffold(client)
        for uri in NOWHERE:
            with pytest.raises(MCPError) as refused:
                await client.read_resource(uri.replace("{id}", project_id))
            assert refused.value.code == (-32602 if era == "auto" else -32002)
            assert "Traceback" not in refused.value.message


@every_way
async def test_a_prompt_is_filled_once_and_only_with_what_it_takes(way: Way, tmp_path: Path) -> None:
    async with desk(tmp_path) as at, at.client(way) as client:
        filled = await client.get_prompt("make_film", {"brief": BRIEF, "format": "9:16"})
        content: Any = filled.messages[0].content
        assert "Brief: Tea {format} \\u202e{seconds}\nFormat: 9:16." in content.text
        for name, given in (
            ("nothing", {}),
            ("make_film", {}),
            ("make_film", {"brief": "x", "colour": "red"}),
            ("make_film", {"brief": "x" * 30_000}),
        ):
            with pytest.raises(MCPError) as refused:
                await client.get_prompt(name, given)
            assert refused.value.code == -32602


async def test_arguments_are_completed_from_what_is_there(tmp_path: Path) -> None:
    async with desk(tmp_path) as at, at.client() as client:
        project_id = await scaffold(client)
        file = ResourceTemplateReference(uri="director://projects/{project_id}/files/{+path}")

        async def complete(name: str, value: str, beside: dict[str, str] | None = None) -> list[str]:
            done = await client.complete(file, {"name": name, "value": value}, context_arguments=beside)
            return done.completion.values

        assert await complete("project_id", "noor") == [project_id]
        assert await complete("path", "film", {"project_id": project_id}) == ["film.py"]
        assert await complete("path", "film", {"project_id": "somebody-else"}) == []
        assert await complete("number", "", {"project_id": project_id}) == ["1"]
        made = await client.complete(PromptReference(name="make_film"), {"name": "format", "value": "9"})
        assert made.completion.values == ["16:9", "9:16"]


@every_era
async def test_fifty_calls_at_once_are_all_answered_and_no_edit_is_lost(era: str, tmp_path: Path) -> None:
    async with desk(tmp_path) as at, at.client("http", era) as one, at.client("stdio", era) as two:
        project_id = await scaffold(one)
        notes = [
            (one, two)[number % 2].call_tool(
                "remember", {"project_id": project_id, "kind": "decision", "text": f"number {number}"}
            )
            if number % 5
            else one.call_tool("list_templates", {})
            for number in range(50)
        ]
        answers = await asyncio.gather(*notes)
        assert [said(each) for each in answers if each.is_error] == []
        async with at.made.stand.database.transaction(None, reading=True) as tx:
            entries = await tx.events.read(ProjectId(project_id))
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    kept = {entry.event.text for entry in entries if entry.event.type == "memory.noted"}
    assert kept == {f"number {number}" for number in range(50) if number % 5}


async def test_a_server_that_stops_says_goodbye_to_who_watches(tmp_path: Path) -> None:
    async with desk(tmp_path) as at, at.client() as client:
        uri = f"director://projects/{await scaffold(client)}"
        async with client.listen(resource_subscriptions=[uri]) as changes:
            async with asyncio.timeout(4):
                await at.server.stop()
                assert [each async for each in changes] == []
