"""See what waits for your yes, and answer it."""

from __future__ import annotations

import argparse
import json

from cli.client import Json
from cli.exits import OK
from cli.house import House
from cli.server import join
from domain.errors import UserError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director approvals`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list what waits for an answer")
    listing.add_argument("--all", action="store_true", help="what was answered, too")
    for name, words in (("approve", "say yes"), ("reject", "say no")):
        answer = actions.add_parser(name, help=words)
        answer.add_argument("approval_id")
        answer.add_argument("--reason", default="", help="what you want to say to it")
    edit = actions.add_parser("edit", help="say yes to a call as you want it")
    edit.add_argument("approval_id")
    edit.add_argument("--args", dest="changed", required=True, help="all arguments of the call, as JSON")
    edit.add_argument("--reason", default="", help="what you want to say to it")


async def act(options: argparse.Namespace, house: House) -> int:
    """List, or answer one."""
    answer: Json = {}
    if options.action != "list":
        answer = {"decision": options.action, "reason": options.reason}
    if options.action == "edit":
        answer["args"] = _read(options.changed)
    async with await join(house) as client:
        if answer:
            told = await client.post(f"/api/approvals/{options.approval_id}", answer)
        else:
            told = await client.get("/api/approvals", **({} if options.all else {"state": "open"}))
    if options.json:
        print(json.dumps(told))
    elif answer:
        print(f"{told['approval_id']}  {told['state']}")
    else:
        _show(told)
    return OK


def _read(text: str) -> Json:
    try:
        found = json.loads(text)
    except ValueError as wrong:
        raise UserError("bad_args", f"--args is no JSON: {wrong}") from None
    if not isinstance(found, dict):
        raise UserError("bad_args", f"--args is {text[:60]!r}; give an object with all arguments")
    return found  # pyright: ignore[reportUnknownVariableType]


def _show(told: Json) -> None:
    items = told["items"]
    assert isinstance(items, list)
    for each in items:
        assert isinstance(each, dict)
        cost = f"  ${each['cost_usd']:.2f}" if each["cost_usd"] else ""
        print(f"{each['approval_id']}  {each['state']}{cost}  {each['tool']}: {each['what']}")
        print(f"  {each['why']} Until {each['expires_at']}.")
    if not items:
        print("nothing waits for your answer")
