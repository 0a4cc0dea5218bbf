"""Two numbers side by side, the one that counts on a panel of accent, and what lies between them."""

import content
from components.backdrop import ground
from components.look import SETTLE, come, forward, leave, push, sentence, size, start
from components.numbers import Amount, counter, focus, small

from stage import Arrow, Column, Ellipse, Film, Rect, Scene, linear, mix


def build(film: Film, amounts: list[Amount], seconds: float) -> Scene:
    """Make the scene of the comparison."""
    scene = Scene("versus", seconds=seconds)
    ground(scene, film, angle=30)
    main = focus(amounts)
    pair = (amounts[0 if main else -1], amounts[main])
    wide, u, way = film.shape == "wide", film.unit, forward(film)
    _panel(scene, film)
    half = film.safe.width * (0.42 if wide else 0.96)
    side = start(film)
    other = "left" if film.rtl else "right"
    first = _block(scene, film, pair[0], half, 0.15, "muted", "ink")
    on = film.theme.on("accent")
    last = _block(scene, film, pair[1], half, 0.45, on, on)
    if content.SUBTITLE:
        where, color = (first, "ink") if wide else (last, on)
        line = sentence(film, content.SUBTITLE, room=half, weight=600, color=color, max_lines=4)
        where.add(line)
        come(scene, line, min(0.8, seconds * 0.3))
    scene.add(first.set(anchor=side if wide else f"top-{side}"))
    scene.add(last.set(anchor=f"{other}" if wide else f"bottom-{side}"))
    shift = way * film.width * 0.015 if wide else 0
    last.set(x=shift, y=0 if wide else -film.height * 0.01)
    push(scene, 1.04)
    leave(scene, first, last, by=-30 * u)
    return scene


def _panel(scene: Scene, film: Film) -> None:
    """A panel over the far half of the frame, and an arrow that points to it."""
    wide, u, way, tl = film.shape == "wide", film.unit, forward(film), scene.timeline
    side = "left" if film.rtl else "right"
    accent = film.theme.color("accent")
    panel = Rect(fill=linear(accent, mix(accent, "#000000", 0.24), angle=70), inside="frame", depth=0)
    panel.set(anchor=side if wide else "bottom", width=film.width * (0.48 if wide else 1))
    panel.set(height=film.height * (1 if wide else 0.56))
    tl.from_(panel, **({"width": 1} if wide else {"height": 1}), duration=0.8, ease=SETTLE, at=0.1)
    arrow = Arrow(
        [(0, 0), (way * 150 * u, 0)] if wide else [(0, 0), (0, 110 * u)], stroke="second", head=52 * u
    )
    arrow.set(stroke_width=16 * u, inside="frame", anchor="center", depth=1.2)
    arrow.set(
        x=way * film.width * 0.02 if wide else film.width * 0.3 * way, y=0 if wide else -film.height * 0.06
    )
    badge = Ellipse(fill="#FFFFFF", inside="frame", anchor="center")
    badge.set(width=230 * u, height=230 * u, x=arrow.x, y=arrow.y, depth=1.2)
    scene.add(panel, badge, arrow)
    tl.from_(badge, scale=0, duration=0.5, ease="back.out(1.5)", at=0.4)
    tl.from_(arrow, draw_end=0, duration=0.5, ease="power2.inOut", at=0.6)


def _block(scene: Scene, film: Film, each: Amount, room: float, at: float, color: str, name: str) -> Column:
    """A number that counts, under its name."""
    wide, u = film.shape == "wide", film.unit
    big = min(film.height * (0.34 if wide else 0.17), room * 0.94 / max(len(each.shown), 2) / 0.56)
    number = counter(film, each, big, color=color)
    words = small(film, each.title, size(film, "title"), color=name, width=room, max_lines=2, fit="shrink")
    block = Column(words, number, gap=8 * u, align="start")
    seconds = scene.seconds
    scene.timeline.from_(number, value=0, duration=min(1.1, seconds * 0.4), ease="power3.out", at=at)
    way = forward(film)
    scene.timeline.from_(block, x=way * 120 * u, opacity=0, duration=0.6, ease=SETTLE, at=at - 0.05)
    return block
