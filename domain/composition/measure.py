"""The numbers of a film: frames, finite lengths and frame rates."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from stage import vocabulary as words

Frames = Annotated[int, Field(ge=0, le=1_000_000)]
Number = Annotated[float, Field(allow_inf_nan=False)]
FPS = words.LIMITS["fps"]


def _rate(said: float) -> float:
    found = words.frame_rate(said)
    if found is None:
        rates = ", ".join(f"{rate:g}" for rate in words.BROADCAST)
        raise ValueError(
            f"{said:g} is no frame rate: give a whole number of {FPS[0]:g} to {FPS[1]:g}, or {rates}"
        )
    return found


Rate = Annotated[
    int | float,
    Field(ge=FPS[0], le=FPS[1]),
    AfterValidator(_rate),
    WithJsonSchema({"type": "number", "minimum": FPS[0], "maximum": FPS[1]}),
]
"""Frames a second: whole, or a rate of television, held as the exact thousand 1,001sts of its whole rate."""
