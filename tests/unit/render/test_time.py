# ruff: noqa: E501 - tables are read by their columns
from __future__ import annotations

import numpy as np
import pytest

from domain.composition import Gradient, GradientStop, Stagger
from render import color
from render.ease import curve
from render.text.parts import delays
from render.timeline import Changes, Motion, Values, changes_of
from stage import eases as author_eases
from stage import vocabulary as words
from tests.unit.render.films import track

KNOWN = [
    ("power2.out", 0.5, 0.875), ("power1.in", 0.5, 0.25), ("power3.inOut", 0.25, 0.03125), ("sine.inOut", 0.25, 0.1464466),
    ("expo.out", 0.5, 0.9765625), ("circ.out", 0.5, 0.8660254), ("back.out(1.7)", 0.5, 1.0875), ("back.in", 0.5, -0.0876975),
    ("elastic.out(1,0.3)", 0.1, 1.25), ("bounce.out", 0.5, 0.765625), ("bounce.in", 0.5, 0.234375), ("steps(4)", 0.5, 0.5),
    ("steps(4)", 0.99, 1.0), ("bezier(0,0,1,1)", 0.3, 0.3), ("none", 0.3, 0.3),
]  # fmt: skip
EVERY = [
    f"{name}.{form}"
    for name in words.EASE_NAMES
    if name not in ("steps", "bezier")
    for form in words.EASE_FORMS
]
MORE = [
    "steps(5)",
    "bezier(.16,1,.3,1)",
    "bezier(.7,0,.84,0)",
    "spring(0.55)",
    "spring(1)",
    "spring(1.4,0.8)",
    "elastic.inOut(1.2,0.4)",
]


@pytest.mark.parametrize(("text", "share", "wanted"), KNOWN)
def test_eases_run_as_gsap_runs_them(text: str, share: float, wanted: float) -> None:
    assert float(curve(text)(np.array([share]))[0]) == pytest.approx(wanted, abs=2e-5)


@pytest.mark.parametrize("text", EVERY + MORE)
def test_every_ease_begins_at_nothing_and_ends_at_all(text: str) -> None:
    ends = curve(text)(np.array([0.0, 1.0]))
    assert ends == pytest.approx([0, 1], abs=1e-6)


@pytest.mark.parametrize("text", EVERY + MORE)
def test_authors_and_painter_mean_the_same_curve(text: str) -> None:
    shares = np.linspace(0, 1, 41)
    authored = [author_eases.curve(text)(float(share)) for share in shares]
    assert curve(text)(shares) == pytest.approx(authored, abs=2e-5)


@pytest.mark.parametrize(("damping", "over"), [(0.3, 0.3), (0.55, 0.1), (0.8, 0.01)])
def test_a_spring_overshoots_by_its_damping_and_settles(damping: float, over: float) -> None:
    shares = np.linspace(0, 1, 2001)
    path = curve(f"spring({damping})")(shares)
    assert path.max() == pytest.approx(1 + np.exp(-np.pi * damping / np.sqrt(1 - damping**2)), abs=0.01)
    assert path.max() > 1 + over * 0.9
    half = curve(f"spring({damping},0.5)")(shares)
    assert np.abs(half[1000:] - 1).max() < 0.01


def test_keys_hold_before_the_first_and_after_the_last() -> None:
    motion = Motion(track("x", (10, 5), (20, 15, "power1.in")).keys)
    assert motion.numbers(np.array([0.0, 10, 15, 20, 99])) == pytest.approx([5, 5, 7.5, 15, 15])


def test_two_keys_on_one_frame_are_a_jump() -> None:
    motion = Motion(track("x", (0, 0), (10, 10), (10, 50), (20, 60)).keys)
    assert motion.numbers(np.array([9.0, 10, 15])) == pytest.approx([9, 50, 55])


def test_fractional_keys_are_met_between_frames() -> None:
    motion = Motion(track("x", (0.5, 0), (1.5, 10)).keys)
    assert motion.numbers(np.array([0.0, 1, 2])) == pytest.approx([0, 5, 10])


def test_overshoot_stays_within_the_property() -> None:
    motion = Motion(track("opacity", (0, 0), (10, 1, "back.out(3)")).keys, words.PLACE["opacity"])
    assert motion.numbers(np.arange(0.0, 11)).max() == 1


def test_a_later_track_of_a_property_takes_over_when_it_begins() -> None:
    values = Values(words.KINDS["rect"], {}, [track("x", (50, 100), (60, 200)), track("x", (0, 0), (10, 40))])
    assert [values.number("x", frame) for frame in (0, 5, 30, 50, 60, 300)] == [0, 20, 40, 100, 200, 200]


def test_colors_mix_evenly_in_oklab() -> None:
    middle = Motion(track("fill", (0, "#FF0000"), (10, "#0000FF")).keys).paints(np.array([5.0]))[0]
    assert middle == "#8C53A2FF"
    assert color.as_text(color.mix("#FFFFFF00", "#FFFFFF", np.array(0.5))) == "#FFFFFF80"


def test_a_color_grows_into_a_gradient() -> None:
    gradient = Gradient(stops=(GradientStop(color="#000000", at=0), GradientStop(color="#FFFFFF", at=1)))
    motion = Motion(track("fill", (0, "#FFFFFF"), (10, gradient)).keys)
    middle = motion.paints(np.array([0.0, 5, 10]))
    assert middle[0] == "#FFFFFF"
    assert middle[2] == gradient
    assert isinstance(middle[1], Gradient)
    assert middle[1].stops[1].color == "#FFFFFFFF"


def test_changes_tell_where_values_differ_from_the_frame_before() -> None:
    keys = track("x", (0, 0), (4.5, 0), (6, 1), (9, 1), (9, 3), (20, 3)).keys
    changes = Changes(changes_of(keys))
    motion = Motion(keys)
    numbers = motion.numbers(np.arange(0.0, 30))
    differing = [frame for frame in range(1, 30) if numbers[frame] != numbers[frame - 1]]
    assert [frame for frame in range(1, 30) if changes.at(frame)] == differing == [5, 6, 9]
    assert changes.run(7) == (6, 8)
    assert changes.run(2) == (0, 4)
    assert changes.run(5) == (5, 5)
    assert changes.run(50) == (9, float("inf"))


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("start", [0, 2, 4, 6, 8]),
        ("end", [8, 6, 4, 2, 0]),
        ("center", [4, 2, 0, 2, 4]),
        ("edges", [0, 2, 4, 2, 0]),
    ],
)
def test_parts_follow_one_another_in_order(order: str, wanted: list[float]) -> None:
    assert delays(5, Stagger.model_validate({"each": 2, "order": order})) == wanted


def test_a_cascade_is_never_longer_than_its_total() -> None:
    assert max(delays(50, Stagger(each=3, total=20))) == pytest.approx(20)


def test_a_random_order_is_the_same_for_the_same_seed() -> None:
    first, again, other = (delays(9, Stagger(each=1, order="random", seed=seed)) for seed in (4, 4, 5))
    assert first == again != other
    assert sorted(first) == list(range(9))
