# ruff: noqa: E501 - tables are read by their columns
from __future__ import annotations

from domain.composition import Composition, Cue, Said, Series, Span, Stagger
from tests.golden.compositions import SIZE, SOFT, linear, shot
from tests.unit.render.films import film, node, track


@shot()
def polygons_stars_and_lines() -> Composition:
    shapes = [
        node("polygon", "hex", width=260, height=240, sides=6, radius=30, fill="#FFB84C", shadow=SOFT),
        node(
            "polygon",
            "three",
            x=320,
            width=260,
            sides=3,
            stroke="#5CC8FF",
            stroke_width=12,
            radius=20,
            dash=40,
            dash_gap=26,
        ),
        node("star", "five", x=640, width=280, fill=linear("#FF8A5B", "#FF4B1F"), radius=10),
        node("star", "burst", x=980, width=280, tips=16, inner=0.82, fill="#D7FF3E"),
        node(
            "line",
            "trend",
            y=340,
            points=((0, 200), (160, 120), (320, 180), (480, 20), (640, 90)),
            smooth=1,
            stroke="#F3F6FA",
            stroke_width=10,
        ),
        node(
            "line",
            "steps",
            x=720,
            y=340,
            points=((0, 200), (150, 200), (150, 60), (400, 60)),
            radius=50,
            stroke="#FFB84C",
            stroke_width=10,
            cap="butt",
        ),
        node(
            "arrow",
            "way",
            x=1180,
            y=340,
            points=((0, 0), (200, 0), (200, 220)),
            radius=80,
            head=60,
            stroke="#5CC8FF",
            stroke_width=14,
            shadow=SOFT,
        ),
        node(
            "arrow",
            "both",
            y=640,
            points=((0, 80), (260, 0), (520, 80)),
            smooth=1,
            heads="both",
            head=44,
            stroke="#F3F6FA",
            stroke_width=8,
        ),
        node(
            "arrow",
            "open",
            x=600,
            y=640,
            points=((0, 0), (420, 120)),
            head=50,
            head_shape="open",
            stroke="#FF8A5B",
            stroke_width=10,
            dash=30,
            draw_end=0.8,
        ),
        *(
            node(
                "path",
                f"m{at}",
                x=1090 + at * 180,
                y=640,
                d="M50 0 C80 40 95 60 95 80 A45 45 0 1 1 5 80 C5 60 20 40 50 0 Z",
                morph_to="M5 0 H95 V90 H5 Z",
                morph=at / 2,
                width=150,
                height=190,
                fill="#5CC8FF",
            )
            for at in range(3)
        ),
    ]
    return film(*shapes, size=SIZE, background="#0F1B2D")


def _series(*rows: tuple[float | None, ...], names: str = "") -> tuple[Series, ...]:
    named = names.split() or [""] * len(rows)
    return tuple(Series(name=name, values=row) for name, row in zip(named, rows, strict=True))


COLORS = ("#B83A15", "#2547E0", "#63625E", "#E0A93B")


@shot(20)
def charts() -> Composition:
    props: dict[str, object] = {"width": 760, "color": "#17191C", "line_color": "#17191C29", "colors": COLORS}
    grow = track("reveal", (0, 0), (40, 1))
    return film(
        node("chart", "bars", data=_series((42, 58, None, 71, 96)), labels=("2021", "2022", "2023", "2024", "2025"), highlight=4, highlight_color="#B83A15", suffix=" %", height=420, **props),  # type: ignore[arg-type]
        node("chart", "area", data=_series((12, 18, 15, 24, 31, 38), (22, 21, 19, 20, 17, 15), names="Tea Coffee"), form="area", smooth=0.8, x=840, labels=("Jan", "Feb", "Mar", "Apr", "May", "Jun"), height=420, **props),  # type: ignore[arg-type]
        node("chart", "growing", data=_series((64, 41, 23), (10, 20, 30), names="Now Then"), form="hbar", labels=("Green", "Black", "Mint"), y=460, height=420, tracks=[grow], **props),  # type: ignore[arg-type]
        node("chart", "donut", data=_series((45, 30, 15, 10)), form="donut", labels=("Direct", "Shops", "Web", "Other"), x=840, y=460, height=440, **props),  # type: ignore[arg-type]
        size=SIZE, background="#F4F1EA", frames=60,
    )  # fmt: skip


@shot()
def charts_in_arabic() -> Composition:
    props: dict[str, object] = {
        "width": 760,
        "color": "#F6EAD0",
        "line_color": "#F6EAD029",
        "colors": COLORS[1:],
        "locale": "ar",
    }
    return film(
        node("chart", "stacked", data=_series((12, 18, 15), (22, 21, 19), names="ذهب فضة"), stacked=True, labels=("يناير", "فبراير", "مارس"), height=420, **props),  # type: ignore[arg-type]
        node("chart", "minus", data=_series((42, -58, 37)), x=840, labels=("أ", "ب", "ج"), height=420, **props),  # type: ignore[arg-type]
        node("chart", "between", data=_series((0, 0, 0)), data_to=_series((900, 1500, 1250)), change=0.5, form="line", dots=10, y=460, height=420, **props),  # type: ignore[arg-type]
        node("chart", "pie", data=_series((5, 3, 2)), form="pie", labels=("ألف", "باء", "جيم"), highlight=1, highlight_color="#D9B26A", x=840, y=460, height=440, **props),  # type: ignore[arg-type]
        size=SIZE, background="#0E2A24", direction="rtl",
    )  # fmt: skip


