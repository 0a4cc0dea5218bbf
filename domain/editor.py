"""The cut of a film for an editing program, and the seam that every way of writing one fulfils."""

from __future__ import annotations

from typing import Protocol

from domain.composition import Composition


class Editor(Protocol):
    """Writes cuts that an editing program opens."""

    def write(self, film: Composition, media: str) -> bytes:
        """Write a film's cut; `media` is the name of its finished file, which lies beside it."""
        ...
