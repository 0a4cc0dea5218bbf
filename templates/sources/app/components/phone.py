"""A phone whose screen shows what the app does, and the air that it stands in."""

import content
from components.look import forward

from stage import Ellipse, Film, Gradient, Group, Image, Path, Phone, Rect, Scene, mix

ASPECT = 2.06
"""How many times as tall as it is wide a phone is."""


def air(scene: Scene, film: Film, *, turn: float = 0) -> None:
    """Paint a light ground with soft discs of color that drift."""
    base, w, h = film.theme.color("background"), film.width, film.height
    light = mix(base, "#FFFFFF", 0.5 if not film.theme.dark else 0.08)
    scene.add(
        Gradient(
            color_1=light,
            color_2=mix(base, film.theme.color("accent"), 0.14),
            angle=60 + turn,
            inside="frame",
            anchor="center",
            width=w * 1.1,
            height=h * 1.1,
            depth=0,
        )
    )
    way, big = forward(film), max(w, h)
    places = (
        (0.3, -0.26, 0.62, "accent", 0.34),
        (-0.36, 0.34, 0.5, "second", 0.26),
        (0.1, 0.5, 0.4, "accent", 0.2),
    )
    for index, (x, y, share, color, strength) in enumerate(places):
        tint = film.theme.color(color)
        disc = Gradient(
            shape="radial", color_1=f"{tint}{round(255 * strength):02X}", color_2=f"{tint}00", spread=0.5
        )
        disc.set(width=big * share, height=big * share, inside="frame", anchor="center", depth=0.3)
        scene.add(disc)
        begin = {"x": way * w * x, "y": h * y}
        end = {"x": way * w * (x - 0.08), "y": h * (y + (0.08 if index % 2 else -0.08))}
        scene.timeline.from_to(disc, begin, end, duration=scene.seconds, ease="sine.inOut", at=0)


def phone(scene: Scene, film: Film, *, tall: float, kind: int, at: float = 0.3) -> tuple[Phone, Group]:
    """Make a phone so many px tall that shows one of four screens; gives it and its screen."""
    body = Phone(width=tall / ASPECT, screen=film.theme.color("surface"), origin="center")
    screen = body.screen
    wide, high = float(screen.width), float(screen.height)
    if content.PICTURE:
        screen.add(Image(content.PICTURE, width=wide, height=high, anchor="center"))
    else:
        (_list, _week, _people, _map)[kind % 4](scene, film, screen, wide, high, at)
    glare = Path("M 0 0 L 60 0 L 20 100 L 0 100 Z", width=wide, height=high, anchor="center")
    screen.add(glare.set(fill="#FFFFFF12"))
    return body, screen


def tap(scene: Scene, film: Film, screen: Group, *, x: float, y: float, at: float) -> None:
    """Let a finger touch the screen at a point, measured from its middle."""
    u, tl = film.unit, scene.timeline
    place = {"anchor": "center", "x": x, "y": y}
    ring = Ellipse(width=120 * u, height=120 * u, stroke="second", stroke_width=9 * u, **place)
    spot = Ellipse(width=70 * u, height=70 * u, fill="second/0.75", **place)
    screen.add(ring, spot)
    tl.from_(spot, scale=0, duration=0.16, ease="power2.out", at=at)
    tl.to(spot, opacity=0, scale=0.6, duration=0.3, ease="power2.in", at=at + 0.2)
    tl.from_(ring, scale=0.3, opacity=0, duration=0.1, ease="none", at=at + 0.08)
    tl.to(ring, scale=2.2, opacity=0, duration=0.5, ease="power2.out", at=at + 0.18)


def _head(film: Film, screen: Group, wide: float, high: float) -> None:
    """The top of a screen: a round picture, a title, a line."""
    screen.add(
        Ellipse(
            width=wide * 0.15,
            height=wide * 0.15,
            fill="accent",
            anchor="top-left",
            x=wide * 0.07,
            y=high * 0.085,
        ),
        _bar(film, wide * 0.27, high * 0.092, wide * 0.4, high * 0.02, 0.85),
        _bar(film, wide * 0.27, high * 0.124, wide * 0.26, high * 0.014, 0.3),
    )


def _bar(film: Film, x: float, y: float, wide: float, high: float, strength: float) -> Rect:
    """A line of writing, too small to read and drawn as a bar."""
    ink = film.theme.on("surface")
    return Rect(
        width=wide,
        height=high,
        radius=high / 2,
        fill=f"{ink}{round(255 * strength):02X}",
        anchor="top-left",
        x=x,
        y=y,
    )


