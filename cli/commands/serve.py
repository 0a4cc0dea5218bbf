"""Start the server, the studio page and the workers of this machine."""

from __future__ import annotations

import argparse

from cli.exits import OK
from cli.house import House, Serving
from domain.errors import UserError

_LAST_PORT = 65_535


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director serve`."""
    parser.add_argument("--host", help="address to bind to; DIRECTOR_HOST unless said")
    parser.add_argument("--port", type=int, help="TCP port; DIRECTOR_PORT unless said")
    parser.add_argument("--socket-only", action="store_true", help="serve the local socket and no TCP port")
    parser.add_argument("--idle-exit", type=float, metavar="SECONDS", help="end when unused for so long")


async def act(options: argparse.Namespace, house: House) -> int:
    """Serve until told to stop."""
    host = None if options.socket_only else options.host or house.serving.host
    port = house.serving.port if options.port is None else options.port
    if not 0 <= port <= _LAST_PORT:
        raise UserError("no_such_port", f"port is {port}; give 1 to {_LAST_PORT}, or 0 for any that is free")
    await house.open()
    await house.serve(Serving(host=host, port=port, idle_exit_s=options.idle_exit))
    return OK
