# ruff: noqa: E501 - tables are read by their columns
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.composition import Composition, Gradient, GradientStop, Node, Shadow, Span, Stagger
from tests.unit.render.films import film, node, scene, track

SIZE = (1920, 1080)
SOFT = (Shadow(y=8, blur=10, color="#00000030"), Shadow(y=26, blur=40, color="#0000002E"))
RING = "M50 4 A46 46 0 1 1 49.9 4"
LEAF = "M2 30 C10 6 40 0 58 2 C58 30 40 52 12 46 C18 34 30 24 44 16"


@dataclass(frozen=True)
class Shot:
    make: Callable[[], Composition]
    frame: int = 0


SHOTS: dict[str, Shot] = {}


def shot(frame: int = 0) -> Callable[[Callable[[], Composition]], Callable[[], Composition]]:
    def keep(make: Callable[[], Composition]) -> Callable[[], Composition]:
        SHOTS[make.__name__] = Shot(make, frame)
        return make

    return keep


def linear(*colors: str, angle: float = 90) -> Gradient:
    last = len(colors) - 1
    stops = tuple(GradientStop(color=color, at=at / last) for at, color in enumerate(colors))
    return Gradient(angle=angle, stops=stops)


def label(id: str, text: str, y: float, **props: object) -> Node:
    return node("text", id, text=text, y=y, **{"size": 40, "color": "#17191C", **props})  # type: ignore[arg-type]


@shot()
def title() -> Composition:
    return film(
        node("rect", "slab", inside="frame", width=230, height=1080, fill="#E4572E"),
        node("text", "kicker", text="LAUNCH 2026", x=260, y=40, size=30, weight=600, letter_spacing=0.08, color="#B83A15"),
        node("text", "head", spans=(Span(text="Everything grows "), Span(text="quietly", color=linear("#E4572E", "#B83A15"), underline=True)),
             x=260, y=110, width=1320, size=168, weight=800, font="display", color="#17191C", line_height=1.02, letter_spacing=-0.02, underline=1, balance=True),
        node("text", "sub", text="Ågård, Zürich & São Paulo: jumping fjords, 25 °C", x=260, y=560, size=46, color="#63625E"),
        node("text", "initial", text="g", inside="frame", anchor="bottom-right", x=60, y=190, size=900, weight=900, color="#17191C10", font="display"),
        size=SIZE, background="#F4F1EA",
    )  # fmt: skip


@shot()
def arabic() -> Composition:
    gold = linear("#F6E3B4", "#D9B26A", "#A87F3A")
    return film(
        node("gradient", "night", inside="frame", shape="radial", color_1="#1D4A40", color_2="#081714", spread=0.65, center_y=0.4),
        node("text", "greeting", text="رمضان كريم", anchor="top", y=20, size=250, font="Amiri", weight=700, color=gold,
             shadow=(Shadow(y=10, blur=18, color="#00000090"),)),
        node("text", "marks", text="كُلُّ عَامٍ وَأَنْتُمْ بِخَيْرٍ", anchor="center", y=70, size=110, font="Amiri", color="#F6EAD0"),
        node("text", "sans", text="من عائلة شاي نور إلى بيوتكم", anchor="center", y=220, size=64, color="#F6EAD0", weight=700),
        node("text", "year", text="١٤٤٨ هـ", anchor="bottom", size=72, color="#2FA39A", font="Noto Kufi Arabic", underline=1),
        size=SIZE, background="#0E2A24", direction="rtl",
    )  # fmt: skip


