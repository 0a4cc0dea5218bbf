"""The kinds of `stage/vocabulary/shapes.py` as classes.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from stage.node import Node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stage import signatures as sign


class Rect(Node):
    """A rectangle, with round corners if wished."""

    kind = "rect"

    def __init__(self, *, id: str | None = None, **properties: Unpack[sign.RectWords]) -> None:
        super().__init__(id, dict(properties))


class Ellipse(Node):
    """An ellipse that fills its box."""

    kind = "ellipse"

    def __init__(self, *, id: str | None = None, **properties: Unpack[sign.EllipseWords]) -> None:
        super().__init__(id, dict(properties))


class Polygon(Node):
    """A regular polygon that fills its box."""

    kind = "polygon"

    def __init__(
        self, sides: float = 6, *, id: str | None = None, **properties: Unpack[sign.PolygonWords]
    ) -> None:
        super().__init__(id, {"sides": sides, **properties})


class Star(Node):
    """A star that fills its box."""

    kind = "star"

    def __init__(
        self, tips: float = 5, *, id: str | None = None, **properties: Unpack[sign.StarWords]
    ) -> None:
        super().__init__(id, {"tips": tips, **properties})


class Line(Node):
    """A line through points, straight or curved."""

    kind = "line"

    def __init__(
        self,
        points: Sequence[tuple[float, float]] = ((0, 0), (200, 0)),
        *,
        id: str | None = None,
        **properties: Unpack[sign.LineWords],
    ) -> None:
        super().__init__(id, {"points": points, **properties})


class Arrow(Node):
    """A line with a head that follows as it is drawn on."""

    kind = "arrow"

    def __init__(
        self,
        points: Sequence[tuple[float, float]] = ((0, 0), (200, 0)),
        *,
        id: str | None = None,
        **properties: Unpack[sign.ArrowWords],
    ) -> None:
        super().__init__(id, {"points": points, **properties})


class Path(Node):
    """An outline given as SVG path data, which may turn into another."""

    kind = "path"

    def __init__(self, d: str = "", *, id: str | None = None, **properties: Unpack[sign.PathWords]) -> None:
        super().__init__(id, {"d": d, **properties})
