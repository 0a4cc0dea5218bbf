"""The parts of a text obey each track in its time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from domain.composition import Key, Stagger, Track
from render.picture import Picture
from tests.unit.render.films import film, node, shot, track


def test_an_exit_of_lines_leaves_their_entrance_alone() -> None:
    enter = Track(
        property="rise", unit="line", stagger=Stagger(each=4),
        keys=(Key(frame=0, value=1.2), Key(frame=10, value=0, ease="none")),
    )  # fmt: skip
    leave = Track(
        property="rise", unit="line", stagger=Stagger(each=2),
        keys=(Key(frame=30, value=0), Key(frame=38, value=-1.2, ease="none")),
    )  # fmt: skip
    text = node("text", tracks=(enter, leave), text="one\ntwo", size=40.0)
    still = node("text", text="one\ntwo", size=40.0)
    moving, resting = film(text, frames=60), film(still, frames=60)
    before, middle, after = (shot(moving, frame).copy() for frame in (0, 20, 55))
    whole = shot(resting, 20).copy()
    letters = int(np.count_nonzero(whole[..., 0] > 128))
    assert letters > 500
    assert abs(int(np.count_nonzero(middle[..., 0] > 128)) - letters) < letters * 0.05
    assert np.count_nonzero(before[..., 0] > 128) == 0
    assert np.count_nonzero(after[..., 0] > 128) == 0


@pytest.mark.parametrize(
    ("name", "hidden", "unit"),
    [
        ("rise", 1.1, "word"),
        ("opacity", 0, "char"),
        ("wipe", 1, "line"),
        ("scale", 0, "char"),
        ("rise", -1.1, "char"),
    ],
)
def test_the_layout_tells_how_much_of_a_text_is_painted(name: str, hidden: float, unit: str) -> None:
    rest = 0 if name in ("rise", "wipe") else 1
    enter = track(name, (5, hidden), (15, rest), unit=unit, stagger=Stagger(each=6))
    made = film(node("text", tracks=(enter,), text="Moon\nriver", size=40.0), frames=90)
    (text,) = Picture(made, Path()).layout([0, 12, 89]).nodes
    assert [sample.opacity for sample in text.samples] == [1, 1, 1]
    before, middle, after = (sample.painted for sample in text.samples)
    assert before == 0
    assert 0 < middle < 1
    assert after == 1
    assert [np.count_nonzero(shot(made, frame)[..., 0] > 128) > 0 for frame in (0, 89)] == [False, True]


def test_a_text_without_moving_letters_is_painted_whole() -> None:
    fade = track("opacity", (0, 0), (10, 1))
    made = film(node("text", tracks=(fade,), text="Moon", size=40.0), frames=20)
    (text,) = Picture(made, Path()).layout([0, 5]).nodes
    assert [(sample.opacity, sample.painted) for sample in text.samples] == [(0, 1), (0.5, 1)]
