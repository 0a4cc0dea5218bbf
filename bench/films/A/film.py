"""Reference composition A: all that moves at once, 10 seconds at 1080p30; over a minute it is B."""

from stage import Counter, Ellipse, Film, Gradient, Group, Rect, Row, Scene, Text, variables

v = variables(name="Reference A", seconds=10)
film = Film(v.name, width=1920, height=1080, fps=30)
scene = Scene("all", seconds=v.seconds)
field = Gradient(inside="frame", width=1920, height=1080, color_1="#12305A", color_2="#5A1846", angle=0)
title = Text("Motion, measured", size=150, weight=800, color="#FFFFFF", anchor="top-left", y=20)
subtitle = Text("one second of film, thirty pictures", size=46, color="#E6E9F0", anchor="top-left", y=220)
number = Counter(value=0, size=180, weight=800, color="#FFFFFF", anchor="top-left", y=310)
cards = [
    Group(
        Ellipse(width=72, height=72, anchor="left", x=30, fill=color),
        Text(head, size=40, weight=700, color="#FFFFFF", anchor="left", x=130, y=-26),
        Text(line, size=28, color="#E6E9F0", anchor="left", x=130, y=28),
        width=500, height=180, radius=28, fill="#FFFFFF2E",
    )
    for color, head, line in (
        ("#FFC857", "Draw", "shapes and letters"),
        ("#7BDFF2", "Encode", "frames into film"),
        ("#B2F7A1", "Deliver", "one file that plays"),
    )
]  # fmt: skip
row = Row(*cards, gap=40, anchor="bottom-left", y=-110)
track = Rect(width=1580, height=26, radius=13, fill="#FFFFFF33", anchor="bottom-left")
bar = Rect(width=1580, height=26, radius=13, fill="#FFFFFF", anchor="bottom-left")
veil = Rect(inside="frame", width=1920, height=1080, fill="#000000", opacity=0)
scene.add(field, title, subtitle, number, row, track, bar, veil)
tl = scene.timeline
tl.to(field, angle=360, color_1="#0F5C4A", color_2="#7A2E12", duration=v.seconds, ease="none", at=0)
tl.from_(title, y=160, opacity=0, duration=0.8, at=0)
tl.from_(subtitle, opacity=0, duration=0.8, at=0.6)
tl.to(number, value=10_000, duration=v.seconds - 3, ease="power1.out", at=0.5)
tl.from_(cards, y=140, opacity=0, duration=0.7, stagger=0.35, at=1)
tl.from_(bar, width=0, duration=v.seconds - 1.5, ease="power2.inOut", at=0.5)
tl.to(veil, opacity=1, duration=0.5, ease="none", at=v.seconds - 0.5)
film.add(scene)
