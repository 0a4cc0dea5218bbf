"""Speak MCP on stdin and stdout, for clients such as Claude, Cursor or Gemini CLI."""

from __future__ import annotations

import argparse

from cli.client import Client
from cli.exits import OK
from cli.house import House
from cli.server import revive


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director mcp`."""
    parser.add_argument(
        "--images",
        choices=("allow", "omit"),
        help="whether answers hold pictures; DIRECTOR_MCP_IMAGES unless said",
    )


async def act(options: argparse.Namespace, house: House) -> int:
    """Serve the client until it has closed its end; the machine's server is started by the first call."""
    async with Client(socket=house.socket) as client:
        await house.speak(lambda: revive(house, client), options.images)
    return OK
