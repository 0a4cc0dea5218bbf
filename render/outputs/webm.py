"""VP9 with transparency and Opus in WebM: to be laid over a web page."""

from __future__ import annotations

from domain.engine import Output
from render import vpx
from render.coding import SCALES, Coding, Promise

PROMISE = Promise(codec="vp9", pixels="yuv420p", sound="opus")


def coding(output: Output) -> Coding:
    """Let libvpx code the colors, and the transparency beside them."""
    return Coding(
        codec="libvpx-vp9", pixels="yuva420p", container="webm", scale=SCALES[output.quality],
        options={**vpx.settings(output), "auto-alt-ref": "0"},
    )  # fmt: skip
