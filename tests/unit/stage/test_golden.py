"""A representative film compiles to the composition that was looked at and kept."""

import json
from pathlib import Path

from domain.composition import Composition
from tests.unit.stage.golden import FILES
from tests.unit.stage.projects import ASSETS, compiled

KEPT = Path(__file__).with_name("golden.json")


def test_the_film_compiles_to_what_was_kept(tmp_path: Path) -> None:
    answer = compiled(tmp_path, FILES | ASSETS)
    Composition.model_validate(answer["composition"])
    assert answer == json.loads(KEPT.read_text("utf-8")), f"a change that is meant goes into {KEPT.name}"


def test_the_film_lasts_as_long_as_its_scenes_less_its_fades(tmp_path: Path) -> None:
    answer = compiled(tmp_path, FILES | ASSETS)
    made = Composition.model_validate(answer["composition"])
    assert (made.frames, made.direction, answer["source_seconds"]) == (315, "rtl", 12.6)
    assert made.starts() == (0, 90, 215)
    assert made.files == {"assets/music.mp3"}
