"""Numbers behind the pictures: axes, morphs, particles, tones and captions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import skia

from domain.composition import Cue, Said, Series
from render.bands import STEPS, Sounds, Tones
from render.charts.scale import digits, scale
from render.code import lines_of, pieces
from render.corners import closed, regular, through
from render.layers.captions import times
from render.morph import Morph
from render.picture import Picture
from render.svgpath import parse
from render.swarm import Law, swarm
from tests.unit.render.films import film, node, write_tone


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([42.0, 96.0], (0, 25, 50, 75, 100)),
        ([0.0, 0.0], (0, 0.25, 0.5, 0.75, 1)),
        ([-58.0, 42.0], (-75, -50, -25, 0, 25, 50)),
        ([1_234_567.0], (0, 500_000, 1_000_000, 1_500_000)),
        ([], (0, 0.25, 0.5, 0.75, 1)),
    ],
)
def test_axes_have_round_numbers_and_hold_every_value(values: list[float], ticks: tuple[float, ...]) -> None:
    found = scale(values, None, None, 4, zero=True)
    assert found.ticks == pytest.approx(ticks)
    assert all(0 <= found.share(value) <= 1 for value in values)


def test_a_bar_never_begins_above_zero() -> None:
    assert scale([90.0, 95.0], 80, None, 4, zero=True).low == 0
    assert scale([90.0, 95.0], 80, None, 4, zero=False).low == 80


@pytest.mark.parametrize(("ticks", "places"), [((0.0, 5.0), 0), ((0.0, 2.5), 1), ((0.0, 0.25), 2)])
def test_ticks_have_as_many_digits_as_they_need(ticks: tuple[float, ...], places: int) -> None:
    assert digits(ticks, 3) == places


@pytest.mark.parametrize("value", [-1e15, 1e15, 1e-12, 5e14])
def test_a_chart_of_extreme_numbers_is_drawn(value: float, tmp_path: Path) -> None:
    for form in ("bar", "hbar", "line", "area", "pie", "donut"):
        shown = node(
            "chart", "c", data=(Series(values=(value, 1.0, None)),), form=form, width=300, height=200
        )
        assert (Picture(film(shown), tmp_path).draw(0)[:, :, 3] == 255).all()


def test_a_morph_is_exact_at_both_ends_and_lies_between() -> None:
    small, large = parse("M0 0 H10 V10 H0 Z"), parse("M0 0 H30 V30 H0 Z")
    morph = Morph(small, large)
    assert morph.at(0) == small
    assert morph.at(1) == large
    assert morph.at(0.5).getBounds().width() == pytest.approx(20, abs=0.5)


def test_a_morph_of_nothing_stays_nothing() -> None:
    assert Morph(skia.Path(), parse("M0 0 H9")).at(0.5).isEmpty()


def test_corners_are_round_and_stay_within_their_sides() -> None:
    square = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]
    assert not closed(square, 20).contains(2, 2)
    assert closed(square, 1e9).getBounds() == skia.Rect(0, 0, 100, 100)
    assert closed(square, 1e9).contains(50, 50)
    assert through([(0.0, 0.0)] * 3, 50, 0).getBounds().isEmpty()
    assert through([], 5, 1).isEmpty()


@pytest.mark.parametrize("count", [3, 5, 60])
def test_regular_shapes_fill_their_box(count: int) -> None:
    points = np.array(regular(count, 80, 40))
    assert points.min(axis=0) == pytest.approx((0, 0))
    assert points.max(axis=0) == pytest.approx((80, 40))


LAW = Law(50, 3, "box", False, 2, 100, 0.5, 270, 60, 0, 0, 0, 0, 400, 300)


def test_particles_are_where_they_are_whatever_was_drawn_before() -> None:
    once, again = swarm(LAW, 7.3), swarm(LAW, 7.3)
    assert (once.x == again.x).all()
    assert ((once.age >= 0) & (once.age < 1)).all()
    near = swarm(LAW, 7.3 + 1 / 60)
    lasting = near.age > once.age
    assert np.hypot(near.x - once.x, near.y - once.y)[lasting].max() < 2.1


def test_another_seed_is_another_throw_and_a_burst_ends() -> None:
    other = replace(LAW, seed=4)
    assert not np.allclose(swarm(LAW, 1).x, swarm(other, 1).x)
    burst = replace(LAW, burst=True)
    assert (swarm(burst, 2.5).age >= 1).all()


def test_a_tone_stands_out_where_it_sounds(tmp_path: Path) -> None:
    write_tone(tmp_path / "a.wav")
    told: list[str] = []
    sounds = Sounds(lambda name: tmp_path / name, told.append)
    asked = Tones(24, 60, 9_000, 0.01, 0.05)
    rows = sounds.tones("a.wav", asked)
    assert len(rows) == pytest.approx(2 * STEPS, abs=4)
    tone = int(24 * np.log(220 / 60) / np.log(9_000 / 60))
    assert int(rows[round(0.25 * STEPS)].argmax()) == pytest.approx(tone, abs=1)
    assert sounds.outline("a.wav").max() == pytest.approx(1)
    assert sounds.tones("none.wav", asked).max() == 0
    (tmp_path / "bad.mp3").write_bytes(b"nothing")
    assert sounds.outline("bad.mp3").max() == 0
    assert len(told) == 2


def test_words_without_times_share_their_cue_by_letters() -> None:
    cue = Cue(start=0, end=30, text="a longer")
    first, second = times(cue, 2)
    assert (first[0], second[1]) == (0, pytest.approx(30))
    assert first[1] < 15
    timed = Cue(
        start=0, end=9, text="a b", words=(Said(text="a", start=1, end=2), Said(text="b", start=4, end=5))
    )
    assert times(timed, 2) == [(1, 2), (4, 5)]
    assert times(timed, 3) == [(0, 3), (3, 6), (6, 9)]


def test_code_is_taken_apart_and_an_unknown_language_is_told() -> None:
    found = pieces("def f(): return 'x'  # y", "python", "dark")
    assert "".join(text for text, _ in found) == "def f(): return 'x'  # y"
    assert len({color for _, color in found}) >= 4
    with pytest.raises(ValueError, match="no language 'klingon'"):
        pieces("x", "klingon", "dark")


@pytest.mark.parametrize(("said", "lines"), [("3-5,8", [3, 4, 5, 8]), ("", []), ("x,-,2", [2]), ("5-3", [])])
def test_lines_are_chosen_by_number(said: str, lines: list[int]) -> None:
    assert sorted(lines_of(said)) == lines


@pytest.mark.parametrize("pill", ["#FF5C8A", "#101820", "#FFFFFF"])
def test_a_word_is_readable_on_its_pill_whatever_color_was_asked(pill: str, tmp_path: Path) -> None:
    cue = (Cue(start=0, end=30, text="word"),)
    shown = node(
        "captions", "c", cues=cue, size=80, weight=800, width=480, color=pill, highlight_color=pill, pill=pill
    )  # type: ignore[arg-type]
    pixels = Picture(film(shown, background=pill), tmp_path).draw(3)[:, :, :3].astype(int)
    ground = [int(pill[at : at + 2], 16) for at in (5, 3, 1)]
    far = np.abs(pixels - ground).sum(axis=2)
    assert (far > 200).mean() > 0.005
