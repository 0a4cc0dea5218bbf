"""What the MCP door refuses, and what it survives."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp.shared.exceptions import MCPError

from tests.doors import opened, served
from tests.mcp.clients import ERAS, WAYS, Desk, Way, desk, every_door, said, scaffold
from tests.mcp.pipes import pipe
from tests.stands import OWNER

FILM = {"file_path": "film.py"}
every_way = pytest.mark.parametrize("way", WAYS)
every_era = pytest.mark.parametrize("era", ERAS)
MODERN = {
    "MCP-Protocol-Version": "2026-07-28",
    "Accept": "application/json, text/event-stream",
    "Mcp-Method": "tools/list",
}
ENVELOPE = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": {"name": "t", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}
LIST: dict[str, Any] = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"_meta": ENVELOPE}}
HELLO: dict[str, Any] = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "t", "version": "1"},
    },
}


WRONG: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("read_file", {"file_path": "film.py", "line": 3}, "line: no such argument"),
    ("read_file", {}, "file_path: is missing"),
    ("read_file", {"file_path": 7}, "(got 7)"),
    ("read_file", {"file_path": "../../etc/passwd"}, "../../etc/passwd"),
    ("wait_for_job", {"timeout_s": "soon"}, "timeout_s"),
    ("visual_frame_inspection", {"images": "many"}, "images: give allow or omit (got 'many')"),
    ("delete_file", {"file_path": "film\x00.py"}, "film"),
)


@every_door
async def test_wrong_arguments_are_named_with_the_way_out(way: Way, era: str, tmp_path: Path) -> None:
    async with desk(tmp_path) as at, at.client(way, era) as client:
        project_id = await scaffold(client)
        for name, args, hint in WRONG:
            refused = await client.call_tool(name, {**args, "project_id": project_id})
            assert refused.is_error
            assert hint in said(refused)
            assert "\x00" not in said(refused)


@every_door
async def test_an_unknown_tool_is_an_error_of_the_protocol(way: Way, era: str, tmp_path: Path) -> None:
    async with desk(tmp_path) as at, at.client(way, era) as client:
        with pytest.raises(MCPError, match="did you mean 'read_file'") as refused:
            await client.call_tool("read_fiel", {})
    assert refused.value.code == -32602


@every_door
async def test_five_megabytes_of_arguments_end_the_call_and_nothing_else(
    way: Way, era: str, tmp_path: Path
) -> None:
    async with desk(tmp_path) as at, at.client(way, era) as client:
        project_id = await scaffold(client)
        with pytest.raises(MCPError):
            await client.call_tool(
                "remember", {"project_id": project_id, "kind": "x" * 5_000_000, "text": "y"}
            )
        assert not (await client.call_tool("list_templates", {})).is_error


@every_era
async def test_unseen_letters_in_names_files_and_errors_become_visible(era: str, tmp_path: Path) -> None:
    evil = "Tea\u202e\u200b\x1b[31m\U000e0041"
    async with desk(tmp_path) as at, at.client("http", era) as client:
        made = await client.call_tool(
            "create_component",
            {
                "project_id": await scaffold(client),
                "component_name": evil,
                "component_type": "scene",
                "code": "x",
            },
        )
        project_id = await scaffold(client)
        async with at.server.client(socket=True) as http:
            await http.patch(f"/api/projects/{project_id}", json={"name": "Tea\u202e\u200b"})
        listed = (await client.list_resources()).resources
    texts = [said(made), *(each.name for each in listed)]
    assert [text for text in texts if set(text) & set(evil[3:6])] == []


@every_era
async def test_unseen_letters_inside_files_become_visible(era: str, tmp_path: Path) -> None:
    evil = "Tea\u202e\u200b\x1b\U000e0041"
    async with desk(tmp_path) as at:
        project_id = await at.made.stand.scaffold()
        await at.made.stand.write(project_id, {"data/words.txt": f"{evil}\n".encode()})
        async with at.client("http", era, key=await at.made.key(OWNER)) as client:
            asked = {"project_id": project_id, "file_path": "data/words.txt"}
            read = await client.call_tool("read_file", asked)
            content = (
                await client.read_resource(f"director://projects/{project_id}/files/data/words.txt")
            ).contents
            saved = await client.call_tool("save_version", {"project_id": project_id, "label": evil})
    texts = [said(read), str(read.structured_content), getattr(content[0], "text", ""), said(saved)]
    assert all("Tea" in text for text in texts)
    assert [text for text in texts if set(text) & set(evil[3:])] == []


async def test_nobody_reads_or_changes_what_is_somebody_elses(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        ada, eve = await at.made.key("ada"), await at.made.key("eve")
        async with at.client(key=ada) as owner, at.client(key=eve) as other:
            project_id = await scaffold(owner)
            for name, args in (("read_file", FILM), ("delete_file", FILM)):
                asked = {**args, "project_id": project_id}
                theirs = await other.call_tool(name, asked)
                nothing = await other.call_tool(name, {**asked, "project_id": "nothing"})
                assert theirs.is_error
                assert said(theirs).replace(project_id, "nothing") == said(nothing)
            for uri in (
                f"director://projects/{project_id}",
                f"director://projects/{project_id}/files/film.py",
            ):
                with pytest.raises(MCPError, match="there is no project"):
                    await other.read_resource(uri)
            assert len((await other.list_resources()).resources) == 3
            assert not (await owner.call_tool("read_file", {**FILM, "project_id": project_id})).is_error


async def test_a_key_does_what_its_scopes_allow(tmp_path: Path) -> None:
    async with desk(tmp_path) as at, at.client(key=await at.made.key(scopes=("read",))) as client:
        refused = await client.call_tool("scaffold_project", {"template_name": "plain", "project_name": "x"})
        assert refused.is_error
        assert "scope 'write'" in said(refused)
        assert not (await client.call_tool("list_templates", {})).is_error


async def test_a_stranger_is_told_how_to_come_in(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        expired = await at.made.key("ada", expires_at=datetime.now(UTC) - timedelta(seconds=1))
        await at.made.key("ada")
        async with at.server.client() as http:
            for headers in (
                {},
                {"Authorization": f"Bearer {expired}"},
                {"Authorization": "Bearer dk_forged"},
                {"Authorization": "Basic YWRhOmFkYQ=="},
            ):
                refused = await http.post("/mcp", json=LIST, headers={**MODERN, **headers})
                assert refused.status_code == 401
                told = refused.headers["WWW-Authenticate"]
                assert f'resource_metadata="{at.server.url}/.well-known/oauth-protected-resource/mcp"' in told
            by_query = await http.post("/mcp?key=dk_x", json=LIST, headers=MODERN)
            assert by_query.status_code == 401
            page = (await http.get("/.well-known/oauth-protected-resource/mcp")).json()
    assert page["resource"] == f"{at.server.url}/mcp"
    assert set(page["scopes_supported"]) == {"read", "write", "render", "spend", "admin"}


async def test_pages_of_other_sites_get_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as at, at.server.client() as http:
        for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
            for method in ("POST", "GET", "DELETE"):
                sent = {**MODERN, "Origin": origin}
                refused = await http.request(method, "/mcp", json=LIST, headers=sent)
                assert refused.status_code == 403, (origin, method)
        own = await http.post("/mcp", json=LIST, headers={**MODERN, "Origin": at.server.url})
        assert own.status_code == 200
        elsewhere = await http.post("/mcp", json=LIST, headers={**MODERN, "Host": "evil.example"})
        assert elsewhere.status_code == 421


async def test_a_session_belongs_to_who_opened_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as at, at.server.client() as http:
        ada, eve = await at.made.key("ada"), await at.made.key("eve")
        accept = {"Accept": MODERN["Accept"]}
        opened = await http.post("/mcp", json=HELLO, headers={**accept, "Authorization": f"Bearer {ada}"})
        session = {**accept, "Mcp-Session-Id": opened.headers["mcp-session-id"]}
        ping = {"jsonrpc": "2.0", "id": 2, "method": "ping"}
        theirs = await http.post("/mcp", json=ping, headers={**session, "Authorization": f"Bearer {eve}"})
        assert theirs.status_code == 404
        mine = await http.post("/mcp", json=ping, headers={**session, "Authorization": f"Bearer {ada}"})
        assert mine.status_code == 200


PLAIN = json.dumps(LIST).encode()
UNREADABLE: tuple[tuple[bytes, dict[str, str], int], ...] = (
    (b"{", {}, 400),
    (b"[]", {}, 400),
    (b'{"jsonrpc":"1.0","id":1,"method":"x"}', {}, 400),
    (PLAIN, {"Mcp-Method": "tools/call"}, 400),
    (PLAIN, {"MCP-Protocol-Version": "2031-01-01"}, 400),
    (json.dumps({**LIST, "method": "tools/lost"}).encode(), {"Mcp-Method": "tools/lost"}, 404),
    (PLAIN + b" " * 2_000_000, {}, 413),
    (PLAIN, {"Accept": "text/html"}, 406),
)


async def test_words_that_are_none_are_refused_by_status(tmp_path: Path) -> None:
    async with desk(tmp_path) as at, at.server.client() as http:
        for body, headers, status in UNREADABLE:
            sent = {**MODERN, "Content-Type": "application/json", **headers}
            answer = await http.post("/mcp", content=body, headers=sent)
            assert answer.status_code == status, (body[:80], headers)


@every_era
async def test_a_server_that_was_started_anew_is_found_again(era: str, tmp_path: Path) -> None:
    async with opened(tmp_path) as made, served(made) as server:
        at = Desk(made, server)
        async with at.client("stdio", era) as client:
            project_id = await scaffold(client)
            await server.stop()
            made.house.presence.closing.clear()
            async with served(made) as again:
                assert again.socket == server.socket
                seen = await client.call_tool("read_file", {**FILM, "project_id": project_id})
                assert not seen.is_error, said(seen)
            made.house.presence.closing.clear()
            with pytest.raises(MCPError, match="nobody answers"):
                await client.call_tool("read_file", {**FILM, "project_id": project_id})


async def test_stdio_survives_whatever_is_said(tmp_path: Path) -> None:
    async with desk(tmp_path) as at, pipe(at) as client:
        for line, code in (
            (b"{", -32700),
            (b"\xff\xfe", -32700),
            (b"[" * 20_000, -32700),
            (b"[]", -32600),
            (b"7", -32600),
            (b'{"id":1}', -32600),
            (b'{"jsonrpc":"2.0","id":true,"method":"ping"}', -32600),
            (b'{"jsonrpc":"2.0","id":{"a":1},"method":"ping"}', -32600),
            (b'{"jsonrpc":"2.0","id":1,"method":"tools/list","params":[1]}', -32602),
        ):
            await client.say(line)
            assert (await client.hear())["error"]["code"] == code, line
        await client.say(b"")
        await client.say(b"x" * 9_000_000)
        assert (await client.hear())["error"]["code"] == -32700
        await client.say(b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"_meta":7,"name":8}}')
        assert "error" in await client.hear()
        await client.say(b'{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":[]}}')
        await client.say(b'{"jsonrpc":"2.0","id":"p","result":{}}')
        await client.say(json.dumps(HELLO).encode())
        assert (await client.hear())["result"]["protocolVersion"] == "2025-11-25"
        await client.say(b'{"jsonrpc":"2.0","id":9,"method":"ping"}')
        assert await client.hear() == {"jsonrpc": "2.0", "id": 9, "result": {}}


async def test_a_client_without_a_server_still_learns_what_there_is(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.server.stop()
        async with at.client("stdio") as client:
            assert len((await client.list_tools()).tools) >= 17
            assert len((await client.list_prompts()).prompts) == 4
            with pytest.raises(MCPError, match="nobody answers"):
                await client.call_tool("list_templates", {})


async def test_a_server_elsewhere_that_is_not_there_is_named(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        key = await at.made.key()
        async with at.client("stdio", key=key) as client:
            assert not (await client.call_tool("list_templates", {})).is_error
            await at.server.stop()
            with pytest.raises(MCPError, match=at.server.url.removeprefix("http://")):
                await client.call_tool("list_templates", {})


async def test_the_openapi_page_says_nothing_of_this_door(tmp_path: Path) -> None:
    async with desk(tmp_path) as at, at.server.client() as http:
        answer: httpx.Response = await http.get("/openapi.json")
    assert [path for path in answer.json()["paths"] if "mcp" in path] == []
