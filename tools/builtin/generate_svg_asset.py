"""The tool that draws an SVG for the film."""

from __future__ import annotations

import re

from pydantic import Field

from domain.errors import ToolError, Unavailable
from domain.event import Notice
from domain.imagery import DrawingWish, Drawn, Illustrator
from domain.project import Asset
from stage.color import channels, spelled
from stage.mistakes import Wrong
from tools.context import ToolContext
from tools.define import EDITS, Args, Result, tool
from tools.intake import path_of, take_in, told

_PAINT = re.compile(r"""\b(fill|stroke)\s*=\s*(["'])([^"']*)\2""", re.I)
_NO_PAINT = ("none", "transparent", "currentcolor", "inherit", "")
_ROOT = re.compile(r"<svg\b(?![^>]*\bfill\s*=)", re.I)
_NAME_WORDS = 4


class GenerateSvgAsset(Args):
    """What to draw."""

    description: str = Field(min_length=2, max_length=500)
    """What is to be seen: one to three plain things."""
    style: str = Field(default="", max_length=80)
    """`line`, `thin line`, `bold`, `badge`, `round badge`, `pattern`, or in words."""
    colors: list[str] = Field(default=[], max_length=6)
    """`#RRGGBB`, the main one first. None: a single color, which scenes set with Svg(…, color=…)."""


class Drawing(Result):
    """A drawing of the film."""

    path: str
    """What scenes write: `Svg("assets/tea-leaf.svg")`."""
    shows: str
    """What was drawn, where it is less than was asked for."""
    maker: str
    """Who drew it."""
    facts: dict[str, str | int | float]
    """Width, height, elements, colors."""
    revision: int
    """The revision this made."""


@tool(
    effects=EDITS,
    example=GenerateSvgAsset(description="a tea leaf", style="badge", colors=["#0F7A5C", "#F4F1EA"]),
)
async def generate_svg_asset(ctx: ToolContext, args: GenerateSvgAsset) -> Drawing:
    """Draw an SVG icon, spot picture or pattern into assets/: safe, sharp at every size, free to use."""
    wish = DrawingWish(
        description=args.description, style=args.style, colors=tuple(_color(each) for each in args.colors)
    )
    drawn, asset = await _drawn(ctx, wish)
    path = path_of(asset.name, asset.suffix)
    async with ctx.draft(f"Draw {path}") as draft:
        draft.place(path, asset.sha256)
    shows = f", which shows {drawn.shows}" if drawn.shows else ""
    return Drawing(
        summary=f"{path} is there{shows}, by {drawn.maker} {told(asset)}.",
        path=path,
        shows=drawn.shows,
        maker=drawn.maker,
        facts=asset.facts,
        revision=draft.revision,
    )


async def _drawn(ctx: ToolContext, wish: DrawingWish) -> tuple[Drawn, Asset]:
    """Let one illustrator after the other draw, until a drawing is safe and shows something."""
    failures: list[str] = []
    last = ToolError("unavailable", "nobody is here who draws; upload an SVG and use add_asset")
    for illustrator in ctx.illustrators:
        try:
            made = await _tried(ctx, illustrator, wish)
        except ToolError as refused:
            last = refused
            failures.append(f"{illustrator.name}: {refused.message}")
        except Unavailable as away:
            if away.part in ("database", "sandbox"):
                raise
            last = ToolError("unavailable", away.message)
            failures.append(f"{illustrator.name}: {away.message}")
        else:
            if failures:
                ctx.emit(Notice(substitution=f"symbols of {illustrator.name}", reason=failures[0][:300]))
            return made
    raise last


async def _tried(ctx: ToolContext, illustrator: Illustrator, wish: DrawingWish) -> tuple[Drawn, Asset]:
    """Draw, and draw again with what was wrong, as often as the illustrator may; raises the last refusal."""
    for left in range(illustrator.tries - 1, -1, -1):
        await ctx.progress("drawing")
        try:
            drawn = await illustrator.draw(wish, ctx.used)
            svg = drawn.svg if wish.colors else in_one_color(drawn.svg)
            known = _provenance(wish, drawn)
            return drawn, await take_in(ctx, svg.encode(), "svg", _name(wish), known, shown=True)
        except ToolError as refused:
            if not left:
                raise
            wish = wish.model_copy(update={"fault": refused.message[:300]})
    raise AssertionError("the last try ends in a drawing or a refusal")


def in_one_color(svg: str) -> str:
    """Let a drawing that has one paint, or none, take the color that a scene gives it."""
    said = [found[3].strip().lower() for found in _PAINT.finditer(svg)]
    paints = {each for each in said if each not in _NO_PAINT}
    if len(paints) > 1 or any(each.startswith("url") for each in paints):
        return svg
    if not paints and "currentcolor" not in said:
        return _ROOT.sub('<svg fill="currentColor"', svg, 1)
    return _PAINT.sub(lambda found: _tinted(found, paints), svg)


def _tinted(found: re.Match[str], paints: set[str]) -> str:
    return f'{found[1]}="currentColor"' if found[3].strip().lower() in paints else found[0]


def _color(said: str) -> str:
    """Read a color; raises ToolError for what is none."""
    try:
        channels(said)
    except Wrong as wrong:
        raise ToolError("invalid", f"colors: {wrong.message}; {wrong.hint}") from None
    return spelled(said)[:7]


def _name(wish: DrawingWish) -> str:
    words = re.findall(r"\w+", wish.description)[:_NAME_WORDS]
    return f"{'-'.join(words).lower() or 'drawing'}.svg"


def _provenance(wish: DrawingWish, drawn: Drawn) -> dict[str, str]:
    said = {"maker": drawn.maker, "prompt": wish.description, "style": wish.style, "licence": drawn.licence}
    cost = {"cost_usd": f"{drawn.cost_usd:.4f}"} if drawn.cost_usd else {}
    return {name: value for name, value in said.items() if value} | cost
