"""A film on its way on the host: which pieces are there, which are drawn next, and what is delivered."""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Sequence
from pathlib import Path

from domain.engine import Film, FilmFacts
from domain.finding import Report
from domain.layout import Layout
from render.answers import MIB, small
from render.cache import SegmentCache, digest
from render.coding import file_name
from render.segments import SOUND, SOUND_FACTS, Piece, Plan, seen_name, segment_name, tiles_name

BESIDE = ("poster.jpg", "thumbnail.jpg", "sheet.jpg", "layout.json", "facts.json", "report.json")
SEGMENT, TILES, BUNDLE = ".seg", ".jpg", ".film"
SOUNDS = ((SOUND, ".m4a"), (SOUND_FACTS, ".json"))
SEEN = ".npz"
"""What the frames of a piece measured when its film was watched."""


class Reel:
    """Collects the pieces of one plan in a folder that the drawing box sees."""

    def __init__(self, cache: SegmentCache, plan: Plan, name: str, folder: Path) -> None:
        """Begin; `name` is the hash of everything that decides the file and what is said of it."""
        self._cache = cache
        self._plan = plan
        self._name = name
        self._file = file_name(plan.output)
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
        heard = self._plan.heard or self._lay(self._plan.sound, SOUNDS)
        self._plan = self._plan.model_copy(update={"pieces": tuple(pieces), "heard": heard})
        if self._reused is None:
            self._reused = sum(piece.reused for piece in pieces)
        return self._plan.batch()

    def keep(self, batch: Plan, made: Path) -> None:
        """Keep the pieces that a box has drawn, and the sound that it has mixed.

        Raises RuntimeError when a piece is not there.
        """
        for piece in batch.pieces:
            seen = made / "segments" / seen_name(piece)
            if seen.is_file():
                self._cache.keep(piece.key, seen, SEEN)
            if piece.reused:
                continue
            for name, suffix in ((segment_name(piece), SEGMENT), (tiles_name(piece), TILES)):
                drawn = made / "segments" / name
                if not drawn.is_file() or not drawn.stat().st_size:
                    raise RuntimeError(f"the guest did not draw piece {piece.index} of its film")
                self._cache.keep(piece.key, drawn, suffix)
        for name, suffix in SOUNDS:
            mixed = made / "segments" / name
            if mixed.is_file():
                self._cache.keep(self._plan.sound, mixed, suffix)

    def deliver(self, made: Path, folder: Path) -> Film:
        """Check what the guest left and put the film into the caller's folder: all of it, or nothing."""
        path = made / self._file
        facts = FilmFacts.model_validate_json(small(made / "facts.json", MIB))
        own = {"bytes": path.stat().st_size, "sha256": digest(path), "segments_reused": self._reused or 0}
        facts = facts.model_copy(update=own)
        Layout.model_validate_json(small(made / "layout.json", 128 * MIB))
        Report.model_validate_json(small(made / "report.json", 4 * MIB))
        (made / "facts.json").write_text(facts.model_dump_json())
        bundle = made / "bundle"
        with tarfile.open(bundle, "w") as archive:
            for name in (self._file, *BESIDE):
                archive.add(made / name, name)
        self._cache.keep(self._name, bundle, BUNDLE)
        bundle.unlink()
        self._cache.trim()
        return self._moved(made, folder, facts)

    def again(self, scratch: Path, folder: Path) -> Film | None:
        """Deliver the very same film as once before, if it is still there: nothing is drawn or encoded."""
        found = self._cache.find(self._name, BUNDLE)
        if found is None:
            return None
        made = scratch / "bundle"
        made.mkdir()
        try:
            with tarfile.open(found) as archive:
                for name in (self._file, *BESIDE):  # no extraction: Python 3.11.2 has no filter for it
                    packed = archive.extractfile(name)
                    assert packed is not None
                    with packed, (made / name).open("wb") as file:
                        shutil.copyfileobj(packed, file, MIB)
        except FileNotFoundError:  # thrown out this moment
            return None
        facts = FilmFacts.model_validate_json((made / "facts.json").read_bytes())
        return self._moved(made, folder, facts.model_copy(update={"segments_reused": facts.segments}))

    def _moved(self, made: Path, folder: Path, facts: FilmFacts) -> Film:
        passing = {name: folder / f".{name}.new" for name in (self._file, *BESIDE)}
        try:
            for name, place in passing.items():
                shutil.move(made / name, place)
            for name, place in passing.items():
                place.replace(folder / name)
        finally:
            for place in passing.values():
                place.unlink(missing_ok=True)
        return Film(
            path=folder / self._file, facts=facts, poster=folder / "poster.jpg",
            thumbnail=folder / "thumbnail.jpg", sheet=folder / "sheet.jpg",
            layout=Layout.model_validate_json((folder / "layout.json").read_bytes()),
            report=Report.model_validate_json((folder / "report.json").read_bytes()),
        )  # fmt: skip

    def _laid(self, piece: Piece) -> bool:
        laid = self._lay(piece.key, ((segment_name(piece), SEGMENT), (tiles_name(piece), TILES)))
        if laid:
            self._lay(piece.key, ((seen_name(piece), SEEN),))
        return laid

    def _lay(self, key: str, files: Sequence[tuple[str, str]]) -> bool:
        """Lay kept files of one key into the folder that the box sees, if all are there."""
        for name, suffix in files:
            found = self._cache.find(key, suffix)
            if found is None:
                return False
            target = self.folder / name
            target.unlink(missing_ok=True)
            try:
                os.link(found, target)
            except FileNotFoundError:  # thrown out this moment
                return False
        return True
