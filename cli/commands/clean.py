"""Remove what nobody needs any more: long deleted projects, blobs that nothing names, leavings of crashes."""

from __future__ import annotations

import argparse
import json

from cli.exits import OK
from cli.house import House


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director clean`."""


async def act(options: argparse.Namespace, house: House) -> int:
    """Go round once; a server does it by itself every hour."""
    await house.open()
    told = await house.upkeep.clean()
    print(json.dumps(told) if options.json else ", ".join(f"{count} {what}" for what, count in told.items()))
    return OK
