"""Films A and C in Manim, run in its own environment: `python manim_film.py A photo.jpg film.mp4`."""
# ruff: noqa: D101, D103 -- a script for another Python, with that program's own libraries
# pyright: basic, reportMissingImports=false, reportAttributeAccessIssue=false, reportArgumentType=false

from __future__ import annotations

import shutil
import sys
import tempfile
from functools import lru_cache, partial

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UL,
    UP,
    Circle,
    ImageMobject,
    Integer,
    ManimColor,
    Rectangle,
    RoundedRectangle,
    Scene,
    Text,
    ValueTracker,
    VGroup,
    config,
    interpolate_color,
    rotate_vector,
)  # fmt: skip

NAME, PHOTO, PATH = sys.argv[1:4]
SECONDS = 10
UNIT = 8 / 1080
"""Manim's frame is eight units high, a pixel is so much of one."""
INK, SOFT = "#FFFFFF", "#E6E9F0"
CARDS = (
    ("#FFC857", "Draw", "shapes and letters"),
    ("#7BDFF2", "Encode", "frames into film"),
    ("#B2F7A1", "Deliver", "one file that plays"),
)
LEFT_PX = 115
CAPITAL = 0.727
"""Height of Inter's capitals, of its size."""


@lru_cache
def factor(weight):
    """Say how a text of Manim's default size grows to a size of one pixel."""
    return CAPITAL * UNIT / Text("H", font="Inter", weight=weight).height


def words(text, size, color=INK, weight="NORMAL"):
    made = Text(text, font="Inter", weight=weight, color=color, disable_ligatures=True)
    return made.scale(size * factor(weight))


def at(mobject, x, y):
    """Lay a thing's upper left corner on a point of the frame, px."""
    return mobject.move_to(LEFT * (960 - x) * UNIT + UP * (540 - y) * UNIT, aligned_edge=UL)


def plain(shape, color, opacity=1.0, **size):
    return shape(**size, stroke_width=0, fill_color=color, fill_opacity=opacity)


def rounded(width, height, radius, color, opacity=1.0):
    return plain(
        RoundedRectangle,
        color,
        opacity,
        corner_radius=radius * UNIT,
        width=width * UNIT,
        height=height * UNIT,
    )


def share(t, begin, lasts):
    return min(max((t - begin) / lasts, 0), 1)


def out(share, power=3):
    return 1 - (1 - share) ** power


def both(share):
    return 0.5 * (2 * share) ** 3 if share < 0.5 else 1 - 0.5 * (2 - 2 * share) ** 3


def risen(mobject, time, begin, lasts, rise):
    """Let a thing rise and appear."""
    home = mobject.copy()

    def move(each):
        eased = out(share(time.get_value(), begin, lasts))
        for part, own in zip(
            each.family_members_with_points(), home.family_members_with_points(), strict=True
        ):
            part.set_fill(opacity=own.get_fill_opacity() * eased)
        each.move_to(home).shift(DOWN * rise * (1 - eased) * UNIT)

    return mobject.add_updater(move)


def clock():
    """Make what counts the scene's seconds, added first; Manim knows it by the name `dt`."""
    return ValueTracker(0).add_updater(lambda each, dt: each.increment_value(dt))


class A(Scene):
    def construct(self):
        time = clock()
        ground = plain(Rectangle, ["#12305A", "#5A1846"], width=1920 * UNIT, height=1080 * UNIT)
        ground.add_updater(lambda each: self.turn(each, time.get_value()))
        title = at(words("Motion, measured", 150, weight="ULTRABOLD"), 119, 142)
        line = at(words("one second of film, thirty pictures", 46, SOFT), 117, 316)
        cards = [at(self.card(*each), LEFT_PX + place * 540, 704) for place, each in enumerate(CARDS)]
        bar = at(rounded(1580, 26, 13, INK), LEFT_PX, 968)
        bar.add_updater(lambda each: self.fill(each, time.get_value()))
        veil = plain(Rectangle, "#000000", 0, width=1920 * UNIT, height=1080 * UNIT)
        veil.add_updater(lambda each: each.set_fill(opacity=share(time.get_value(), SECONDS - 0.5, 0.5)))
        self.add(time)
        self.add(ground, risen(title, time, 0, 0.8, 160), risen(line, time, 0.6, 0.8, 0), self.counter(time))
        self.add(*(risen(card, time, 1 + 0.35 * place, 0.7, 140) for place, card in enumerate(cards)))
        self.add(at(rounded(1580, 26, 13, INK, 0.2), LEFT_PX, 968), bar, veil)
        self.wait(SECONDS)

    def turn(self, ground, t):
        """Turn a gradient of two colors, and change them."""
        pairs = (("#12305A", "#0F5C4A"), ("#5A1846", "#7A2E12"))
        colors = [interpolate_color(ManimColor(low), ManimColor(high), t / SECONDS) for low, high in pairs]
        ground.set_fill(colors, opacity=1)
        ground.set_sheen_direction(rotate_vector(RIGHT, -2 * 3.14159265 * t / SECONDS))

    def counter(self, time):
        face = partial(Text, font="Inter", weight="ULTRABOLD")
        made = Integer(0, mob_class=face, color=INK, font_size=48 * 180 * factor("ULTRABOLD"))

        def count(each):
            each.set_value(round(10_000 * out(share(time.get_value(), 0.5, SECONDS - 3), 2)))
            at(each, LEFT_PX + 8, 440)

        return made.add_updater(count)

    def card(self, color, head, line):
        plate = at(rounded(500, 180, 28, INK, 0.18), 0, 0)
        dot = at(plain(Circle, color, radius=36 * UNIT), 30, 54)
        return VGroup(
            plate, dot, at(words(head, 40, weight="BOLD"), 133, 50), at(words(line, 28, SOFT), 131, 107)
        )

    def fill(self, bar, t):
        """Grow the bar from its left end."""
        width = max(26, 1580 * both(share(t, 0.5, SECONDS - 1.5)))
        bar.become(at(rounded(width, 26, 13, INK), LEFT_PX, 968))


class C(Scene):
    def construct(self):
        time = clock()
        photo = at(ImageMobject(PHOTO).scale_to_fit_width(1920 * UNIT), 0, 0)
        photo.add_updater(
            lambda each: at(each.scale_to_fit_width(1920 * UNIT * (1 + 0.015 * time.get_value())), 0, 0)
        )
        third = VGroup(
            at(rounded(760, 190, 24, "#101820", 0.8), 0, 714),
            at(plain(Rectangle, "#FFC857", width=12 * UNIT, height=150 * UNIT), 0, 734),
            at(words("A quiet coast", 56, weight="ULTRABOLD"), 51, 761),
            at(words("photographed at dawn", 34), 52, 829),
        )
        third.add_updater(
            lambda each: at(each, LEFT_PX - 900 * (1 - out(share(time.get_value(), 0.5, 0.9))), 714)
        )
        self.add(time)
        self.add(photo, third)
        self.wait(SECONDS)


with tempfile.TemporaryDirectory() as folder:
    config.media_dir, config.output_file = folder, "film"
    config.pixel_width, config.pixel_height, config.frame_rate = 1920, 1080, 30
    config.frame_height, config.frame_width = 8, 8 * 16 / 9
    config.verbosity, config.progress_bar, config.disable_caching = "ERROR", "none", True
    scene = {"A": A, "C": C}[NAME]()
    scene.render()
    shutil.copy(scene.renderer.file_writer.movie_file_path, PATH)
