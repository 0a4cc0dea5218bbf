"""Every effect and every transition as the handbook shows it, a sheet of small frames for each group."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from domain.composition import Composition
from render.picture import Picture, Pixels
from stage import transition_examples
from stage.effect_examples import EFFECTS
from stage.examples import source
from stage.motion_examples import MOTION
from tests.golden.conftest import Compare
from tests.unit.render.films import write_photo
from tests.unit.stage.projects import compiled

SCALE = 1 / 8
COLUMNS = 5


def frame(folder: Path, film_py: str, second: float) -> Pixels:
    write_photo(folder / "assets/hero.jpg", 640, 420)
    answer = compiled(folder, {"film.py": film_py})
    film = Composition.model_validate(answer["composition"])
    return Picture(film, folder, scale=SCALE).draw(round(second * film.fps)).copy()


def sheet(folder: Path, films: Mapping[str, str], second: float) -> Pixels:
    tiles = [frame(folder / str(at), film, second) for at, film in enumerate(films.values())]
    tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % COLUMNS)
    rows = [np.concatenate(tiles[at : at + COLUMNS], axis=1) for at in range(0, len(tiles), COLUMNS)]
    whole = np.concatenate(rows)
    whole[:, :, 3] = 255
    return whole


def test_every_effect_is_drawn_as_its_golden_frame(golden: Compare, tmp_path: Path) -> None:
    golden("every_effect", sheet(tmp_path, {name: source(each) for name, (_, each) in EFFECTS.items()}, 0.8))


def test_every_transition_is_drawn_as_its_golden_frame(golden: Compare, tmp_path: Path) -> None:
    films = {kind: transition_examples.source(kind) for kind in transition_examples.WORDS}
    golden("every_transition", sheet(tmp_path, films, 1.63))


def test_every_motion_is_drawn_as_its_golden_frame(golden: Compare, tmp_path: Path) -> None:
    golden("every_motion", sheet(tmp_path, {name: source(each) for name, (_, each) in MOTION.items()}, 0.6))