def _list(scene: Scene, film: Film, screen: Group, wide: float, high: float, at: float) -> None:
    """Rows with a box each that is ticked, one after the other."""
    _head(film, screen, wide, high)
    tl = scene.timeline
    for index in range(6):
        y = high * (0.2 + 0.125 * index)
        row = Group(width=wide * 0.88, height=high * 0.105, radius=high * 0.022, anchor="top", y=y)
        row.set(fill=mix(film.theme.color("surface"), film.theme.color("accent"), 0.1))
        box = Ellipse(width=high * 0.05, height=high * 0.05, fill="accent", anchor="left", x=wide * 0.05)
        row.add(
            box, _bar(film, wide * 0.2, high * 0.03, wide * (0.5 - 0.05 * (index % 3)), high * 0.018, 0.75)
        )
        row.add(_bar(film, wide * 0.2, high * 0.058, wide * 0.3, high * 0.013, 0.25))
        screen.add(row)
        begin = at + 0.09 * index
        tl.from_(row, y=y + high * 0.08, opacity=0, duration=0.4, ease="power3.out", at=begin)
        tl.from_(box, scale=0, duration=0.35, ease="back.out(2.5)", at=begin + 0.3)


def _week(scene: Scene, film: Film, screen: Group, wide: float, high: float, at: float) -> None:
    """A ring that closes over bars that grow."""
    _head(film, screen, wide, high)
    tl = scene.timeline
    ring = {
        "width": wide * 0.56,
        "height": wide * 0.56,
        "anchor": "top",
        "y": high * 0.2,
        "stroke_width": wide * 0.075,
    }
    track = Ellipse(stroke=mix(film.theme.color("surface"), film.theme.color("accent"), 0.18), **ring)
    done = Ellipse(stroke="accent", origin="top", rotation=0, draw_end=0.76, **ring)
    spot = Ellipse(
        width=wide * 0.22, height=wide * 0.22, fill="second", anchor="top", y=high * 0.2 + wide * 0.17
    )
    screen.add(track, done, spot)
    tl.from_(done, draw_end=0, duration=1.0, ease="power2.inOut", at=at)
    tl.from_(spot, scale=0, duration=0.5, ease="back.out(2)", at=at + 0.5)
    for index, share in enumerate((0.5, 0.8, 0.62, 1.0, 0.7, 0.36, 0.56)):
        bar = Rect(width=wide * 0.075, height=high * 0.28 * share, radius=wide * 0.03, anchor="bottom-left")
        bar.set(fill="accent" if index == 3 else "accent/0.35", x=wide * (0.1 + 0.118 * index), y=-high * 0.1)
        screen.add(bar)
        tl.from_(bar, height=1, duration=0.6, ease="spring(0.7)", at=at + 0.06 * index)


def _people(scene: Scene, film: Film, screen: Group, wide: float, high: float, at: float) -> None:
    """Messages that come from both sides."""
    _head(film, screen, wide, high)
    pale = mix(film.theme.color("surface"), film.theme.color("accent"), 0.14)
    for index, (mine, share, lines) in enumerate(
        ((False, 0.6, 1), (True, 0.66, 2), (False, 0.5, 1), (True, 0.42, 1), (False, 0.7, 2))
    ):
        y = high * (0.2 + 0.145 * index)
        bubble = Group(width=wide * share, height=high * (0.06 + 0.035 * lines), radius=high * 0.03)
        bubble.set(anchor="top-right" if mine else "top-left", x=-wide * 0.07 if mine else wide * 0.07, y=y)
        bubble.set(
            fill=film.theme.color("accent") if mine else pale,
            origin="bottom-right" if mine else "bottom-left",
        )
        bubble.set(
            origin="center", y=y + high * 0.05, x=float(bubble.x) + (-1 if mine else 1) * wide * share / 2
        )
        for line in range(lines):
            long = wide * share * (0.74 if line == 0 else 0.5)
            bar = Rect(
                width=long,
                height=high * 0.015,
                radius=high * 0.0075,
                fill="#FFFFFFC8" if mine else "#00000050",
            )
            bubble.add(bar.set(anchor="top-left", x=wide * 0.06, y=high * (0.035 + 0.034 * line)))
        screen.add(bubble)
        scene.timeline.from_(bubble, scale=0, duration=0.4, ease="back.out(1.5)", at=at + 0.16 * index)


def _map(scene: Scene, film: Film, screen: Group, wide: float, high: float, at: float) -> None:
    """A map with a way that draws itself to a pin."""
    pale = mix(film.theme.color("surface"), film.theme.color("accent"), 0.14)
    screen.add(Rect(width=wide, height=high, fill=pale, anchor="center"))
    for index in range(5):
        street = Rect(
            width=wide * 1.6, height=high * 0.022, fill=film.theme.color("surface"), anchor="center"
        )
        street.set(rotation=28 if index % 2 else -52, y=high * (index - 2) * 0.2)
        screen.add(street)
    road = Path(
        "M 10 95 C 10 60 90 70 70 40 C 55 18 30 30 40 5", width=wide * 0.6, height=high * 0.5, anchor="center"
    )
    road.set(stroke="accent", stroke_width=wide * 0.045)
    pin = Ellipse(width=wide * 0.15, height=wide * 0.15, fill="second", anchor="center", stroke="#FFFFFF")
    pin.set(stroke_width=wide * 0.025, x=-wide * 0.1, y=-high * 0.25)
    screen.add(road, pin)
    scene.timeline.from_(road, draw_end=0, duration=1.2, ease="power2.inOut", at=at)
    scene.timeline.from_(pin, scale=0, duration=0.5, ease="back.out(2)", at=at + 1.0)
