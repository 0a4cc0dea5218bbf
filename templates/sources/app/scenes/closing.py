"""The end card: the icon, the name, where to get it."""

import content
from components.backdrop import field
from components.button import button
from components.logo import PLATE, picture
from components.look import come, digits, headline, joined, letters, push, rail, size

from stage import Column, Film, Group, Scene, Text, linear, mix, shadow


def build(film: Film, seconds: float) -> Scene:
    """Make the closing scene."""
    scene = Scene("closing", seconds=seconds, background="accent")
    ink = field(scene, film)
    u, wide = film.unit, film.shape == "wide"
    room = film.safe.width - 2 * rail(film)
    stack = Column(anchor="center", gap=30 * u, align="center")
    scene.add(stack)
    tl = scene.timeline
    icon = _icon(film, film.height * (0.24 if wide else 0.15))
    stack.add(icon)
    tl.from_(icon, scale=0.2, rotation=-30, duration=0.7, ease="spring(0.6)", at=0)
    tl.set(icon, sheen=-0.4)
    tl.from_to(icon, {"sheen": -0.4}, {"sheen": 1.4}, duration=min(1.0, seconds * 0.3), at=seconds * 0.45)
    name = content.BRAND or content.TITLE
    title = headline(
        film, name, room=room * 0.8, tall=film.safe.height * 0.27, lines=2, color=ink, align="center"
    )
    stack.add(title)
    come(scene, title, 0.15)
    if content.CALL:
        stack.add(button(scene, film, content.CALL, room=room, fill=ink, at=0.4))
    if content.LINK:
        link = letters(film, content.LINK, "title", size=size(film, "body"), color=ink)
        stack.add(link)
        come(scene, link, min(0.6, seconds * 0.25))
    push(scene, 1.04)
    return scene


def _icon(film: Film, big: float) -> Group:
    """The app's icon: its picture, else its first letter on a rounded square."""
    word = content.BRAND or content.TITLE
    light = mix(film.theme.color("second"), "#FFFFFF", 0.25)
    icon = Group(width=big, height=big, radius=big * 0.235, clip=True, origin="center")
    icon.set(fill=linear(light, film.theme.color("second"), angle=60))
    icon.set(
        shadow=[
            shadow(0, big * 0.03, big * 0.04, "#00000040"),
            shadow(0, big * 0.12, big * 0.16, "#00000038"),
        ]
    )
    if content.LOGO:
        inner = big * 0.78 if content.LOGO.lower().endswith(".svg") else big
        icon.set(fill=PLATE).add(picture(content.LOGO, width=inner, height=inner, anchor="center"))
        return icon
    arabic = joined(word)
    letter = (
        word.split()[0]
        if arabic
        else next((each for each in word if each.isalnum()), digits(film, 1)).upper()
    )
    icon.add(
        Text(
            letter,
            font=content.ARABIC_FONTS["display"] if arabic else "display",
            weight=content.ARABIC_WEIGHT if arabic else 800,
            size=big * (0.26 if arabic else 0.62),
            width=big * 0.84,
            fit="shrink",
            max_lines=1,
            align="center",
            line_height=1.4 if arabic else 1,
            color=film.theme.on("second", 3),
            anchor="center",
            allow="hidden,small",
        )
    )
    return icon
