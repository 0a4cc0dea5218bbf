"""The steps as stations along one thread: it draws ahead, and the camera follows from station to station."""

import content
from components.backdrop import ground
from components.look import come, digits, forward, headline, sentence, start

from stage import Column, Ellipse, Film, Group, Rect, Scene, Text

TRAVEL = 0.9
"""Seconds from one station to the next."""


def build(film: Film, lengths: list[float]) -> Scene:
    """Make one scene of all stations; each length is a station's share, seconds."""
    scene = Scene("journey", seconds=sum(lengths))
    ground(scene, film, still=True)
    down = film.shape == "tall"
    far = film.height if down else film.width * forward(film)
    thread = _thread(film, down, abs(far) * len(lengths))
    scene.add(thread)
    tl = scene.timeline
    clock = 0.0
    for index, length in enumerate(lengths):
        step = {"y": far * index} if down else {"x": far * index}
        begins = clock if index == 0 else clock - TRAVEL / 2
        if index:
            tl.to(scene.camera, **step, duration=TRAVEL, ease="power3.inOut", at=begins)
        reach = {"height": abs(far) * (index + 0.5)} if down else {"width": abs(far) * (index + 0.5)}
        tl.to(thread, **reach, duration=TRAVEL * 0.8, ease="power2.inOut", at=max(begins - 0.1, 0))
        arrives = 0.1 if index == 0 else clock - TRAVEL * 0.3
        if index:
            _milestone(film, scene, index, begins)
        station(film, scene, index, content.POINTS[index], arrives, length, step)
        clock += length
    return scene


def _thread(film: Film, down: bool, length: float) -> Rect:
    """The line that joins the stations; it begins at the frame's edge."""
    thick = 8 * film.unit
    if down:
        thread = Rect(inside="frame", anchor=f"top-{start(film)}", width=thick, height=1, fill="accent",
                      x=forward(film) * film.width * 0.12 - thick / 2, allow="bleed")  # fmt: skip
    else:
        thread = Rect(inside="frame", anchor=f"bottom-{start(film)}", width=1, height=thick, fill="accent",
                      y=-film.height * 0.11, allow="bleed")  # fmt: skip
    return thread


def _milestone(film: Film, scene: Scene, index: int, at: float) -> None:
    """Rings on the way between two stations: something to pass while the camera travels."""
    down, u, tl = film.shape == "tall", film.unit, scene.timeline
    far = film.height if down else film.width * forward(film)
    big = min(film.width, film.height) * 0.62
    holder = Group(width=big, height=big, inside="frame", anchor="center", depth=1, allow="overlap")
    holder.set(
        **({"y": far * (index - 0.5)} if down else {"x": far * (index - 0.5), "y": -film.height * 0.02})
    )
    for order, (share, color) in enumerate(((1.0, "accent/0.5"), (0.66, "second/0.7"), (0.34, "accent"))):
        ring = Ellipse(width=big * share, height=big * share, anchor="center", origin="center", stroke=color)
        ring.set(stroke_width=(10 + 6 * order) * u, draw_end=0.8, rotation=120 * order)
        holder.add(ring)
        turn = 120 * order + (200 if order % 2 else -200)
        tl.to(ring, rotation=turn, duration=min(TRAVEL + 0.3, scene.seconds - at), ease="sine.inOut", at=at)
    scene.add(holder)
    tl.from_(holder, opacity=0, scale=0.5, duration=0.3, ease="power2.out", at=at)
    tl.to(holder, opacity=0, scale=1.3, duration=0.25, ease="power2.in", at=at + TRAVEL * 0.72)


