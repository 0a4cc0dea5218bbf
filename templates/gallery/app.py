"""App promo: a promise, what the app does with a tap each, three phones, an icon."""

from __future__ import annotations

from domain.template import Shape, TemplateCard
from templates.source import project

CARD = TemplateCard(
    name="app",
    title="App promo",
    description="A phone rises beside the promise; a tap a point, a card leaves the screen; a fan; the icon.",
    seconds=18,
    example_prompt="An 18-second promo for the Larder app. Features: Scan it, Plan it, Share it",
    good_for=("app", "software", "mobile", "onboarding", "app store"),
)


def files(shape: Shape, title: str) -> dict[str, str]:
    """Write the project's source."""
    return project("app", shape, title)
