"""Light and air: a cone of light, dust that floats in it, corners that fall into shade."""

from components.look import forward

from stage import Ellipse, Film, Gradient, Path, Scene, linear, mix

Span = tuple[float, float]
"""Which part of a slow move a scene shows, 0 to 1: scenes that follow each other share one move."""


def evening(scene: Scene, film: Film, over: Span = (0, 1), *, light: str = "accent") -> None:
    """Paint a quiet ground with one warm cone of light, dust and shade."""
    base = film.theme.color("background")
    w, h, way = film.width, film.height, forward(film)
    lit = film.theme.color(light)
    wall = Gradient(
        shape="radial",
        color_1=mix(base, lit, 0.16 if film.theme.dark else 0.1),
        color_2=mix(base, "#000000", 0.28 if film.theme.dark else 0.06),
        inside="frame",
        anchor="center",
        width=w * 1.1,
        height=h * 1.1,
        center_x=0.5 - way * 0.24,
        center_y=0.3,
        spread=0.72,
        depth=0,
    )
    scene.add(wall)
    drift(scene, wall, "center_x", over, 0.5 - way * 0.24, 0.5 + way * 0.02)
    cone(scene, film, over, color=lit)
    dust(scene, film, over)
    shade(scene, film)


def room(scene: Scene, film: Film) -> str:
    """Paint the quiet ground for a scene of its own; gives the letter color for it."""
    evening(scene, film)
    return "ink"


def cone(scene: Scene, film: Film, over: Span, *, color: str, strength: float = 0.26) -> None:
    """Let light fall from the upper corner where reading begins; it opens and wanders a little."""
    w, h, way = film.width, film.height, forward(film)
    reach = max(w, h) * 1.25
    for index, (wide, soft) in enumerate(((0.7, 0.5), (0.34, 1.0))):
        beam = Path(
            "M 46 0 L 54 0 L 100 100 L 0 100 Z",
            width=reach * wide,
            height=reach,
            inside="frame",
            anchor="top-right" if film.rtl else "top-left",
            origin="top",
            x=way * w * 0.04,
            y=-h * 0.12,
            rotation=-way * 40,
            fill=linear(f"{color}{round(255 * strength * soft):02X}", f"{color}00", angle=90),
            blur=26 * film.unit,
            depth=0,
            allow="bleed",
        )
        scene.add(beam)
        lean = way * (5 + 3 * index)
        drift(scene, beam, "rotation", over, -way * 40 - lean, -way * 40 + lean)
        if over[0] == 0:
            scene.timeline.from_(beam, scale_x=0.2, opacity=0, duration=1.2, ease="power2.out", at=0)


def dust(scene: Scene, film: Film, over: Span, *, count: int = 34, color: str = "accent") -> None:
    """Let specks of dust rise slowly through the frame."""
    w, h = film.width, film.height
    shown = mix(film.theme.color(color), "#FFFFFF" if film.theme.dark else film.theme.color("ink"), 0.4)
    draw = film.random("dust")
    for _ in range(count):
        big = draw.choice((3, 4, 5, 7, 10)) * film.unit
        x, y = draw.uniform(0, w), draw.uniform(0, h * 1.1)
        away = draw.uniform(0.06, 0.2) * h
        speck = Ellipse(
            width=big,
            height=big,
            fill=shown,
            opacity=draw.uniform(0.15, 0.6),
            x=x + draw.uniform(-20, 20) * film.unit,
            y=y,
            inside="frame",
            anchor="top-left",
            depth=0.6 + big / (12 * film.unit),
            blur=big * 0.22 if big > 6 * film.unit else 0,
        )
        scene.add(speck)
        drift(scene, speck, "y", over, y, y - away, ease="none")


def shade(scene: Scene, film: Film, strength: float = 0.5) -> None:
    """Let the frame's corners fall into shade: deep on dark grounds, barely there on light ones."""
    deep = strength if film.theme.dark else strength * 0.16
    edge = f"#000000{round(255 * deep):02X}"
    scene.add(
        Gradient(
            shape="radial",
            color_1="#00000000",
            color_2="#00000000",
            color_3=edge,
            middle=0.55,
            spread=0.62,
            inside="frame",
            anchor="center",
            width=film.width * 1.02,
            height=film.height * 1.02,
            depth=0,
        )
    )


def drift(
    scene: Scene, node: object, name: str, over: Span, first: float, last: float, ease: str = "none"
) -> None:
    """Move one property at one pace through the whole scene, from and to its share of a longer move."""
    begin, end = (first + (last - first) * share for share in over)
    scene.timeline.from_to(node, {name: begin}, {name: end}, duration=scene.seconds, ease=ease, at=0)
