"""Every fault that is told has a film that has it, and a good film has none."""

import json
from pathlib import Path

import pytest
from PIL import Image

from domain.composition import Composition, Key, Node, Scene, Track, Transition
from domain.finding import Finding
from render.look import film_pictures, frozen
from render.stills import Drawer
from render.wishes import Wish

W, H = 1280, 720


def text(name: str, words: str, **props: object) -> Node:
    given = {"text": words, "size": 80, "color": "#FFFFFF", "anchor": "center", **props}
    return Node.model_validate({"id": name, "kind": "text", "props": given})


def rect(name: str, **props: object) -> Node:
    given = {"inside": "frame", "anchor": "center", "width": W, "height": H, "fill": "#204060", **props}
    return Node.model_validate({"id": name, "kind": "rect", "props": given})


def moved(node: Node, name: str, *keys: tuple[float, float]) -> Node:
    track = Track(property=name, keys=tuple(Key(frame=frame, value=value) for frame, value in keys))
    return node.model_copy(update={"tracks": (*node.tracks, track)})


DRIFT = moved(rect("drift", width=90, height=90, y=-250, fill="#305070"), "x", (0, -200), (120, 200))


def film(*nodes: Node, background: str = "#101820", frames: int = 90) -> Composition:
    scene = Scene(id="one", frames=frames, background=background, nodes=(DRIFT, *nodes))
    return Composition(width=W, height=H, fps=30, scenes=(scene,))


def found(made: Composition, folder: Path, *frames: int) -> list[Finding]:
    wish = Wish(frames=frames or (45,), png=False, sheet=False)
    seen, _ = Drawer(folder).answer(wish, made.model_dump_json().encode())
    assert seen.fault is None
    return [each for each in seen.findings if each.severity != "advice"]


def codes(made: Composition, folder: Path, *frames: int) -> dict[str, str]:
    return {each.code: each.severity for each in found(made, folder, *frames)}


def test_a_good_film_has_no_faults(tmp_path: Path) -> None:
    made = film(text("title", "Noor Tea", y=-60), text("line", "grown in shade", y=70, size=44))
    assert found(made, tmp_path, 0, 10, 45, 80) == []


def test_a_text_that_fades_slides_and_rises_in_is_no_fault(tmp_path: Path) -> None:
    title = moved(moved(text("title", "Noor Tea"), "opacity", (0, 0), (20, 1)), "x", (0, -900), (20, 0))
    rise = Track(property="rise", unit="word", keys=(Key(frame=10, value=1.1), Key(frame=40, value=0)))
    line = text("line", "grown in shade", y=140).model_copy(update={"tracks": (rise,)})
    assert found(film(title, line), tmp_path, 0, 5, 12, 20, 60) == []


def test_a_stop_of_a_long_ride_is_no_fault(tmp_path: Path) -> None:
    stop = moved(text("stop", "2"), "x", (0, 1600), (600, 1600), (630, 0), (760, 0), (790, -1600))
    stop = moved(stop, "scale", (600, 0), (615, 1))
    assert "text_outside" not in codes(film(stop, frames=1200), tmp_path, 45)
    assert codes(film(moved(stop, "y", (0, 700)), frames=1200), tmp_path, 45)["text_outside"] == "error"


def test_texts_that_take_turns_in_one_place_are_no_fault(tmp_path: Path) -> None:
    first = moved(text("first", "one idea"), "opacity", (30, 1), (40, 0))
    second = moved(text("second", "another one"), "opacity", (40, 0), (50, 1))
    assert found(film(first, second), tmp_path, 10, 40, 80) == []


def test_a_card_that_covers_an_older_text_is_no_fault(tmp_path: Path) -> None:
    made = film(text("old", "older words"), rect("card", width=900, height=300), text("new", "newer words"))
    assert "text_overlap" not in codes(made, tmp_path)


@pytest.mark.parametrize(("nodes", "code", "severity"), [
    ([text("title", "Noor Tea", x=560, width=500)], "text_outside", "error"),
    ([text("title", "Noor", inside="frame", anchor="top", y=4)], "text_outside", "warning"),
    ([text("title", "Noor Tea from the hills", width=400, max_lines=1)], "text_cut", "error"),
    ([text("one", "first words"), text("two", "second words", y=20)], "text_overlap", "error"),
    ([text("small", "terms and conditions apply", size=13)], "text_too_small", "warning"),
    ([text("tiny", "terms and conditions apply", size=6)], "text_too_small", "error"),
    ([text("title", "Noor Tea", color="#101820")], "text_hidden", "error"),
    ([text("title", "Noor Tea"), rect("lid")], "text_hidden", "error"),
    ([text("title", "Noor Tea", color="#3A424A")], "text_hidden", "warning"),
    ([text("title", "\U0001F9EA \U000E0FFF \uF8FE")], "glyph_missing", "error"),
    ([text("title", "Noor Tea", font="Nosuch Grotesk")], "font_substituted", "warning"),
])  # fmt: skip
def test_a_fault_is_found(nodes: list[Node], code: str, severity: str, tmp_path: Path) -> None:
    assert codes(film(*nodes), tmp_path).get(code) == severity


