"""See which workers are at work, and on what."""

from __future__ import annotations

import argparse
import json

from cli.exits import OK
from cli.house import House
from cli.jobs import line
from cli.server import join


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director workers`."""


async def act(options: argparse.Namespace, house: House) -> int:
    """List them."""
    async with await join(house) as client:
        told = await client.get("/api/queue/workers")
    if options.json:
        print(json.dumps(told))
        return OK
    items = told["items"]
    assert isinstance(items, list)
    for each in items:
        assert isinstance(each, dict)
        print(each["worker"])
        jobs = each["jobs"]
        for job in jobs if isinstance(jobs, list) else []:
            assert isinstance(job, dict)
            print(f"  {line(job)}")
    if not items:
        print("nobody is at work")
    return OK
