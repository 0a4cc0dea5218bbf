"""The representative film of the golden test, file by file."""

FILES = {
    "film.py": """from stage import Film, Sound, Theme
from scenes import opening, numbers

theme = Theme(background="#0F1B2D", surface="#18283F", ink="#F3F6FA", muted="#9FB1C7", accent="#FFB84C")
film = Film("Golden", width=1080, height=1920, fps=25, language="ar", theme=theme, tempo=100, seed="golden")
film.add(opening.build(film))
film.add(numbers.build(film), enter="fade", over=0.4)
film.add(opening.build(film, "again"), enter="dip", over=0.4, color="accent")
film.add(Sound("assets/music.mp3", gain_db=-8, fade_out=1.2, loop=True))
film.mark("turn", 3.6)
""",
    "components/card.py": """from stage import Group, Text, shadow


def card(film, words, **properties):
    u = film.unit
    box = Group(width=420 * u, height=240 * u, fill="surface", radius=28 * u, **properties)
    box.set(shadow=[shadow(y=4, blur=9), shadow(y=26, blur=64, color="#0000002E")])
    box.add(Text(words, size=48 * u, anchor="center"))
    return box
""",
    "scenes/opening.py": """from stage import Ellipse, Gradient, Scene, Text, radial, span


def build(film, name="opening"):
    scene = Scene(name, seconds=4, background=radial("surface", "background"))
    sky = Gradient(width=film.width, height=film.height, inside="frame", color_2="accent/0.2", depth=0)
    draw = film.random(name)
    with scene:
        stars = [
            Ellipse(width=6, height=6, fill="ink/0.6", x=draw.randrange(800), y=draw.randrange(1200))
            for _ in range(3)
        ]
    title = Text(["دار ", span("الشاي", color="accent", weight=900)], id="title", size=150, anchor="right")
    scene.add(sky, title)
    tl = scene.timeline.defaults(duration=0.6, ease="power3.out")
    tl.from_(title.words, wipe=1, stagger={"each": 0.08, "total": 0.4}, at=0.2)
    tl.add_label("seen")
    tl.to(stars, opacity=0.3, duration=0.5, repeat=-1, yoyo=True, ease="sine.inOut", stagger=0.2, at="<0.3")
    tl.to(sky, angle=140, duration=4, ease="none", at=0)
    tl.to(scene.camera, zoom=1.05, x=12, duration=4, ease="sine.inOut", at=0)
    tl.to(title.words, opacity=0, duration=0.3, ease="power2.in", stagger=0.05, at=3.5)
    return scene
""",
    "scenes/numbers.py": """from components.card import card
from stage import Column, Counter, Path, Scene, Timeline


def build(film):
    scene = Scene("numbers", seconds=5, background="background")
    count = Counter(0, id="count", size=320, suffix=" %", features="tnum", locale="ar", anchor="center")
    wave = Path("M0 40 Q 60 0 120 40", width=400, stroke="accent", stroke_width=8, y=-80)
    wave.place("bottom", y=-80)
    cards = [card(film, words) for words in ("واحد", "اثنان", "ثلاثة")]
    scene.add(count, wave, Column(*cards, gap=24, anchor="top-right", id="cards"))
    pulse = Timeline().defaults(duration=0.2).to(count, scale=1.08).to(count, scale=1)
    tl = scene.timeline
    tl.to(count, value=98, duration=1.4, ease="expo.out", at="beat:1")
    tl.from_(cards, x=200, opacity=0, stagger={"each": 0.1, "order": "end"}, ease="spring(0.7)", at="<50%")
    tl.from_(wave, draw_end=0, at="-=0.2")
    tl.add(pulse, at="beat:5").add(pulse, at="beat:6")
    tl.set(wave, stroke="ink", at=4).to(wave, y=-60, at=4.2).to(wave, y=-90, at=4.4)
    return scene
""",
}
