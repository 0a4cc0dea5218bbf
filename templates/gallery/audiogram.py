"""Podcast audiogram: a hook, then cover, bars and captions that light up as they are said."""

from __future__ import annotations

from domain.template import Shape, TemplateCard
from templates.source import project

CARD = TemplateCard(
    name="audiogram",
    title="Podcast audiogram",
    description="A hook over moving bars; the cover with captions that light up word by word; a call.",
    seconds=24,
    example_prompt='A podcast clip for The Long Table: "Bread is patience". Points: Wait, Fold, Eat it',
    good_for=("podcast", "interview", "audio", "episode", "talk"),
)


def files(shape: Shape, title: str) -> dict[str, str]:
    """Write the project's source."""
    return project("audiogram", shape, title)
