"""The tool that brings a picture, a sound, a clip or a font into the film."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from domain.engine import MediaKind
from domain.errors import ToolError
from domain.paths import clean_name
from domain.project import Asset
from tools.context import ToolContext
from tools.define import EDITS, Args, Result, tool
from tools.intake import path_of, take_in, told

_LOCAL = ("socket", "terminal")
_WEB = ("https://", "http://")
_KINDS: dict[str, MediaKind] = {
    ".png": "image", ".jpg": "image", ".jpeg": "image", ".webp": "image", ".gif": "image", ".svg": "svg",
    ".mp3": "audio", ".wav": "audio", ".flac": "audio", ".m4a": "audio", ".ogg": "audio",
    ".mp4": "video", ".mov": "video", ".webm": "video", ".mkv": "video",
    ".ttf": "font", ".otf": "font",
}  # fmt: skip


class AddAsset(Args):
    """What to bring in."""

    source: str = Field(min_length=1, max_length=2_000)
    """Id or name of an uploaded asset, or an https address that the user gave. On this machine's own door
    also a file's absolute path."""
    name: str = Field(default="", max_length=80)
    """Name in assets/, without ending; as it is called unless said."""


class Added(Result):
    """An asset of the film."""

    path: str
    """What scenes write: `Image("assets/logo.png")`."""
    kind: str
    """image, audio, video, font or svg."""
    facts: dict[str, str | int | float]
    """Width and height, main colors, seconds, family."""
    revision: int
    """The revision this made."""


@tool(effects=EDITS, example=AddAsset(source="logo.png", name="logo"))
async def add_asset(ctx: ToolContext, args: AddAsset) -> Added:
    """Bring an uploaded or linked picture, sound, clip, font or SVG into assets/, where scenes can use it."""
    asset = await _found(ctx, args.source)
    path = path_of(args.name or asset.name, asset.suffix)
    async with ctx.draft(f"Add {path}") as draft:
        draft.place(path, asset.sha256)
    return Added(
        summary=f"{path} is there {told(asset)}.",
        path=path,
        kind=asset.kind,
        facts=asset.facts,
        revision=draft.revision,
    )


async def _found(ctx: ToolContext, source: str) -> Asset:
    if source.lower().startswith(_WEB):
        return await _from_web(ctx, source)
    if ctx.principal.door in _LOCAL and source.startswith("/"):
        return await _from_disk(ctx, source)
    return await _uploaded(ctx, source)


async def _uploaded(ctx: ToolContext, source: str) -> Asset:
    async with ctx.transaction() as tx:
        everything = await tx.assets.list()
    mine = [each for each in everything if each.project_id in (None, ctx.project_id)]
    asset = next((each for each in everything if each.asset_id == source), None)
    asset = asset or next((each for each in mine if each.name == source), None)
    if asset is not None:
        return asset
    listed = ", ".join(f"{each.asset_id} ({clean_name(each.name)})" for each in mine[:10])
    raise ToolError(
        "missing",
        f"no uploaded asset {clean_name(source)[:80]!r}; "
        + (f"there are {listed}" if listed else "upload one by POST /api/assets/upload"),
    )


async def _from_web(ctx: ToolContext, url: str) -> Asset:
    if ctx.fetcher is None:
        raise ToolError(
            "unavailable", "nothing is fetched here (DIRECTOR_FETCH_MB is 0); upload the file instead"
        )
    await _named_by_user(ctx, url)
    await ctx.progress("fetching")
    async with ctx.fetcher.fetch(url) as got:
        return await take_in(ctx, got.path, got.kind, got.name, {"url": got.url})


async def _named_by_user(ctx: ToolContext, url: str) -> None:
    """Let a run fetch only what its user wrote: words in files and findings may name addresses as well.

    Raises ToolError for any other address.
    """
    if ctx.run_id is None:
        return
    async with ctx.transaction() as tx:
        runs = await tx.runs.list(ctx.project_id)
    if not any(url in run.request.prompt for run in runs):
        raise ToolError(
            "denied",
            f"{clean_name(url)[:100]!r} does not stand in what the user asked for, and only such addresses "
            "are fetched; take one from there word for word, or go without",
        )


async def _from_disk(ctx: ToolContext, source: str) -> Asset:
    path = Path(source)
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise ToolError(
            "invalid", f"{path.name!r} has no ending of a picture, sound, clip or font: {', '.join(_KINDS)}"
        )
    if "\0" in source or path.is_symlink() or not path.is_file():
        raise ToolError("missing", f"{source!r} is no plain file of this machine")
    name = clean_name(path.name)
    return await take_in(ctx, path, kind, name, {"name": name})
