"""The count: the time that is left on tiles that flip, or three, two, one."""

import content
from components.light import shade
from components.look import SETTLE, digits, letters, size
from components.stage_lights import beams, night

from stage import Column, Ellipse, Film, Gradient, Group, Rect, Row, Scene, Text, mix, shadow


def build(film: Film, seconds: float) -> Scene:
    """Make the scene of the count."""
    scene = Scene("count", seconds=seconds)
    night(scene, film)
    beams(scene, film, count=4, strength=0.22)
    shade(scene, film)
    if content.LEFT:
        _tiles(scene, film)
    else:
        _numbers(scene, film)
    scene.timeline.to(scene.camera, rotation=0.6, duration=seconds, ease="sine.inOut", at=0)
    return scene


def _numbers(scene: Scene, film: Film) -> None:
    """Three, two, one, each as tall as the frame, with a ring that closes round it."""
    each = scene.seconds / 3
    big = min(film.height * 0.76, film.width * 0.86)
    tl = scene.timeline
    for index in range(3):
        begin = each * index
        color = ("second", "accent", "ink")[index]
        last = {"start": begin} | ({"end": begin + each} if index < 2 else {})
        ring = Ellipse(width=big, height=big, inside="frame", anchor="center", rotation=-90, stroke=color)
        ring.set(stroke_width=26 * film.unit, glow=16 * film.unit, glow_strength=0.6, **last)
        track = Ellipse(width=big, height=big, inside="frame", anchor="center", stroke=f"{color}/0.2")
        track.set(stroke_width=26 * film.unit, **last)
        number = Text(
            digits(film, 3 - index),
            font=content.ARABIC_FONTS["body"] if film.language.startswith("ar") else "display",
            weight=800,
            size=big * 0.74,
            line_height=1,
            color=color,
            inside="frame",
            anchor="center",
            y=big * 0.02,
            allow="overlap,outside",
            **last,
        )
        scene.add(track, ring, number)
        tl.from_(ring, draw_end=0, duration=each, ease="none", at=begin)
        tl.from_(number, scale=1.5, opacity=0, duration=0.16, ease="power3.in", at=begin)
        tl.to(number, scale=0.94, duration=max(each - 0.2, 0.1), ease="none", at=begin + 0.18)
        tl.from_to(
            scene.camera, {"zoom": 1.0}, {"zoom": 1.045}, duration=0.07, ease="power2.out", at=begin + 0.14
        )
        tl.to(scene.camera, zoom=1.0, duration=min(0.3, each * 0.4), ease="power2.out", at=begin + 0.22)


def _tiles(scene: Scene, film: Film) -> None:
    """Four tiles with the time that is left; the seconds really count."""
    left = [int(part) for part in content.LEFT.split(":")]
    left = [0] * (4 - len(left)) + left
    whole = ((left[0] * 24 + left[1]) * 60 + left[2]) * 60 + left[3]
    narrow = film.shape != "wide"
    gap = 36 * film.unit
    across = (film.safe.width - gap * (1 if narrow else 3)) / (2 if narrow else 4)
    tall = min(across * 1.12, film.safe.height * (0.36 if narrow else 0.62))
    head = letters(
        film, content.TITLE, "title", weight=700, color="second", width=film.safe.width, align="center"
    )
    head.set(max_lines=2, balance=True)
    order = ((0, 1), (2, 3)) if narrow else ((0, 1, 2, 3),)
    rows = [
        Row(*(_tile(scene, film, unit, whole, across, tall) for unit in units), gap=gap) for units in order
    ]
    scene.add(Column(head, *rows, gap=gap, align="center", anchor="center"))
    scene.timeline.from_(head, opacity=0, y=-30 * film.unit, duration=0.5, ease=SETTLE, at=0.1)


def _tile(scene: Scene, film: Film, unit: int, whole: int, across: float, tall: float) -> Group:
    """One tile: its number flips whenever it changes."""
    u, tl = film.unit, scene.timeline
    face = film.theme.color("surface")
    tile = Group(width=across, height=tall, radius=28 * u, fill=face, stroke="#FFFFFF1F", stroke_width=2 * u)
    tile.set(shadow=[shadow(0, 5 * u, 8 * u, "#00000066"), shadow(0, 28 * u, 40 * u, "#00000055")])
    tile.add(
        Gradient(
            color_1=mix(face, "#FFFFFF", 0.14), color_2=face, angle=90, width=across, height=tall / 2,
            radius=28 * u, anchor="top",
        )
    )  # fmt: skip
    spans: list[tuple[str, float]] = []
    for second in range(int(scene.seconds - 0.3) + 1):
        shown = _read(max(whole - second, 0), unit)
        if not spans or spans[-1][0] != shown:
            spans.append((shown, float(second)))
    for index, (shown, begin) in enumerate(spans):
        number = Text(
            "".join(digits(film, int(digit)) for digit in shown),
            font=content.ARABIC_FONTS["body"] if film.language.startswith("ar") else "display",
            weight=800,
            features="tnum",
            size=min(tall * 0.56, across * (0.62 if len(shown) < 3 else 0.44)),
            line_height=1,
            color="ink" if unit < 3 else "accent",
            anchor="center",
            y=-tall * 0.05,
            start=begin,
            allow="overlap",
        )
        if index + 1 < len(spans):
            number.set(end=spans[index + 1][1])
        tile.add(number)
        if index:
            tl.from_(number, rotation_x=80, y=-tall * 0.16, duration=0.22, ease="power2.out", at=begin)
    tile.add(Rect(width=across, height=4 * u, fill="#00000066", anchor="center", y=-tall * 0.02))
    name = letters(
        film, content.UNITS[unit], "label", size=size(film, "label"), color="muted", anchor="bottom"
    )
    tile.add(name.set(y=-tall * 0.05))
    tl.from_(tile, rotation_x=-70, opacity=0, duration=0.55, ease=SETTLE, at=0.1 + 0.1 * unit)
    return tile


def _read(seconds: int, unit: int) -> str:
    """Read days, hours, minutes or seconds off a number of seconds."""
    parts = (seconds // 86_400, seconds // 3_600 % 24, seconds // 60 % 60, seconds % 60)
    return f"{parts[unit]:02d}"