@shot()
def mixed_directions() -> Composition:
    rows = [
        "شاي نور (Noor Tea) وصل في 2026، بسعر 12.50 د.إ.",
        "The word مرحبا (hello) and ١٢٣ in one line, 50% off!",
        "افتح https://noor.tea/ar?x=1 الآن: نسخة v2.0 جاهزة.",
        "שלום עולם: version 3.1 יצאה ב-2026",
    ]
    lines = [label(f"r{at}", text, 20 + at * 110, size=56, width=1600) for at, text in enumerate(rows)]
    return film(
        *lines,
        label("cut", "هذه جملة طويلة جدا لا تتسع في سطر واحد ولذلك تقطع في آخرها with English inside", 500, size=56, width=900, max_lines=1),
        label("cut2", "This sentence is far too long for its one line and is cut مرحبا", 620, size=56, width=900, max_lines=1),
        label("wrapped", "مرحبا بكم في متجرنا الجديد: أكثر من 40 نوعا من الشاي، و Matcha و Earl Grey أيضا.", 0, anchor="bottom-right", width=760, size=52),
        size=SIZE, background="#F7F1E3",
    )  # fmt: skip


@shot()
def german() -> Composition:
    long = "Donaudampfschifffahrtsgesellschaftskapitän"
    return film(
        node("rect", "b1", x=0, y=0, width=700, height=240, fill="#FFFFFF", radius=20),
        label("shrunk", long, 40, x=30, width=640, size=90, weight=800, fit="shrink", font="display"),
        label("hyphen", "Rechtsschutz\u00adversicherungs\u00adgesellschaften übernehmen größere Straßenbahn\u00adhaltestellen", 290, width=700, size=56),
        label("filled", "Füllt die Breite", 0, x=800, width=800, fit="fill", weight=900, font="display", color="#0F6B5C"),
        label("balanced", "Ausgewogene Zeilen sehen bei jeder Überschrift deutlich besser aus", 210, x=800, width=800, size=76, weight=700, balance=True, align="center"),
        label("torn", long, 700, width=560, size=64),
        label("lines", "Zeile eins\nZeile zwei\n\nnach einer leeren", 610, x=800, size=44, line_height=1.6, align="end", width=800),
        size=SIZE, background="#E9E6DF",
    )  # fmt: skip


@shot()
def emoji_and_symbols() -> Composition:
    return film(
        label("e", "Tea time 🍵☕️ 🎉 👩‍👩‍👧 🇩🇪🇦🇪 👍🏽 1️⃣ ❤️", 20, size=96),
        label("s", "→ ← ✓ ✗ ★ ☆ ♥ ∞ ≠ ≤ √ π Ω € £ ¥ ₿ № ™ © ½ ⅔ x² H₂O", 220, size=60),
        label("g", "Ελληνικά · Русский язык · Tiếng Việt · हिन्दी · ไทย", 420, size=72),
        label("o", "fi fl ffi Office 0O 1lI", 580, size=72, features="zero,ss01", font="Inter"),
        label("m", "let x = a !== b => 0xFF;", 720, size=64, font="mono"),
        size=SIZE, background="#F4F1EA",
    )  # fmt: skip


@shot()
def chinese_japanese_korean() -> Composition:
    return film(
        label("ja", "新しいお茶が、静かな朝に届きました。「香り」は深く、味わいはやさしい。", 0, width=800, size=72, weight=700),
        label("zh", "全新茶饮，宁静清晨送达。“香气”浓郁，口感柔和，适合每一天。", 0, x=860, width=740, size=72, language="zh"),
        label("ko", "새로운 차가 조용한 아침에 도착했습니다. 향은 깊고 맛은 부드럽습니다.", 460, width=800, size=72),
        label("mix", "東京 2026 年 Noor Tea 発売", 460, x=860, width=740, size=72, language="ja"),
        size=SIZE, background="#F4F1EA",
    )  # fmt: skip


@shot()
def rich_spans() -> Composition:
    return film(
        node("text", "one", width=1600, size=84, color="#F3F6FA", line_height=1.35, underline=1, underline_color="#FFB84C", spans=(
            Span(text="Only "), Span(text="3 drops", weight=900, color="#FFB84C", underline=True), Span(text=" of "),
            Span(text="code()", font="mono", size=72, color="#5CC8FF"), Span(text=" make "),
            Span(text="italic gypsy quips", italic=True, underline=True), Span(text=" and "),
            Span(text="BIG", size=150, weight=900, font="display", color=linear("#FFB84C", "#FF5C5C", angle=0)),
            Span(text=" words, مع كلمات "), Span(text="عربية", color="#5CC8FF", weight=700), Span(text=" inside."),
        )),
        size=SIZE, background="#0F1B2D",
    )  # fmt: skip


