"""The end card: the pattern folds into a frame round the sender's name."""

import content
from components.backdrop import star_path
from components.button import button
from components.light import dust
from components.logo import logo
from components.look import SETTLE, letters, push
from components.night import domes, lanterns, sky, stars
from components.pattern import girih
from scenes.greeting import golden, uncover

from stage import Column, Film, Path, Rect, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the closing scene."""
    scene = Scene("farewell", seconds=seconds)
    w, h, u, wide = film.width, film.height, film.unit, film.shape == "wide"
    sky(scene, film)
    stars(scene, film, count=30)
    girih(scene, film, big=min(w, h) * 1.2, strength=0.12)
    domes(scene, film)
    if wide:
        lanterns(scene, film, at=0, pairs=1)
    dust(scene, film, (0, 1), count=26)
    room = w * (0.5 if wide else 0.76)
    _frame(
        scene, film, w * (0.6 if wide else 0.9), h * {"wide": 0.64, "tall": 0.4, "square": 0.62}[film.shape]
    )
    stack = Column(anchor="center", inside="frame", gap=20 * u, align="center", y=-h * 0.02)
    scene.add(stack)
    if content.LOGO:
        stack.add(logo(scene, film, room=room, tall=h * 0.15))
    tall = h * {"wide": 0.25, "tall": 0.14, "square": 0.2}[film.shape]
    name = golden(film, content.BRAND or content.TITLE, room=room, tall=tall)
    stack.add(name)
    uncover(scene, name, 0.15)
    said = content.YEAR or (content.TITLE if content.BRAND else "")
    if said:
        year = letters(
            film, said, "title", color="ink", width=room, fit="shrink", max_lines=1, align="center"
        )
        stack.add(year)
        uncover(scene, year, 0.5)
    if content.CALL:
        stack.add(button(scene, film, content.CALL, room=room, fill="accent", at=0.6, big=1))
    if content.LINK:
        link = letters(film, content.LINK, "body", color="accent", weight=600)
        stack.add(link)
        scene.timeline.from_(link, opacity=0, y=20 * u, duration=0.5, ease=SETTLE, at=0.75)
    push(scene, 1.04)
    return scene


def _frame(scene: Scene, film: Film, across: float, tall: float) -> None:
    """Two fine lines and a star at every corner."""
    u, tl = film.unit, scene.timeline
    place = {"inside": "frame", "anchor": "center", "y": -film.height * 0.02}
    for grow, strength, thick in ((0, "accent", 4), (26 * u, "accent/0.45", 2)):
        line = Rect(width=across + grow, height=tall + grow, stroke=strength, stroke_width=thick * u, **place)
        scene.add(line.set(radius=6 * u))
        tl.from_(line, draw_end=0, duration=min(1.5, scene.seconds * 0.5), ease="power2.inOut", at=0.05)
    for x in (-1, 1):
        for y in (-1, 1):
            star = Path(
                star_path(8, 0.7), width=58 * u, height=58 * u, fill="accent", origin="center", **place
            )
            star.set(x=x * (across / 2 + 6 * u), y=y * (tall / 2 + 6 * u) - film.height * 0.02)
            scene.add(star)
            tl.from_(star, scale=0, rotation=-90, duration=0.7, ease="back.out(1.5)", at=0.35)
            tl.to(star, rotation=45, duration=max(scene.seconds - 1.1, 0.2), ease="none", at=1.1)
