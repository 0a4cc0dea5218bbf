"""ProRes 4444 with transparency and AAC in QuickTime: for an editor."""

from __future__ import annotations

from domain.engine import Output
from render.coding import SCALES, Coding, Promise

PROMISE = Promise(codec="prores", pixels="yuva444p12le")


def coding(output: Output) -> Coding:
    """Code every frame by itself, in ten bits a color and eight of transparency."""
    return Coding(
        codec="prores_ks", pixels="yuva444p10le", container="mov", tag="ap4h",
        scale=SCALES[output.quality],
        options={"profile": "4444", "alpha_bits": "8", "vendor": "apl0"},
    )  # fmt: skip