def _card(at: int) -> Node:
    names = ("Leaf", "Water at 80 °C", "Three minutes", "Share", "Breathe", "Repeat daily")
    return node(
        "column", f"card{at}",
        node("ellipse", f"dot{at}", width=64, height=64, fill=("#0B7A55", "#2547E0", "#E4572E")[at % 3]),
        node("text", f"name{at}", text=names[at], size=52, weight=700, color="#10231C"),
        node("text", f"more{at}", text="A short line that wraps when the card is narrow.", size=34, color="#4E6359"),
        gap=18, padding=36, fill="#FFFFFF", radius=28, shadow=SOFT,
    )  # fmt: skip


@shot()
def grid_and_rows() -> Composition:
    return film(
        node("column", "page",
             node("row", "head",
                  node("text", "price", text="49", size=150, weight=800, font="display", color="#10231C"),
                  node("text", "unit", text="€ / month", size=56, color="#4E6359"),
                  node("rect", "line", height=4, width=10, grow=1, fill="#0B7A55"),
                  node("text", "tag", text="Gypsy", size=72, color="#0B7A55"),
                  gap=24, align="baseline"),
             node("grid", "cards", *(_card(at) for at in range(6)), columns=3, gap=32, align="stretch"),
             gap=30, align="stretch", width=1613),
        size=SIZE, background="#EAF0EC",
    )  # fmt: skip


@shot()
def right_to_left_flow() -> Composition:
    chips = [
        node("row", f"chip{at}", node("text", f"t{at}", text=text, size=44, color="#0E2A24"), padding_x=36, padding_y=12, radius=60, fill="#D9B26A")
        for at, text in enumerate(("أخضر", "أسود", "نعناع", "زعفران", "هيل", "ورد"))
    ]  # fmt: skip
    return film(
        node("column", "page",
             node("text", "h", text="اختر نكهتك", size=140, font="display", weight=700, color="#F6EAD0"),
             node("row", "chips", *chips, gap=24, wrap=True, width=800),
             node("row", "steps",
                  *(node("column", f"s{at}", node("counter", f"c{at}", value=at, locale="ar", size=90, weight=700, color="#2FA39A"),
                         node("text", f"w{at}", text="خطوة واضحة وقصيرة", size=44, color="#F6EAD0"), gap=8, padding=30, fill="#FFFFFF14", radius=24, grow=1) for at in (1, 2, 3)),
                  gap=24, width=920),
             gap=48, width=930),
        size=(1080, 1350), background="#0E2A24", direction="rtl",
    )  # fmt: skip


@shot(20)
def drawn_on() -> Composition:
    grow = track("draw_end", (0, 0), (40, 1, "power2.inOut"))
    return film(
        node("path", "ring", d=RING, x=60, y=60, width=360, height=360, stroke="#FFB84C", stroke_width=28, tracks=[grow]),
        node("path", "leaf", d=LEAF, x=560, y=60, width=460, height=400, stroke="#5CC8FF", stroke_width=14, cap="round", tracks=[grow]),
        node("rect", "box", x=1140, y=60, width=420, height=360, radius=60, stroke="#F3F6FA", stroke_width=12, tracks=[grow]),
        node("ellipse", "oval", x=60, y=520, width=420, height=300, stroke="#FF5C5C", stroke_width=20, cap="butt", tracks=[grow]),
        node("path", "zig", d="M0 0 L60 60 L120 0 L180 60 L240 0", x=560, y=560, width=480, height=200, stroke=linear("#FFB84C", "#FF5C5C", angle=0), stroke_width=30, join="miter", cap="square", draw_start=0.1, tracks=[grow]),
        node("text", "under", text="jumping quickly", x=1140, y=560, size=72, color="#F3F6FA", underline_color="#FFB84C", tracks=[track("underline", (0, 0), (40, 1))]),
        node("path", "full", d=LEAF, x=1200, y=720, height=160, fill="#0B7A55"),
        size=SIZE, background="#0F1B2D", frames=60,
    )  # fmt: skip


