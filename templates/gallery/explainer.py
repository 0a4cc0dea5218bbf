"""Explainer: a question, the steps as stations along one thread, an answer."""

from __future__ import annotations

from domain.template import Shape, TemplateCard
from templates.source import project

CARD = TemplateCard(
    name="explainer",
    title="Explainer",
    description="A question in large type, a camera that follows one thread from step to step, an end card.",
    seconds=20,
    example_prompt="Explain in 20 seconds how rain becomes a river: 1. Rain falls 2. Springs join",
    good_for=("explanation", "steps", "how-to", "process", "onboarding"),
)


def files(shape: Shape, title: str) -> dict[str, str]:
    """Write the project's source."""
    return project("explainer", shape, title)
