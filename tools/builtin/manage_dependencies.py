"""The tool that lets scene code use packages of the operator's list."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationError

from domain.errors import ToolError
from domain.packages import FOLDER, LOCK, Lock, Packages, plain_name
from tools.context import ToolContext
from tools.define import EDITS, Args, Result, tool
from tools.draft import ProjectDraft


class ManageDependencies(Args):
    """Which packages."""

    action: Literal["install", "remove"]
    """What to do with them."""
    packages: list[str] = Field(min_length=1, max_length=10)
    """Names alone, as in `networkx`."""


class Dependencies(Result):
    """What the film uses now."""

    packages: list[str]
    """Each as `name==version`, those that others need among them."""


@tool(
    effects=EDITS,
    example=ManageDependencies(action="install", packages=["networkx"]),
    offered="packages",
)
async def manage_dependencies(ctx: ToolContext, args: ManageDependencies) -> Dependencies:
    """Let scene code import Python packages of the operator's list, or take them out again.

    Pure wheels only; versions are pinned by hash in packages.lock.json, a part of the revision.
    """
    found = ctx.packages
    if found is None:
        raise ToolError("denied", "the operator lets films use no packages; do without")
    names = list(dict.fromkeys(map(_name, args.packages)))
    async with ctx.draft(f"{args.action.title()} {', '.join(names)}"[:200]) as draft:
        before = await _locked(draft)
        after = await (_installed if args.action == "install" else _removed)(draft, before, names, found)
        _written(draft, before, after)
    told = [f"{each.name}=={each.version}" for each in after.packages]
    return Dependencies(
        summary=f"The film can import {', '.join(told)}." if told else "The film uses no packages.",
        packages=told,
    )


def _name(text: str) -> str:
    try:
        return plain_name(text)
    except ValueError as error:
        raise ToolError("invalid", str(error)) from None


async def _locked(draft: ProjectDraft) -> Lock:
    if LOCK not in draft.files:
        return Lock()
    try:
        return Lock.model_validate_json(await draft.read_text(LOCK))
    except ValidationError:
        raise ToolError(
            "invalid", f"{LOCK} cannot be read; delete it and install the packages anew"
        ) from None


async def _installed(draft: ProjectDraft, before: Lock, names: list[str], found: Packages) -> Lock:
    kept = [each for each in before.wanted if each.partition("==")[0] not in names]
    fetched = await found.find(names, kept)
    for each in fetched:
        draft.draft.write(f"{FOLDER}/{each.locked.file}", each.content)
    return Lock(packages=tuple(each.locked for each in fetched))


async def _removed(draft: ProjectDraft, before: Lock, names: list[str], found: Packages) -> Lock:
    try:
        return before.without(names)
    except ValueError as error:
        raise ToolError("missing", str(error)) from None


def _written(draft: ProjectDraft, before: Lock, after: Lock) -> None:
    """Write the lock, and drop the wheels that it does not name any more."""
    kept = {each.file for each in after.packages}
    for each in before.packages:
        path = f"{FOLDER}/{each.file}"
        if each.file not in kept and path in draft.files:
            draft.draft.remove(path)
    if after.packages:
        draft.draft.write(LOCK, f"{after.model_dump_json(indent=1)}\n".encode())
    elif LOCK in draft.files:
        draft.draft.remove(LOCK)
