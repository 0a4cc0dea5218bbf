"""Tell which parts are in use, and what is wrong with them."""

from __future__ import annotations

import argparse
import json

from cli.exits import ENVIRONMENT, OK
from cli.house import House
from domain.errors import Unavailable, UserError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director doctor`."""
    parser.add_argument("--part", action="append", metavar="NAME", help="look at this part alone; repeatable")


async def act(options: argparse.Namespace, house: House) -> int:
    """Look at every part, and at all of them even when one is away."""
    names = [part.name for part in house.parts]
    unknown = [name for name in options.part or () if name not in names]
    if unknown:
        raise UserError("unknown_part", f"--part is {unknown[0]!r}; give some of {', '.join(names)}")
    await house.open()
    rows: list[dict[str, str | bool]] = []
    for part in house.parts:
        if options.part and part.name not in options.part:
            continue
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
