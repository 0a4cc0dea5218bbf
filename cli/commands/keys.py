"""Make, list and end API keys."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime, timedelta

from cli.exits import OK
from cli.house import House
from domain.account import LOCAL_USER, SCOPES, Principal, Scope
from domain.errors import UserError
from domain.nouns import KeyId, UserId


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may stand after `director keys`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    create = actions.add_parser("create", help="make a key; its secret is shown once")
    create.add_argument("name", help="what or whom the key is for")
    create.add_argument("--user", default=LOCAL_USER, help="whose films it opens (%(default)s)")
    create.add_argument("--scopes", default="read,write,render", help="by comma (%(default)s)")
    create.add_argument("--days", type=float, help="days until it ends; never unless said")
    actions.add_parser("list", help="list all keys")
    revoke = actions.add_parser("revoke", help="end a key at once")
    revoke.add_argument("key_id")


async def act(options: argparse.Namespace, house: House) -> int:
    """Do what is asked with the keys."""
    await house.open()
    if options.action == "create":
        return await _create(options, house)
    async with house.database.transaction(None) as tx:
        if options.action == "revoke":
            revoked = await tx.keys.revoke(KeyId(options.key_id))
            await tx.audit.record(
                Principal(user_id=revoked.user_id, door="terminal"), "key.revoked", revoked.key_id
            )
        keys = await tx.keys.list()
    if options.json:
        print(json.dumps([key.model_dump(mode="json") for key in keys]))
        return OK
    for key in keys:
        state = (
            "revoked" if key.revoked_at else f"until {key.expires_at:%Y-%m-%d}" if key.expires_at else "valid"
        )
        line = f"{key.key_id}  {key.prefix}…  {key.user_id}  {','.join(key.scopes)}"
        print(f"{line}  {state}  {key.name}")
    if not keys:
        print("no keys; make one with: director keys create NAME")
    return OK


async def _create(options: argparse.Namespace, house: House) -> int:
    scopes: tuple[Scope, ...] = tuple(scope for scope in SCOPES if scope in options.scopes.split(","))
    unknown = set(options.scopes.split(",")) - set(SCOPES)
    if unknown or not scopes:
        raise UserError("unknown_scope", f"--scopes is {options.scopes!r}; give some of {','.join(SCOPES)}")
    if options.days is not None and not 0 < options.days <= 36_500:
        raise UserError("invalid_days", f"--days is {options.days:g}; give more than 0 and at most 36500")
    ends = datetime.now(UTC) + timedelta(days=options.days) if options.days else None
    async with house.database.transaction(None) as tx:
        made = await tx.keys.create(UserId(options.user), options.name, scopes, ends)
        await tx.audit.record(
            Principal(user_id=made.key.user_id, door="terminal"), "key.created", made.key.key_id
        )
    if options.json:
        print(json.dumps({**made.key.model_dump(mode="json"), "secret": made.secret}))
    else:
        print(f"{made.secret}\nkeep it: it is shown this once. Its id is {made.key.key_id}.")
    return OK
