"""What a film plays."""

from __future__ import annotations

from pydantic import Field

from domain.composition.measure import Frames
from domain.nouns import Noun


class Sound(Noun):
    """A file that plays along."""

    src: str
    """Path in the project: `assets/music.mp3`."""
    start: Frames = 0
    """Frame of the film on which it begins."""
    trim: float = Field(default=0, ge=0)
    """Seconds left out at its beginning."""
    seconds: float | None = Field(default=None, gt=0)
    """How much of it plays; to its end unless said."""
    gain_db: float = Field(default=0, ge=-80, le=24)
    fade_in: float = Field(default=0, ge=0)
    """Seconds."""
    fade_out: float = Field(default=0, ge=0)
    """Seconds, before its end or the film's."""
    loop: bool = False
