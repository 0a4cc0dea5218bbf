"""Event countdown: a name found by beams of light, its facts, a count, a burst with the date."""

from __future__ import annotations

from domain.template import Shape, TemplateCard
from templates.source import project

CARD = TemplateCard(
    name="countdown",
    title="Event countdown",
    description="Beams of light find the event's name; a scene a fact; flip tiles or 3-2-1 and a burst.",
    seconds=16,
    example_prompt="A 16-second countdown to the Harbour Lights Festival. Points: Nine stages, Free boats",
    good_for=("countdown", "event", "festival", "concert", "launch day"),
)


def files(shape: Shape, title: str) -> dict[str, str]:
    """Write the project's source."""
    return project("countdown", shape, title)
