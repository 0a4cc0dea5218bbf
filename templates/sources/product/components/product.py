"""The product and the studio it stands in: a picture where there is one, else an object of plain forms."""

import content
from components.look import forward, joined

from stage import Ellipse, Film, Gradient, Group, Image, Scene, Text, linear, mix, shadow


def studio(scene: Scene, film: Film, *, turn: float = 0) -> None:
    """A floor that curves up into the wall, and a soft light that moves across."""
    base = film.theme.color("background")
    w, h = film.width, film.height
    wall = Gradient(color_1=mix(base, "#FFFFFF", 0.08), color_2=mix(base, "#000000", 0.12), angle=90 + turn,
                    inside="frame", width=w, height=h, anchor="center", depth=0)  # fmt: skip
    lit = film.theme.color("accent")
    light = Gradient(shape="radial", color_1=f"{lit}42", color_2=f"{lit}00", spread=0.5, inside="frame",
                     anchor="center", width=h * 1.6, height=h * 1.6, x=forward(film) * w * 0.12,
                     y=-h * 0.05, depth=0)  # fmt: skip
    floor = Gradient(color_1=f"{mix(base, '#000000', 0.30)}00",
                     color_2=f"{mix(base, '#000000', 0.30)}AA", angle=90,
                     inside="frame", width=w, height=h * 0.34, anchor="bottom", depth=0)  # fmt: skip
    scene.add(wall, light, floor)
    scene.timeline.to(
        light, x=forward(film) * w * 0.3, y=h * 0.02, duration=scene.seconds, ease="sine.inOut", at=0
    )


def place(scene: Scene, film: Film, *, big: float) -> Group:
    """Put the product into a scene, as tall as `big` px."""
    group = Group(width=big, height=big)
    scene.add(group)
    if content.PICTURE:
        group.add(Image(content.PICTURE, anchor="center", width=big, height=big, fit="contain"))
        return group
    accent = film.theme.color("accent")
    light, deep = mix(accent, "#FFFFFF", 0.3), mix(accent, "#000000", 0.34)
    under = Ellipse(anchor="bottom", width=big * 0.8, height=big * 0.12, y=big * 0.09,
                    fill="#00000052", blur=big * 0.035)  # fmt: skip
    orbit = Ellipse(anchor="center", width=big * 1.12, height=big * 1.12, stroke=f"{accent}70",
                    stroke_width=3 * film.unit)  # fmt: skip
    fall = [shadow(0, big * 0.012, big * 0.014, "#00000040"), shadow(0, big * 0.05, big * 0.06, "#0000002E")]
    body = Ellipse(anchor="center", width=big * 0.92, height=big * 0.92,
                   fill=linear(light, deep, angle=55), shadow=fall)  # fmt: skip
    well = linear(deep, mix(accent, "#FFFFFF", 0.12), angle=55)
    inner = Ellipse(anchor="center", width=big * 0.7, height=big * 0.7, fill=well)
    edge = Ellipse(anchor="center", width=big * 0.92, height=big * 0.92, stroke="#FFFFFF48",
                   stroke_width=3 * film.unit)  # fmt: skip
    shine = Ellipse(anchor="center", width=big * 0.34, height=big * 0.16, x=-big * 0.14,
                    y=-big * 0.34, rotation=-24,
                    fill="#FFFFFF66", blur=big * 0.02)  # fmt: skip
    group.add(under, orbit, body, inner, edge, shine)
    word = content.BRAND or content.TITLE
    first = word.split()[-1] if joined(word) else word[:1].upper()
    group.add(Text(first, font=content.ARABIC_FONTS["display"] if joined(word) else "display",
                   weight=content.ARABIC_WEIGHT if joined(word) else content.WEIGHT,
                   size=big * (0.22 if joined(word) else 0.44),
                   line_height=1.3 if joined(word) else 1, color="#FFFFFF", anchor="center",
                   width=big * 0.56, fit="shrink",
                   min_size=20, max_lines=1, align="center", allow="overlap,hidden"))  # fmt: skip
    moon = Group(anchor="center", origin="center", width=big * 1.12, height=big * 1.12)
    moon.add(Ellipse(anchor="top", origin="center", width=big * 0.07, height=big * 0.07, fill="accent"))
    group.add(moon)
    scene.timeline.to(moon, rotation=150, duration=scene.seconds, ease="sine.inOut", at=0)
    return group
