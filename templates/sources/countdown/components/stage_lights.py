"""The night of an event: haze over the floor, beams that sweep through it, sparks of a burst."""

import math

from components.light import dust, shade
from components.look import forward

from stage import Ellipse, Film, Gradient, Path, Rect, Scene, linear, mix


def night(scene: Scene, film: Film, *, warm: bool = False) -> None:
    """Paint a ground with haze that glows from below."""
    base = film.theme.color("background")
    lit = film.theme.color("second" if warm else "accent")
    w, h = film.width, film.height
    scene.add(
        Gradient(
            shape="radial",
            color_1=mix(base, lit, 0.34),
            color_2=mix(base, lit, 0.1),
            color_3=base,
            middle=0.45,
            center_x=0.5,
            center_y=1.05,
            spread=0.85 if film.shape == "wide" else 0.6,
            inside="frame",
            anchor="center",
            width=w * 1.1,
            height=h * 1.1,
            depth=0,
        )
    )


def beams(scene: Scene, film: Film, *, count: int = 5, strength: float = 0.3) -> None:
    """Let beams of light rise from the floor and swing, each at its own pace."""
    w, h, way = film.width, film.height, forward(film)
    reach = math.hypot(w, h) * 0.9
    for index in range(count):
        share = (index + 0.5) / count - 0.5
        color = film.theme.color(("accent", "second")[index % 2])
        beam = Path(
            "M 0 0 L 100 0 L 54 100 L 46 100 Z",
            width=reach * 0.26,
            height=reach,
            inside="frame",
            anchor="bottom",
            origin="bottom",
            x=w * share * 1.1,
            y=h * 0.06,
            fill=linear(f"{color}00", f"{color}{round(255 * strength):02X}", angle=90),
            blur=12 * film.unit,
            blend="screen" if film.theme.dark else "multiply",
            depth=0,
            allow="bleed",
        )
        scene.add(beam)
        lean = 60 * share + (12 if index % 2 else -12)
        scene.timeline.from_to(
            beam,
            {"rotation": way * lean - 16 * (1 if index % 2 else -1)},
            {"rotation": way * lean + 16 * (1 if index % 2 else -1)},
            duration=scene.seconds,
            ease="sine.inOut",
            at=0,
        )


def dark(scene: Scene, film: Film) -> str:
    """Paint the night for a scene that only has words; gives the letter color for it."""
    night(scene, film)
    beams(scene, film, count=4, strength=0.2)
    dust(scene, film, (0, 1), color="second")
    shade(scene, film)
    return "ink"


def burst(scene: Scene, film: Film, *, at: float = 0, count: int = 70) -> None:
    """Throw sparks and paper from the middle: up and out, then down as they weigh."""
    draw = film.random("burst")
    w, h, u = film.width, film.height, film.unit
    lasts = min(1.9, scene.seconds - at - 0.1)
    for index in range(count):
        color = ("accent", "second", "ink")[index % 3]
        big = draw.uniform(10, 26) * u
        place = {"inside": "frame", "anchor": "center", "origin": "center", "y": h * 0.1, "depth": 1.4}
        piece = (
            Ellipse(width=big * 0.7, height=big * 0.7, fill=color, **place)
            if index % 2
            else Rect(width=big, height=big * 0.5, radius=3 * u, fill=color, **place)
        )
        piece.set(allow="bleed", start=at)
        scene.add(piece)
        angle, force = draw.uniform(0, math.tau), draw.uniform(0.25, 1.0)
        out = math.cos(angle) * force * w * 0.62
        up = h * (0.1 - (0.25 + 0.45 * draw.random()) * (0.5 + abs(math.sin(angle)) * 0.5))
        tl = scene.timeline
        tl.to(piece, x=out, duration=lasts, ease="power2.out", at=at)
        tl.to(piece, y=up, duration=lasts * 0.4, ease="power2.out", at=at)
        tl.to(piece, y=h * 0.75, duration=lasts * 0.6, ease="power2.in", at=at + lasts * 0.4)
        tl.to(piece, rotation=draw.uniform(-540, 540), duration=lasts, ease="power1.out", at=at)
