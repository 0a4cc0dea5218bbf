"""The kinds of `stage/vocabulary/speech.py` as classes.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from stage.node import Node

if TYPE_CHECKING:
    from stage import signatures as sign
    from stage.captions import Said


class Captions(Node):
    """What is said, when it is said, word by word."""

    kind = "captions"

    def __init__(
        self, cues: Said = (), *, id: str | None = None, **properties: Unpack[sign.CaptionsWords]
    ) -> None:
        super().__init__(id, {"cues": cues, **properties})


class Code(Node):
    """Lines of code in colors, which can be typed and pointed at."""

    kind = "code"

    def __init__(
        self, code: str = "", *, id: str | None = None, **properties: Unpack[sign.CodeWords]
    ) -> None:
        super().__init__(id, {"code": code, **properties})
