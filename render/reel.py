"""A film on its way on the host: which pieces are there, which are drawn next, and what is delivered."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pydantic import TypeAdapter

from domain.engine import Film, FilmFacts
from domain.finding import Finding
from domain.layout import Layout
from render.answers import MIB, small
from render.cache import SegmentCache, digest
from render.segments import Piece, Plan, segment_name

DELIVERED = ("film.mp4", "poster.jpg", "sheet.jpg", "layout.json", "facts.json")
FINDINGS = TypeAdapter(tuple[Finding, ...])


class Reel:
    """Collects the pieces of one plan in a folder that the drawing box sees."""

    def __init__(self, cache: SegmentCache, plan: Plan, folder: Path) -> None:
        self._cache = cache
        self._plan = plan
        self._reused: int | None = None
        """Pieces that were there before anything was drawn."""
        self.folder = folder
        folder.mkdir(mode=0o755)

    def next(self) -> Plan:
        """Lay out the pieces that are there, and tell what is drawn next: a batch, or the rest."""
        pieces: list[Piece] = []
        for piece in self._plan.pieces:
            reused = piece.reused or self._laid(piece)
            pieces.append(piece.model_copy(update={"reused": reused}))
        self._plan = self._plan.model_copy(update={"pieces": tuple(pieces)})
        if self._reused is None:
            self._reused = sum(piece.reused for piece in pieces)
        return self._plan.batch()

    def keep(self, batch: Plan, made: Path) -> None:
        """Keep the pieces that a box has drawn.

        Raises RuntimeError when one is not there.
        """
        for piece in batch.pieces:
            drawn = made / "segments" / segment_name(piece)
            if piece.reused:
                continue
            if not drawn.is_file() or not drawn.stat().st_size:
                raise RuntimeError(f"the guest did not draw piece {piece.index} of its film")
            self._cache.keep(piece.key, drawn)

    def deliver(self, made: Path, folder: Path) -> Film:
        """Check what the guest left and put the film into the caller's folder: all of it, or nothing."""
        path = made / "film.mp4"
        facts = FilmFacts.model_validate_json(small(made / "facts.json", MIB))
        own = {"bytes": path.stat().st_size, "sha256": digest(path), "segments_reused": self._reused or 0}
        facts = facts.model_copy(update=own)
        layout = Layout.model_validate_json(small(made / "layout.json", 128 * MIB))
        findings = FINDINGS.validate_json(small(made / "findings.json", 4 * MIB))
        self._cache.trim()
        passing = {name: folder / f".{name}.new" for name in DELIVERED}
        try:
            for name, place in passing.items():
                shutil.move(made / name, place)
            for name, place in passing.items():
                place.replace(folder / name)
        finally:
            for place in passing.values():
                place.unlink(missing_ok=True)
        return Film(
            path=folder / "film.mp4", facts=facts, layout=layout, poster=folder / "poster.jpg",
            sheet=folder / "sheet.jpg", findings=findings,
        )  # fmt: skip

    def _laid(self, piece: Piece) -> bool:
        found = self._cache.find(piece.key)
        if found is None:
            return False
        os.link(found, self.folder / segment_name(piece))
        return True
