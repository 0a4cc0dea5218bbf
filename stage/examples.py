"""Tiny working examples, one for each kind and each word of the timeline; every one is compiled by a test."""

from __future__ import annotations

BEFORE = """from stage import *

film = Film("Example", tempo=120)
scene = Scene("example", seconds=6)
tl = scene.timeline
"""
AFTER = "film.add(scene)\n"

PROJECT = {
    "film.py": """from stage import Film, Sound
from scenes import opening, points

film = Film("Noor Tea", width=1920, height=1080, fps=30, language="en", theme="emerald")
film.add(opening.build(film))
film.add(points.build(film), enter="fade", over=0.5)
""",
    "scenes/opening.py": """from stage import Rect, Scene, Text


def build(film):
    u = film.unit
    scene = Scene("opening", seconds=4)
    line = Rect(width=220 * u, height=10 * u, anchor="left", y=190 * u, fill="accent", radius=5 * u)
    title = Text("A house for\\nslow making", size=150 * u, weight=800, anchor="left")
    scene.add(line, title)
    tl = scene.timeline
    tl.from_(title.lines, rise=1.1, duration=0.7, ease="power3.out", stagger=0.11, at=0.1)
    tl.from_(line, width=0, duration=0.5, at="<0.3")
    tl.to(scene.camera, zoom=1.04, duration=4, ease="none", at=0)
    return scene
""",
    "scenes/points.py": """from stage import Column, Row, Scene, Text


def build(film):
    u = film.unit
    scene = Scene("points", seconds=5, background="surface")
    with scene, Column(gap=40 * u, anchor="left") as rows:
        for number, words in enumerate(("Grown in shade", "Dried by hand"), 1):
            with Row(gap=30 * u, align="baseline"):
                Text(str(number), size=60 * u, color="accent", weight=800)
                Text(words, size=90 * u, weight=700)
    scene.timeline.from_(rows.children, y=60 * u, opacity=0, duration=0.6, stagger=0.12)
    return scene
""",
}
"""A whole project, file by file."""

