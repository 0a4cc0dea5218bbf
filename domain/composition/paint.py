"""What things are painted with: colors, gradients and shadows."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from domain.composition.measure import Number
from domain.nouns import Noun

Color = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?$")]
"""`#RRGGBB` or `#RRGGBBAA`, sRGB."""


class GradientStop(Noun):
    """One color of a gradient and where it stands."""

    color: Color
    at: float = Field(ge=0, le=1)


class Gradient(Noun):
    """A paint that runs from color to color, mixed in OKLCH-safe OKLab space."""

    shape: Literal["linear", "radial"] = "linear"
    angle: Number = 90
    """Degrees; 0 runs to the right, 90 down."""
    stops: tuple[GradientStop, ...] = Field(min_length=2, max_length=8)


Paint = Color | Gradient


class Shadow(Noun):
    """One drop shadow."""

    x: Number = 0
    y: Number = 0
    blur: float = Field(default=0, ge=0, le=400)
    """Sigma, px."""
    spread: Number = 0
    color: Color = "#00000055"
