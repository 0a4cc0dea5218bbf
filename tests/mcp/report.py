"""Measures the MCP door as its clients find it, and writes reports/mcp.json: `python -m tests.mcp.report`."""

from __future__ import annotations

import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from mcp import Client
from mcp.client.stdio import StdioServerParameters

from api.mcp_door import catalog
from tests.doors import opened
from tests.house.tree import ROOT
from tests.mcp.besieged import besieged, held
from tests.mcp.clients import said
from tests.mcp.obedient import cases, tried
from tests.mcp.prey import world
from tools.registry import load_tools

NODE = ROOT / ".venv" / "mcp-report"
PACKAGES = (
    "@modelcontextprotocol/conformance@0.2.0-alpha.12",
    "@modelcontextprotocol/inspector@0.15.0",
    "node@22",
)
REVISIONS = ("2026-07-28", "2025-11-25")
VACUOUS = re.compile(r"^✓ ([\w-]+): 0 passed, 0 failed$", re.MULTILINE)
SCENARIO = re.compile(r"^([✓✗]) ([\w-]+): \d+ passed, \d+ failed", re.MULTILINE)
DIRECTOR = str(Path(sys.executable).with_name("director"))
ROUNDS = 60
LETTERS_A_TOKEN = 4


def declaration_tokens() -> dict[str, int]:
    """About how many tokens each tool takes before anything was said."""
    declared = catalog.declarations(load_tools().values(), local=True)
    kept = ("name", "description", "inputSchema")
    return {
        each["name"]: len(json.dumps({name: each[name] for name in kept})) // LETTERS_A_TOKEN
        for each in declared
    }


def conformance() -> dict[str, Any]:
    """Run the official suite of each revision over the door with its fixtures."""
    command = [
        str(NODE / "node_modules/.bin/node"),
        str(NODE / "node_modules/@modelcontextprotocol/conformance/dist/index.js"),
    ]
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.mcp.profile", folder],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        for revision in REVISIONS:
            asked = ["server", "--url", f"{url}/mcp", "--suite", "all", "--spec-version", revision]
            ended = subprocess.run(
                [*command, *asked], capture_output=True, text=True, timeout=300, check=False
            )
            scenarios = SCENARIO.findall(ended.stdout)
            name = f"conformance_{revision.replace('-', '_')}"
            found[f"{name}_passed"] = sum(mark == "✓" for mark, _ in scenarios)
            found[f"{name}_total"] = len(scenarios)
            found[f"{name}_failing"] = [each for mark, each in scenarios if mark == "✗"]
            found[f"{name}_with_nothing_to_check"] = VACUOUS.findall(ended.stdout)
        server.communicate()
    return found


def inspector(environment: dict[str, str]) -> list[str]:
    """List the tools by the Inspector's command line."""
    asked = ["--cli", DIRECTOR, "mcp", "--method", "tools/list"]
    command = [str(NODE / "node_modules/.bin/node"), str(NODE / "node_modules/.bin/mcp-inspector"), *asked]
    told = subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=True, env={**os.environ, **environment}
    )
    return [each["name"] for each in json.loads(told.stdout)["tools"]]


async def film(client: Client, save_to: Path | None) -> tuple[list[str], int]:
    """Make a whole film by a script; gives its transcript and the bytes of text that came back."""
    transcript: list[str] = []
    bytes_back = 0

    async def call(name: str, **args: Any) -> dict[str, Any]:
        nonlocal bytes_back
        answer = await client.call_tool(name, args)
        bytes_back += len(said(answer).encode())
        transcript.append(f"{name}: {said(answer).splitlines()[0]}")
        assert not answer.is_error, said(answer)
        return answer.structured_content or {}

    await call("list_templates")
    made = await call("scaffold_project", template_name="basic", project_name="Noor Tea")
    project: dict[str, Any] = {"project_id": made["project_id"]}
    await call("map_project_ast", **project)
    read = await call("read_file", **project, file_path="content.py")
    edit = {"start_line": 1, "end_line": 0, "new_content": "# Noor Tea"}
    await call("atomic_edit", **project, file_path="content.py", expected_sha256=read["sha256"], edits=[edit])
    await call("run_build_check", **project)
    await call("visual_frame_inspection", **project)
    await call("render_video", **project, quality="draft")
    saved: dict[str, Any] = {"save_to": str(save_to)} if save_to else {}
    while not (ended := await call("wait_for_job", **project, **saved))["ended"]:
        pass
    assert ended["render"]["status"] == "COMPLETED", ended
    if save_to is not None:
        assert save_to.stat().st_size > 10_000
    else:
        uri = f"director://renders/{ended['render']['render_id']}/film.mp4"
        content: Any = (await client.read_resource(uri)).contents[0]
        assert len(content.blob) > 10_000
    return transcript, bytes_back


