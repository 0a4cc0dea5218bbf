"""Geometry of the feast: an eight-fold pattern that draws itself, an arch to look through."""

from components.backdrop import star_path

from stage import Film, Path, Scene, mix


def girih(scene: Scene, film: Film, *, big: float, x: float = 0, y: float = 0, strength: float = 0.2) -> None:
    """Draw an eight-fold pattern from its middle outwards; it turns slowly."""
    gold = film.theme.color("accent")
    tl = scene.timeline
    for index, (share, inner, turn) in enumerate(
        (
            (0.24, 0.72, 0),
            (0.46, 0.66, 22.5),
            (0.7, 0.76, 0),
            (0.7, 0.76, 22.5),
            (1.0, 0.82, 0),
            (1.0, 0.9, 22.5),
        )
    ):
        figure = Path(
            star_path(8, inner),
            width=big * share,
            height=big * share,
            stroke=gold,
            stroke_width=2.4 * film.unit,
            opacity=strength,
            rotation=turn,
            inside="frame",
            anchor="center",
            origin="center",
            x=x,
            y=y,
            depth=0.5,
            allow="bleed",
        )
        scene.add(figure)
        drawn = max(min(1.6, scene.seconds - 0.3 - 0.12 * index), 0.2)
        tl.from_(figure, draw_end=0, duration=drawn, ease="power2.inOut", at=0.1 + 0.12 * index)
        away = 8 if index % 2 else -8
        tl.to(figure, rotation=turn + away, duration=scene.seconds, ease="none", at=0)


def gate(scene: Scene, film: Film, *, through: float) -> None:
    """Let the camera pass through an arch: it stands before the frame, then grows past it."""
    dark = mix(film.theme.color("background"), "#000000", 0.78)
    if not film.theme.dark:
        dark = film.theme.color("ink")
    w, h = film.width, film.height
    arch = Path(
        gate_path(w / h),
        width=w * 1.7,
        height=h * 1.7,
        fill=dark,
        stroke="accent",
        stroke_width=5 * film.unit,
        inside="frame",
        anchor="center",
        origin="center",
        depth=0,
        allow="bleed",
    )
    scene.add(arch)
    scene.timeline.from_to(arch, {"scale": 0.86}, {"scale": 4.2}, duration=through, ease="power2.in", at=0)
    scene.timeline.to(arch, opacity=0, duration=0.05, ease="none", at=through)


def gate_path(shape: float) -> str:
    """Write a wall with a pointed arch cut out, in a box of 1000 by 1000; shape is width by height."""
    wide = 330 / max(shape, 0.75)
    left, right, top, spring, foot = 500 - wide / 2, 500 + wide / 2, 330, 470, 720
    hole = (
        f"M {left} {foot} L {right} {foot} L {right} {spring} "
        f"C {right} {spring - 70} {500 + wide * 0.16} {top + 46} 500 {top} "
        f"C {500 - wide * 0.16} {top + 46} {left} {spring - 70} {left} {spring} Z"
    )
    return f"M 0 0 L 1000 0 L 1000 1000 L 0 1000 Z {hole}"


def arch_path() -> str:
    """Write a pointed arch in a box of 100 by 140."""
    return "M 0 140 L 0 56 C 0 30 34 18 50 0 C 66 18 100 30 100 56 L 100 140 Z"
