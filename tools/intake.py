"""Taking strangers' bytes in: decoded and written anew in a box, kept by hash with where they came from."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from domain import links
from domain.database import Transaction
from domain.engine import MediaKind
from domain.nouns import AssetId, new_id
from domain.paths import clean_name
from domain.project import Asset
from tools.answer import Picture
from tools.context import ToolContext

LONGEST_WORD = 500
"""Characters of one fact about where an asset came from."""


async def take_in(
    ctx: ToolContext,
    source: Path | bytes,
    kind: MediaKind,
    name: str,
    provenance: Mapping[str, str],
    *,
    paid: bool = False,
    shown: bool = False,
) -> Asset:
    """Decode a file, or bytes that were made for us, in a box, and keep what was written anew.

    Its row is written with the call's answer; that of what was paid for at once, so that it is there even
    when the call comes to nothing after all. What was made to order is shown to who ordered it.
    Raises ToolError("invalid" | "limit", …) when it is not what it claims, is broken, or is too large.
    """
    with _file(source) as path:
        taken = await ctx.engine.import_media(path, kind)
    sha256 = await ctx.blobs.put(taken.content)
    known = {"door": ctx.principal.door, "time": f"{ctx.clock():%Y-%m-%dT%H:%M:%SZ}", **provenance}
    asset = Asset(
        asset_id=AssetId(new_id()),
        owner=ctx.principal.user_id,
        project_id=ctx.project_id,
        name=name,
        kind=taken.turned_out(kind),
        sha256=sha256,
        bytes=len(taken.content),
        suffix=taken.suffix,
        facts=taken.facts,
        provenance={key: clean_name(value)[:LONGEST_WORD] for key, value in known.items()},
        created_at=ctx.clock(),
    )

    async def keep(tx: Transaction) -> None:
        await tx.assets.add(asset)

    if paid:
        async with ctx.database.transaction(ctx.principal.user_id) as tx:
            await keep(tx)
    else:
        ctx.write(keep)
    if shown and taken.preview is not None:
        seen = await ctx.blobs.put(taken.preview)
        href = links.picture(ctx.project_id, seen)
        ctx.show(Picture(sha256=seen, media_type="image/jpeg", href=href, caption=name))
    return asset


@contextmanager
def _file(source: Path | bytes) -> Generator[Path]:
    """Give bytes a file for a while."""
    if isinstance(source, Path):
        yield source
        return
    with tempfile.NamedTemporaryFile(prefix="made-") as file:
        file.write(source)
        file.flush()
        yield Path(file.name)


def path_of(name: str, suffix: str) -> str:
    """Where an asset of a name lies in a film."""
    return f"assets/{slug(name)}{suffix}"


def slug(name: str) -> str:
    """A file's stem that every machine takes, out of any name."""
    stem = clean_name(name).rsplit("/", 1)[-1]
    stem = stem.rsplit(".", 1)[0] if "." in stem[1:] else stem
    return re.sub(r"[^\w-]+", "-", stem, flags=re.UNICODE).strip("-_")[:60] or "asset"


def told(asset: Asset) -> str:
    """What an asset is, in a bracket."""
    known = ", ".join(f"{key} {value}" for key, value in asset.facts.items())
    return f"({asset.kind}{f', {known}' if known else ''})"
