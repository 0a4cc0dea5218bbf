"""Title film: one message, said large, with a few points and an end card."""

from __future__ import annotations

from domain.template import Shape, TemplateCard
from templates.source import project

CARD = TemplateCard(
    name="basic",
    title="Title film",
    description="A big title beside a block of color, a point a scene in changing arrangements, an end card.",
    seconds=12,
    example_prompt='An 8-second title for Pier Four: "A house for slow making", warm, from 7 March',
    good_for=("announcement", "launch", "invitation", "greeting", "title card"),
)


def files(shape: Shape, title: str) -> dict[str, str]:
    """Write the project's source."""
    return project("basic", shape, title)
