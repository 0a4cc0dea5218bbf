"""A film to start from: real source for a frame's size and a language's direction."""

from __future__ import annotations

from typing import Literal, Protocol

from domain.composition import Rate
from domain.nouns import Noun
from domain.run import FilmFormat


class Shape(Noun):
    """The frame that a template is written for, px and frames a second."""

    width: int = 1920
    height: int = 1080
    fps: Rate = 30
    direction: Literal["ltr", "rtl"] = "ltr"


class TemplateCard(Noun):
    """What one reads before choosing a template."""

    name: str
    title: str
    description: str
    formats: tuple[FilmFormat, ...] = ("16:9", "9:16", "1:1")
    seconds: float
    """Length of the film as it comes."""
    example_prompt: str
    good_for: tuple[str, ...] = ()


class Template(Protocol):
    """One file of templates/gallery: its card, and a pure function from a shape to a project's files."""

    CARD: TemplateCard

    def files(self, shape: Shape, title: str) -> dict[str, str]:
        """Write the project's source: path to text."""
        ...
