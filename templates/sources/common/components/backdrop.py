"""What lies behind the words: a ground with light in it, large faint forms, and slow life."""

import math

from components.look import forward, joined, start

from stage import Ellipse, Film, Gradient, Path, Scene, Text, contrast, mix


def ground(
    scene: Scene,
    film: Film,
    *,
    color: str = "background",
    light: str = "accent",
    angle: float = 60,
    still: bool = False,
) -> None:
    """Paint the frame with a gradient and two lights that drift; `still` keeps it off the camera."""
    base = film.theme.color(color)
    lit = film.theme.color(light)
    w, h = film.width, film.height
    way = forward(film)
    whole = Gradient(color_1=mix(base, "#FFFFFF", 0.05), color_2=mix(base, "#000000", 0.07), angle=angle,
                     inside="frame", width=w * 1.2, height=h * 1.2, anchor="center",
                     depth=0 if still else 0.2)  # fmt: skip
    near = Gradient(shape="radial", color_1=f"{lit}30", color_2=f"{lit}00", spread=0.5, inside="frame",
                    width=h * 1.5, height=h * 1.5, anchor="center", x=way * w * 0.34, y=-h * 0.2,
                    depth=0 if still else 0.3)  # fmt: skip
    far = Gradient(shape="radial", color_1=f"{lit}1E", color_2=f"{lit}00", spread=0.5, inside="frame",
                   width=h * 1.2, height=h * 1.2, anchor="center", x=-way * w * 0.36, y=h * 0.36,
                   depth=0 if still else 0.3)  # fmt: skip
    scene.add(whole, near, far)
    drift = scene.timeline
    drift.to(near, x=way * w * 0.24, y=-h * 0.1, duration=scene.seconds, ease="sine.inOut", at=0)
    drift.to(far, x=-way * w * 0.27, y=h * 0.28, duration=scene.seconds, ease="sine.inOut", at=0)


def field(scene: Scene, film: Film, *, deep: float = 0, corner: str = "end") -> str:
    """Paint the frame with accent that has depth and light in it; gives the letter color for it."""
    accent = mix(film.theme.color("accent"), "#000000", deep)
    ink = film.theme.on(accent)
    away = "#000000" if contrast(ink, "#000000") > contrast(ink, "#FFFFFF") else "#FFFFFF"
    w, h, way = film.width, film.height, forward(film)
    whole = Gradient(color_1=accent, color_2=mix(accent, away, 0.24), angle=60 if way > 0 else 120,
                     inside="frame",
                     width=w * 1.2, height=h * 1.2, anchor="center", depth=0)  # fmt: skip
    glow = Gradient(shape="radial", color_1=f"{mix(accent, ink, 0.5)}40", color_2=f"{accent}00",
                    spread=0.5, inside="frame",
                    width=h * 1.7, height=h * 1.7, anchor="center", x=-way * w * 0.3, y=-h * 0.3,
                    depth=0)  # fmt: skip
    scene.add(whole, glow)
    scene.timeline.to(glow, x=-way * w * 0.12, y=-h * 0.16, duration=scene.seconds, ease="sine.inOut", at=0)
    rings(scene, film, at=0, color=ink, corner=corner)
    return ink


def initial(scene: Scene, film: Film, word: str, *, color: str = "ink") -> None:
    """Set a word's first letter, as tall as the frame and barely there; joined scripts get a star instead."""
    letter = next((each for each in word if each.isalnum()), "")
    if not letter or joined(letter):
        star(scene, film, color=color)
        return
    big = Text(letter.upper(), font="display", weight=800, size=film.height * 1.05, line_height=1,
               inside="frame",
               anchor=f"{'left' if film.rtl else 'right'}", x=forward(film) * film.width * 0.04,
               y=-film.height * 0.02,
               color=f"{film.theme.color(color)}10", depth=0.35, allow="bleed,overlap")  # fmt: skip
    scene.add(big)
    scene.timeline.from_(
        big, x=forward(film) * film.width * 0.09, duration=scene.seconds, ease="sine.out", at=0
    )


def star(scene: Scene, film: Film, *, color: str = "accent", size: float = 1.15) -> None:
    """Draw an eight-fold star of interlaced squares that crosses the frame's far edge and turns slowly."""
    big = min(film.width, film.height) * size
    tl = scene.timeline
    for index in range(4):
        span = big * (1 - 0.2 * index)
        figure = Path(star_path(8, 0.78 if index % 2 else 0.62), width=span, height=span,
                      inside="frame", origin="center",
                      anchor="left" if film.rtl else "right", x=-forward(film) * film.width * 0.1, y=0,
                      rotation=22.5 * index,
                      stroke=f"{film.theme.color(color)}{('2E', '3A', '46', '52')[index]}",
                      stroke_width=3.2 * film.unit, depth=0.4, allow="bleed,overlap")  # fmt: skip
        scene.add(figure)
        drawn = max(min(1.8, scene.seconds - 0.1 - 0.15 * index), 0.1)
        tl.from_(figure, draw_end=0, duration=drawn, ease="power2.inOut", at=0.1 + 0.15 * index)
        tl.to(
            figure,
            rotation=22.5 * index + (10 if index % 2 else -10),
            duration=scene.seconds,
            ease="sine.inOut",
            at=0,
        )


def star_path(points: int, inner: float) -> str:
    """Write the outline of a star with so many points; `inner` is where its valleys stand, 0 to 1."""
    corners = []
    for index in range(points * 2):
        reach = 50 if index % 2 == 0 else 50 * inner
        turn = math.pi * index / points
        corners.append(f"{50 + reach * math.sin(turn):.2f} {50 - reach * math.cos(turn):.2f}")
    return f"M {' L '.join(corners)} Z"


def rings(scene: Scene, film: Film, *, at: float = 0.2, color: str = "accent", corner: str = "end") -> None:
    """Draw three circles, one in the other, that cross the frame's edge and keep turning outwards."""
    away = start(film) if corner == "start" else ("left" if film.rtl else "right")
    sign = -1 if away == "left" else 1
    span = min(film.width, film.height)
    for index in range(3):
        wide = span * (0.55 + 0.3 * index)
        ring = Ellipse(width=wide, height=wide, inside="frame", anchor=f"bottom-{away}", origin="center",
                       x=-sign * span * 0.1, y=-span * 0.06,
                       stroke=f"{film.theme.color(color)}{'5A402A'[index * 2:index * 2 + 2]}",
                       stroke_width=(7 - 2 * index) * film.unit * (2.4 if film.shape == "tall" else 1),
                       depth=0.5 + 0.2 * index,
                       allow="bleed,overlap")  # fmt: skip
        scene.add(ring)
        tl = scene.timeline
        drawn = max(min(1.5 + 0.3 * index, scene.seconds - at - 0.12 * index), 0.1)
        tl.from_(ring, draw_end=0, duration=drawn, ease="power2.inOut", at=at + 0.12 * index)
        tl.to(
            ring,
            rotation=30 - 50 * index,
            scale=1.08,
            duration=max(scene.seconds - at, 0.5),
            ease="sine.inOut",
            at=at,
        )