async def median_ms(call: Callable[[], Awaitable[Any]]) -> float:
    """The middle of many calls, ms."""
    took: list[float] = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await call()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


async def inside_ms() -> float:
    """The same call inside the server, ms."""
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder)) as made:
            return await median_ms(lambda: made.stand.call("list_templates"))


def start_s(environment: dict[str, str]) -> float:
    """From the start of `director mcp` to its list of tools, the middle of five, s."""
    ask = b'{"jsonrpc":"2.0","id":1,"method":"tools/list"}\n'
    took: list[float] = []
    for _ in range(5):
        began = time.perf_counter()
        process = subprocess.Popen(
            [DIRECTOR, "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env={**os.environ, **environment},
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(ask)
        process.stdin.flush()
        assert b'"tools"' in process.stdout.readline()
        took.append(time.perf_counter() - began)
        process.communicate()
    return statistics.median(took)


async def played(environment: dict[str, str], folder: Path) -> dict[str, Any]:
    """Make a film over each door of one real server, and measure calls to it."""
    found: dict[str, Any] = {}
    inside = await inside_ms()
    server = await asyncio.create_subprocess_exec(
        DIRECTOR, "serve", "--port", "0", env={**os.environ, **environment}, stdout=subprocess.PIPE
    )
    assert server.stdout is not None
    url = (await server.stdout.readline()).decode().strip().removeprefix("director: ")
    stdio = StdioServerParameters(command=DIRECTOR, args=["mcp"], env=environment)
    sizes: list[int] = []
    try:
        for way, place in (("stdio", stdio), ("http", f"{url}/mcp")):
            async with AsyncExitStack() as stack:
                client = await stack.enter_async_context(Client(place))
                transcript, size = await film(client, folder / "film.mp4" if way == "stdio" else None)
                sizes.append(size)
                found[f"film_over_{way}"] = 1
                found[f"film_over_{way}_transcript"] = transcript
                took = await median_ms(lambda client=client: client.call_tool("list_templates", {}))
                found[f"call_overhead_ms_{way}"] = round(max(0.0, took - inside), 2)
    finally:
        server.terminate()
        await server.wait()
    found["film_result_kb"] = round(max(sizes) / 1000, 1)
    found["call_inside_ms"] = round(inside, 2)
    return found


async def attacked(folder: Path) -> dict[str, Any]:
    """Attack the door, and let a model obey every order that strangers wrote."""
    siege, prey = folder / "siege", folder / "prey"
    siege.mkdir()
    prey.mkdir()
    async with besieged(siege) as ground:
        came = await held(ground)
    harm: dict[str, list[str]] = {}
    async with world(prey) as made:
        for carrier, goal in cases():
            harm[f"{goal} by {carrier}"] = await tried(made, carrier, goal)
    return {
        "security_cases": len(came),
        "security_held": sum(not why for why in came.values()),
        "security_lost": [f"{name}: {why}" for name, why in came.items() if why],
        "injection_cases": len(harm),
        "injection_effects": sum(len(each) for each in harm.values()),
        "injection_harm": [f"{name}: {', '.join(each)}" for name, each in harm.items() if each],
    }


def main() -> None:
    """Measure everything and write it down."""
    NODE.mkdir(parents=True, exist_ok=True)
    install = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(NODE), *PACKAGES]
    subprocess.run(install, check=True)
    tokens = declaration_tokens()
    found: dict[str, Any] = {
        "declaration_tokens": sum(tokens.values()),
        "declaration_tokens_by_tool": tokens,
        "instruction_tokens": len(catalog.instructions(local=True)) // LETTERS_A_TOKEN,
        **conformance(),
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {"DIRECTOR_DATA": str(folder / "data"), "DIRECTOR_MODEL": "offline"}
        found["inspector_tools"] = inspector(environment)
        found["stdio_start_s"] = round(start_s(environment), 2)
        found |= asyncio.run(played(environment, folder))
        warnings.simplefilter("ignore")  # one of the attacks signs with a key that is too small
        found |= asyncio.run(attacked(folder))
    report = ROOT / "reports" / "mcp.json"
    report.parent.mkdir(exist_ok=True)
    report.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for key, value in found.items():
        if not isinstance(value, list | dict):
            print(f"{key:<45} {value}")  # noqa: T201


if __name__ == "__main__":
    main()
