"""The kinds of `stage/vocabulary/boxes.py` as classes.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from stage.node import Node

if TYPE_CHECKING:
    from stage import signatures as sign


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


class Repeater(Node):
    """What it holds, many times over: in rows, around a ring or along a way."""

    kind = "repeater"

    def __init__(
        self, *children: Node, id: str | None = None, **properties: Unpack[sign.RepeaterWords]
    ) -> None:
        super().__init__(id, dict(properties))
        for child in children:
            self.add(child)
