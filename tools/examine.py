"""Checking a project's newest revision: its source, and a frame of each scene; the same state once only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from domain.checks import codes
from domain.composition import Composition
from domain.finding import Finding, Skipped
from tools.context import ToolContext
from tools.examination import Examined
from tools.look import Compiled, compiled
from tools.moments import settled

MOST_SCENES = 40
AFTER = ("not_determined", "placeholder_text", "asset_missing", "asset_broken", "font_substituted")
"""Checks of the source that need a film."""


async def examined(ctx: ToolContext) -> Examined:
    """Check the newest revision.

    Raises ToolError("missing", …) when there is no source, Unavailable when there is no sandbox.
    """
    key = _key(await ctx.files())
    known = ctx.examinations.recall(key)
    if known is None:
        known = await _examine(ctx, await compiled(ctx))
        ctx.examinations.keep(key, known)
    return known


async def _examine(ctx: ToolContext, source: Compiled) -> Examined:
    film = source.film
    if film is None:
        reason = "the film does not compile"
        return Examined(
            film=None,
            findings=source.findings,
            checked=tuple(code for code in codes("source") if code not in AFTER),
            skipped=tuple(
                Skipped(code=code, reason=reason) for code in (*AFTER, *codes("texts", "picture", "look"))
            ),
        )
    findings = (*source.findings, *await _again(ctx, source, film), *await _draw(ctx, source, film))
    skipped: tuple[Skipped, ...] = ()
    if len(film.scenes) > MOST_SCENES:
        reason = f"only the first {MOST_SCENES} of {len(film.scenes)} scenes were drawn"
        skipped = (Skipped(code="draw_all", reason=reason),)
    return Examined(film, findings, codes("source", "texts", "picture", "look"), skipped)


async def _again(ctx: ToolContext, source: Compiled, film: Composition) -> tuple[Finding, ...]:
    """Compile a second time: the same source has to give the same film."""
    build = await ctx.engine.compile(source.files)
    return undetermined(film, build.composition)


def undetermined(film: Composition, again: Composition | None) -> tuple[Finding, ...]:
    """Hold what the same source gave twice against each other."""
    if again == film:
        return ()
    return (
        Finding(
            code="not_determined", severity="error", message="compiled twice, the source gives two films",
            fix_hint="leave out clocks, sets in order and random sources of your own: film.random(name)",
        ),
    )  # fmt: skip


async def _draw(ctx: ToolContext, source: Compiled, film: Composition) -> tuple[Finding, ...]:
    frames = settled(film)[:MOST_SCENES]
    await ctx.progress(f"drawing {len(frames)} frames")
    stills = await ctx.engine.stills(film, source.files, sorted(set(frames)), sheet=False)
    return stills.findings


def _key(files: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(sorted(files.items())).encode()).hexdigest()