@shot(30)
def counters() -> Composition:
    climb = track("value", (0, 0), (60, 1234567.891, "power1.out"))
    rows = [
        node("row", f"row{locale}",
             node("text", f"l{locale}", text=locale, size=64, color="#9FB1C7", width=120),
             node("counter", f"n{locale}", size=96, weight=700, decimals=decimals, locale=locale, prefix=prefix, suffix=suffix, color="#F3F6FA", tracks=[climb]),
             node("rect", f"r{locale}", width=60, height=60, fill="#FFB84C"), gap=40, align="center", direction="ltr")
        for locale, decimals, prefix, suffix in
        (("en", 2, "$", ""), ("de", 2, "", " €"), ("fr", 1, "", " km"), ("in", 0, "₹", ""), ("ar", 2, "", "٪"))
    ]  # fmt: skip
    below = node(
        "counter",
        "minus",
        value=-42.5,
        decimals=1,
        size=96,
        suffix=" °C",
        anchor="bottom-right",
        color="#5CC8FF",
    )
    return film(*(node("column", "rows", *rows, gap=24),), below, size=SIZE, background="#0F1B2D", frames=90)


@shot(14)
def moving_parts() -> Composition:
    rise = track("rise", (0, 1.1), (20, 0, "power3.out"), unit="line", stagger=Stagger(each=6))
    wave = [
        track("y", (0, 60), (16, 0, "back.out"), unit="char", stagger=Stagger(each=1)),
        track("opacity", (0, 0), (10, 1), unit="char", stagger=Stagger(each=1)),
        track("rotation", (0, 25), (16, 0, "power2.out"), unit="char", stagger=Stagger(each=1)),
    ]
    soft = [
        track("blur", (0, 16), (18, 0), unit="word", stagger=Stagger(each=4)),
        track("opacity", (0, 0), (12, 1), unit="word", stagger=Stagger(each=4)),
        track("color", (0, "#FFB84C"), (18, "#F3F6FA"), unit="word", stagger=Stagger(each=4)),
    ]
    wipe = track("wipe", (0, 1), (16, 0), unit="word", stagger=Stagger(each=5))
    return film(
        node("text", "rise", text="Rising glyphs\nby clip reveal", size=130, weight=800, font="display", color="#F3F6FA", line_height=1.05, tracks=[rise]),
        node("text", "wave", text="Letters fly in, one by one", y=330, size=84, color="#5CC8FF", tracks=wave),
        node("text", "soft", text="Words come into focus slowly", y=470, size=84, color="#F3F6FA", tracks=soft),
        node("text", "wipe", text="نص عربي يظهر من اليمين", anchor="top-right", y=600, size=110, font="Amiri", color="#D9B26A", tracks=[wipe]),
        node("text", "mixed", text="Each letter حرف كامل", y=770, size=84, color="#FFB84C", tracks=wave),
        size=SIZE, background="#0F1B2D", frames=60,
    )  # fmt: skip


@shot()
def pictures() -> Composition:
    icon = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"><circle cx="12" cy="12" r="9"/><path d="M8 12l3 3 5-6"/><image href="file:///etc/passwd"/></svg>'
    grid = [
        node("image", "cover", src="assets/photo.png", width=420, height=300, radius=32, shadow=SOFT),
        node("image", "contain", src="assets/photo.png", x=480, width=420, height=200, fit="contain"),
        node(
            "image",
            "zoomed",
            src="assets/photo.png",
            x=960,
            width=300,
            height=300,
            zoom=1.8,
            focus_x=0.9,
            focus_y=0.1,
            radius=150,
        ),
        node("image", "missing", src="assets/none.png", x=1320, width=290, height=300, radius=20),
        node("svg", "check", markup=icon, y=380, width=300, color="#0B7A55"),
        node("svg", "broken", markup="<svg", x=360, y=380, width=200, height=200),
        node("image", "turned", src="assets/photo.png", x=700, y=420, width=300, rotation=12, opacity=0.6),
        node("image", "natural", src="assets/photo.png", x=1150, y=420, width=460),
    ]
    return film(*grid, size=SIZE, background="#EAF0EC")


