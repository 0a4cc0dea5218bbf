"""HEVC and AAC in MP4: half the bytes of H.264 for players of the last ten years."""

from __future__ import annotations

from domain.engine import Output
from render.coding import SCALES, Coding, Promise, hardware

PROMISE = Promise(codec="hevc", pixels="yuv420p")
PRESETS = {"draft": "ultrafast", "standard": "fast", "high": "medium"}
CRF = {"draft": 26, "standard": 22, "high": 19}


def coding(output: Output) -> Coding:
    """Let x265 code on one thread, so that the same frames are the same bytes; or hardware asked for."""
    common = {"pixels": "yuv420p", "container": "mp4", "scale": SCALES[output.quality], "tag": "hvc1"}
    if output.encoder != "software":
        options = {"b": "8M", "bf": "0"}
        return Coding.model_validate({"codec": hardware(output, "hevc"), "options": options, **common})
    options = {
        "preset": PRESETS[output.quality],
        "crf": str(CRF[output.quality]),
        "x265-params": "log-level=error:info=0:pools=none:frame-threads=1:open-gop=0:"
        "bframes=3:b-pyramid=1:aq-mode=3",
    }
    return Coding.model_validate({"codec": "libx265", "options": options, "reordered": 2, **common})
