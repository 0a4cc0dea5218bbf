"""Product film: the thing in its light, a feature a scene, an offer at the end."""

from __future__ import annotations

from domain.template import Shape, TemplateCard
from templates.source import project

CARD = TemplateCard(
    name="product",
    title="Product film",
    description="The product in a studio, as a picture or as a plain emblem; then a scene for each feature.",
    seconds=20,
    example_prompt="A 15-second product film for the Orrel lamp. Features: Dims at a touch, Solid brass",
    good_for=("product", "app", "brand", "service", "offer"),
)


def files(shape: Shape, title: str) -> dict[str, str]:
    """Write the project's source."""
    return project("product", shape, title)
