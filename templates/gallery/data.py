"""Data story: the finding with its number, all numbers as bars, two of them side by side."""

from __future__ import annotations

from domain.template import Shape, TemplateCard
from templates.source import project

CARD = TemplateCard(
    name="data",
    title="Data story",
    description="A number that counts up, bars that grow from zero, a comparison, the source.",
    seconds=20,
    example_prompt="A 20-second data story: More of us cycle to work. Points: 2021: 12 %, 2025: 31 %",
    good_for=("data", "statistics", "chart", "report", "results"),
)


def files(shape: Shape, title: str) -> dict[str, str]:
    """Write the project's source."""
    return project("data", shape, title)
