"""Films whose frames have one fault each."""
# ruff: noqa: E501 - tables are read by their columns

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from domain.composition import Composition, Music, Node, Scene, Sound, Theme, Track, Transition
from domain.finding import Finding
from render.stills import Drawer
from render.wishes import Wish
from tests.bad.case import Bad

W, H = 1280, 720
GROUND = "#101820"


def text(name: str, words: str, **props: object) -> Node:
    given = {"text": words, "size": 80, "color": "#FFFFFF", "anchor": "center", **props}
    return Node.model_validate({"id": name, "kind": "text", "props": given})


def shape(name: str, kind: str = "rect", **props: object) -> Node:
    given = {"inside": "frame", "anchor": "center", "width": 300, "height": 200, "fill": "#204060", **props}
    return Node.model_validate({"id": name, "kind": kind, "props": given})


def moved(node: Node, name: str, *keys: tuple[float, object]) -> Node:
    track = Track.model_validate(
        {"property": name, "keys": [{"frame": frame, "value": value} for frame, value in keys]}
    )
    return node.model_copy(update={"tracks": (*node.tracks, track)})


def group(name: str, *nodes: Node, **props: object) -> Node:
    return Node.model_validate(
        {"id": name, "kind": "group", "props": {"anchor": "center", **props}, "children": nodes}
    )


def drift(color: str = "#305070") -> Node:
    """Something that always moves, out of everything's way."""
    return moved(shape("drift", width=120, height=120, y=-250, fill=color), "x", (0, -300), (300, 300))


def scene(
    name: str, *nodes: Node, background: str = GROUND, frames: int = 90, enter: Transition | None = None
) -> Scene:
    return Scene(id=name, frames=frames, background=background, nodes=nodes, enter=enter or Transition())


def film(
    *nodes: Node, background: str = GROUND, frames: int = 90, size: tuple[int, int] = (W, H)
) -> Composition:
    one = scene("one", drift(), *nodes, background=background, frames=frames)
    return Composition(width=size[0], height=size[1], fps=30, scenes=(one,))


def scenes(*made: Scene, sounds: Iterable[Sound] = (), theme: Theme | None = None) -> Composition:
    return Composition(width=W, height=H, fps=30, scenes=made, sounds=tuple(sounds), theme=theme or Theme())


