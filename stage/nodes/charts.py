"""The kinds of `stage/vocabulary/charts.py` as classes.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from stage.node import Node

if TYPE_CHECKING:
    from stage import signatures as sign
    from stage.listed import Data


class Chart(Node):
    """Numbers as bars, lines, an area or a pie, with axes, that can grow and change."""

    kind = "chart"

    def __init__(
        self, data: Data = (), *, id: str | None = None, **properties: Unpack[sign.ChartWords]
    ) -> None:
        super().__init__(id, {"data": data, **properties})
