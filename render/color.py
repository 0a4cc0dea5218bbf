"""Colors: read, mixed evenly in OKLab, packed for the rasterizer."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LMS, _FROM_LAB = np.linalg.inv(_TO_LMS), np.linalg.inv(_TO_LAB)


@lru_cache(maxsize=4096)
def read(text: str) -> tuple[float, float, float, float]:
    """Read `#RRGGBB` or `#RRGGBBAA`; returns red, green, blue and alpha from 0 to 1."""
    parts = [int(text[at : at + 2], 16) / 255 for at in range(1, len(text), 2)]
    return (parts[0], parts[1], parts[2], parts[3] if len(parts) > 3 else 1.0)


@lru_cache(maxsize=4096)
def packed(text: str, opacity: float = 1) -> int:
    """Pack a color as 0xAARRGGBB with its alpha lowered by an opacity."""
    red, green, blue, alpha = read(text)
    return pack(red, green, blue, alpha * opacity)


@lru_cache(maxsize=256)
def over_black(text: str) -> str:
    """Give the opaque color that a translucent one has over black."""
    red, green, blue, alpha = read(text)
    return as_text(np.array([red * alpha, green * alpha, blue * alpha, 1.0]))


def pack(red: float, green: float, blue: float, alpha: float) -> int:
    """Pack channels from 0 to 1 as 0xAARRGGBB."""
    return (
        int(alpha * 255 + 0.5) << 24
        | int(red * 255 + 0.5) << 16
        | int(green * 255 + 0.5) << 8
        | int(blue * 255 + 0.5)
    )


def to_lab(colors: Array) -> Array:
    """Turn sRGB rows (…, 3) into OKLab."""
    linear = np.where(colors <= 0.04045, colors / 12.92, ((np.maximum(colors, 0) + 0.055) / 1.055) ** 2.4)
    return np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T


def from_lab(lab: Array) -> Array:
    """Turn OKLab rows (…, 3) into sRGB from 0 to 1."""
    linear = np.clip((lab @ _FROM_LAB.T) ** 3 @ _FROM_LMS.T, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def ramp(stops: tuple[tuple[float, str], ...], at: Array) -> Array:
    """Mix colors that stand at shares of a way; returns red, green, blue and alpha rows for each share."""
    places = np.array([place for place, _ in stops])
    colors = np.array([read(text) for _, text in stops])
    lab = to_lab(colors[:, :3])
    mixed = np.stack([np.interp(at, places, lab[:, axis]) for axis in range(3)], axis=-1)
    alpha = np.interp(at, places, colors[:, 3])
    return np.concatenate([from_lab(mixed), alpha[..., None]], axis=-1)


def mix(first: str, second: str, share: Array) -> Array:
    """Mix two colors by shares, which may overshoot 0 and 1; returns rows of red, green, blue and alpha."""
    one, two = np.array(read(first)), np.array(read(second))
    start, end = to_lab(one[:3]), to_lab(two[:3])
    share = np.asarray(share)[..., None]
    alpha = np.clip(one[3] + (two[3] - one[3]) * share, 0, 1)
    return np.concatenate([from_lab(start + (end - start) * share), alpha], axis=-1)


def as_text(row: Array) -> str:
    """Write one row of red, green, blue and alpha as `#RRGGBBAA`."""
    return "#" + "".join(f"{int(min(max(part, 0), 1) * 255 + 0.5):02X}" for part in row)


def as_texts(rows: Array) -> list[str]:
    """Write many rows as as_text does, one after the other."""
    whole = (np.minimum(np.maximum(rows, 0), 1) * 255 + 0.5).astype(np.uint8)
    return ["#" + row.tobytes().hex().upper() for row in whole]


def faded(text: str, share: float) -> str:
    """Give a color with its alpha lowered to a share of it."""
    red, green, blue, alpha = read(text)
    return as_text(np.array([red, green, blue, alpha * share]))


def contrast(one: str, other: str) -> float:
    """Give the contrast of two solid colors, 1 to 21 (WCAG 2.2)."""
    lights: list[float] = []
    for text in (one, other):
        parts = [
            each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in read(text)[:3]
        ]
        lights.append(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)
