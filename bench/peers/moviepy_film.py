"""Films A and C in MoviePy, run in its own environment: `python moviepy_film.py A photo.jpg film.mp4`."""
# ruff: noqa: D103 -- a script for another Python, with that program's own libraries
# pyright: basic, reportMissingImports=false, reportAttributeAccessIssue=false, reportArgumentType=false

from __future__ import annotations

import subprocess
import sys
from functools import lru_cache

import numpy as np
from moviepy import CompositeVideoClip, ImageClip, VideoClip
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, SECONDS, FPS = 1920, 1080, 10, 30
INK, SOFT = "#FFFFFF", "#E6E9F0"
CARDS = (
    ("#FFC857", "Draw", "shapes and letters"),
    ("#7BDFF2", "Encode", "frames into film"),
    ("#B2F7A1", "Deliver", "one file that plays"),
)
LEFT = 115


@lru_cache
def font(size, style="Regular"):
    asked = ["fc-match", "-f", "%{file}", f"Inter:style={style}"]
    return ImageFont.truetype(subprocess.run(asked, capture_output=True, text=True, check=True).stdout, size)


def page(size, draw):
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    draw(ImageDraw.Draw(image))
    return np.array(image)


def still(size, draw):
    return ImageClip(page(size, draw), duration=SECONDS)


def text(words, size, color=INK, style="Regular"):
    face = font(size, style)
    extent = (round(face.getlength(words)) + 8, round(size * 1.3))
    return still(extent, lambda pen: pen.text((0, 0), words, color, face))


def mask(value):
    """Make a mask of what a function of the time gives."""
    return VideoClip(value, is_mask=True, duration=SECONDS)


def share(t, begin, lasts):
    return float(np.clip((t - begin) / lasts, 0, 1))


def out(share, power=3):
    return 1 - (1 - share) ** power


def both(share):
    return 0.5 * (2 * share) ** 3 if share < 0.5 else 1 - 0.5 * (2 - 2 * share) ** 3


def mixed(one, two, share):
    """Mix two colors."""
    low, high = (np.array([int(each[at : at + 2], 16) for at in (1, 3, 5)], float) for each in (one, two))
    return low + (high - low) * share


def risen(clip, x, y, begin, lasts, rise):
    """Let a clip rise and appear."""
    eased = lambda t: out(share(t, begin, lasts))  # noqa: E731
    moved = clip.with_position(lambda t: (x, y + rise * (1 - eased(t))))
    return moved.with_mask(mask(lambda t: clip.mask.get_frame(t) * eased(t)))


def ground():
    """Turn a gradient of two colors, and change them."""
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    across, down = across - WIDTH / 2, down - HEIGHT / 2

    def frame(t):
        one, two = mixed("#12305A", "#0F5C4A", t / SECONDS), mixed("#5A1846", "#7A2E12", t / SECONDS)
        x, y = np.cos(2 * np.pi * t / SECONDS), np.sin(2 * np.pi * t / SECONDS)
        reach = abs(x) * WIDTH + abs(y) * HEIGHT
        place = np.clip((across * x + down * y) / reach + 0.5, 0, 1)[..., None]
        return (one + (two - one) * place).astype(np.uint8)

    return VideoClip(frame, duration=SECONDS)


def counter():
    @lru_cache(maxsize=2)
    def drawn(t):
        words = f"{10_000 * out(share(t, 0.5, SECONDS - 3), 2):,.0f}"
        return page((900, 240), lambda pen: pen.text((0, 0), words, INK, font(180, "Extra Bold")))

    color = VideoClip(lambda t: drawn(t)[:, :, :3], duration=SECONDS)
    return color.with_mask(mask(lambda t: drawn(t)[:, :, 3] / 255)).with_position((LEFT, 396))


def card(color, head, line):
    def draw(pen):
        pen.rounded_rectangle((0, 0, 499, 179), 28, "#FFFFFF2E")
        pen.ellipse((30, 54, 102, 126), color)
        pen.text((130, 40), head, INK, font(40, "Bold"))
        pen.text((130, 101), line, SOFT, font(28))

    return still((500, 180), draw)


def bar():
    """Grow a bar of round ends: its colors are one surface, its outline is a mask that is drawn anew."""

    def drawn(t):
        width = max(26, round(1580 * both(share(t, 0.5, SECONDS - 1.5))))
        image = Image.new("L", (1580, 26), 0)
        ImageDraw.Draw(image).rounded_rectangle((0, 0, width - 1, 25), 13, 255)
        return np.array(image) / 255

    white = ImageClip(np.full((26, 1580, 3), 255, np.uint8), duration=SECONDS)
    return white.with_mask(mask(drawn)).with_position((LEFT, 968))


def veil():
    black = ImageClip(np.zeros((HEIGHT, WIDTH, 3), np.uint8), duration=SECONDS)
    whole = np.ones((HEIGHT, WIDTH))
    begin = SECONDS - 0.5
    lasting = mask(lambda t: whole * share(t + begin, begin, 0.5)).with_duration(0.5)
    return black.with_duration(0.5).with_mask(lasting).with_start(begin)


def film_a():
    cards = [
        risen(card(*each), LEFT + at * 540, 704, 1 + 0.35 * at, 0.7, 140) for at, each in enumerate(CARDS)
    ]
    track = still((1580, 26), lambda pen: pen.rounded_rectangle((0, 0, 1579, 25), 13, "#FFFFFF33"))
    return [
        ground(),
        risen(text("Motion, measured", 150, style="Extra Bold"), LEFT, 108, 0, 0.8, 160),
        risen(text("one second of film, thirty pictures", 46, SOFT), LEFT, 308, 0.6, 0.8, 0),
        counter(),
        *cards,
        track.with_position((LEFT, 968)),
        bar(),
        veil(),
    ]


def film_c(photo):
    picture = Image.open(photo).convert("RGB")
    scale = max(WIDTH / picture.width, HEIGHT / picture.height)
    cover = np.array(picture.resize((round(picture.width * scale), round(picture.height * scale))))
    grown = ImageClip(cover, duration=SECONDS).resized(lambda t: 1 + 0.15 * t / SECONDS)

    def third(pen):
        pen.rounded_rectangle((0, 0, 759, 189), 24, "#101820CC")
        pen.rectangle((0, 20, 11, 169), "#FFC857")
        pen.text((50, 34), "A quiet coast", INK, font(56, "Extra Bold"))
        pen.text((50, 110), "photographed at dawn", INK, font(34))

    moved = still((760, 190), third)
    # Never quite outside of the frame: MoviePy cannot lay a mask there.
    place = lambda t: (max(-750, LEFT - 900 * (1 - out(share(t, 0.5, 0.9)))), 714)  # noqa: E731
    return [grown, moved.with_position(place)]


def main():
    name, photo, path = sys.argv[1:4]
    clips = film_a() if name == "A" else film_c(photo)
    film = CompositeVideoClip(clips, size=(WIDTH, HEIGHT)).with_duration(SECONDS)
    film.write_videofile(path, fps=FPS, codec="libx264", preset="veryfast", audio=False, threads=2,
                         ffmpeg_params=["-crf", "23", "-pix_fmt", "yuv420p"], logger=None)  # fmt: skip


main()
