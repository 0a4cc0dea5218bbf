"""See the queue of all jobs, and call one off."""

from __future__ import annotations

import argparse
import json

from cli.client import Json
from cli.exits import OK
from cli.house import House
from cli.jobs import line
from cli.server import join

KINDS = ("agent", "render", "analysis")
STATES = ("queued", "leased", "parked", "cancelling", "done", "failed", "cancelled")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director queue`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list jobs, newest first")
    listing.add_argument("--kind", choices=KINDS, help="only jobs of this kind")
    listing.add_argument("--state", choices=STATES, help="only those in this state")
    listing.add_argument("--limit", type=int, default=50, help="how many at most (%(default)s)")
    for name, words in (("show", "show all of one job"), ("cancel", "call a job off")):
        actions.add_parser(name, help=words).add_argument("job_id")


async def act(options: argparse.Namespace, house: House) -> int:
    """Look, or call off."""
    async with await join(house) as client:
        if options.action == "cancel":
            told = await client.post(f"/api/queue/{options.job_id}/cancel", {})
        elif options.action == "show":
            told = await client.get(f"/api/queue/{options.job_id}")
        else:
            asked = {"kind": options.kind, "state": options.state, "limit": options.limit}
            told = await client.get("/api/queue", **{name: value for name, value in asked.items() if value})
    if options.json or options.action == "show":
        print(json.dumps(told, indent=None if options.json else 2))
    elif options.action == "cancel":
        print(line(told))
    else:
        _show(told)
    return OK


def _show(told: Json) -> None:
    tally, items = told["tally"], told["items"]
    assert isinstance(tally, list)
    assert isinstance(items, list)
    counts = [f"{each['count']} {each['kind']} {each['state']}" for each in tally if isinstance(each, dict)]
    print("; ".join(counts) or "no jobs")
    for each in items:
        assert isinstance(each, dict)
        print(line(each))
