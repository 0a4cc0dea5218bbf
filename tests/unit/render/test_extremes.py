"""What is far too large, or has no size at all, is drawn or left out; nothing breaks and nothing hangs."""

import time
from pathlib import Path

import numpy as np
import pytest

from domain.composition import Composition
from render.picture import Picture
from stage import vocabulary as words
from tests.unit.render.films import film, node, shot, track

FEW_S = 20.0
"""Processor seconds: a hundred times what it takes, so that only what has no end takes longer."""


def cost(made: Composition) -> float:
    begun = time.process_time()
    shot(made)
    return time.process_time() - begun


def test_twenty_thousand_words_are_laid_out_and_cut() -> None:
    text = "words without number " * 6_667
    made = film(node("text", "t", text=text, size=20, width=400, height=200, max_lines=8))
    assert cost(made) < FEW_S, "it grows with the words, not with their square"
    [placed] = Picture(made, Path("/nonexistent")).layout([0]).nodes
    assert placed.cut
    assert len(placed.lines) == 8
    said = {"text": text[:10_000], "size": 4, "width": 470, "height": 260, "min_size": 1}
    fitted = film(node("text", "t", fit="shrink", **said))  # type: ignore[arg-type]
    assert cost(fitted) < FEW_S


@pytest.mark.parametrize("kind", sorted(words.KINDS))
@pytest.mark.parametrize("size", [(0, 0), (0, 50), (50, 0)])
def test_a_node_without_a_size_breaks_nothing(kind: str, size: tuple[int, int]) -> None:
    said = {"width": size[0], "height": size[1], "blur": 3, "glow": 4, "reflection": 0.5}
    inner = (node("rect", "in", width=0, height=0, fill="#FFFFFF"),) if kind in words.CONTAINERS else ()
    if kind == "element":
        inner = ()
        made = film(node("svg", "whole", node(kind, "n", **said), width=0, height=0))  # type: ignore[arg-type]
    else:
        made = film(node(kind, "n", *inner, **said))  # type: ignore[arg-type]
    drawn = shot(made)
    assert drawn.shape == (270, 480, 4)


@pytest.mark.parametrize("name", ["blur", "glow", "backdrop_blur"])
def test_the_widest_softness_of_a_whole_frame_is_done_in_reasonable_time(name: str) -> None:
    most = words.PLACE[name].high
    whole = node("rect", "r", inside="frame", width=1920, height=1080, fill="#804020", **{name: most})  # type: ignore[arg-type]
    assert cost(film(whole, size=(1920, 1080))) < FEW_S


def test_the_widest_open_lens_over_many_depths_is_drawn() -> None:
    lights = [
        node("ellipse", f"l{at}", width=300, height=300, x=at * 9, fill="#FFC857", depth=at / 10)
        for at in range(30)
    ]
    lens = (track("aperture", (0, 200)), track("focus", (0, 3)))
    assert cost(film(*lights, size=(1920, 1080), camera=lens)) < FEW_S


def test_a_node_scaled_beyond_all_bounds_leaves_the_frame_whole() -> None:
    large = node("rect", "r", width=100, height=100, fill="#FFFFFF", anchor="center", scale=100, rotation=45)
    assert np.all(shot(film(large))[:, :, 0] == 255)
