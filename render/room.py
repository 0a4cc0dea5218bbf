"""How much memory drawing and encoding take, so that large frames stay within a box's share."""

from __future__ import annotations

from render.coding import Coding

MIB = 1024 * 1024
LARGE = 4_096 * 2_304
"""Pixels of a frame from which on encoders look less far ahead."""
LEAN = {
    "libx264": ("x264-params", "rc-lookahead=8"),
    "libx265": ("x265-params", "rc-lookahead=8"),
    "libsvtav1": ("svtav1-params", "hierarchical-levels=3"),
    "libvpx-vp9": ("lag-in-frames", "4"),
}
"""What makes an encoder hold fewer frames."""
HELD = {"libx264": 180, "libx265": 200, "libsvtav1": 200, "libvpx-vp9": 145, "prores_ks": 40, "ffv1": 110}
HELD_LEAN = {"libx264": 80, "libx265": 150, "libsvtav1": 145, "libvpx-vp9": 100}
"""Bytes that an encoder holds for each pixel of a frame, measured over 44 moving frames of 1920x1080."""
DRAWN = 30
"""Bytes a pixel that a drawing process holds: its canvases, and a frame on its way to the encoder."""
BASE_MB = 90
SHARED_MB = 300


def lean(coding: Coding, width: float, height: float) -> Coding:
    """Let the encoder of large frames hold fewer of them."""
    if width * height <= LARGE or coding.codec not in LEAN:
        return coding
    name, said = LEAN[coding.codec]
    before = coding.options.get(name)
    joined = f"{before}:{said}" if before and name.endswith("-params") else said
    return coding.model_copy(update={"options": {**coding.options, name: joined}})


def worker_mb(coding: Coding, width: float, height: float) -> float:
    """Most memory that one drawing process takes for frames of a size."""
    held = (HELD_LEAN if width * height > LARGE else {}).get(coding.codec) or HELD.get(coding.codec, 0)
    if coding.codec == "libvpx-vp9" and coding.alpha:
        held *= 2  # it codes transparency as frames of their own
    return BASE_MB + width * height * (DRAWN + held) / MIB


def workers(coding: Coding, width: float, height: float, cpus: int, memory_mb: int) -> int:
    """Choose how many processes draw at once: one per processor, as long as memory lasts; at least one."""
    return max(1, min(cpus, int((memory_mb - SHARED_MB) / worker_mb(coding, width, height))))
