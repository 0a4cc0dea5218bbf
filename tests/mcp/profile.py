"""The MCP door with the conformance suite's fixtures beside Director's own tools.

`python -m tests.mcp.profile FOLDER` serves it until stdin ends; the first line says where.
"""

from __future__ import annotations

import asyncio
import re
import sys
import warnings
from pathlib import Path
from typing import Any

from mcp.server import Server
from mcp_types import EmptyResult, SetLevelRequestParams

from api.mcp_door import speaker
from api.mcp_door.problems import Context
from tests.mcp.clients import desk
from tests.mcp.fixtures import CALLS, EMPTY, PLAIN, PROMPTS, RESOURCES, SCHEMAS, Result, prompt

TEMPLATE = re.compile(r"test://template/([^/]+)/data")


class Profile(speaker.Speaker):
    """Answers the suite's own names, and leaves everything else to the door."""

    def _server(self) -> Server[Any]:
        server = super()._server()
        for name in (*PLAIN, *CALLS):
            declared = {"name": name, "description": "Fixture.", "inputSchema": SCHEMAS.get(name, EMPTY)}
            self._declared.append(declared)

        async def level(ctx: Context, params: Any) -> EmptyResult:
            return EmptyResult()

        server.add_request_handler("logging/setLevel", SetLevelRequestParams, level)
        return server

    async def _call(self, ctx: Context, params: Any) -> Result:
        if params.name in PLAIN:
            return {"content": PLAIN[params.name]}
        if params.name in CALLS:
            return await CALLS[params.name](self, ctx, params)
        return await super()._call(ctx, params)

    async def _list_prompts(self, ctx: Context, params: Any) -> Result:
        told = await super()._list_prompts(ctx, params)
        own = [
            {
                "name": name,
                "description": "Fixture.",
                "arguments": [{"name": each, "required": True} for each in given],
            }
            for name, given in PROMPTS.items()
        ]
        return {**told, "prompts": [*told["prompts"], *own]}

    async def _prompt(self, ctx: Context, params: Any) -> Result:
        if params.name in PROMPTS:
            return await prompt(params.name, params)
        return await super()._prompt(ctx, params)

    async def _list_resources(self, ctx: Context, params: Any) -> Result:
        told = await super()._list_resources(ctx, params)
        own = [{"uri": uri, "name": uri, "description": "Fixture."} for uri in RESOURCES]
        return {**told, "resources": [*told["resources"], *own]}

    async def _read(self, ctx: Context, params: Any) -> Result:
        uri = str(params.uri)
        if uri in RESOURCES:
            return {"contents": [{"uri": uri, **RESOURCES[uri]}], "ttlMs": 0, "cacheScope": "private"}
        match = TEMPLATE.fullmatch(uri)
        if match:
            told = f'{{"id":"{match[1]}","templateTest":true,"data":"Data for ID: {match[1]}"}}'
            content = {"uri": uri, "mimeType": "application/json", "text": told}
            return {"contents": [content], "ttlMs": 0, "cacheScope": "private"}
        return await super()._read(ctx, params)


async def main(folder: Path) -> None:
    """Serve on a free port."""
    warnings.simplefilter("ignore")
    speaker.Speaker = Profile  # the door makes whatever stands under this name
    async with desk(folder) as at:
        print(at.server.url, flush=True)  # noqa: T201
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
