"""The set behind the news: a wall of light and a globe that turns; nothing when the ground is clear."""

import content
from components.light import shade
from components.look import SETTLE, forward, headline, start

from stage import Column, Ellipse, Film, Gradient, Group, Rect, Scene, linear, mix


def backdrop(scene: Scene, film: Film, *, near: bool = False) -> None:
    """Paint the set; `near` lets the globe fill more of the frame."""
    if content.GROUND == "clear":
        return
    w, h, way = film.width, film.height, forward(film)
    base, blue = film.theme.color("background"), film.theme.color("second")
    wall = Gradient(
        shape="radial",
        color_1=mix(base, blue, 0.42),
        color_2=mix(base, blue, 0.14),
        color_3=mix(base, "#000000", 0.35),
        middle=0.5,
        center_x=0.5 + way * 0.2,
        center_y=0.4,
        spread=0.8,
        inside="frame",
        anchor="center",
        width=w * 1.1,
        height=h * 1.1,
        depth=0,
    )
    scene.add(wall)
    draw = film.random("wall")
    for index in range(9):
        across = w * draw.uniform(0.03, 0.1)
        column = Rect(width=across, height=h * 1.2, inside="frame", anchor="left", depth=0.2)
        column.set(
            fill=linear(f"{blue}00", f"{blue}30", f"{blue}00", angle=90), x=w * (index / 9) + across * 0.4
        )
        scene.add(column)
        reach = w * draw.uniform(0.02, 0.06) * (1 if index % 2 else -1)
        begin = float(column.x)
        scene.timeline.to(column, x=begin + reach, duration=scene.seconds, ease="sine.inOut", at=0)
    globe(scene, film, big=h * (1.15 if near else 0.92), x=way * w * (0.2 if film.shape == "wide" else 0))
    shade(scene, film, 0.5)


def globe(scene: Scene, film: Film, *, big: float, x: float) -> None:
    """A globe of meridians that pass from one side to the other, with circles of latitude."""
    u, tl = film.unit, scene.timeline
    blue = film.theme.color("second")
    tall = film.shape == "tall"
    big = min(big, film.width * 1.1) if tall else big
    ball = Group(width=big, height=big, inside="frame", anchor="center", rotation=-14, depth=0.5)
    ball.set(x=x, y=-film.height * (0.12 if tall else 0.05))
    body = Ellipse(width=big, height=big, anchor="center")
    body.set(fill=linear(f"{blue}40", f"{blue}08", angle=60), stroke=f"{blue}90", stroke_width=3 * u)
    ball.add(body)
    for index in range(5):
        share = (0.98, 0.86, 0.62, 0.86, 0.62)[index]
        y = (0, -0.25, -0.39, 0.25, 0.39)[index] * big
        ring = Ellipse(width=big * share, height=big * share * 0.2, anchor="center", y=y, stroke=f"{blue}4A")
        ball.add(ring.set(stroke_width=2 * u))
    count = 7
    for index in range(count):
        begin = -1 + 2 * index / count
        end = begin + 2 / count * max(scene.seconds / 3, 0.5)
        meridian = Ellipse(width=big, height=big, anchor="center", stroke=f"{blue}5C", stroke_width=2 * u)
        ball.add(meridian)
        tl.from_to(
            meridian, {"scale_x": begin}, {"scale_x": min(end, 1)}, duration=scene.seconds, ease="none", at=0
        )
    for index, (across, turn) in enumerate(((1.22, 20), (1.4, -26))):
        orbit = Ellipse(
            width=big * across, height=big * across, anchor="center", stroke=f"{blue}38", origin="center"
        )
        orbit.set(stroke_width=(5 - 2 * index) * u, draw_end=0.62, rotation=90 * index)
        ball.add(orbit)
        tl.to(orbit, rotation=90 * index + turn * 2, duration=scene.seconds, ease="none", at=0)
    scene.add(ball)


def monitor(scene: Scene, film: Film, number: int) -> None:
    """A screen on the wall that shows what the news is about; none when the ground is clear."""
    if content.GROUND == "clear":
        return
    wide, u, way, tl = film.shape == "wide", film.unit, forward(film), scene.timeline
    across = film.width * (0.42 if wide else 0.84)
    tall = film.height * {"wide": 0.44, "tall": 0.26, "square": 0.36}[film.shape]
    blue, base = film.theme.color("second"), film.theme.color("background")
    place = {"x": way * film.width * (0.22 if wide else 0), "y": -film.height * (0.12 if wide else 0.17)}
    screen = Group(width=across, height=tall, radius=10 * u, inside="frame", anchor="center", depth=0.7)
    screen.set(fill=linear(mix(base, blue, 0.34), mix(base, blue, 0.12), angle=60), clip=True, **place)
    screen.set(stroke=f"{blue}80", stroke_width=3 * u, rotation_y=-way * 7 if wide else 0, origin="center")
    for index in range(5):
        bar = Rect(width=across * 0.1, height=tall * 2, rotation=24, anchor="center", fill=f"{blue}1C")
        bar.set(origin="center")
        screen.add(bar)
        begin = across * (-0.7 + 0.3 * index)
        drift = {"duration": scene.seconds, "ease": "none", "at": 0}
        tl.from_to(bar, {"x": begin}, {"x": begin + across * 0.22}, **drift)
    room = across * 0.86
    head = headline(film, content.TITLE, room=room, tall=tall * 0.56, lines=3, color="ink")
    line = Rect(width=across * 0.2, height=9 * u, fill="accent")
    screen.add(Column(line, head, gap=22 * u, align="start", anchor=start(film), x=way * across * 0.07))
    scene.add(screen)
    tl.from_(line, width=1, duration=max(0.4, scene.seconds * 0.9), ease="sine.out", at=0)
    if number == 1:
        tl.from_(screen, opacity=0, scale=0.94, duration=0.5, ease=SETTLE, at=0)


def wall(scene: Scene, film: Film) -> str:
    """Paint the set for a scene that only has words; gives the letter color for it."""
    backdrop(scene, film, near=True)
    return "ink"
