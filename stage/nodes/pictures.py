"""The kinds of `stage/vocabulary/pictures.py` as classes.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from stage.node import Node

if TYPE_CHECKING:
    from stage import signatures as sign


class Image(Node):
    """A picture of the project."""

    kind = "image"

    def __init__(
        self, src: str = "", *, id: str | None = None, **properties: Unpack[sign.ImageWords]
    ) -> None:
        super().__init__(id, {"src": src, **properties})


class Video(Node):
    """A clip of the project, exact to the frame; `film.add(Sound(src))` plays its sound."""

    kind = "video"

    def __init__(
        self, src: str = "", *, id: str | None = None, **properties: Unpack[sign.VideoWords]
    ) -> None:
        super().__init__(id, {"src": src, **properties})


class Svg(Node):
    """A vector picture, from a file or written in place."""

    kind = "svg"

    def __init__(self, src: str = "", *, id: str | None = None, **properties: Unpack[sign.SvgWords]) -> None:
        super().__init__(id, {"src": src, **properties})


class Element(Node):
    """One element of a drawing, to move on its own: `svg.add(Element('leaf'))`."""

    kind = "element"

    def __init__(
        self, of: str = "", *, id: str | None = None, **properties: Unpack[sign.ElementWords]
    ) -> None:
        super().__init__(id, {"of": of, **properties})


class Gradient(Node):
    """A field of two or three colors that can move."""

    kind = "gradient"

    def __init__(self, *, id: str | None = None, **properties: Unpack[sign.GradientWords]) -> None:
        super().__init__(id, dict(properties))
