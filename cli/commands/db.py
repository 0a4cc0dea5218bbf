"""Bring the database to another schema, or tell which it has."""

from __future__ import annotations

import argparse
import json

from cli.exits import FINDINGS, OK
from cli.house import House


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director db`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("upgrade", help="bring it to this version's schema")
    actions.add_parser("current", help="tell which schema it has")
    downgrade = actions.add_parser("downgrade", help="take it back to an older schema")
    downgrade.add_argument("version", help="a schema's version, or `base` for none")


async def act(options: argparse.Namespace, house: House) -> int:
    """Do what is asked with the schema."""
    house.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if options.action == "upgrade":
        await house.schema.upgrade()
    elif options.action == "downgrade":
        await house.schema.downgrade(options.version)
    current, expected = await house.schema.current(), house.schema.expected()
    if options.json:
        print(json.dumps({"current": current, "expected": expected}))
    else:
        print(f"the database has schema {current or 'none'}; this version works with {expected}")
    return OK if current == expected or options.action == "downgrade" else FINDINGS