SPOKEN = (Cue(start=0, end=30, text="The first film that makes itself"),)
TIMED = tuple(
    Said(text=text, start=at * 6, end=at * 6 + 6) for at, text in enumerate(("كل", "كلمة", "في", "وقتها"))
)
PROGRAM = 'def build(film):\n    # one scene, five seconds\n    scene = Scene("hello", seconds=5)\n    title = Text("Hello", size=160)\n    return scene.add(title)'


@shot(12)
def captions_and_code() -> Composition:
    arabic = Cue(start=0, end=30, text="كل كلمة في وقتها", words=TIMED)
    return film(
        node("code", "code", code=PROGRAM, size=38, numbers=True, focus="3-4", focus_fill="#FFFFFF18"),
        node("code", "typed", x=900, code="SELECT name, price\nFROM tea\nWHERE price < 12;", language="sql", size=38, reveal=0.55),
        node("captions", "pill", cues=SPOKEN, y=290, width=1600, size=84, weight=800, color="#FFFFFF", pill="#B83A15", upcoming=0.5, pop=1.08),
        node("captions", "arabic", cues=(arabic,), y=420, width=1600, size=96, font="Amiri", color="#F6EAD0", highlight_color="#FFB84C"),
        node("captions", "boxed", cues=(Cue(start=0, end=30, text="Two lines, each on a ground of its own, balanced and never wider than their box"),),
             anchor="bottom", width=1100, size=54, color="#12161F", fill="#FFFFFF", outline="#FFFFFF"),
        size=SIZE, background="#12161F",
    )  # fmt: skip


@shot(10)
def clips() -> Composition:
    return film(
        node("video", "cover", src="assets/clip.mp4", width=700, height=420, radius=40, shadow=SOFT),
        node("video", "contain", src="assets/clip.mp4", x=780, width=300, height=420, fit="contain", trim=0.3),
        node("video", "round", src="assets/clip.mp4", x=1160, width=420, height=420, radius=210, speed=2),
        node("video", "missing", src="assets/none.mp4", y=480, width=500, height=300),
        node("video", "turned", src="assets/clip.mp4", x=800, y=520, width=500, rotation=-8, loop=True, shift=1),
        size=SIZE, background="#EAF0EC",
    )  # fmt: skip


FULL: dict[str, object] = {"inside": "frame", "width": 1920, "height": 1080}


@shot(24)
def particles_and_grain() -> Composition:
    paper: dict[str, object] = {
        "burst": True, "count": 160, "form": "ribbon", "size": 26, "speed": 1500, "angle": 270, "spread": 110,
        "gravity": 1100, "drag": 1.6, "spin": 300, "flutter": True, "life": 3.5, "source": "middle", "fade_in": 0,
        "colors": ("#FFC247", "#FF3D7F", "#FFFFFF", "#35C9FF"),
    }  # fmt: skip
    return film(
        node("mesh", "ground", colors=("#0A0B14", "#5B2A86", "#FF3D7F", "#FFC247"), **FULL),  # type: ignore[arg-type]
        node("particles", "dust", count=90, form="soft", size=30, speed=30, sway=30, colors=("#FFFFFF",), opacity=0.6, **FULL),  # type: ignore[arg-type]
        node("particles", "paper", inside="frame", anchor="center", width=400, height=200, **paper),  # type: ignore[arg-type]
        *(node("particles", form, x=at * 320, y=760, width=260, height=120, form=form, count=14, size=46, speed=0, colors=("#FFFFFF", "#FFC247"), spin=40)
          for at, form in enumerate(("dot", "square", "star", "ring", "line"))),
        node("grain", "grain", amount=0.25, **FULL),  # type: ignore[arg-type]
        node("mesh", "card", width=420, height=260, radius=40, colors=("#EAF0EC", "#0B7A55", "#10231C"), softness=0.2, seed=4),
        size=SIZE, background="#0A0B14",
    )  # fmt: skip


@shot(36)
def sounds_made_visible() -> Composition:
    src: dict[str, object] = {"src": "assets/tone.wav", "fill": "#FF8A5B"}
    return film(
        node("spectrum", "bars", width=760, height=240, **src),  # type: ignore[arg-type]
        node("spectrum", "mirror", x=840, width=760, height=240, form="mirror", bars=24, radius=0, **src),  # type: ignore[arg-type]
        node("spectrum", "ring", y=300, width=420, height=420, form="ring", bars=40, **src),  # type: ignore[arg-type]
        node("spectrum", "line", x=520, y=400, width=1080, height=200, form="line", bars=24, **src),  # type: ignore[arg-type]
        node("spectrum", "wave", y=760, width=1600, height=120, form="wave", bars=140, played_fill="#FFF6E9", **src),  # type: ignore[arg-type]
        size=SIZE, background="#201A3B", frames=60,
    )  # fmt: skip


