from __future__ import annotations

from pathlib import Path

import pytest

from render.picture import Picture
from tests.golden import copies, figures, pieces, ways
from tests.golden.compositions import SHOTS
from tests.golden.conftest import Compare
from tests.unit.render.films import write_clip, write_photo, write_tone

PAGES = (copies, figures, pieces, ways)  # importing them lays their shots beside the others


@pytest.mark.parametrize("name", SHOTS)
def test_a_composition_is_drawn_as_its_golden_frame(name: str, golden: Compare, tmp_path: Path) -> None:
    write_photo(tmp_path / "assets/photo.png", 640, 420)
    write_clip(tmp_path / "assets/clip.mp4", 320, 180)
    write_tone(tmp_path / "assets/tone.wav", 3)
    shot = SHOTS[name]
    golden(name, Picture(shot.make(), tmp_path, scale=0.5).draw(shot.frame))
