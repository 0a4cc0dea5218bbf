"""Laying frames out on one page with their times, and choosing the one that stands for the film."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from render.picture import Pixels

LONGEST = 1_568
"""Neither side of a sheet is longer, px: what a model sees without scaling it down."""
MOST_BYTES = 300_000
GAP = 8
LABEL = 26
PAPER = (24, 24, 27)
INK = (235, 235, 235)
LEAST_TILE = 96


def image_of(pixels: Pixels) -> Image.Image:
    """Wrap BGRA pixels, opaque, without their alpha."""
    return Image.fromarray(np.ascontiguousarray(pixels[:, :, 2::-1]), "RGB")


def tile_size(count: int, width: int, height: int) -> tuple[int, int, int]:
    """Choose columns and a tile's width and height so that the tiles are as large as they can be."""
    best = (1, 1, 1)
    for columns in range(1, count + 1):
        rows = math.ceil(count / columns)
        free_width = (LONGEST - GAP * (columns + 1)) / columns
        free_height = (LONGEST - GAP * (rows + 1)) / rows - LABEL
        across = int(min(free_width, free_height * width / height, width))
        down = int(across * height / width)
        if across > 0 and down > 0 and across * down > best[1] * best[2]:
            best = (columns, across, down)
    return best


def contact_sheet(frames: Sequence[Image.Image], labels: Sequence[str], size: tuple[int, int]) -> bytes:
    """Draw a contact sheet of frames of one shape as a JPEG of at most 300 kB; `size` is the film's own."""
    columns, across, down = tile_size(len(frames), *size)
    rows = math.ceil(len(frames) / columns)
    page = (GAP + columns * (across + GAP), GAP + rows * (down + LABEL + GAP))
    sheet = Image.new("RGB", page, PAPER)
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(LABEL * 0.66)
    for index, (frame, label) in enumerate(zip(frames, labels, strict=True)):
        left = GAP + index % columns * (across + GAP)
        top = GAP + index // columns * (down + LABEL + GAP)
        fitting = (
            frame if frame.size == (across, down) else frame.resize((across, down), Image.Resampling.BOX)
        )
        sheet.paste(fitting, (left, top))
        pen.text((left, top + down + 4), label, INK, font)
    return jpeg(sheet, MOST_BYTES)


def jpeg(image: Image.Image, most: int) -> bytes:
    """Encode as JPEG, at the best quality that fits into so many bytes."""
    while True:
        for quality in (84, 76, 66, 54, 42):
            page = io.BytesIO()
            image.save(page, "JPEG", quality=quality, optimize=False)
            if page.tell() <= most:
                return page.getvalue()
        image = image.resize((max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)))


def time_label(frame: int, fps: float) -> str:
    """Write a frame's time and number: `4.50 s · 135`."""
    return f"{frame / fps:.2f} s · {frame}"


def richness(frame: Image.Image) -> float:
    """Tell how much there is to see: contrast times the share of edges."""
    luma = np.asarray(frame.convert("L").resize((320, max(1, 320 * frame.height // frame.width))), np.float32)
    steps = np.abs(np.diff(luma, axis=1))
    return float(luma.std() * (steps > 12).mean())
