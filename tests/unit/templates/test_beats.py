"""Films cut on the beats of their music: by their plan at any length, and in their encoded file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.senses import cuts
from render.eyes.style import off_the_beat
from tests.unit.templates.films import FORMATS, NAMES, compiled, lay

SECONDS = (6, 9, 15, 27.5, 60)
SHORT = [(name, SECONDS[place % len(SECONDS)]) for place, name in enumerate(NAMES)]


@pytest.mark.parametrize(("name", "seconds"), SHORT)
def test_every_cut_of_a_film_falls_on_a_beat(tmp_path: Path, name: str, seconds: float) -> None:
    assert missed(tmp_path, name, seconds) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seconds", SECONDS)
def test_every_cut_of_a_film_of_any_length_falls_on_a_beat(tmp_path: Path, name: str, seconds: float) -> None:
    assert missed(tmp_path, name, seconds) == []


@pytest.mark.parametrize("mood", ["calm", "energetic", "fresh", ""])
def test_cuts_follow_the_music_that_is_chosen(tmp_path: Path, mood: str) -> None:
    film, _ = compiled(lay(tmp_path, "basic", FORMATS["16:9"], {"MUSIC": mood, "SECONDS": 14}))
    assert [found.message for found in off_the_beat(film)] == []
    assert film.frames == 14 * film.fps


def missed(folder: Path, name: str, seconds: float) -> list[str]:
    """Compile a film of a length; gives what is said about its cuts."""
    film, _ = compiled(lay(folder, name, FORMATS["16:9"], {"SECONDS": seconds}))
    return [found.message for found in off_the_beat(film)]


def test_a_cut_is_found_on_its_frame_beside_motion_and_none_where_a_wipe_hides_it() -> None:
    changes = np.full(90, 1.5)
    changes[42] = 30
    assert cuts.cut_near(changes, 40) == 42
    assert cuts.cut_near(np.full(90, 9.0), 40) is None
    assert cuts.cut_near(changes, 70) is None
