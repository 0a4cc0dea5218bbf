"""The kinds of `stage/vocabulary/fields.py` as classes.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from stage.node import Node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stage import signatures as sign


class Particles(Node):
    """Many small things on their way: dust, snow, bokeh, sparks, confetti."""

    kind = "particles"

    def __init__(self, *, id: str | None = None, **properties: Unpack[sign.ParticlesWords]) -> None:
        super().__init__(id, dict(properties))


class Mesh(Node):
    """A ground of colors that flow into one another and wander."""

    kind = "mesh"

    def __init__(
        self, colors: str | Sequence[str] = (), *, id: str | None = None, **properties: Unpack[sign.MeshWords]
    ) -> None:
        super().__init__(id, {"colors": colors, **properties})


class Grain(Node):
    """Film grain or the fibre of paper over what lies under it."""

    kind = "grain"

    def __init__(
        self, amount: float = 0.12, *, id: str | None = None, **properties: Unpack[sign.GrainWords]
    ) -> None:
        super().__init__(id, {"amount": amount, **properties})


class Spectrum(Node):
    """A sound made visible: bars, a ring, a line or its own outline."""

    kind = "spectrum"

    def __init__(
        self, src: str = "", *, id: str | None = None, **properties: Unpack[sign.SpectrumWords]
    ) -> None:
        super().__init__(id, {"src": src, **properties})
