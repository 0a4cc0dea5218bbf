"""What every piece is: a node whose parts can be named, to be moved on their own."""

from __future__ import annotations

from typing import cast

from stage.mistakes import Wrong, mistake
from stage.nodes import Column, Group, Row
from stage.values import number


class Parted:
    """A node that keeps its parts by name."""

    def keep(self, **parts: object) -> None:
        """Name parts, so that they can be reached as attributes."""
        for name, part in parts.items():
            object.__setattr__(self, name, part)

    def measured(self, name: str, value: object, least: float) -> float:
        """Hold a length that other lengths are made of; a wrong one is noted and replaced."""
        try:
            return number(f"{name} of {type(self).__name__}", value, least, 20_000)
        except Wrong as wrong:
            mistake("value_wrong", wrong.message, wrong.hint)
            return least


class Piece(Parted, Group):
    """A piece whose parts hang where they are put."""

    def __init__(self, id: str | None, properties: dict[str, object]) -> None:
        super().__init__(id=id, **cast("dict[str, str]", properties))  # pyright: ignore[reportArgumentType]


class Stack(Parted, Column):
    """A piece whose parts stand below one another."""

    def __init__(self, id: str | None, properties: dict[str, object]) -> None:
        super().__init__(id=id, **cast("dict[str, str]", properties))  # pyright: ignore[reportArgumentType]


class Line(Parted, Row):
    """A piece whose parts stand beside one another."""

    def __init__(self, id: str | None, properties: dict[str, object]) -> None:
        super().__init__(id=id, **cast("dict[str, str]", properties))  # pyright: ignore[reportArgumentType]
