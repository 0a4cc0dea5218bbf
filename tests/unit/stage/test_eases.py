"""The stage's curves are the renderer's, and a way back runs a curve backwards."""

import numpy as np
import pytest

from render.ease import curve as drawn
from stage import vocabulary as words
from stage.eases import curve, turned
from stage.keys import Key, between, cut

ARGUMENTS = {"steps": "(5)", "bezier": "(.16,1,.3,1)", "expoScale": "(0.5,3)"}
EASES = [
    *(f"{name}.{form}{ARGUMENTS.get(name, '')}" for form in words.EASE_FORMS for name in words.EASE_NAMES),
    "back.inOut(2.5)", "elastic.out(1.5)", "elastic.in(0.5,0.4)", "spring(0.4,0.6)", "spring(1)",
    "spring(1.3)", "slow(0.5,0.8)", "slow(1,1)", "rough(2,8)", "expoScale(2,2)", "expoScale(4,1)",
    "bezier(.2,0,.3,.6,.5,.5,.7,.4,.6,1)", "bezier(.1,1.4,.3,1.2,.4,1,.5,.8,.6,.9,.7,1,.8,1.1,.9,1)",
]  # fmt: skip
SHARES = np.linspace(0, 1, 101)


@pytest.mark.parametrize("ease", EASES)
def test_a_curve_is_the_one_that_is_drawn(ease: str) -> None:
    ours = [curve(ease)(share) for share in SHARES.tolist()]
    np.testing.assert_allclose(ours, drawn(ease)(SHARES), atol=1e-3)


@pytest.mark.parametrize("ease", [ease for ease in EASES if not ease.startswith(("steps", "rough"))])
def test_a_turned_curve_runs_backwards(ease: str) -> None:
    back, there = curve(turned(ease)), curve(ease)
    for share in SHARES.tolist():
        assert back(share) == pytest.approx(1 - there(1 - share), abs=2e-3)


@pytest.mark.parametrize(
    ("one", "other", "middle"),
    [
        (Key(0, 0), Key(10, 4), 2),
        (Key(0, "#000000"), Key(10, "#FFFFFF"), "#636363"),
        (Key(0, "#00000000"), Key(10, "#000000FF"), "#00000080"),
    ],
)
def test_a_value_between_keys_is_mixed(one: Key, other: Key, middle: object) -> None:
    assert between(one, other, 5) == middle


def test_a_cut_curve_is_spelled_out_to_the_cut() -> None:
    keys = cut([Key(0, 0), Key(10, 10)], 2.5)
    assert [(key.frame, key.value) for key in keys] == [(0, 0), (1, 1), (2, 2), (2.5, 2.5)]
    assert cut([Key(0, 0), Key(4, 4), Key(9, 4)], 4) == [Key(0, 0), Key(4, 4)]
    assert cut([Key(5, 3), Key(9, 4)], 2) == [Key(2, 3)]
