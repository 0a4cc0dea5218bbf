"""Social film: a hook, a few beats with figures and labels, a call that is pressed."""

from __future__ import annotations

from domain.template import Shape, TemplateCard
from templates.source import project

CARD = TemplateCard(
    name="social",
    title="Social film",
    description="A hook in huge letters, a beat a point, slabs of color between, a button that is pressed.",
    seconds=15,
    example_prompt="A 15-second reel for Crumb Club: bread in a day. Points: Feed it, Fold it, Bake it",
    good_for=("reel", "story", "short", "social media", "tips"),
)


def files(shape: Shape, title: str) -> dict[str, str]:
    """Write the project's source."""
    return project("social", shape, title)
