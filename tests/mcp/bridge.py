"""Speaks MCP on stdin and stdout for a server of the tests: `python -m tests.mcp.bridge SOCKET|URL [KEY]`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from api.mcp_door.stdio import Known, Place, speak
from tools.registry import load_tools


async def main(where: str, key: str = "") -> None:
    """Serve until stdin ends; whoever started the server brings it back."""
    remote = where.startswith("http")
    place = Place(socket=Path(where), url=where if remote else "", key=key)
    await speak(place, Known("0.0.0", load_tools()), lambda: asyncio.sleep(0.3))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