KINDS = {
    "group": """card = Group(width=1100, height=600, anchor="center", fill="surface", radius=48)
card.set(shadow=[shadow(y=4, blur=8), shadow(y=27, blur=32, color="#0000002E")])
card.add(Text("Inside", size=180, weight=700, anchor="center"))
scene.add(card)
""",
    "row": """left, right = Text("left", size=220), Text("right", size=220, weight=800, color="accent")
scene.add(Row(left, right, gap=80, align="baseline", anchor="center"))
""",
    "column": """with scene, Column(gap=24, anchor="left", width=1400):
    Text("First", size=200, weight=800)
    Text("Second", size=200, color="muted")
""",
    "grid": """cells = [Rect(width=400, height=300, fill="accent", radius=28) for _ in range(6)]
scene.add(Grid(*cells, columns=3, gap=40, width=1280, anchor="center"))
tl.from_(cells, scale=0, stagger={"each": 0.06, "order": "center"})
""",
    "repeater": """tile = Group(Star(tips=8, inner=0.7, width=150, height=150, stroke="accent"))
tile.children[0].set(stroke_width=5)
tile.add(Ellipse(width=26, height=26, fill="second", anchor="center"))
pattern = Repeater(tile, count=13, rows=7, gap=20, brick=0.5, order="center", shown_soft=12)
scene.add(pattern.set(anchor="center", inside="frame"))
tl.from_(pattern, shown=0, duration=1.4, ease="sine.inOut", at=0)
tl.to(tile, rotation=45, duration=1.2, ease="power2.inOut", repeat=-1, yoyo=True, repeat_delay=0.4)
""",
    "text": """slowly = span("slowly", color="accent", underline=True)
line = scene.add(Text(["Made ", slowly, ", by ", span("hand", mark="second/0.3")], size=150, anchor="left"))
tl.from_(line.words, rise=1.1, duration=0.6, stagger=0.06)
tl.to(line, underline=1, duration=0.4).from_(line, mark=0, duration=0.4, at="<0.1")
""",
    "counter": """sold = scene.add(Counter(0, size=260, suffix=" %", features="tnum", anchor="center"))
tl.to(sold, value=98, duration=1.4, ease="power2.out")
""",
    "rect": """run = linear("accent", "second", angle=0)
panel = scene.add(Rect(width=1100, height=620, radius=60, anchor="center", fill=run))
tl.from_(panel, x=-600, opacity=0, duration=0.6)
""",
    "ellipse": """scene.add(Ellipse(width=700, height=700, anchor="center", stroke="accent", stroke_width=28))
""",
    "polygon": """badge = scene.add(Polygon(6, width=640, anchor="center", fill="accent", radius=60))
tl.from_(badge, rotation=-60, scale=0, duration=0.6, ease="back.out(1.7)")
""",
    "star": """with scene, Row(gap=40, anchor="center") as rating:
    for _ in range(5):
        Star(width=240, fill="second", radius=20)
tl.from_(rating.children, scale=0, duration=0.4, ease="back.out(2)", stagger=0.08)
""",
    "line": """trend = Line([(0, 640), (480, 470), (960, 570), (1500, 120)], smooth=0.8)
scene.add(trend.set(stroke="accent", stroke_width=26, anchor="center"))
tl.from_(trend, draw_end=0, duration=1.2, ease="power2.inOut")
""",
    "arrow": """way = Arrow([(0, 0), (900, 0), (900, 460)], radius=180, stroke="accent", stroke_width=28)
scene.add(way.set(head=100, anchor="center"))
tl.from_(way, draw_end=0, duration=0.8)
""",
    "path": """wave = Path("M0 40 Q 60 0 120 40 T 240 40", width=1500, stroke="accent", stroke_width=22)
scene.add(wave)
tl.from_(wave, draw_end=0, duration=0.8)
drop = Path("M50 0 C80 40 95 60 95 80 A45 45 0 1 1 5 80 C5 60 20 40 50 0 Z", width=420, fill="second", y=340)
drop.set(morph_to="M50 0 A50 50 0 1 1 49.9 0 Z")
scene.add(drop)
tl.to(drop, morph=1, duration=0.8, ease="power2.inOut")
""",
    "image": """hero = Image("assets/hero.jpg", width=1920, height=1080, inside="frame", focus_y=0.3)
scene.add(hero)
tl.to(hero, zoom=1.08, duration=6, ease="none", at=0)
""",
    "video": """clip = scene.add(Video("assets/clip.mp4", width=1400, height=788, radius=32, trim=1.5))
tl.from_(clip, y=80, opacity=0, duration=0.7)
film.add(Sound("assets/clip.mp4", start="example", trim=1.5))
""",
    "svg": """scene.add(Svg("assets/logo.svg", height=640, anchor="center", color="accent"))
""",
    "element": """logo = scene.add(Svg("assets/logo.svg", height=400, anchor="center", color="accent"))
leaf = logo.add(Element("leaf"))
tl.from_(logo, draw_end=0, duration=1.2, ease="power2.inOut")
tl.to(leaf, rotation=-20, scale=1.1, duration=0.6, ease="back.out(2)")
""",
    "gradient": """sky = Gradient(width=1920, height=1080, inside="frame", color_2="accent", angle=60)
scene.add(sky)
tl.to(sky, angle=120, duration=6, ease="sine.inOut", at=0)
""",
    "chart": """years = ["2021", "2022", "2023", "2024", "2025"]
sales = Chart([42, 58, 37, 71, 96], labels=years, highlight=4, suffix=" %", width=1400, height=700)
scene.add(sales)
tl.from_(sales, reveal=0, duration=1.6, ease="power2.out")
""",
    "captions": """spoken = [(0.2, 1.6, "Grown in the shade"), (1.8, 3.4, "and dried by hand")]
words = Captions(spoken, size=84, weight=800, anchor="bottom", width=1300, upcoming=0.5)
scene.add(words.set(pill="accent", highlight_color="white"))
""",
    "code": """lines = Code("def greet(name):\\n    return f'Hello {name}'", language="python", numbers=True)
panel = Group(lines.set(focus="2", size=54), anchor="center", padding=60, radius=28, fill="#12161F")
scene.add(panel)
tl.from_(lines, reveal=0, duration=1.2, ease="none").from_(lines, focus_amount=0, duration=0.3)
""",
    "particles": """paper = Particles(burst=True, count=160, form="ribbon", size=26, life=3.5)
paper.set(source="middle", speed=1500, angle=270, spread=110, gravity=1100, drag=1.6, spin=300, flutter=True)
scene.add(paper.set(anchor="center", width=400, height=200))
dust = Particles(count=60, form="soft", size=22, speed=24, sway=30, opacity=0.5)
scene.add(dust.set(inside="frame", width=1920, height=1080, colors=["white"]))
""",
    "mesh": """ground = Mesh(["#0A0B14", "#5B2A86", "#FF3D7F", "accent"], inside="frame")
scene.add(ground.set(width=1920, height=1080, drift=1.2))
""",
    "grain": """scene.add(Rect(width=1920, height=1080, inside="frame", fill=radial("#5B2A86", "#0A0B14")))
scene.add(Grain(0.3, inside="frame", width=1920, height=1080, grain_size=3))
""",
    "spectrum": """voice = Spectrum("assets/music.mp3", form="mirror", bars=56, anchor="center")
scene.add(voice.set(width=1200, height=260, fill="accent"))
outline = Spectrum("assets/music.mp3", form="wave", bars=120, width=1200, height=120, anchor="bottom")
scene.add(outline.set(fill="ink/0.3", played_fill="accent"))
""",
}

