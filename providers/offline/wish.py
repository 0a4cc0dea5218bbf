"""What a prompt asks for, as far as rules can read it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from domain.engine import Format
from domain.nouns import Noun

Intent = Literal["title", "product", "explain"]


class Point(Noun):
    """One thing the film tells: a short line, and perhaps a sentence under it."""

    title: str
    text: str = ""


class Wish(Noun):
    """A prompt, read."""

    prompt: str
    """As it was written, without the lines that the request added."""
    seconds: float | None = None
    frame: Literal["16:9", "9:16", "1:1"] | None = None
    quality: Literal["draft", "standard", "high"] = "standard"
    file_format: Format = "mp4"
    assets: tuple[str, ...] = ()
    """Ids of what the user gave."""
    tongue: str = "en"
    """Language of the prompt itself."""
    language: str = "en"
    """Language of the film."""
    second_language: str = ""
    intent: Intent = "title"
    occasion: str = ""
    """A word for what the film is for: launch, invitation, sale, greeting; empty when it does not say."""
    title: str = ""
    second_title: str = ""
    kicker: str = ""
    subtitle: str = ""
    points: tuple[Point, ...] = ()
    brand: str = ""
    call: str = ""
    link: str = ""
    colors: tuple[str, ...] = ()
    """As hex, in the order named."""
    dark: bool | None = None
    """Whether the ground is to be dark; None when nothing was said."""
    tone: str = ""
    kind: str = ""
    """The template made for this kind of film; empty when any will do."""
    more: dict[str, Any] = Field(default_factory=dict[str, Any])
    """Constants of content.py that only this kind of film has."""
    asides: tuple[str, ...] = ()
    """What could not be done as asked, in whole sentences for the user."""
