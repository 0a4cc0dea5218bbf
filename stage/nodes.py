"""Every kind of node as a class.

Written by `python -m stage nodes` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from stage.node import Node, Parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stage import signatures as sign
    from stage.paint import Span


class Group(Node):
    """A box that holds others, each on its own anchor."""

    kind = "group"

    def __init__(self, *children: Node, id: str | None = None, **properties: Unpack[sign.GroupWords]) -> None:
        super().__init__(id, dict(properties))
        for child in children:
            self.add(child)


class Row(Node):
    """A box whose children stand beside one another."""

    kind = "row"

    def __init__(self, *children: Node, id: str | None = None, **properties: Unpack[sign.RowWords]) -> None:
        super().__init__(id, dict(properties))
        for child in children:
            self.add(child)


class Column(Node):
    """A box whose children stand below one another."""

    kind = "column"

    def __init__(
        self, *children: Node, id: str | None = None, **properties: Unpack[sign.ColumnWords]
    ) -> None:
        super().__init__(id, dict(properties))
        for child in children:
            self.add(child)


class Grid(Node):
    """A box whose children fill columns of equal width."""

    kind = "grid"

    def __init__(self, *children: Node, id: str | None = None, **properties: Unpack[sign.GridWords]) -> None:
        super().__init__(id, dict(properties))
        for child in children:
            self.add(child)


class Text(Node):
    """Words, shaped, wrapped and aligned."""

    kind = "text"

    def __init__(
        self,
        text: str | Sequence[str | Span] = "",
        *,
        id: str | None = None,
        **properties: Unpack[sign.TextWords],
    ) -> None:
        said = {"spans" if isinstance(text, list | tuple) else "text": text}
        super().__init__(id, said | dict(properties))

    @property
    def lines(self) -> Parts:
        """Its lines, each to play a tween on its own."""
        return Parts(self, "line")

    @property
    def words(self) -> Parts:
        """Its words, each to play a tween on its own."""
        return Parts(self, "word")

    @property
    def chars(self) -> Parts:
        """Its chars, each to play a tween on its own."""
        return Parts(self, "char")


class Counter(Node):
    """A number that can count."""

    kind = "counter"

    def __init__(
        self, value: float = 0, *, id: str | None = None, **properties: Unpack[sign.CounterWords]
    ) -> None:
        super().__init__(id, {"value": value, **properties})

    @property
    def lines(self) -> Parts:
        """Its lines, each to play a tween on its own."""
        return Parts(self, "line")

    @property
    def words(self) -> Parts:
        """Its words, each to play a tween on its own."""
        return Parts(self, "word")

    @property
    def chars(self) -> Parts:
        """Its chars, each to play a tween on its own."""
        return Parts(self, "char")


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


class Path(Node):
    """An outline given as SVG path data."""

    kind = "path"

    def __init__(self, d: str = "", *, id: str | None = None, **properties: Unpack[sign.PathWords]) -> None:
        super().__init__(id, {"d": d, **properties})


class Image(Node):
    """A picture of the project."""

    kind = "image"

    def __init__(
        self, src: str = "", *, id: str | None = None, **properties: Unpack[sign.ImageWords]
    ) -> None:
        super().__init__(id, {"src": src, **properties})


class Svg(Node):
    """A vector picture, from a file or written in place."""

    kind = "svg"

    def __init__(self, src: str = "", *, id: str | None = None, **properties: Unpack[sign.SvgWords]) -> None:
        super().__init__(id, {"src": src, **properties})


class Gradient(Node):
    """A field of two or three colors that can move."""

    kind = "gradient"

    def __init__(self, *, id: str | None = None, **properties: Unpack[sign.GradientWords]) -> None:
        super().__init__(id, dict(properties))
