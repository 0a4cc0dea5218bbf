"""VP9 and Opus in WebM: for browsers, free of patents."""

from __future__ import annotations

from domain.engine import Output
from render import vpx
from render.coding import SCALES, Coding, Promise

PROMISE = Promise(codec="vp9", pixels="yuv420p", sound="opus")


def coding(output: Output) -> Coding:
    """Let libvpx code at constant quality."""
    return Coding(
        codec="libvpx-vp9", pixels="yuv420p", container="webm", scale=SCALES[output.quality],
        options=vpx.settings(output),
    )  # fmt: skip
