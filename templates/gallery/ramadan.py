"""Ramadan or Eid greeting: crescent and lanterns, a greeting in gold, a wish, the sender's name."""

from __future__ import annotations

from domain.template import Shape, TemplateCard
from templates.source import project

CARD = TemplateCard(
    name="ramadan",
    title="Ramadan and Eid greeting",
    description="A crescent, domes, swinging lanterns; the greeting in gold calligraphy; a wish; the sender.",
    seconds=15,
    example_prompt='بطاقة تهنئة لمدة 15 ثانية من بيت الزيتون: "رمضان كريم" نتمنى لكم شهرًا مليئًا بالخير',
    good_for=("Ramadan", "Eid", "greeting", "Arabic", "holiday"),
)


def files(shape: Shape, title: str) -> dict[str, str]:
    """Write the project's source."""
    return project("ramadan", shape, title)
