"""Every example of the handbook, compiled and drawn: something has to be seen or heard of each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import numpy as np

from bench.figure import Bar
from domain.composition import Composition
from memory.library import entries
from render.picture import Picture
from tests.unit.render.films import write_photo
from tests.unit.stage.projects import ASSETS, compiled

BARS = {"handbook_examples_undrawn": Bar("≤", 0)}
CODE: Final = re.compile(r"```python\n(.*?)```", re.DOTALL)
SCALE: Final = 1 / 8
SHARES: Final = (0.3, 0.6, 0.9)
"""Moments of an example that are looked at, as shares of its length."""
UNLIKE: Final = 8
"""Steps of 255 by which a pixel differs from the one in the corner to count as drawn."""


def measure(folder: Path) -> dict[str, float]:
    """Compile and draw each; what cannot be drawn is printed by its name."""
    found = {
        f"{entry.entry_id}-{place}": code
        for entry in entries()
        if not entry.entry_id.endswith(".py")
        for place, code in enumerate(CODE.findall(entry.text))
    }
    drawn = [name for place, (name, code) in enumerate(found.items()) if seen(folder / str(place), code)]
    lost = sorted({*found} - {*drawn})
    if lost:
        print("not drawn:", ", ".join(lost))
    return {
        "handbook_examples": len(found),
        "handbook_examples_drawn": len(drawn),
        "handbook_examples_undrawn": len(lost),
    }


def seen(folder: Path, code: str) -> bool:
    """Tell whether an example compiles, can be drawn, and shows something, or is there to be heard."""
    files = {"film.py": code} | ASSETS if code.startswith("from stage") else code
    answer = compiled(folder, files)
    if answer["composition"] is None or any(each["severity"] == "error" for each in answer["findings"]):
        return False
    film = Composition.model_validate(answer["composition"])
    write_photo(folder / "assets/hero.jpg", 640, 420)
    picture = Picture(film, folder, scale=SCALE)
    for share in SHARES:
        pixels = picture.draw(round(share * (film.frames - 1))).astype(np.int16)
        if (np.abs(pixels[:, :, :3] - pixels[0, 0, :3]) > UNLIKE).any():
            return True
    return bool(film.sounds)  # an example that is heard: its frames were drawn, and show nothing
