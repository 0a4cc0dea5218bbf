"""The tool that brings a picture, a sound, a clip or a font into the film."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from domain.database import Transaction
from domain.engine import MediaKind
from domain.errors import ToolError
from domain.nouns import AssetId, Sha256, new_id
from domain.paths import clean_name
from domain.project import Asset
from tools.context import ToolContext
from tools.define import EDITS, Args, Result, tool

_LOCAL = ("socket", "terminal")
_KINDS: dict[str, MediaKind] = {
    ".png": "image", ".jpg": "image", ".jpeg": "image", ".webp": "image", ".gif": "image", ".svg": "svg",
    ".mp3": "audio", ".wav": "audio", ".flac": "audio", ".m4a": "audio", ".ogg": "audio",
    ".mp4": "video", ".mov": "video", ".webm": "video", ".mkv": "video",
    ".ttf": "font", ".otf": "font",
}  # fmt: skip


class AddAsset(Args):
    """What to bring in."""

    source: str = Field(min_length=1, max_length=1_000)
    """Id or name of an uploaded asset. On this machine's own door also a file's absolute path."""
    name: str = Field(default="", max_length=80)
    """Name in assets/, without ending; as it is called unless said."""


class Added(Result):
    """An asset of the film."""

    path: str
    """What scenes write: `Image("assets/logo.png")`."""
    kind: str
    """image, audio, video, font or svg."""
    facts: dict[str, str | int | float]
    """Width and height, seconds, family."""
    revision: int
    """The revision this made."""


@dataclass(frozen=True)
class Media:
    """Clean bytes that are kept, and what is known of them."""

    name: str
    kind: MediaKind
    sha256: Sha256
    suffix: str
    facts: dict[str, str | int | float]


@tool(effects=EDITS, example=AddAsset(source="logo.png", name="logo"))
async def add_asset(ctx: ToolContext, args: AddAsset) -> Added:
    """Copy an uploaded picture, sound, clip, font or SVG into the film's assets/, where scenes can use it."""
    media = await _uploaded(ctx, args.source) or await _from_disk(ctx, args.source)
    path = f"assets/{_slug(args.name or media.name)}{media.suffix}"
    async with ctx.draft(f"Add {path}") as draft:
        draft.place(path, media.sha256)
    known = ", ".join(f"{key} {value}" for key, value in media.facts.items())
    return Added(
        summary=f"{path} is there ({media.kind}{f', {known}' if known else ''}).",
        path=path,
        kind=media.kind,
        facts=media.facts,
        revision=draft.revision,
    )


async def _uploaded(ctx: ToolContext, source: str) -> Media | None:
    async with ctx.transaction() as tx:
        everything = await tx.assets.list()
    mine = [each for each in everything if each.project_id in (None, ctx.project_id)]
    asset = next((each for each in everything if each.asset_id == source), None)
    asset = asset or next((each for each in mine if each.name == source), None)
    if asset is not None:
        return Media(asset.name, asset.kind, asset.sha256, asset.suffix, asset.facts)
    if ctx.principal.door in _LOCAL and source.startswith("/"):
        return None
    listed = ", ".join(f"{each.asset_id} ({clean_name(each.name)})" for each in mine[:10])
    raise ToolError(
        "missing",
        f"no uploaded asset {clean_name(source)[:80]!r}; "
        + (f"there are {listed}" if listed else "upload one by POST /api/assets/upload"),
    )


async def _from_disk(ctx: ToolContext, source: str) -> Media:
    path = Path(source)
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise ToolError(
            "invalid", f"{path.name!r} has no ending of a picture, sound, clip or font: {', '.join(_KINDS)}"
        )
    if "\0" in source or path.is_symlink() or not path.is_file():
        raise ToolError("missing", f"{source!r} is no plain file of this machine")
    taken = await ctx.engine.import_media(path, kind)
    sha256 = await ctx.blobs.put(taken.content)
    asset = Asset(
        asset_id=AssetId(new_id()),
        owner=ctx.principal.user_id,
        project_id=ctx.project_id,
        name=clean_name(path.name),
        kind=taken.turned_out(kind),
        sha256=sha256,
        bytes=len(taken.content),
        suffix=taken.suffix,
        facts=taken.facts,
        provenance={"door": ctx.principal.door, "name": clean_name(path.name)},
        created_at=ctx.clock(),
    )

    async def keep(tx: Transaction) -> None:
        await tx.assets.add(asset)

    ctx.write(keep)
    return Media(asset.name, asset.kind, sha256, taken.suffix, taken.facts)


def _slug(name: str) -> str:
    stem = clean_name(name).rsplit("/", 1)[-1]
    stem = stem.rsplit(".", 1)[0] if "." in stem[1:] else stem
    slug = re.sub(r"[^\w-]+", "-", stem, flags=re.UNICODE).strip("-_")[:60]
    return slug or "asset"
