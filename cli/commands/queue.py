"""See the queue of all jobs, and steer it."""

from __future__ import annotations

import argparse
import json

from cli.client import Client, Json
from cli.exits import OK
from cli.house import House
from cli.jobs import line
from cli.server import join

KINDS = ("agent", "render", "analysis")
ONE = {
    "show": "show all of one job",
    "cancel": "call a job off",
    "retry": "do a job once more that failed or was called off",
}
SOME = {
    "requeue-failed": "do all failed jobs once more that nobody has tried again",
    "pause": "give no more jobs out; those at work go on",
    "resume": "take jobs in and give them out",
    "drain": "take no new jobs in, and work off those that are there",
    "purge": "call off every job that waits",
}
STATES = ("queued", "leased", "parked", "cancelling", "done", "failed", "cancelled")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director queue`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list jobs, newest first")
    listing.add_argument("--kind", choices=KINDS, help="only jobs of this kind")
    listing.add_argument("--state", choices=STATES, help="only those in this state")
    listing.add_argument("--limit", type=int, default=50, help="how many at most (%(default)s)")
    for name, words in ONE.items():
        actions.add_parser(name, help=words).add_argument("job_id")
    ranking = actions.add_parser("priority", help="let a job go before or after others")
    ranking.add_argument("job_id")
    ranking.add_argument("priority", choices=("high", "normal", "low"))
    for name, words in SOME.items():
        wide = actions.add_parser(name, help=words)
        wide.add_argument("--kind", choices=KINDS, help="only this queue; all of them unless said")


async def act(options: argparse.Namespace, house: House) -> int:
    """Look, or steer."""
    async with await join(house) as client:
        told = await _ask(client, options)
    if options.json or options.action == "show":
        print(json.dumps(told, indent=None if options.json else 2))
    elif options.action == "list":
        _show(told)
    elif "queues" in told:
        print(_stands(told))
    elif "jobs" in told:
        jobs = told["jobs"]
        assert isinstance(jobs, list)
        left = f", {told['left']} could not be" if told["left"] else ""
        print(f"{len(jobs)} jobs {'called off' if options.action == 'purge' else 'queued again'}{left}")
    else:
        print(line(told))
    return OK


async def _ask(client: Client, options: argparse.Namespace) -> Json:
    if options.action == "list":
        asked = {"kind": options.kind, "state": options.state, "limit": options.limit}
        return await client.get("/api/queue", **{name: value for name, value in asked.items() if value})
    if options.action == "show":
        return await client.get(f"/api/queue/{options.job_id}")
    if options.action in SOME:
        return await client.post(f"/api/queue/{options.action}", {"kind": options.kind})
    body: Json = {"priority": options.priority} if options.action == "priority" else {}
    return await client.post(f"/api/queue/{options.job_id}/{options.action}", body)


def _stands(told: Json) -> str:
    queues = told["queues"]
    assert isinstance(queues, list)
    return "; ".join(f"{each['kind']} {each['state']}" for each in queues if isinstance(each, dict))


def _show(told: Json) -> None:
    tally, items = told["tally"], told["items"]
    assert isinstance(tally, list)
    assert isinstance(items, list)
    counts = [f"{each['count']} {each['kind']} {each['state']}" for each in tally if isinstance(each, dict)]
    print("; ".join(counts) or "no jobs")
    queues = told["queues"]
    assert isinstance(queues, list)
    if any(isinstance(each, dict) and each["state"] != "open" for each in queues):
        print(_stands(told))
    for each in items:
        assert isinstance(each, dict)
        print(line(each))
