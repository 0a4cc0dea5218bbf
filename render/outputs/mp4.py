"""H.264 and AAC in MP4: plays everywhere."""

from __future__ import annotations

from domain.engine import Output
from render.coding import SCALES, Coding, Promise, hardware

PROMISE = Promise(codec="h264", pixels="yuv420p")
PRESETS = {"draft": "superfast", "standard": "veryfast", "high": "medium"}
CRF = {"draft": 23.0, "standard": 19.5, "high": 17.0}


def coding(output: Output) -> Coding:
    """Let x264 code, or hardware that was asked for."""
    if output.encoder != "software":
        options = {"b": "12M", "bf": "0"}
        return Coding(
            codec=hardware(output, "h264"), pixels="yuv420p", container="mp4", options=options,
            scale=SCALES[output.quality],
        )  # fmt: skip
    return x264(PRESETS[output.quality], CRF[output.quality], SCALES[output.quality])


def x264(preset: str, crf: float, scale: float = 1) -> Coding:
    """Say a preset and a rate factor; adaptive quantisation 3 spends its bits on dark areas."""
    return Coding(
        codec="libx264", pixels="yuv420p", container="mp4", scale=scale, reordered=2,
        options={
            "preset": preset,
            "crf": f"{crf:g}",
            "x264-params": "aq-mode=3:bframes=3:b-pyramid=normal:open-gop=0:stitchable=1",
        },
    )  # fmt: skip
