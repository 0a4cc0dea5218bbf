"""Drawing a film in parts, wherever there is a worker: which pieces are missing, and drawing some of them."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from domain.composition import Composition
from domain.engine import OnProgress, Output
from domain.errors import ToolError
from domain.sandbox import Mount
from render.answers import assets, digests, disk
from render.engine import BoxEngine
from render.reel import SEGMENT, TILES, Reel
from render.segments import Piece, Plan, make_plan
from render.version import engine_version

KEPT = (SEGMENT, TILES)
"""What a drawn piece consists of, by suffix."""


class PartEngine(BoxEngine):
    """An engine that also draws single pieces of a film, and takes in those that others drew."""

    async def missing(
        self, film: Composition, files: Mapping[str, Path], output: Output
    ) -> tuple[Piece, ...]:
        """Tell which pieces of a film have not been drawn yet, in the order of the film.

        Raises ToolError for an output that cannot be.
        """
        plan, _ = await self._planned(film, files, output)
        return await asyncio.to_thread(self._waiting, plan)

    async def draw(
        self, film: Composition, files: Mapping[str, Path], output: Output, keys: Sequence[str],
        *, on_progress: OnProgress,
    ) -> dict[str, dict[str, Path]]:  # fmt: skip
        """Draw the pieces of these keys that are not there yet, and give the files of each."""
        whole, shown = await self._planned(film, files, output)
        wanted = frozenset(keys)
        pieces = tuple(piece for piece in whole.pieces if piece.key in wanted)
        plan = whole.model_copy(update={"pieces": pieces, "join": False})
        with self._scratch() as scratch, self._project(shown) as mounts:
            reel = Reel(self._cache, plan, plan.key, scratch / "kept")
            with disk():
                while pieces:
                    batch = await asyncio.to_thread(reel.next)
                    if all(piece.reused for piece in batch.pieces):
                        break
                    made = Path(tempfile.mkdtemp(dir=scratch))
                    await self._draw(
                        film,
                        batch,
                        [*mounts, Mount(source=reel.folder, target="/segments")],
                        made,
                        on_progress,
                    )
                    await asyncio.to_thread(reel.keep, batch, made)
        return await asyncio.to_thread(self._found, pieces)

    def adopt(self, key: str, files: Mapping[str, Path]) -> None:
        """Take in a piece that another worker has drawn. Blocks."""
        if any(self._cache.find(key, suffix) is None for suffix in KEPT):
            for suffix in KEPT:
                self._cache.keep(key, files[suffix], suffix)

    async def _planned(
        self, film: Composition, files: Mapping[str, Path], output: Output
    ) -> tuple[Plan, dict[str, Path]]:
        shown = {**assets(film, files), **await self._recordings.of(film)}
        shas = dict(zip(shown, await asyncio.to_thread(digests, list(shown.values())), strict=True))
        try:
            return await asyncio.to_thread(make_plan, film, output, shas, engine_version()), shown
        except ValueError as error:
            raise ToolError("invalid", str(error)) from error

    def _waiting(self, plan: Plan) -> tuple[Piece, ...]:
        return tuple(
            piece
            for piece in plan.pieces
            if any(self._cache.find(piece.key, suffix) is None for suffix in KEPT)
        )

    def _found(self, pieces: Sequence[Piece]) -> dict[str, dict[str, Path]]:
        found: dict[str, dict[str, Path]] = {}
        for piece in pieces:
            files = {suffix: path for suffix in KEPT if (path := self._cache.find(piece.key, suffix))}
            if len(files) == len(KEPT):  # else it was thrown out again: the film draws it itself
                found[piece.key] = files
        return found
