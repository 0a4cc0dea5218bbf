"""Cutting a film into segments, and naming each by the hash of what it shows."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Mapping

from pydantic import JsonValue

from domain.composition import Composition, Scene, Transition, walk
from domain.engine import Output
from domain.nouns import Noun
from render.coding import GROUP_SECONDS, Coding, coding_of

PIECE_SECONDS = GROUP_SECONDS
"""A segment is never longer, so that every processor has work until the end; it is one group of pictures."""
SOUND = "sound.m4a"
SOUND_FACTS = "sound.json"
TILES = 3
"""Small pictures of each segment, of which the contact sheet is made."""
LEAST_SECONDS = 1.5
"""A segment is not made shorter than this to share work more evenly: key frames cost bytes."""

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
    coding: Coding
    pieces: tuple[Piece, ...]
    sound: str = ""
    """SHA-256 of everything that decides how it sounds."""
    heard: bool = False
    """Whether the sound lies in the segments folder already."""
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
    def key(self) -> str:
        """SHA-256 of the whole file."""
        parts = [self.output.model_dump_json(), self.sound, *(piece.key for piece in self.pieces)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

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
    coding: Coding | None = None,
) -> Plan:
    """Cut a film and name its segments; `shas` are the hashes of the files it shows and plays.

    Raises ValueError when the wished stretch of the film is empty, or the output cannot be.
    """
    chosen = coding or coding_of(output)
    last = film.frames if output.last_frame is None else min(output.last_frame, film.frames)
    if output.first_frame >= last:
        raise ValueError(
            f"frames {output.first_frame} to {last} are no stretch of a film of {film.frames} frames"
        )
    name = naming(film, chosen, shas, engine)
    pieces = [
        Piece(index=index, first=first, count=end - first, key=name(first, end))
        for index, (first, end) in enumerate(cut(film, output.first_frame, last))
    ]
    sound = sound_key(film, (output.first_frame, last), shas, engine)
    return Plan(output=output, coding=chosen, pieces=tuple(pieces), sound=sound)


def cut(film: Composition, first: int, last: int) -> list[tuple[int, int]]:
    """Cut at every edge of a scene or transition, and long stretches evenly; gives frames from, to."""
    edges = {first, last}
    for start, scene in zip(film.starts(), film.scenes, strict=True):
        edges |= {start, start + scene.frames}
    for start, scene in list(zip(film.starts(), film.scenes, strict=True))[1:]:
        before = scene.enter.frames - scene.enter.overlap
        edges |= {start - before, start + scene.enter.frames}
    inner = sorted(edge for edge in edges if first <= edge <= last)
    pieces: list[tuple[int, int]] = []
    for begin, end in itertools.pairwise(inner):
        parts = parts_of(end - begin, film.fps)
        marks = [begin + round((end - begin) * part / parts) for part in range(parts + 1)]
        pieces += itertools.pairwise(marks)
    return pieces


def parts_of(frames: int, fps: float) -> int:
    """Choose how many parts a stretch has: fours where it is long enough, so that all work evenly."""
    parts = -(-frames // max(1, round(PIECE_SECONDS * fps)))
    for share in (4, 2):
        more = -(-parts // share) * share
        if frames >= more * LEAST_SECONDS * fps:
            return more
    return parts


def sound_key(film: Composition, frames: tuple[int, int], shas: Mapping[str, str], engine: str) -> str:
    """Hash what a film sounds like: everything but its scenes, of which only the lengths count."""
    said = without_source(film.model_dump(mode="json", exclude={"scenes", "theme", "title"}))
    played = sorted(text for text in texts(said) if text in shas)
    what = {
        "engine": engine,
        "film": said,
        "scenes": [*film.starts(), film.frames],
        "frames": frames,
        "files": {path: shas[path] for path in played},
    }
    return digest_of(what)


def naming(
    film: Composition, coding: Coding, shas: Mapping[str, str], engine: str
) -> Callable[[int, int], str]:
    """Give what hashes all that a segment shows: scenes with their clocks, files, size, coding, engine."""
    common = {
        "engine": engine,
        "coding": coding.model_dump(),
        "canvas": [film.width, film.height, film.fps, film.language, film.direction],
        "theme": film.theme.model_dump(),
    }
    marks: dict[str, str] = {}

    def mark(scene: Scene) -> str:
        if scene.id not in marks:
            files = {path: shas.get(path, "missing") for path in sources(scene)}
            said = without_source(scene.model_dump(mode="json", exclude={"enter"}))
            marks[scene.id] = digest_of([said, files])
        return marks[scene.id]

    def name(first: int, end: int) -> str:
        scenes = [[first - start, mark(scene)] for start, scene in shown(film, first, end)]
        changes = [[first - start, enter.model_dump()] for start, enter in changing(film, first, end)]
        return digest_of({**common, "scenes": scenes, "changes": changes, "frames": end - first})

    return name


def digest_of(what: object) -> str:
    """Hash a value by its JSON."""
    text = json.dumps(what, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def shown(film: Composition, first: int, end: int) -> list[tuple[int, Scene]]:
    """List the scenes of which a stretch shows something, with their starts."""
    return [
        (start, scene)
        for start, scene in zip(film.starts(), film.scenes, strict=True)
        if start < end and first < start + scene.frames
    ]


def changing(film: Composition, first: int, end: int) -> list[tuple[int, Transition]]:
    """List the transitions that a stretch shows, with the starts of the scenes that come in."""
    found: list[tuple[int, Transition]] = []
    for start, scene in list(zip(film.starts(), film.scenes, strict=True))[1:]:
        before = scene.enter.frames - scene.enter.overlap  # a dip reaches into the scene that leaves
        if start - before < end and first < start + scene.enter.frames:
            found.append((start, scene.enter))
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


def texts(value: JsonValue) -> list[str]:
    """List all texts inside a value."""
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts(each)]
    return [value] if isinstance(value, str) else []


def segment_name(piece: Piece) -> str:
    """Name a piece's file."""
    return f"{piece.index:05d}.seg"


def tiles_name(piece: Piece) -> str:
    """Name the file with a piece's small pictures."""
    return f"{piece.index:05d}.jpg"


def seen_name(piece: Piece) -> str:
    """Name the file with what a piece's decoded frames measure."""
    return f"{piece.index:05d}.npz"


def tile_frames(piece: Piece) -> tuple[int, ...]:
    """Choose the frames of a piece that may stand on a contact sheet, whatever film it is part of."""
    count = min(TILES, piece.count)
    return tuple(piece.first + int(piece.count * (place + 0.5) / count) for place in range(count))
