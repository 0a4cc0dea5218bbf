"""Tell which parts are in use, and what is wrong with them."""

from __future__ import annotations

import argparse
import json

from cli.exits import ENVIRONMENT, OK
from cli.house import House
from domain.errors import Unavailable


def arguments(parser: argparse.ArgumentParser) -> None:
    """`director doctor` takes no arguments of its own."""


async def act(options: argparse.Namespace, house: House) -> int:
    """Look at every part, and at all of them even when one is away."""
    await house.open()
    rows: list[dict[str, str | bool]] = []
    for part in house.parts:
        try:
            rows.append({"part": part.name, "using": part.using, "ok": True, "says": await part.check()})
        except Unavailable as away:
            rows.append({"part": part.name, "using": part.using, "ok": False, "says": away.message})
    healthy = all(row["ok"] for row in rows)
    if options.json:
        print(json.dumps({"version": house.version, "ok": healthy, "parts": rows}))
    else:
        print(f"director {house.version}, data in {house.data}")
        for row in rows:
            print(f"  {'ok ' if row['ok'] else 'BAD'}  {row['part']:<10} {row['using']:<28} {row['says']}")
    return OK if healthy else ENVIRONMENT
