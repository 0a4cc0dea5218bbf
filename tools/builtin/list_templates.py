"""The tool that shows what a film can start from."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from tools.context import ToolContext
from tools.define import READS, Args, Result, tool


class ListTemplates(Args):
    """No arguments."""


class Card(BaseModel):
    """One template."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    name: str
    """What scaffold_project takes."""
    description: str
    """What it shows and how it looks."""
    seconds: float
    """Length as it comes, seconds."""
    formats: list[str]
    """Frame shapes that it is made for."""
    good_for: list[str]
    """Occasions."""
    example_prompt: str
    """A prompt it fits."""


class Templates(Result):
    """All templates."""

    templates: list[Card]
    """Each template's card."""


@tool(effects=READS, example=ListTemplates(), needs="nothing")
async def list_templates(ctx: ToolContext, args: ListTemplates) -> Templates:
    """List the templates that a film can start from, with what each is good for."""
    cards = [
        Card(
            name=name,
            description=template.CARD.description,
            seconds=template.CARD.seconds,
            formats=list(template.CARD.formats),
            good_for=list(template.CARD.good_for),
            example_prompt=template.CARD.example_prompt,
        )
        for name, template in sorted(ctx.templates.items())
    ]
    return Templates(summary=f"{len(cards)} templates: {', '.join(ctx.templates)}.", templates=cards)