def seen(made: Composition, folder: Path) -> list[Finding]:
    """Look at the middle of every scene, as run_build_check does."""
    frames = [start + each.frames // 2 for start, each in zip(made.starts(), made.scenes, strict=True)]
    answer, _ = Drawer(folder).answer(
        Wish(frames=tuple(frames), png=False, sheet=False), made.model_dump_json().encode()
    )
    assert answer.fault is None, answer.fault
    return list(answer.findings)


def of(made: Composition) -> Callable[[Path], list[Finding]]:
    return lambda folder: seen(made, folder)


def with_file(name: str, content: bytes, made: Composition) -> Callable[[Path], list[Finding]]:
    def look(folder: Path) -> list[Finding]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        return seen(made, folder)

    return look


def blinking(every: int, *, share: float = 1.0) -> Composition:
    keys = tuple((frame, 1 if frame // every % 2 else 0) for frame in range(0, 60, every))
    steps = [pair for frame, value in keys for pair in ((frame, value), (frame + every - 0.01, value))]
    light = moved(shape("light", width=W * share, height=H, fill="#FFFFFF"), "opacity", *steps)
    return film(light)


def flipping(frames: int) -> Composition:
    return scenes(
        *(
            scene(f"s{at}", drift("#888888"), background="#FFFFFF" if at % 2 else "#000000", frames=frames)
            for at in range(14)
        )
    )


def rows(*sizes: float) -> Composition:
    return film(*(text(f"t{at}", f"line {at}", size=size, y=-300 + at * 90) for at, size in enumerate(sizes)))


def alike(count: int, words: str = "The same place") -> Composition:
    return scenes(*(scene(f"s{at}", drift(), text("title", words), frames=60) for at in range(count)))


MANY = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
RAINBOW = ("#FF2020", "#FFC020", "#40E020", "#20E0C0", "#2060FF", "#A020FF", "#FF20A0")
ACCENT = Theme(colors={"accent": "#D7FF3E"})


def accented(count: int, fill: str = "#D7FF3E") -> Composition:
    made = (
        scene(
            f"s{at}",
            shape("all", width=W, height=H * 0.8, fill=fill),
            drift("#FFFFFF"),
            text("t", f"part {at}", color="#000000", y=at * 40),
            frames=60,
        )
        for at in range(count)
    )
    return scenes(*made, theme=ACCENT)


def coloured(count: int, size: float) -> Composition:
    return film(
        *(
            shape(f"c{at}", width=size, height=size, x=-500 + at * 165, y=100, fill=color)
            for at, color in enumerate(RAINBOW[:count])
        )
    )


def cut_off_beat(*frames: int) -> Composition:
    made = (
        scene(
            f"s{at}",
            drift(),
            text("t", f"part {at}", y=at * 30),
            frames=count,
            background="#F4F1EA" if at % 2 else GROUND,
        )
        for at, count in enumerate(frames)
    )
    return scenes(*made, sounds=(Sound(music=Music(mood="warm", bpm=120)),))


PICTURES: tuple[Bad, ...] = (
    Bad("text_outside", "half out of the frame", of(film(text("t", "Noor Tea", x=560, width=500)))),
    Bad("text_outside", "below the safe area", of(film(text("t", "Noor Tea", y=335, inside="frame")))),
    Bad("text_outside", "Arabic, out to the left", of(film(text("t", "صباح الخير", x=-620)))),
    Bad("text_outside", "under a platform's buttons", of(film(text("t", "Noor Tea for everybody", x=250, y=700, size=60), size=(1080, 1920))), ("error", "warning", "advice")),
    Bad("text_escapes", "wider than its card", of(film(group("card", text("t", "Grown in shade", size=90, width=700), width=400, height=200, fill="#24405E")))),
    Bad("text_escapes", "below its card", of(film(group("card", text("t", "Noor Tea", y=90), width=600, height=160, fill="#24405E")))),
    Bad("text_escapes", "Arabic, out to the right", of(film(group("card", text("t", "صباح الخير", x=200), width=420, height=200, fill="#24405E")))),
    Bad("text_escapes", "wider than the plate behind it", of(film(shape("plate", width=520, height=160), text("t", "Grown in shade")))),
    Bad("text_escapes", "higher than the plate behind it", of(film(shape("plate", width=700, height=190), text("t", "Grown in shade by the hills of Uji", width=600)))),
    Bad("text_escapes", "Arabic, beside its plate", of(film(shape("plate", width=420, height=200), text("t", "صباح الخير", x=100)))),
    Bad("text_cut", "too long for its line", of(film(text("t", "Donaudampfschifffahrtsgesellschaft", width=300, height=40)))),
    Bad("text_cut", "more lines than it may have", of(film(text("t", MANY, width=400, max_lines=2)))),
    Bad("text_cut", "higher than its box", of(film(text("t", MANY, width=400, height=120)))),
    Bad("text_overlap", "two titles", of(film(text("a", "one title"), text("b", "another title", y=20)))),
    Bad("text_overlap", "a line on a title", of(film(text("a", "Noor Tea"), text("b", "grown in shade", size=44, y=10)))),
    Bad("text_overlap", "Arabic on Latin", of(film(text("a", "Noor Tea"), text("b", "شاي نور", y=30)))),
    Bad("text_covered", "by a card", of(film(text("t", "older words"), shape("card", width=600)))),
    Bad("text_covered", "its second half", of(film(text("t", "older words"), shape("card", x=200)))),
    Bad("text_covered", "by a bar over its lower part", of(film(text("t", "older words"), shape("bar", width=900, height=60, y=25)))),
    Bad("text_hidden", "ground on ground", of(film(text("t", "hidden words", color=GROUND)))),
    Bad("text_hidden", "almost the ground", of(film(text("t", "hidden words", color="#141C24")))),
    Bad("text_hidden", "white on a white card", of(film(shape("card", width=900, fill="#FFFFFF"), text("t", "hidden words")))),
    Bad("text_contrast", "grey on dark", of(film(text("t", "faint words", size=44, color="#5A6068")))),
    Bad("text_contrast", "yellow on white", of(film(shape("card", width=900, height=300, fill="#FFFFFF"), text("t", "faint words", size=44, color="#E8D860")))),
    Bad("text_contrast", "red on blue", of(film(shape("card", width=900, height=300, fill="#2040A0"), text("t", "faint words", size=44, color="#C03030")))),
    Bad("text_too_small", "9 px", of(film(text("t", "terms and conditions", size=9)))),
    Bad("text_too_small", "scaled down", of(film(text("t", "terms and conditions", size=60, scale=0.2)))),
    Bad("text_too_small", "in an upright film", of(film(text("t", "terms and conditions", size=24), size=(1080, 1920)))),
    Bad("text_too_short", "half a second", of(film(moved(text("t", MANY, size=50, width=900), "opacity", (0, 0), (10, 0), (11, 1), (26, 1), (27, 0))))),
    Bad("text_too_short", "a short scene", of(film(text("t", MANY, size=50, width=900), frames=20))),
    Bad("text_too_short", "Arabic, one second", of(film(moved(text("t", "هذا نص طويل لا يمكن أن يقرأه أحد في ثانية واحدة فقط", size=50, width=900), "opacity", (0, 1), (20, 1), (21, 0))))),
    Bad("glyph_missing", "Linear B", of(film(text("t", "a \U00010000 letter")))),
    Bad("glyph_missing", "hieroglyphs", of(film(text("t", "\U00013000\U00013001")))),
    Bad("glyph_missing", "an unassigned letter", of(film(text("t", "no \U0003fffd font")))),
    Bad("never_appears", "transparent", of(film(text("t", "never", opacity=0)))),
    Bad("never_appears", "far outside", of(film(shape("r", x=4000)))),
    Bad("never_appears", "in a transparent group", of(film(group("g", text("t", "never"), opacity=0)))),
    Bad("placeholder_text", "lorem ipsum", of(film(text("t", "Lorem ipsum dolor")))),
    Bad("placeholder_text", "a variable", of(film(text("t", "Hello {{name}}")))),
    Bad("placeholder_text", "your title here", of(film(text("t", "Your title here")))),
    Bad("asset_missing", "a picture", of(film(shape("i", "image", src="assets/none.png", fill=None) if False else Node.model_validate({"id": "i", "kind": "image", "props": {"src": "assets/none.png", "width": 300, "height": 200}})))),
    Bad("asset_missing", "an svg", of(film(Node.model_validate({"id": "i", "kind": "svg", "props": {"src": "assets/none.svg", "width": 300}})))),
    Bad("asset_missing", "a sound", of(film().model_copy(update={"sounds": (Sound(src="assets/none.mp3"),)}))),
    Bad("asset_broken", "a text by the name of a picture", with_file("assets/p.png", b"no picture", film(Node.model_validate({"id": "i", "kind": "image", "props": {"src": "assets/p.png", "width": 300, "height": 200}})))),
    Bad("asset_broken", "an empty picture", with_file("assets/p.jpg", b"", film(Node.model_validate({"id": "i", "kind": "image", "props": {"src": "assets/p.jpg", "width": 300, "height": 200}})))),
    Bad("asset_broken", "no svg", with_file("assets/p.svg", b"<svg", film(Node.model_validate({"id": "i", "kind": "svg", "props": {"src": "assets/p.svg", "width": 300}})))),
    Bad("font_substituted", "unknown", of(film(text("t", "Noor", font="No Such Font")))),
    Bad("font_substituted", "misspelt", of(film(text("t", "Noor", font="Intter")))),
    Bad("font_substituted", "of the theme", of(scenes(scene("one", drift(), text("t", "Noor", font="Grotesque Unheard Of"))))),
    Bad("frame_blank", "nothing in it", of(scenes(scene("one", frames=90)))),
    Bad("frame_blank", "its color is the ground's", of(scenes(scene("one", shape("r", fill=GROUND))))),
    Bad("frame_blank", "one scene of three", of(scenes(scene("one", drift(), text("t", "one")), scene("two"), scene("three", drift(), text("t", "three"))))),
    Bad("nothing_moves", "three seconds", of(scenes(scene("one", text("t", "still"))))),
    Bad("nothing_moves", "after its entrance", of(scenes(scene("one", moved(text("t", "still"), "opacity", (0, 0), (15, 1)))))),
    Bad("nothing_moves", "before its exit", of(scenes(scene("one", moved(text("t", "still"), "opacity", (70, 1), (89, 0)))))),
    Bad("film_flashes", "a light, five a second", of(blinking(3))),
    Bad("film_flashes", "half a frame, four a second", of(blinking(3, share=0.6))),
    Bad("film_flashes", "scenes of four frames", of(flipping(4))),
)  # fmt: skip
TELLS = ("error", "warning", "advice")
LOOKS: tuple[Bad, ...] = tuple(
    Bad(code, name, of(made), TELLS)
    for code, name, made in (
        ("look_type_steps", "seven sizes", rows(24, 30, 38, 47, 58, 72, 90)),
        ("look_type_steps", "eight sizes", rows(24, 29, 35, 42, 50, 60, 72, 86)),
        ("look_type_steps", "seven, far apart", rows(24, 32, 42, 55, 70, 92, 120)),
        ("look_fill", "one small word", film(text("t", "Noor", size=60)).model_copy(update={"scenes": (scene("one", text("t", "Noor", size=60)),)})),
        ("look_fill", "a line in a corner", scenes(scene("one", text("t", "grown in shade", size=40, x=-300, y=-200)))),
        ("look_fill", "a small shape", scenes(scene("one", shape("r", width=100, height=80, fill="#F0F0F0")))),
        ("look_ink", "one small word", scenes(scene("one", text("t", "Noor", size=60)))),
        ("look_ink", "thin lines", scenes(scene("one", shape("a", width=900, height=3, fill="#FFFFFF"), shape("b", y=80, width=900, height=3, fill="#FFFFFF")))),
        ("look_ink", "a dot", scenes(scene("one", shape("r", "ellipse", width=60, height=60, fill="#F0F0F0")))),
        ("look_words", "two paragraphs", film(text("a", MANY, size=36, y=-120, width=1000), text("b", MANY, size=36, y=120, width=1000))),
        ("look_words", "one long one", film(text("a", f"{MANY} {MANY}", size=40, width=1000))),
        ("look_words", "Arabic", film(text("a", "كلمة أخرى " * 15, size=40, width=1000))),
        ("look_accent", "three scenes", accented(3)),
        ("look_accent", "four scenes", accented(4)),
        ("look_accent", "all of five", accented(5)),
        ("look_hues", "six", coloured(6, 150)),
        ("look_hues", "seven", coloured(7, 150)),
        ("look_hues", "seven, large", coloured(7, 163)),
        ("look_repetition", "four scenes", alike(4)),
        ("look_repetition", "six scenes", alike(6)),
        ("look_repetition", "Arabic", alike(5, "في المكان نفسه")),
        ("look_first_frame", "all fades in", scenes(scene("one", moved(text("t", "Noor"), "opacity", (0, 0), (20, 1))))),
        ("look_first_frame", "all comes from outside", scenes(scene("one", moved(shape("r", fill="#FFFFFF"), "x", (0, -1500), (30, 0))))),
        ("look_first_frame", "all begins later", scenes(scene("one", moved(text("t", "نور"), "opacity", (10, 0), (20, 1))))),
        ("look_last_frame", "all fades out", scenes(scene("one", moved(text("t", "Noor"), "opacity", (60, 1), (85, 0))))),
        ("look_last_frame", "all leaves", scenes(scene("one", moved(shape("r", fill="#FFFFFF"), "x", (40, 0), (80, 1500))))),
        ("look_last_frame", "the last scene is empty", scenes(scene("one", drift(), text("t", "Noor")), scene("two", frames=30))),
        ("look_dead", "a dot that crawls", film(text("t", "Noor Tea"), moved(shape("dot", width=4, height=4, fill="#FFFFFF"), "x", (0, 0), (90, 8))).model_copy(update={"scenes": (scene("one", text("t", "Noor Tea"), moved(shape("dot", width=4, height=4, y=200, fill="#FFFFFF"), "x", (0, 0), (90, 8))),)})),
        ("look_dead", "a light too weak to see", scenes(scene("one", text("t", "Noor Tea"), moved(shape("l", width=W, height=H, fill="#FFFFFF", opacity=0.01), "opacity", (0, 0.01), (90, 0.03))))),
        ("look_dead", "a still end", scenes(scene("one", moved(text("t", "Noor Tea"), "y", (0, 200), (20, 0)), frames=100))),
        ("look_beat", "between beats", cut_off_beat(38, 38, 44)),
        ("look_beat", "one off", cut_off_beat(45, 52, 60)),
        ("look_beat", "late", cut_off_beat(49, 45, 45)),
    )
)  # fmt: skip


def good_pictures() -> Iterator[tuple[str, Composition]]:
    """Films without a fault."""
    ground = shape("panel", width=900, height=420, fill="#24405E")
    yield (
        "a title",
        film(
            ground, text("title", "Noor Tea", y=-60, size=110), text("line", "grown in shade", y=90, size=56)
        ),
    )
    yield (
        "allowed",
        film(ground, text("a", "one title", size=110), text("b", "another", y=20, size=110, allow="overlap")),
    )
    covered = moved(shape("wipe", width=W, height=H, fill="#406080"), "x", (0, -1400), (20, 0), (40, 1400))
    yield "a wipe", film(ground, text("title", "Noor Tea", size=120), covered)
    yield (
        "a soft light",
        film(
            ground,
            moved(
                shape("l", width=W, height=H, fill="#FFFFFF", opacity=0.05),
                "opacity",
                *((at, 0.05 + at % 20 / 400) for at in range(0, 80, 10)),
            ),
            text("t", "Noor Tea", size=120),
        ),
    )
    marked = group(
        "line", shape("mark", width=300, height=110, x=-120), text("t", "Grown in the shade", size=90)
    )
    yield "a mark behind some of a line", film(ground, marked)
    under = group("line", shape("rule", width=700, height=30, y=40), text("t", "Noor Tea", size=110))
    yield "a rule under a title", film(ground, under)
    yield "to-do lists", film(ground, text("t", "Your to-do list, done", size=90))