@shot()
def gradients_and_blends() -> Composition:
    stripes = [
        node(
            "rect",
            f"b{at}",
            x=60 + at * 265,
            y=480,
            width=230,
            height=360,
            fill="#FF7A45",
            radius=24,
            blend=blend,
        )
        for at, blend in enumerate(("normal", "multiply", "screen", "overlay", "add", "soft-light"))
    ]
    return film(
        node("gradient", "all", inside="frame", color_1="#101820", color_2="#2547E0", color_3="#5CC8FF", angle=35),
        node("gradient", "round", width=380, height=380, radius=190, shape="radial", color_1="#FFF6E9", color_2="#FF8A5B", color_3="#201A3B", middle=0.4, spread=0.5, center_x=0.35, center_y=0.3),
        node("gradient", "tilted", x=460, y=40, width=360, height=300, angle=0, color_1="#FF0000", color_2="#0000FF", rotation=15),
        node("gradient", "clear", x=900, width=340, height=380, color_1="#FFFFFFFF", color_2="#FFFFFF00"),
        node("rect", "glass", x=1300, width=300, height=380, radius=30, fill="#FFFFFF33", stroke="#FFFFFF88", stroke_width=3, shadow=SOFT),
        *stripes,
        node("group", "blurred", node("ellipse", "o", width=200, height=200, fill="#D7FF3E"), node("rect", "p", x=120, y=80, width=200, height=160, fill="#7A5CFF"),
             anchor="bottom-right", blur=14, opacity=0.9),
        size=SIZE, background="#000000",
    )  # fmt: skip


@shot()
def outlines_and_shadows() -> Composition:
    deep = (Shadow(x=6, y=10, blur=12, color="#000000A0"),)
    return film(
        node("text", "hollow", text="HOLLOW", size=220, weight=900, font="display", color="#FFFFFF00", outline="#F5EFE6", outline_width=3),
        node("text", "ringed", text="Ringed", y=270, size=180, weight=900, font="display", color="#FF4B1F", outline="#0D0D0F", outline_width=8, shadow=deep),
        node("text", "arabic", text="مرحبا", anchor="top-right", size=220, font="Amiri", weight=700, color="#FFFFFF00", outline="#F5EFE6", outline_width=3),
        node("text", "faded", text="سلام عليكم", anchor="right", y=40, size=160, font="Amiri", color="#F5EFE6", opacity=0.5),
        node("text", "glow", text="Glow & gradient", y=520, size=150, weight=800, font="display", color=linear("#FFF6E9", "#FF8A5B"), shadow=(Shadow(blur=24, color="#FF8A5BCC"),)),
        node("group", "clipped", node("rect", "in", width=500, height=160, fill="#5CC8FF"), node("text", "it", text="clip + wipe", size=110, weight=800, color="#0D0D0F", x=20),
             anchor="bottom-left", width=440, height=150, clip=True, radius=40, wipe_right=0.2),
        size=SIZE, background="#3A3F4A",
    )  # fmt: skip


def _two(enter: str) -> Composition:
    camera = (
        track("zoom", (0, 1), (29, 1.2)),
        track("x", (0, 0), (29, 120)),
        track("rotation", (0, 0), (29, 4)),
    )
    return film(
        node("rect", "far", inside="frame", anchor="center", width=1500, height=800, fill="#20303F", depth=0.3),
        node("text", "near", text="Depth", anchor="center", size=240, weight=900, font="display", depth=1),
        node("ellipse", "front", inside="frame", anchor="bottom-right", width=400, height=400, fill="#FFB84C", x=100, y=100, depth=1.8),
        size=SIZE, background="#0F1B2D", camera=camera,
        after=[scene(node("text", "t", text="Next scene", anchor="center", size=200, weight=800, font="display"), enter=enter, over=12, background="#803020")],
    )  # fmt: skip


@shot(24)
def fade_and_camera() -> Composition:
    return _two("fade")


@shot(27)
def dip_and_camera() -> Composition:
    return _two("dip")
