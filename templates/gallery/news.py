"""News lower thirds: a headline, names and roles on slabs, a ticker; over a set, or with a clear ground."""

from __future__ import annotations

from domain.template import Shape, TemplateCard
from templates.source import project

CARD = TemplateCard(
    name="news",
    title="News lower thirds",
    description="A headline between slabs, a lower third for each name, a ticker; clear ground if wished.",
    seconds=22,
    example_prompt="An 18-second news film: Old bridge reopens. Points: Trams run again, Works cost less",
    good_for=("news", "lower third", "breaking", "bulletin", "report"),
)


def files(shape: Shape, title: str) -> dict[str, str]:
    """Write the project's source."""
    return project("news", shape, title)
