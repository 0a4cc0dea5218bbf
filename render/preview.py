"""A small picture of what was taken in, for the eyes of whoever had it made."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageStat

SIDE = 384
"""Longest side, px: enough to judge a drawing by, and cheap to show."""
LIGHT, DARK = (244, 244, 242), (24, 26, 30)
PALE = 150
"""Mean luma of what is drawn, of 255, from which it is laid on the dark ground."""
FILE = "preview.jpg"


def leave(picture: Image.Image, out: Path) -> None:
    """Write a picture small, as JPEG; what is see-through gets a ground on which it can be seen."""
    small = picture.copy()
    small.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    if small.mode == "RGBA":
        mask = small.getchannel("A")
        pale = ImageStat.Stat(small.convert("L"), mask).mean[0] > PALE if mask.getbbox() else False
        ground = Image.new("RGB", small.size, DARK if pale else LIGHT)
        ground.paste(small, mask=mask)
        small = ground
    small.convert("RGB").save(out / FILE, "JPEG", quality=88)
