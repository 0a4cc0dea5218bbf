"""AV1 and AAC in MP4: the smallest files, for players of the last years."""

from __future__ import annotations

from domain.engine import Output
from render.coding import SCALES, Coding, Promise

PROMISE = Promise(codec="libdav1d", pixels="yuv420p")
PRESETS = {"draft": 12, "standard": 10, "high": 7}
CRF = {"draft": 40, "standard": 32, "high": 24}


def coding(output: Output) -> Coding:
    """Let SVT-AV1 code on one processor with closed groups of pictures."""
    return Coding(
        codec="libsvtav1", pixels="yuv420p", container="mp4", scale=SCALES[output.quality],
        options={
            "preset": str(PRESETS[output.quality]),
            "crf": str(CRF[output.quality]),
            "svtav1-params": "lp=1:irefresh-type=2:enable-overlays=0",
        },
    )  # fmt: skip
