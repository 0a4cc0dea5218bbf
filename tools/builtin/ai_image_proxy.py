"""The tool that has a picture made."""

from __future__ import annotations

import hashlib
import re

from pydantic import Field

from domain.errors import ToolError
from domain.imagery import Aspect, PictureMaker, PictureWish
from domain.project import Asset
from domain.run import Usage
from tools.context import Services, ToolContext
from tools.define import Args, Effects, Result, Terms, tool
from tools.intake import path_of, take_in, told

_NAME_WORDS = 4


class AiImageProxy(Args):
    """What the picture is to show."""

    prompt: str = Field(min_length=3, max_length=2_000)
    """The scene, the light, the mood. No words to be read in it: set those as Text."""
    aspect_ratio: Aspect = "16:9"
    """The film's own unless it fills only a part."""
    style: str = Field(default="", max_length=120)
    """`photo`, `watercolor`, `3D render`…"""


class Imagined(Result):
    """A picture of the film."""

    path: str
    """What scenes write: `Image("assets/tea-field-at-dawn.png")`."""
    maker: str
    """The model that made it."""
    facts: dict[str, str | int | float]
    """Width, height, main colors."""
    revision: int
    """The revision this made."""


def maker_of(pictures: PictureMaker | None) -> PictureMaker:
    """Give who makes pictures.

    Raises ToolError that names what to set when nobody does.
    """
    if pictures is None:
        raise ToolError(
            "unavailable",
            "nobody is set to make pictures: the operator sets GEMINI_API_KEY, or REPLICATE_API_TOKEN with "
            "DIRECTOR_REPLICATE_MODEL. Until then use generate_svg_asset, shapes and gradients, or a picture "
            "that the user uploads",
        )
    return pictures


def _terms(services: Services, args: AiImageProxy) -> Terms:
    maker = maker_of(services.pictures)
    style = f", {args.style}" if args.style else ""
    what = f"Have one picture made by {maker.name}, {args.aspect_ratio}{style}: {args.prompt}"
    return Terms(what=what, cost_usd=maker.most_usd)


@tool(
    effects=Effects(writes=True, repeatable=False, spends=True),
    example=AiImageProxy(prompt="Rows of tea bushes at dawn, mist in the valley", style="photo"),
    terms=_terms,
)
async def ai_image_proxy(ctx: ToolContext, args: AiImageProxy) -> Imagined:
    """Have an image model make a picture into assets/. It costs money: the user is asked first."""
    asset = await _paid(ctx) or await _made(ctx, args)
    path = path_of(asset.name, asset.suffix)
    async with ctx.draft(f"Add {path}") as draft:
        draft.place(path, asset.sha256)
    maker = asset.provenance["maker"]
    return Imagined(
        summary=f"{path} is there, by {maker} {told(asset)}.",
        path=path,
        maker=maker,
        facts=asset.facts,
        revision=draft.revision,
    )


async def _paid(ctx: ToolContext) -> Asset | None:
    """The picture that this very call has paid for, when it is made again because others were faster."""
    async with ctx.transaction() as tx:
        assets = await tx.assets.list(ctx.project_id)
    paid = next((each for each in assets if each.provenance.get("call") == _call(ctx)), None)
    if paid is not None:
        ctx.used(Usage(cost_usd=maker_of(ctx.pictures).most_usd))
    return paid


async def _made(ctx: ToolContext, args: AiImageProxy) -> Asset:
    maker = maker_of(ctx.pictures)
    call = _call(ctx)
    seed = int(hashlib.sha256(call.encode()).hexdigest()[:8], 16) % 2**31
    wish = PictureWish(prompt=args.prompt, aspect_ratio=args.aspect_ratio, style=args.style, seed=seed)
    await ctx.progress(f"{maker.name} makes a picture")
    spent = Usage(cost_usd=maker.most_usd)
    try:
        made = await maker.make(wish)
    except ToolError:
        ctx.used(spent)  # no picture came of it, and it may have been paid for all the same
        raise
    ctx.used(spent)
    provenance = {
        "maker": made.maker,
        "prompt": args.prompt,
        "style": args.style,
        "aspect_ratio": args.aspect_ratio,
        "seed": str(seed),
        "cost_usd": f"at most {maker.most_usd:.2f}",
        "call": call,
        **made.facts,
    }
    known = {name: value for name, value in provenance.items() if value}
    name = _name(args.prompt, call)
    return await take_in(ctx, made.content, "image", name, known, paid=True, shown=True)


def _call(ctx: ToolContext) -> str:
    return f"{ctx.run_id or 'door'}:{ctx.call_id}"


def _name(prompt: str, call: str) -> str:
    """A picture's name: its first words, and something of its own, for the same words make another."""
    words = re.findall(r"\w+", prompt)[:_NAME_WORDS]
    return f"{'-'.join(words).lower() or 'picture'}-{hashlib.sha256(call.encode()).hexdigest()[:4]}.png"
