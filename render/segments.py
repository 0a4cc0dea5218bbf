"""Cutting a film into segments, and naming each by the hash of what it shows."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Mapping

from pydantic import JsonValue

from domain.composition import Composition, Scene, walk
from domain.engine import Output
from domain.nouns import Noun
from render.profiles import PROFILES, Profile

PIECE_SECONDS = 2.0
"""A segment is never longer, so that every processor has work until the end."""


BATCH_FRAMES = 1_200
"""A longer film is drawn in several boxes; what one has drawn outlives a crash of the next."""


class Piece(Noun):
    """One segment of a film: a closed group of pictures."""

    index: int
    first: int
    """Frame of the film on which it begins."""
    count: int
    """Frames."""
    key: str
    """SHA-256 of everything that decides how it looks."""
    reused: bool = False
    """Whether it lies in the segments folder already."""


class Plan(Noun):
    """What a film is made of, and how it is to be encoded."""

    output: Output = Output()
    preset: str
    crf: float
    scale: float
    pieces: tuple[Piece, ...]
    join: bool = True
    """Whether the film is made of the pieces, or they are only drawn."""
    done: int = 0
    """Frames that were drawn in batches before this one."""
    whole: int | None = None
    """Frames of the whole film, when this is a batch of it."""

    def batch(self) -> Plan:
        """Choose what to draw next: of a long film some pieces at a time, so that little is ever lost."""
        waiting = [piece for piece in self.pieces if not piece.reused]
        left = sum(piece.count for piece in waiting)
        if left <= 1.5 * BATCH_FRAMES:
            return self
        chosen: list[Piece] = []
        frames = 0
        for piece in waiting:
            if frames >= BATCH_FRAMES:
                break
            chosen.append(piece)
            frames += piece.count
        return self.model_copy(
            update={"pieces": tuple(chosen), "join": False, "done": self.frames - left, "whole": self.frames}
        )

    @property
    def profile(self) -> Profile:
        """How the film's frames are encoded."""
        return Profile(self.preset, self.crf, self.scale)

    @property
    def first(self) -> int:
        """The film's frame that the file begins with."""
        return self.pieces[0].first

    @property
    def frames(self) -> int:
        """Length of the file, frames."""
        return sum(piece.count for piece in self.pieces)


def make_plan(
    film: Composition,
    output: Output,
    shas: Mapping[str, str],
    engine: str,
    profile: Profile | None = None,
) -> Plan:
    """Cut a film and name its segments; `shas` are the hashes of the files it shows.

    Raises ValueError when the wished stretch of the film is empty.
    """
    chosen = profile or PROFILES[output.quality]
    last = film.frames if output.last_frame is None else min(output.last_frame, film.frames)
    if output.first_frame >= last:
        raise ValueError(
            f"frames {output.first_frame} to {last} are no stretch of a film of {film.frames} frames"
        )
    pieces: list[Piece] = []
    for first, end in cut(film, output.first_frame, last):
        key = piece_key(film, first, end, chosen, shas, engine)
        pieces.append(Piece(index=len(pieces), first=first, count=end - first, key=key))
    return Plan(output=output, preset=chosen.preset, crf=chosen.crf, scale=chosen.scale, pieces=tuple(pieces))


def cut(film: Composition, first: int, last: int) -> list[tuple[int, int]]:
    """Cut at every scene's and overlap's edge, and long stretches into equal parts; gives frames from, to."""
    edges = {first, last}
    for start, scene in zip(film.starts(), film.scenes, strict=True):
        edges |= {start, start + scene.frames}
    inner = sorted(edge for edge in edges if first <= edge <= last)
    longest = max(1, round(PIECE_SECONDS * film.fps))
    pieces: list[tuple[int, int]] = []
    for begin, end in itertools.pairwise(inner):
        parts = -(-(end - begin) // longest)
        marks = [begin + round((end - begin) * part / parts) for part in range(parts + 1)]
        pieces += itertools.pairwise(marks)
    return pieces


def piece_key(
    film: Composition, first: int, end: int, profile: Profile, shas: Mapping[str, str], engine: str
) -> str:
    """Hash what a segment shows: its scenes with their clocks, files, theme, size, encoding and engine."""
    scenes = shown(film, first, end)
    files = sorted({src for _, scene in scenes for src in sources(scene)})
    what = {
        "engine": engine,
        "profile": [profile.preset, profile.crf, profile.scale, profile.aq],
        "canvas": [film.width, film.height, film.fps, film.language, film.direction],
        "theme": film.theme.model_dump(),
        "scenes": [[first - start, without_source(scene.model_dump(mode="json"))] for start, scene in scenes],
        "frames": end - first,
        "files": {path: shas.get(path, "missing") for path in files},
    }
    text = json.dumps(what, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def shown(film: Composition, first: int, end: int) -> list[tuple[int, Scene]]:
    """List the scenes that a stretch may show, with their starts: a dip reaches into both its neighbours."""
    found: list[tuple[int, Scene]] = []
    starts = film.starts()
    for index, (start, scene) in enumerate(zip(starts, film.scenes, strict=True)):
        after = film.scenes[index + 1].enter if index + 1 < len(starts) else None
        begin = start - (scene.enter.frames if index and scene.enter.kind == "dip" else 0)
        stop = start + scene.frames + (after.frames if after is not None and after.kind == "dip" else 0)
        if begin < end and first < stop:
            found.append((start, scene))
    return found


def sources(scene: Scene) -> list[str]:
    """List the files that a scene shows."""
    paths = (node.props.get("src") for node in walk(scene.nodes))
    return [path for path in paths if isinstance(path, str) and path]


def without_source(value: JsonValue) -> JsonValue:
    """Leave out where things were written: a new comment above a scene changes no pixel."""
    if isinstance(value, dict):
        return {key: without_source(each) for key, each in value.items() if key != "source"}
    if isinstance(value, list):
        return [without_source(each) for each in value]
    return value


def segment_name(piece: Piece) -> str:
    """Name a piece's file."""
    return f"{piece.index:05d}.mp4"