WORDS = {
    "to": (
        "Moves properties from what holds at that moment to these values.",
        """box = scene.add(Rect(width=420, height=420, radius=40, fill="accent", anchor="left"))
tl.to(box, x=900, rotation=45, duration=0.8, ease="back.out(1.7)")
""",
    ),
    "from_": (
        "Moves properties from these values to what holds; they hold before it begins too, "
        "unless `immediate=False`.",
        """title = scene.add(Text("Hello there", size=280, weight=700, anchor="left"))
tl.from_(title.chars, y=60, opacity=0, duration=0.4, stagger={"each": 0.02, "total": 0.5}, at=0.2)
""",
    ),
    "from_to": (
        "Says both ends.",
        """dot = scene.add(Ellipse(width=420, height=420, fill="accent", anchor="center"))
tl.from_to(dot, {"scale": 1}, {"scale": 1.4}, duration=0.5, repeat=-1, yoyo=True, ease="sine.inOut")
""",
    ),
    "set": (
        "Changes properties at once.",
        """word = scene.add(Text("now", size=420, weight=800, anchor="center"))
tl.set(word, color="accent", at=1)
""",
    ),
    "add_label": (
        "Names a moment.",
        """a, b = scene.add(Text("a")), scene.add(Text("b", y=80))
tl.add_label("intro", 0.5)
tl.from_(a, opacity=0, at="intro").from_(b, opacity=0, at="intro+0.3")
tl.to(a, x=50, at="beat:4")
""",
    ),
    "add": (
        "Plays a `Timeline()` of its own inside; `defaults(…)` sets what its tweens take.",
        """pulse = Timeline().defaults(duration=0.2, ease="sine.inOut")
star = scene.add(Star(width=420, fill="second", radius=30, anchor="center"))
pulse.to(star, scale=1.3).to(star, scale=1)
tl.add(pulse, at=1).add(pulse, at="beat:6")
""",
    ),
    "follow": (
        "Gives any node a way to go, as SVG path data from where it stands; `along` moves it, "
        "`heading` turns it.",
        """curve = "M0 300 C 300 -200 700 500 1100 60"
road = Path(curve, stroke="ink/0.2", stroke_width=6, dash=18, anchor="left", y=-180)
plane = Polygon(3, width=70, fill="accent", follow=curve, heading=True, rotation=90)
scene.add(road, plane.place("left", y=-180, origin="center"))
tl.to(plane, along=1, duration=2, ease="sine.inOut")
""",
    ),
    "camera": (
        "Is a target like a node; a node's `depth` says how far it is carried: 0 stays put, 1 "
        "moves with the scene.",
        """far = scene.add(Ellipse(width=900, height=900, anchor="center", fill="accent/0.25", depth=0.3))
scene.add(Text("Nearer", size=300, weight=800, anchor="center"))
tl.to(scene.camera, x=80, zoom=1.3, rotation=2, duration=4, ease="sine.inOut", at=0)
""",
    ),
    "film.random": (
        "Draws the same in every run; there is no clock.",
        """draw = film.random("stars")
for size in range(20, 80):
    dot = scene.add(Ellipse(width=size, height=size, fill="accent/0.5"))
    dot.set(x=draw.uniform(0, 1600), y=draw.uniform(0, 800))
""",
    ),
    "Sound": (
        "Plays a file; `start` is seconds of the film or a scene's id.",
        """film.add(Sound("assets/music.mp3", gain_db=-8, fade_in=0.3, fade_out=1.2, loop=True))
film.add(Sound("assets/hit.wav", start="example+0.5"))
""",
    ),
    "Music": (
        "Composes a piece for the film, by mood, that ends with it; without `film.tempo` it sets the tempo.",
        """film.add(Music("warm", energy=0.6, gain_db=-2))
tl.to(scene.camera, zoom=1.05, duration=2 * film.beat, at="beat:4")
""",
    ),
    "Sfx": (
        "Plays an effect that peaks on its moment.",
        """film.add(Sfx("whoosh", start="example"))
film.add(Sfx("impact", start="beat:4", gain_db=-3))
""",
    ),
    "Speech": (
        "Says words; music steps back for them.",
        """film.add(Music("calm"))
film.add(Speech("Every cup tells a story.", start="example+0.5", voice="female", pace=0.95))
""",
    ),
    "on_beats": (
        "Throws properties to these values on every beat of the scene; they come back to what holds.",
        """film.add(Music("energetic"))
dot = scene.add(Ellipse(width=200, height=200, fill="accent", anchor="center"))
tl.on_beats(dot, scale=1.1, every=2)
""",
    ),
    "film.follow": (
        "Takes the beats of a sound: seconds, or the file that audio_spectrum_analysis writes beside it.",
        """film.follow([0.4, 0.9, 1.41, 1.9, 2.42])
word = scene.add(Text("now", size=120, anchor="center"))
tl.from_(word, scale=1.3, opacity=0, duration=0.2, at="beat:2")
""",
    ),
    "Theme": (
        "Gives colors and fonts by role; `theme.on(color)` is a letter color that reads on it.",
        """theme = Theme(
    background="#0F1B2D", surface="#18283F", ink="#F3F6FA", muted="#9FB1C7",
    accent="#FFB84C", second=lighten("#1E6FB8", 0.2), display="Inter", extra={"leaf": "#7BC47F"},
)
film = Film("Example", theme=theme)
scene.add(Rect(width=500, height=200, fill="leaf"), Text("on it", color=theme.on("leaf"), size=60))
""",
    ),
}
"""What each word does, and an example."""


def source(snippet: str) -> str:
    """Make a whole `film.py` of an example."""
    return f"{BEFORE}{snippet}{AFTER}"
