"""Transparency: drawn premultiplied, stored straight."""

from __future__ import annotations

import numpy as np

from render.picture import Pixels


def straight(pixels: Pixels) -> Pixels:
    """Take the alpha out of premultiplied colors again."""
    alpha = pixels[:, :, 3:]
    if bool((alpha == 255).all()):
        return pixels
    whole = np.maximum(alpha, 1).astype(np.uint16)
    colors = (pixels[:, :, :3].astype(np.uint16) * 255 + whole // 2) // whole
    return np.concatenate((np.minimum(colors, 255).astype(np.uint8), alpha), axis=2)
