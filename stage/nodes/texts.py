"""The kinds of `stage/vocabulary/texts.py` as classes.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from stage.node import Node, Parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stage import signatures as sign
    from stage.paint import Span


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