def test_a_finding_names_the_node_the_place_and_the_way_out(tmp_path: Path) -> None:
    (each,) = found(film(text("title", "Noor Tea", x=560, width=500)), tmp_path)
    assert (each.scene, each.node, each.code) == ("one", "title", "text_outside")
    assert "px outside the frame" in each.message
    assert each.fix_hint
    assert each.box is not None
    assert each.box[2] > W


@pytest.mark.parametrize(("word", "node"), [
    ("bleed", text("title", "Noor Tea", x=560, width=500, allow="bleed")),
    ("small", text("title", "terms", size=13, allow="overlap, small")),
])  # fmt: skip
def test_what_is_meant_to_be_is_no_fault(word: str, node: Node, tmp_path: Path) -> None:
    assert found(film(node), tmp_path) == []


def test_decoration_is_not_read(tmp_path: Path) -> None:
    ghost = text("ghost", "NOOR", size=600, color="#FFFFFF14")
    assert found(film(ghost, text("title", "Noor Tea")), tmp_path) == []


def test_an_empty_frame_in_the_middle_of_a_scene_is_found(tmp_path: Path) -> None:
    late = text("late", "Noor Tea", start=70)
    scene = Scene(id="one", frames=90, nodes=(late,))
    made = Composition(width=W, height=H, fps=30, scenes=(scene,))
    assert codes(made, tmp_path, 45).get("frame_blank") == "error"
    assert "frame_blank" not in codes(made, tmp_path, 3, 80)


def test_a_dip_through_black_is_no_empty_frame(tmp_path: Path) -> None:
    dip = Transition(kind="dip", frames=20)
    scenes = tuple(
        Scene(id=name, frames=90, background="#0A0A0A", nodes=(DRIFT, text("t", name)), enter=dip)
        for name in ("one", "two")
    )
    made = Composition(width=W, height=H, fps=30, scenes=scenes)
    assert found(made, tmp_path, 45, 85, 90, 95, 140) == []


def test_a_scene_that_stands_still_is_found_without_drawing_it(tmp_path: Path) -> None:
    scene = Scene(id="one", frames=90, background="#101820", nodes=(text("title", "Noor Tea"),))
    (each,) = found(Composition(width=W, height=H, fps=30, scenes=(scene,)), tmp_path, 45)
    assert (each.code, each.severity, each.span) == ("nothing_moves", "warning", (0, 3))


def test_a_missing_file_is_found_with_its_node(tmp_path: Path) -> None:
    image = Node(id="hero", kind="image", props={"src": "assets/hero.png", "width": 200, "height": 200})
    each = next(each for each in found(film(image), tmp_path) if each.code == "asset_missing")
    assert (each.severity, each.node, each.value) == ("error", "hero", "assets/hero.png")


def grey(level: int) -> Image.Image:
    return Image.new("RGB", (64, 36), (level, level, level))


def busy(shift: int) -> Image.Image:
    page = grey(20)
    page.paste((240, 200, 40), (10 + shift, 8, 30 + shift, 28))
    return page


@pytest.mark.parametrize(("pictures", "code"), [
    ([grey(0), grey(0)], "film_blank"),
    ([grey(16), grey(90), grey(16)], "film_blank"),
    ([busy(0), busy(0), busy(0)], "film_frozen"),
])  # fmt: skip
def test_a_film_that_shows_nothing_or_stands_still_is_found(pictures: list[Image.Image], code: str) -> None:
    assert [each.code for each in film_pictures(pictures)] == [code]


def test_a_film_that_moves_is_no_fault() -> None:
    assert list(film_pictures([grey(0), busy(0), busy(9)])) == []
    assert list(film_pictures([busy(0)])) == []


def test_a_long_hold_is_found_with_its_place() -> None:
    moving, held = [False] * 30, [True] * 30
    (each,) = frozen(film(), [*moving, *held, *moving])
    assert (each.code, each.severity, each.scene) == ("nothing_moves", "warning", "one")
    assert each.span == pytest.approx((29 / 30, 2))
    assert list(frozen(film(), [*moving, *([True] * 24), *moving])) == []


def test_a_frame_outside_of_the_film_is_refused(tmp_path: Path) -> None:
    wish = Wish(frames=(90,))
    seen, parts = Drawer(tmp_path).answer(wish, film().model_dump_json().encode())
    assert seen.fault is not None
    assert "frame 90 is outside of the film: 0 to 89" in seen.fault.message
    assert parts == []


def test_what_is_no_film_is_refused(tmp_path: Path) -> None:
    broken = json.dumps({"width": 10}).encode()
    seen, _ = Drawer(tmp_path).answer(Wish(frames=(0,)), broken)
    assert seen.fault is not None
