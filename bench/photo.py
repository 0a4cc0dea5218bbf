"""A picture with the statistics of a photograph: made, not taken, and the same every time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image


def photo(path: Path, width: int = 2400, height: int = 1350) -> Path:
    """Write clouds over a coast: amplitudes fall with the frequency, as in photographs, with grain."""
    random = np.random.default_rng(7)
    up, across = np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None, :]
    fall = 1 / np.maximum(np.hypot(up * height, across * width), 1.0) ** 1.2
    shape = fall.shape
    layers = [
        np.fft.irfft2(fall * np.exp(2j * np.pi * random.random(shape)), s=(height, width)) for _ in range(3)
    ]
    layers = [layer / layer.std() for layer in layers]
    sky = np.linspace(0.72, 0.42, height)[:, None]
    sea = (np.arange(height)[:, None] / height + layers[0] * 0.04) > 0.62
    light = sky + layers[1] * 0.08 - sea * 0.22
    colors = np.stack([light * 1.02 + layers[2] * 0.03, light * 0.98, light * 0.9 + sea * 0.12], axis=-1)
    colors += random.normal(0, 0.008, colors.shape)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray((np.clip(colors, 0, 1) * 255).astype(np.uint8)).save(path, quality=92)
    return path
