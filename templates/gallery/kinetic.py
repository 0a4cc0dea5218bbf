"""Kinetic typography: a sentence slammed word by word, built as posters, run in rows."""

from __future__ import annotations

from domain.template import Shape, TemplateCard
from templates.source import project

CARD = TemplateCard(
    name="kinetic",
    title="Kinetic typography",
    description="Words as large as the frame, hard on the beat, on flat grounds that flip; a poster a point.",
    seconds=15,
    example_prompt='A 15-second kinetic typography film: "Make room for mistakes". Points: Try, Fail small',
    good_for=("manifesto", "statement", "slogan", "lyrics", "campaign"),
)


def files(shape: Shape, title: str) -> dict[str, str]:
    """Write the project's source."""
    return project("kinetic", shape, title)