WAY = "M0 300 C 300 -200 700 500 1100 60"


@shot()
def along_a_way() -> Composition:
    marks = [
        node(
            "polygon",
            f"at{at}",
            sides=3,
            width=90,
            fill="#FFB84C",
            origin="center",
            x=200,
            y=200,
            rotation=90,
            follow=WAY,
            along=at / 6,
            heading=True,
        )
        for at in range(7)
    ]
    plain = node(
        "rect",
        "plain",
        width=60,
        height=60,
        fill="#5CC8FF",
        origin="center",
        x=200,
        y=500,
        follow=WAY,
        along=0.3,
    )
    road = node("path", "road", d=WAY, x=200, y=246, stroke="#F3F6FA55", stroke_width=6, dash=18)
    return film(road, *marks, plain, size=SIZE, background="#0F1B2D")


MARK = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><defs><linearGradient id="g"><stop stop-color="#FFB84C"/><stop offset="1" stop-color="#FF4B1F"/></linearGradient></defs>
<circle id="disk" cx="100" cy="100" r="90" fill="currentColor"/>
<g transform="translate(100 100) rotate(-30)"><path id="leaf" d="M0 -70 C50 -40 50 40 0 70 C-50 40 -50 -40 0 -70 Z" fill="url(#g)"/></g>
<path id="vein" d="M70 150 L130 50" fill="none" stroke="#fff" stroke-width="8" stroke-linecap="round"/><rect x="150" y="150" width="40" height="40" rx="8" fill="#5CC8FF"/></svg>"""


@shot()
def drawings_and_their_elements() -> Composition:
    drawn = [
        node("svg", f"d{at}", x=at * 430, width=380, draw_end=end, markup=MARK, color="#0B7A55")
        for at, end in enumerate((0.25, 0.6, 0.85, 1))
    ]  # type: ignore[arg-type]
    return film(
        *drawn,
        node("svg", "turned", node("element", "leaf1", of="leaf", rotation=60, scale=1.2), y=440, width=420, markup=MARK, color="#0B7A55"),
        node("svg", "parts", node("element", "disk", of="disk", opacity=0.3), node("element", "vein", of="vein", x=60, draw_end=0.5), x=500, y=440, width=420, markup=MARK, color="#0B7A55"),
        node("svg", "glowing", node("element", "leaf2", of="leaf", x=80, glow=20), x=1000, y=440, width=420, opacity=0.6, rotation=10, markup=MARK, color="#0B7A55"),
        size=SIZE, background="#F4F1EA",
    )  # fmt: skip


@shot(13)
def scripts_letter_by_letter() -> Composition:
    fly = [
        track("y", (0, 50), (12, 0, "back.out"), unit="char", stagger=Stagger(each=1)),
        track("opacity", (0, 0), (8, 1), unit="char", stagger=Stagger(each=1)),
        track("rotation", (0, 20), (12, 0, "power2.out"), unit="char", stagger=Stagger(each=1)),
    ]
    rows = (
        "Office fjord waffle", "שָׁלוֹם לכולם היום", "नमस्ते क्षत्रिय ज्ञान", "สวัสดีน้ำใจที่นี่", "静かな朝に、お茶",
        "안녕하세요 여러분", "👩‍👩‍👧 🇩🇪 👍🏽 ❤️ party", "مرحبا بكم جميعا",
    )  # fmt: skip
    return film(
        *(node("text", f"r{at}", text=text, x=(at % 2) * 820, y=(at // 2) * 220, size=88, weight=600, color="#F3F6FA", tracks=fly)
          for at, text in enumerate(rows)),
        size=SIZE, background="#0F1B2D", frames=40,
    )  # fmt: skip


@shot()
def marked_and_struck() -> Composition:
    arabic = (Span(text="كل كلمة "), Span(text="مهمة جدا", mark="#D9B26A66"), Span(text=" هنا"))
    return film(
        node("text", "one", spans=(Span(text="Only the "), Span(text="very best", mark="#FFB84C"), Span(text=" leaves, "), Span(text="€ 19", strike=True, color="#63625E"), Span(text=" € 12")),
             size=92, weight=700, color="#17191C", strike=1),
        node("text", "half", spans=(Span(text="drawn on "), Span(text="word after word, over two lines of text", mark=linear("#5CC8FF", "#B9F3C4", angle=0))), y=200, width=1300, size=84, color="#17191C", mark=0.7),
        node("text", "arabic", spans=arabic, y=520, anchor="top-right", size=100, font="Amiri", color="#17191C", mark=0.6),
        node("text", "all", text="all of it is struck", y=720, size=84, color="#B83A15", strike=0.6),
        size=SIZE, background="#F4F1EA",
    )  # fmt: skip
