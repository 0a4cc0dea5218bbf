"""Letters that stand on a way: Latin letter by letter, Arabic word by word, and letters that come in."""
# ruff: noqa: E501 - tables are read by their columns

from __future__ import annotations

from domain.composition import Composition, Shadow, Stagger
from tests.golden.compositions import SIZE, label, linear, shot
from tests.unit.render.films import film, track

ARCH, WAVE = "M 0 420 A 520 520 0 0 1 1040 420", "M 0 90 Q 200 -90 400 90 T 800 90"
ROUND = "M 0 200 A 200 200 0 0 1 400 200 A 200 200 0 0 1 0 200"


@shot(14)
def letters_on_a_way() -> Composition:
    rise = (
        track("opacity", (0, 0), (10, 1), unit="char", stagger=Stagger(each=1)),
        track("y", (0, 60), (10, 0), unit="char", stagger=Stagger(each=1)),
    )
    return film(
        label("arch", "Slow mornings, loud colour", 0, size=92, weight=800, way=ARCH, align="center", color=linear("#E4572E", "#2547E0", angle=0), shadow=(Shadow(y=6, blur=8, color="#00000050"),)),
        label("arabic", "صباح الخير من بيت الشاي", 0, size=70, weight=700, font="Amiri", way="M 0 240 A 330 330 0 0 1 560 240", align="center", anchor="top-right"),
        label("coming", "one after another", 0, size=80, weight=700, way=WAVE, anchor="bottom-left", tracks=rise),
        label("round", "Noor Tea • since 2026 • ", 0, size=60, weight=600, way=ROUND, anchor="bottom", features="tnum"),
        label("gone", "leaves at its end", 0, size=70, way=WAVE, way_at=0.55, anchor="bottom-right", outline="#B83A15", outline_width=2),
        size=SIZE, background="#F4F1EA",
    )  # fmt: skip
