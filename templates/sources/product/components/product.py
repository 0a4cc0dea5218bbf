"""The product and the studio it stands in: a picture where there is one, else an object of plain forms."""

import content
from components.look import forward, joined

from stage import Ellipse, Film, Gradient, Group, Image, Rect, Scene, Text, linear, mix, shadow


def studio(scene: Scene, film: Film, *, turn: float = 0) -> None:
    """A floor that curves up into the wall, and a soft light that moves across."""
    base = film.theme.color("background")
    w, h = film.width, film.height
    wall = Gradient(color_1=mix(base, "#FFFFFF", 0.08), color_2=mix(base, "#000000", 0.12), angle=90 + turn,
                    inside="frame", width=w, height=h, anchor="center", depth=0)  # fmt: skip
    lit = film.theme.color("accent")
    light = Gradient(shape="radial", color_1=f"{lit}42", color_2=f"{lit}00", spread=0.5, inside="frame",
                     anchor="center", width=h * 1.6, height=h * 1.6, x=forward(film) * w * 0.12, y=-h * 0.05, depth=0)  # fmt: skip
    floor = Gradient(color_1=f"{mix(base, '#000000', 0.30)}00", color_2=f"{mix(base, '#000000', 0.30)}AA", angle=90,
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
    accent, second = film.theme.color("accent"), film.theme.color("second")
    under = Ellipse(
        anchor="bottom", width=big * 0.86, height=big * 0.13, y=big * 0.1, fill="#00000044", blur=big * 0.035
    )
    halo = Ellipse(
        anchor="center", width=big * 1.06, height=big * 1.06, stroke=f"{accent}66", stroke_width=3 * film.unit
    )
    body = Rect(anchor="center", width=big * 0.74, height=big * 0.94, radius=big * 0.15,
                fill=linear(mix(accent, "#FFFFFF", 0.28), mix(accent, "#000000", 0.28), angle=55),
                shadow=[shadow(0, big * 0.012, big * 0.014, "#00000040"), shadow(0, big * 0.05, big * 0.06, "#0000002E")])  # fmt: skip
    glass = Rect(anchor="center", width=big * 0.6, height=big * 0.6, radius=big * 0.3, y=-big * 0.08,
                 fill=linear(mix(second, "#FFFFFF", 0.2), mix(second, "#000000", 0.35), angle=130))  # fmt: skip
    shine = Ellipse(anchor="center", width=big * 0.3, height=big * 0.2, x=-big * 0.1, y=-big * 0.24, rotation=-28,
                    fill="#FFFFFF55", blur=big * 0.02)  # fmt: skip
    edge = Rect(anchor="center", width=big * 0.74, height=big * 0.94, radius=big * 0.15, stroke="#FFFFFF50",
                stroke_width=3 * film.unit)  # fmt: skip
    group.add(under, halo, body, glass, shine, edge)
    word = content.BRAND or content.TITLE
    mark = word if joined(word) else word[:1].upper()
    group.add(Text(mark, font="display", weight=800, size=big * 0.3, line_height=1, color="#FFFFFF", anchor="center",
                   width=big * 0.5, fit="shrink", min_size=20, max_lines=1, align="center", y=-big * 0.08, allow="overlap"))  # fmt: skip
    return group
