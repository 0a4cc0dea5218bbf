"""The guest's answer to a wish for single frames: PNGs, a contact sheet, the layout and what is wrong."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from pydantic import ValidationError

from domain import plugins
from domain.composition import Composition
from domain.finding import Finding
from render.picture import Picture, Pixels
from render.png import png
from render.wire import Fault
from render.wishes import Seen, Wish

LOOK_PX = 960
"""Longer side of frames that are only looked at."""
KEPT = 4
"""Films whose pictures stay warm."""
See = Callable[
    [Picture, Path, Sequence[Pixels], Wish],
    tuple[list[bytes], tuple[Finding, ...], list[tuple[int, bytes]]],
]
"""Lays the sheet of a wish, looks for faults and cuts some out; loaded when it is wished for (seeing.py)."""


class Drawer:
    """Keeps the pictures of the last few films ready to be drawn again."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._films: OrderedDict[str, Composition] = OrderedDict()
        self._pictures: OrderedDict[tuple[str, float], Picture] = OrderedDict()

    def answer(self, wish: Wish, composition: bytes) -> tuple[Seen, list[bytes]]:
        """Draw what is wished for; a wrong wish is answered with a fault."""
        name = hashlib.sha256(composition).hexdigest()
        try:
            film = self._film(name, composition)
        except ValidationError as error:
            return Seen(fault=Fault(message=f"this is no film: {error.errors()[0]['msg']}")), []
        beyond = [frame for frame in wish.frames if not 0 <= frame < film.frames]
        if beyond:
            return Seen(
                fault=Fault(message=f"frame {beyond[0]} is outside of the film: 0 to {film.frames - 1}")
            ), []
        scale = wish.scale if wish.png else min(1.0, LOOK_PX / max(film.width, film.height))
        drawn = self._picture(name, film, scale)
        pictures = [drawn.draw(frame).copy() for frame in wish.frames]
        parts = [png(pixels) for pixels in pictures] if wish.png else []
        findings: tuple[Finding, ...] = ()
        crops: list[tuple[int, bytes]] = []
        if wish.look or wish.sheet:
            see = cast("See", plugins.load("render", "seeing").see)
            sheet, findings, crops = see(drawn, self._project, pictures, wish)
            parts += [*sheet, *(piece for _, piece in crops)]
        layout = drawn.layout(list(wish.frames))
        pngs = len(pictures) if wish.png else 0
        shown = tuple(number for number, _ in crops)
        return Seen(pngs=pngs, sheet=wish.sheet, crops=shown, layout=layout, findings=findings), parts

    def _film(self, name: str, composition: bytes) -> Composition:
        film = self._films.get(name) or Composition.model_validate_json(composition)
        self._films[name] = film
        self._films.move_to_end(name)
        while len(self._films) > KEPT:
            self._films.popitem(last=False)
        return film

    def _picture(self, name: str, film: Composition, scale: float) -> Picture:
        key = (name, scale)
        picture = self._pictures.get(key) or Picture(film, self._project, scale=scale)
        self._pictures[key] = picture
        self._pictures.move_to_end(key)
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        return picture
