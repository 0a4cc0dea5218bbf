"""Slabs that carry the words: a red edge shoots up, slabs run out of it, and all goes back the same way."""

import content
from components.look import SETTLE, forward, joined, letters, size, start

from stage import Column, Ellipse, Film, Group, Rect, Row, Scene, linear, mix, shadow

IN, OUT = 0.34, 0.28
"""Seconds that a slab takes to run out, and to go back."""


def slab(
    film: Film, words: str, step: float, *, room: float, strong: bool, fill: object, color: str
) -> Group:
    """Set words on a slab: large in the display face, or smaller in the body's."""
    u = film.unit
    box = Group(padding_x=34 * u, padding_y=(10 if strong else 14) * u, fill=fill)
    lead = 1.5 if joined(words) else 0.98 if strong else 1.25
    across = len(words) * step * (0.44 if strong else 0.56)
    long = across > room
    room = min(room, max(across * 0.66, room * 0.5))
    style = {"width": room, "max_lines": 2, "balance": True, "fit": "shrink"} if long else {}
    text = letters(film, words, "headline" if strong else "title", size=step, line_height=lead, **style)
    box.add(text.set(color=color, letter_spacing=0 if joined(words) else 0.01 if strong else 0))
    return box


def dark(film: Film) -> object:
    """The paint of a slab: nearly solid, so that it reads over any picture."""
    base = film.theme.color("background")
    return linear(f"{mix(base, '#FFFFFF', 0.1)}F4", f"{base}F0", angle=90)


def stand(scene: Scene, film: Film, *slabs: Group, at: float = 0.1, until: float | None = None) -> Row:
    """Stand slabs on the lower third behind a red edge, and take them away again at the end."""
    u, tl = film.unit, scene.timeline
    end = scene.seconds if until is None else until
    stack = Column(*slabs, gap=0, align="start")
    edge = Rect(width=22 * u, fill="accent", sheen_color="#FFFFFFD0", sheen_width=1.2)
    row = Row(edge, stack, gap=0, align="stretch", anchor=f"bottom-{start(film)}")
    row.set(shadow=[shadow(0, 10 * u, 26 * u, "#00000052")])
    scene.add(row)
    hidden = "wipe_right" if not film.rtl else "wipe_left"
    tl.from_(edge, scale_y=0, duration=5 / film.fps, ease="power3.out", at=at)
    for index, box in enumerate(slabs):
        begin = at + (4 + 4 * index) / film.fps
        tl.from_(box, **{hidden: 1}, duration=IN, ease=SETTLE, at=begin)
        tl.from_(
            box.children[0],
            x=-forward(film) * 70 * u,
            opacity=0,
            duration=IN + 0.1,
            ease=SETTLE,
            at=begin + 0.06,
        )
        leave = end - OUT - (2 * (len(slabs) - 1 - index)) / film.fps - 0.06
        tl.to(box, **{hidden: 1}, duration=OUT, ease="power3.in", at=leave)
    tl.to(edge, scale_y=0, duration=0.1, ease="power2.in", at=end - 0.11)
    clock = at + 0.8
    while clock + 0.7 < end - OUT:
        tl.from_to(edge, {"sheen": -1.5}, {"sheen": 2.5}, duration=0.6, ease="none", at=clock)
        clock += 2.4
    return row


def bug(scene: Scene, film: Film) -> None:
    """The station's name in the far upper corner, with a light that breathes."""
    if not content.BRAND:
        return
    u = film.unit
    side = "left" if film.rtl else "right"
    dot = Ellipse(width=20 * u, height=20 * u, fill="accent")
    name = letters(film, content.BRAND, "label", color="ink", weight=700, letter_spacing=0)
    box = Row(dot, name, gap=16 * u, align="center", padding_x=24 * u, padding_y=12 * u, fill=dark(film))
    scene.add(box.set(anchor=f"top-{side}", radius=6 * u))
    beat = {"duration": 0.6, "ease": "sine.inOut", "repeat": -1, "yoyo": True}
    if scene.seconds > 1:
        scene.timeline.to(dot, opacity=0.3, at=0, **beat)


def ticker(scene: Scene, film: Film, lines: list[str], *, at: float) -> None:
    """Let lines run along the lower edge, at about 150 px a second of a 1080 px frame."""
    u, way, tl = film.unit, forward(film), scene.timeline
    tall = 88 * u
    low = film.height * (0.16 if film.shape == "tall" else 0.0)
    bar = Group(
        width=film.width, height=tall, fill=dark(film), clip=True, inside="frame", anchor="bottom", y=-low
    )
    said = "     ●     ".join(lines) if not joined(lines[0]) else "          ".join(lines)
    step = size(film, "body") * 0.86
    long = max(len(said) * step * 0.62, film.width)
    crawl = letters(film, said, "body", size=step, weight=600, color="ink", width=long * 1.4, max_lines=1)
    crawl.set(anchor=start(film), align="right" if film.rtl else "left", allow="bleed,overlap,cut")
    bar.add(crawl)
    line = Rect(width=film.width, height=6 * u, fill="accent", anchor="top")
    bar.add(line)
    scene.add(bar)
    lasts = max(scene.seconds - at, 0.3)
    first = way * film.width * 0.3
    span = {"x": first}, {"x": first - way * 170 * u * lasts}
    tl.from_to(crawl, *span, duration=lasts, ease="none", at=at)
    tl.from_(bar, y=tall * 1.2, duration=0.4, ease=SETTLE, at=at)


def place_line(film: Film) -> Row | None:
    """Where it is reported from, with a pin."""
    if not content.PLACE:
        return None
    u = film.unit
    pin = Ellipse(width=26 * u, height=26 * u, stroke="second", stroke_width=8 * u)
    style = (
        {"width": film.safe.width * 0.5, "fit": "shrink", "max_lines": 1} if len(content.PLACE) > 24 else {}
    )
    name = letters(film, content.PLACE, "label", color="muted", **style)
    return Row(pin, name, gap=14 * u, align="center")
