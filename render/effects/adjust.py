"""Brightness, contrast, saturation, hue and inversion, as one mixing of the channels."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from render.effect import colored
from render.item import Box, Filter, Item

ORDER = 10
PROPERTIES = ("brightness", "contrast", "saturation", "hue", "invert")
LUMA = np.array([0.2126, 0.7152, 0.0722])
"""BT.709."""
Matrix = NDArray[np.float64]


def apply(item: Item, frame: int, picture: Filter) -> Filter:
    """Adjust the colors, in the order in which the words are listed."""
    matrix = np.eye(5)
    for name, (neutral, make) in STEPS.items():
        value = item.number(name, frame)
        if value != neutral:
            matrix = make(value) @ matrix
    if np.array_equal(matrix, np.eye(5)):
        return picture
    return colored(matrix[:4].ravel().tolist(), picture)


def reach(item: Item, frame: int, box: Box) -> Box:
    """Nothing beyond the picture."""
    return box


def _scaled(factor: float, offset: float = 0) -> Matrix:
    matrix = np.eye(5)
    matrix[[0, 1, 2], [0, 1, 2]] = factor
    matrix[:3, 4] = offset
    return matrix


def _brightness(value: float) -> Matrix:
    return _scaled(value)


def _contrast(value: float) -> Matrix:
    return _scaled(value, 0.5 - 0.5 * value)


def _invert(value: float) -> Matrix:
    return _scaled(1 - 2 * value, value)


def _saturation(value: float) -> Matrix:
    matrix = np.eye(5)
    matrix[:3, :3] = value * np.eye(3) + (1 - value) * np.tile(LUMA, (3, 1))
    return matrix


def _hue(degrees: float) -> Matrix:
    """Turn about the gray axis, keeping luma: feColorMatrix hueRotate with BT.709's weights."""
    turn = math.radians(degrees)
    gray = np.tile(LUMA, (3, 1))
    sine = np.array([[-0.2126, -0.7152, 0.9278], [0.143, 0.140, -0.283], [-0.7874, 0.7152, 0.0722]])
    matrix = np.eye(5)
    matrix[:3, :3] = gray + math.cos(turn) * (np.eye(3) - gray) + math.sin(turn) * sine
    return matrix


STEPS = {
    "brightness": (1.0, _brightness),
    "contrast": (1.0, _contrast),
    "saturation": (1.0, _saturation),
    "hue": (0.0, _hue),
    "invert": (0.0, _invert),
}
"""What each word does, and the value at which it does nothing."""
