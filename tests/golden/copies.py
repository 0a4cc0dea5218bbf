"""What is painted many times: rows, rings, ways, echoes and marquees."""
# ruff: noqa: E501 - tables are read by their columns

from __future__ import annotations

from domain.composition import Composition
from tests.golden.compositions import SIZE, label, shot
from tests.unit.render.films import film, node, track


@shot(40)
def copies() -> Composition:
    beat = track(
        "scale",
        (0, 1),
        (15, 2.2, "sine.inOut"),
        (30, 1, "sine.inOut"),
        (45, 2.2, "sine.inOut"),
        (60, 1, "sine.inOut"),
    )
    return film(
        node("repeater", "flower", node("ellipse", "petal", width=90, height=300, stroke="#B83A15", stroke_width=4, fill="#B83A1526"),
             form="ring", count=16, ring=150, anchor="left", x=260),
        node("repeater", "wave", node("ellipse", "dot", width=26, height=26, fill="#2547E0", tracks=(beat,)),
             form="path", count=30, d="M -400 0 C -250 -300 -150 300 0 0 S 250 -300 400 0", anchor="right", x=-400, y=-260, delay=0.05),
        node("group", "band", node("repeater", "row", label("words", "نور  •", 0, size=50, weight=700), count=8, gap=40, anchor="center", tracks=(track("slide", (0, 0), (80, 1)),)),
             width=900, height=120, clip=True, anchor="right", fill="#FFFFFF", radius=60),
        node("repeater", "echo", node("rect", "square", width=180, height=180, stroke="#17191C", stroke_width=4, radius=20),
             form="ring", ring=0, count=12, step_rotation=9, step_scale=0.86, step_opacity=0.9, aim=False, anchor="bottom-right"),
        node("repeater", "bricks", node("rect", "brick", width=90, height=40, fill="#E4572E", radius=6),
             count=7, rows=4, gap=10, brick=0.5, anchor="bottom", shown=0.6, order="random", shown_soft=6),
        frames=90, size=SIZE, background="#F4F1EA",
    )  # fmt: skip
