"""The pictures, sounds and clips that the examples ask for, made here so that none is anybody else's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120">
<g fill="none" stroke="currentColor" stroke-width="9" stroke-linecap="round">
<path id="leaf" d="M60 12c26 18 36 44 0 96C24 56 34 30 60 12z"/><path d="M60 40v56"/></g></svg>"""
HILLS = (
    (470, 90, (92, 120, 140)),
    (570, 110, (58, 98, 100)),
    (690, 80, (34, 68, 56)),
    (790, 60, (18, 40, 32)),
)
"""Ground line, height and color of the ranges, from the back to the front."""


def furnish(folder: Path) -> None:
    """Lay every file that an example names into a project."""
    assets = folder / "assets"
    assets.mkdir(parents=True, exist_ok=True)
    Image.fromarray(landscape(1600, 900)).save(assets / "hero.jpg", quality=90)
    (assets / "logo.svg").write_text(LOGO)
    _clip(assets / "clip.mp4")
    for name in ("music.mp3", "hit.wav"):
        _chord(assets / name)


def landscape(width: int, height: int, at: float = 0) -> NDArray[np.uint8]:
    """Paint hills under an evening sun; `at` moves along them."""
    y, x = np.mgrid[0:height, 0:width]
    across, down = x / width + at, y / height
    light = np.stack([70 + 150 * (1 - down), 110 + 100 * (1 - down), 150 + 60 * (1 - down)], -1)
    light += np.array([60, 10, -40]) * np.exp(-((down - 0.45) ** 2) / 0.03)[..., None]
    sun = np.exp(-(((x / width - 0.7) ** 2) * (width / height) ** 2 + (down - 0.3) ** 2) / 0.008)
    light += sun[..., None] * np.array([190, 130, 40])
    for number, (ground, tall, color) in enumerate(HILLS):
        ridge = np.sin(across * (5 + number) + number * 1.7) + 0.4 * np.sin(
            across * (17 + 3 * number) + number
        )
        light[down > (ground + tall * ridge) / 900] = color
    return np.clip(light, 0, 255).astype(np.uint8)


def _clip(path: Path) -> None:
    opened: Any = av.open(str(path), "w")
    with opened as made:
        stream = made.add_stream("libx264", rate=30, options={"crf": "18", "g": "15"})
        stream.width, stream.height, stream.pix_fmt = 640, 360, "yuv420p"
        for number in range(120):
            frame = av.VideoFrame.from_ndarray(landscape(640, 360, number / 240), format="rgb24")
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))


def _chord(path: Path) -> None:
    """A chord that is plucked twice a second."""
    at = np.arange(48_000 * 6) / 48_000
    notes = sum(
        np.sin(at * np.pi * 2 * pitch) / (1 + place) for place, pitch in enumerate((110, 277.2, 660, 1_980))
    )
    sound = notes * np.exp(-(at % 0.5) * 6) * 0.3
    stereo = np.stack([sound, sound]).astype(np.float32)
    untyped: Any = av
    with untyped.open(str(path), "w") as made:
        stream = made.add_stream("mp3" if path.suffix == ".mp3" else "pcm_s16le", rate=48_000)
        step = 1_152
        for first in range(0, stereo.shape[1], step):
            part = np.ascontiguousarray(stereo[:, first : first + step])
            frame = untyped.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = 48_000, first
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
