"""Quote film: a quotation in one warm light, phrase by phrase, and its voice."""

from __future__ import annotations

from domain.template import Shape, TemplateCard
from templates.source import project

CARD = TemplateCard(
    name="quote",
    title="Quote",
    description="A quotation that is said word by word in a cone of warm light, its speaker, an end card.",
    seconds=10,
    example_prompt='A 10-second quote: "We read to know we are not alone" by Anna Holm, librarian',
    good_for=("quote", "testimonial", "saying", "poem", "tribute"),
)


def files(shape: Shape, title: str) -> dict[str, str]:
    """Write the project's source."""
    return project("quote", shape, title)
