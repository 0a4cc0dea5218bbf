"""Every fault of drawn frames is found, what is declared is excused, and good films have none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from domain.checks import codes
from domain.composition import Node
from tests.bad.case import Bad
from tests.bad.pictures import (
    GROUND,
    LOOKS,
    PICTURES,
    H,
    W,
    film,
    good_pictures,
    moved,
    scene,
    scenes,
    seen,
    shape,
    text,
)

ALL = (*PICTURES, *LOOKS)


@pytest.mark.parametrize("bad", ALL, ids=str)
def test_a_fault_of_a_picture_is_found(tmp_path: Path, bad: Bad) -> None:
    found = bad.look(tmp_path)
    assert any(each.code == bad.code and each.severity in bad.severity for each in found), [
        f"{each.severity} {each.code}: {each.message}" for each in found
    ]


def test_good_pictures_have_no_faults(tmp_path: Path) -> None:
    told = {
        name: [
            f"{each.severity} {each.code}: {each.message}"
            for each in seen(made, tmp_path)
            if not each.allowed
        ]
        for name, made in good_pictures()
    }
    assert {name: lines for name, lines in told.items() if lines} == {}


def test_a_declared_exception_is_told_as_advice(tmp_path: Path) -> None:
    told = seen(film(text("a", "one title"), text("b", "another title", y=20, allow="overlap")), tmp_path)
    (each,) = [finding for finding in told if finding.code == "text_overlap"]
    assert (each.severity, each.allowed) == ("advice", "overlap")


def test_a_faint_text_is_told_with_a_color_that_would_do(tmp_path: Path) -> None:
    told = seen(film(text("t", "faint words", size=44, color="#5A6068")), tmp_path)
    (each,) = [finding for finding in told if finding.code == "text_contrast"]
    assert each.safe_to_auto_fix
    better = str(each.fix["color"])
    again = seen(film(text("t", "faint words", size=44, color=better)), tmp_path)
    assert "text_contrast" not in {finding.code for finding in again}


MILDER = {"error": "warning", "warning": "advice"}
LASTING: list[tuple[str, str, Node]] = [
    ("text_hidden", "error", text("t", "hidden words", color=GROUND)),
    ("text_hidden", "warning", text("t", "hidden words", color="#3A424A")),
    ("text_contrast", "error", text("t", "faint words", size=44, color="#333B43")),
    ("text_contrast", "warning", text("t", "faint words", size=36, color="#6A7078")),
    ("text_too_small", "error", text("t", "terms and conditions", size=6)),
    ("text_too_small", "warning", text("t", "terms and conditions", size=13)),
    ("text_cut", "error", text("t", "Donaudampfschifffahrtsgesellschaft", width=300, height=40)),
    ("glyph_missing", "error", text("t", "a \U00010000 letter")),
]


@pytest.mark.parametrize(
    ("code", "worst", "node"), LASTING, ids=[f"{code} {worst}" for code, worst, _ in LASTING]
)
def test_a_fault_that_lasts_is_graver_than_one_of_a_moment(
    code: str, worst: str, node: Node, tmp_path: Path
) -> None:
    glimpsed = moved(node, "opacity", (44, 0), (45, 1), (47, 1), (48, 0))
    told = [
        {each.code: each.severity for each in seen(film(made), tmp_path)}.get(code)
        for made in (node, glimpsed)
    ]
    assert told == [worst, MILDER[worst]]


def test_a_scene_that_is_empty_for_a_moment_is_told_milder_than_an_empty_one(tmp_path: Path) -> None:
    keys = ((0, 1), (40, 1), (41, 0), (50, 0), (51, 1))
    title = moved(text("t", "Noor Tea"), "opacity", *keys)
    told: dict[str, str] = {}
    for name, nodes in (("empty", ()), ("for a moment", (title,)), ("full", (text("t", "Noor Tea"),))):
        found = seen(scenes(scene("one", *nodes)), tmp_path)
        lines = [f"{each.severity}: {each.message}" for each in found if each.code == "frame_blank"]
        told.update((name, line) for line in lines)
    assert sorted(told) == ["empty", "for a moment"]
    assert told["empty"].startswith("error: nothing is to be seen")
    assert "further frames" in told["empty"]
    assert told["for a moment"].startswith("warning: nothing is to be seen at 1.")


def test_a_text_is_judged_by_most_of_its_frames_not_by_one(tmp_path: Path) -> None:
    """A pale plate comes behind a pale text right where its scene is looked at, and goes again."""
    plate = moved(
        shape("plate", width=W, height=H, fill="#F4F1EA"), "opacity", (40, 0), (44, 1), (46, 1), (50, 0)
    )
    words = text("t", "pale words", size=44, color="#E8E4D8")
    assert "text_contrast" not in {each.code for each in seen(film(plate, words), tmp_path)}
    still = shape("plate", width=W, height=H, fill="#F4F1EA")
    assert {"text_contrast", "text_hidden"} & {each.code for each in seen(film(still, words), tmp_path)}


def test_every_check_of_pictures_has_three_bad_ones() -> None:
    counted = Counter(bad.code for bad in ALL)
    wanted = set(codes("texts", "picture", "look"))
    assert {code: counted[code] for code in wanted if counted[code] < 3} == {}
