# ruff: noqa: E501 - tables are read by their columns
from __future__ import annotations

import numpy as np
import pytest
import skia

from render.svg import Drawing, read
from render.svgpath import parse

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 20 20">'
)


def drawn(drawing: Drawing) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    width, height = (round(side) for side in drawing.size)
    pixels = np.zeros((height, width, 4), np.uint8)
    info = skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    skia.Surface.MakeRasterDirect(info, pixels, width * 4).getCanvas().drawPicture(drawing.picture)
    return pixels


def test_current_color_is_the_nodes_color() -> None:
    pixels = drawn(read(f'{HEAD}<rect width="20" height="20" fill="currentColor"/></svg>', "#FF8000"))
    assert tuple(pixels[10, 10]) == (0, 128, 255, 255)


def test_rules_of_a_style_element_are_applied() -> None:
    rules = "<style>.a{fill:#00FF00} #b { fill : #0000FF } circle{fill:red}</style>"
    shapes = '<rect class="x a" width="10" height="10"/><rect id="b" x="10" width="10" height="10"/><circle cx="5" cy="15" r="4"/>'
    pixels = drawn(read(f"{HEAD}{rules}{shapes}</svg>", "#FFFFFF"))
    assert tuple(pixels[5, 5]) == (0, 255, 0, 255)
    assert tuple(pixels[5, 15]) == (255, 0, 0, 255)
    assert tuple(pixels[15, 5]) == (0, 0, 255, 255)


@pytest.mark.parametrize(
    "part",
    [
        "<script>alert(1)</script>", '<image href="file:///etc/passwd" width="20" height="20"/>',
        '<image xlink:href="http://a.example/x.png" width="20" height="20"/>', '<use href="other.svg#a"/>',
        '<rect width="20" height="20" fill="url(http://a.example/#g)"/>', "<foreignObject><p>x</p></foreignObject>",
        '<rect onclick="x()" width="0" height="0"/>', "<style>@import url(http://a.example/a.css);</style>",
        '<rect width="20" height="20" style="fill:url(file:///etc/passwd)"/>',
    ],
)  # fmt: skip
def test_nothing_outside_the_drawing_is_ever_asked_for(part: str) -> None:
    assert drawn(read(f"{HEAD}{part}</svg>", "#FFFFFF")).any() == 0


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("", "no SVG that can be read"), ("<svg", "no SVG that can be read"), ("<html/>", "root is not <svg>"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>', "no SVG that can be read"),
        (HEAD + "<g>" * 200 + "</g>" * 200 + "</svg>", "nests deeper"),
        (HEAD + "<g/>" * 60_000 + "</svg>", "at most 50000"),
    ],
    ids=["empty", "torn", "html", "entities", "deep", "many"],
)  # fmt: skip
def test_what_is_no_drawing_is_refused_with_a_reason(markup: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read(markup, "#FFFFFF")


@pytest.mark.parametrize(
    ("head", "size"),
    [('viewBox="0 0 40 20"', (40, 20)), ('width="30px" height="15"', (30, 15)), ("", (100, 100)), ('viewBox="0 0 0 5" width="8" height="9"', (8, 9))],
)  # fmt: skip
def test_a_drawing_knows_its_size(head: str, size: tuple[float, float]) -> None:
    assert read(f'<svg xmlns="http://www.w3.org/2000/svg" {head}/>', "#FFFFFF").size == size


def test_path_data_is_read_as_svg_means_it() -> None:
    data = "M10 10h20v20H10zm5,5 l5-5-5-5 c0 0 10 0 10 10 s5 5 10 0 q5 5 10 0 t10 0 a5 5 0 0 1 10 0 Z"
    ours = parse(data)
    theirs = parse("M10,10 L30,10 L30,30 L10,30 Z M15,15 L20,10 L15,5")
    assert ours.getBounds().right() == pytest.approx(65)
    assert theirs.getBounds().left() == 10
    assert parse("").isEmpty()
    arc = parse("M50 4 A46 46 0 1 1 49.9 4").computeTightBounds()
    assert (arc.left(), arc.bottom()) == pytest.approx((4, 96), abs=0.1)


def test_flags_of_an_arc_may_stand_together() -> None:
    assert parse("M0 0a5 5 0 0110 0").computeTightBounds().right() == pytest.approx(10)


@pytest.mark.parametrize(
    ("data", "reason"),
    [("M0 0 L10", "1 of 2 numbers"), ("L0 0", "begin with M"), ("M0 0 X5", "no command 'X'"), ("M0 0 L1 ;2", "has ';'"), ("10 10", "without a command")],
)  # fmt: skip
def test_wrong_path_data_is_refused_with_its_place(data: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse(data)