def station(film: Film, scene: Scene, index: int, point: dict, at: float, length: float, step: dict) -> None:
    """Set one step: its numeral on the thread, its figure, its words."""
    down, u, way = film.shape == "tall", film.unit, forward(film)
    side = start(film)
    end = "left" if side == "right" else "right"
    figure = _figure(film, scene, index, at)
    figure.set(inside="frame", anchor=f"top-{end}" if down else end,
               x=step.get("x", 0) - way * film.width * (0.08 if down else 0.07),
               y=step.get("y", 0) + (film.height * 0.1 if down else -film.height * 0.03))  # fmt: skip
    room = film.safe.width * (0.8 if down else 0.54)
    head = headline(film, point["title"], room=room, tall=film.safe.height * (0.24 if down else 0.46))
    words = Group(anchor=f"bottom-{side}" if down else side, width=room)
    from_side = way * (film.width * 0.14 if down else 0)
    words.set(
        x=step.get("x", 0) + from_side,
        y=step.get("y", 0) - film.height * 0.02,
    )
    stack_words(film, scene, words, head, point, room, at)
    scene.add(words)
    spot = Group(inside="frame", width=92 * u, height=92 * u, fill="background", stroke="accent",
                 stroke_width=8 * u,
                 radius=46 * u, origin="center",
                 anchor=f"top-{side}" if down else f"bottom-{side}")  # fmt: skip
    if down:
        spot.set(x=way * film.width * 0.12, y=step.get("y", 0) + film.height * 0.5)
    else:
        spot.set(x=step.get("x", 0) + way * (film.safe.left + 46 * u), y=-film.height * 0.11 - 4 * u)
    spot.add(
        Text(
            digits(film, index + 1),
            font=content.ARABIC_FONTS["body"] if film.language.startswith("ar") else "body",
            weight=800,
            size=44 * u,
            color="accent",
            anchor="center",
            line_height=1,
        )
    )
    scene.add(spot)
    scene.timeline.from_(spot, scale=0, duration=0.5, ease="spring(0.55)", at=at + 0.1)
    scene.timeline.to(
        figure,
        rotation=way * 6,
        duration=max(min(length - 0.5, scene.seconds - at - 0.9), 0.3),
        ease="sine.inOut",
        at=at + 0.9,
    )


def stack_words(
    film: Film, scene: Scene, box: Group, head: Text, point: dict, room: float, at: float
) -> None:
    """Lay headline and sentence over each other, with the entrance of each."""
    stack = Column(gap=28 * film.unit, align="start", anchor=start(film))
    stack.add(head)
    come(scene, head, at + 0.15)
    if point.get("text"):
        body = sentence(film, point["text"], room=room, color="muted")
        stack.add(body)
        come(scene, body, at + 0.5)
    box.add(stack)


def _figure(film: Film, scene: Scene, index: int, at: float) -> Group:
    """An emblem of the step: plain forms that assemble, another for each station."""
    big = (
        film.height * (0.34 if film.shape == "tall" else 0.5)
        if film.shape != "square"
        else film.height * 0.36
    )
    group = Group(width=big, height=big, depth=1)
    scene.add(group)
    tl = scene.timeline
    makers = (_circles, _bars, _petals)
    for order, part in enumerate(makers[index % len(makers)](film, big)):
        group.add(part)
        tl.from_(part, scale=0, opacity=0, duration=0.8, ease="spring(0.62)", at=at + 0.07 * order)
    return group


def _circles(film: Film, big: float) -> list[Ellipse]:
    sizes = ((1.0, "surface"), (0.72, "second"), (0.44, "accent"), (0.16, "background"))
    return [
        Ellipse(anchor="center", width=big * share, height=big * share, fill=color) for share, color in sizes
    ]


def _bars(film: Film, big: float) -> list[Rect]:
    heights = ((0.42, "second"), (0.66, "second"), (1.0, "accent"), (0.8, "surface"))
    return [
        Rect(
            anchor="bottom-left",
            x=big * 0.26 * place,
            width=big * 0.2,
            height=big * share,
            radius=big * 0.06,
            fill=color,
        )
        for place, (share, color) in enumerate(heights)
    ]


def _petals(film: Film, big: float) -> list[Ellipse]:
    turns = range(6)
    petals = [
        Ellipse(anchor="center", width=big * 0.34, height=big * 0.98, rotation=30 * turn,
                fill="second" if turn % 2 else "accent", opacity=0.85)
        for turn in turns
    ]  # fmt: skip
    return [*petals, Ellipse(anchor="center", width=big * 0.3, height=big * 0.3, fill="background")]
