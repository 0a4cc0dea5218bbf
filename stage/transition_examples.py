"""A working example of every transition; each is compiled by a test and drawn for the gallery."""

from __future__ import annotations

from stage import vocabulary as words

SCENES = """one = Scene("one", seconds=2, background="#0F1B2D")
one.add(Image("assets/hero.jpg", width=1920, height=1080, inside="frame"))
one.add(Text("Before", size=240, weight=800, color="white", anchor="center"))
two = Scene("two", seconds=2, background="#E4572E")
two.add(Rect(width=1920, height=300, inside="frame", anchor="bottom", fill="#17191C"))
two.add(Text("After", size=240, weight=800, color="white", anchor="center"))
"""
"""Two scenes; `film` stands before them."""
MORPHING = """one = Scene("one", seconds=2, background="#F6F4EF")
one.add(Rect(id="card", width=520, height=520, radius=260, fill="#0F6B5C", anchor="left"))
one.add(Text("42 %", id="number", size=300, weight=800, color="#1E2430", anchor="right"))
two = Scene("two", seconds=2, background="#FFFFFF")
two.add(Rect(id="card", width=1920, height=420, inside="frame", anchor="bottom", fill="#B5431F"))
two.add(Text("42 %", id="number", size=110, weight=800, color="white", anchor="bottom-left"))
two.add(Text("of all cups", size=160, weight=800, color="#1E2430", anchor="left", y=-160))
"""

WORDS = {
    "cut": 'film.add(two)',
    "fade": 'film.add(two, enter="fade", over=0.8)',
    "dip": 'film.add(two, enter="dip", over=0.8, color="white")',
    "slide": 'film.add(two, enter="slide", over=0.8)',
    "push": 'film.add(two, enter="push", over=0.8, direction="up")',
    "wipe": 'film.add(two, enter="wipe", over=0.8, softness=0.15)',
    "iris": 'film.add(two, enter="iris", over=0.8, shape="circle", center=(0.5, 0.5))',
    "zoom": 'film.add(two, enter="zoom", over=0.7)',
    "whip": 'film.add(two, enter="whip", over=0.5, ease="power4.inOut")',
    "clock": 'film.add(two, enter="clock", over=0.9)',
    "blur": 'film.add(two, enter="blur", over=0.8)',
    "morph": 'film.add(two, enter="morph", over=0.9)',
}  # fmt: skip
"""How the second scene comes in."""


def about(kind: str) -> str:
    """Tell what a transition does and what it takes."""
    passage = words.PASSAGES[kind]
    takes = f"; takes {', '.join(f'`{each}`' for each in passage.takes)}" if passage.takes else ""
    return f"{passage.help}{takes}"


def source(kind: str) -> str:
    """Make a whole `film.py` in which two scenes follow each other."""
    scenes = MORPHING if kind == "morph" else SCENES
    return f'from stage import *\n\nfilm = Film("Example")\n{scenes}film.add(one)\n{WORDS[kind]}\n'
