"""Drawing a film with one process per processor: each takes its share, and helps out when it is done."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

import av
from PIL import Image

from domain.composition import Composition
from render.coding import format_of
from render.encode import DEMUXERS, Converter, SegmentWriter
from render.heap import keep_freed
from render.picture import Picture, Pixels
from render.profiles import even
from render.segments import Piece, Plan, seen_name, segment_name, tile_frames, tiles_name
from render.watch.piece import Sketch, watch_piece

TILE_QUALITY = 88
REPORT_EVERY = 5
"""Frames between two words of a worker about how far it is."""


@dataclass(frozen=True)
class Word:
    """What a worker says: so many more frames are drawn, and perhaps its piece is finished."""

    frames: int = 0
    notices: tuple[str, ...] | None = None
    """Said when a piece is finished: every substitution that its picture made so far."""
    fault: str = ""
    """Why nothing can be drawn or encoded at all."""


@dataclass(frozen=True)
class Order:
    """What all workers need to know."""

    film: Composition
    plan: Plan
    project: Path
    folder: Path
    """Where new pieces go."""
    tile: tuple[int, int]
    """Size of tiles, pixels."""


class Shares:
    """The pieces that wait: each worker has a run of neighbours, which share what a scene needs prepared."""

    def __init__(self, pieces: Sequence[Piece], workers: int) -> None:
        whole = sum(piece.count for piece in pieces)
        self._runs: list[list[Piece]] = [[] for _ in range(workers)]
        done = 0
        for piece in pieces:
            self._runs[min(workers - 1, done * workers // max(1, whole))].append(piece)
            done += piece.count

    def take(self, worker: int) -> Piece | None:
        """Give a worker its next piece, or the last one of whoever has most left."""
        own = self._runs[worker]
        if own:
            return own.pop(0)
        longest = max(self._runs, key=lambda run: sum(piece.count for piece in run))
        return longest.pop() if longest else None


class Crew:
    """The drawing processes of one film; they start at once, and what they say is heard in `finish`."""

    def __init__(self, order: Order, workers: int) -> None:
        pieces = order.plan.pieces
        waiting = [piece for piece in pieces if not piece.reused]
        count = max(1, min(workers, len(waiting)))
        self._shares = Shares(waiting, count)
        self._members: dict[Connection, tuple[int, Connection]] = {}
        context = multiprocessing.get_context("fork")
        for index in range(count if waiting else 0):
            tasks_out, tasks_in = context.Pipe(duplex=False)
            words_out, words_in = context.Pipe(duplex=False)
            member = context.Process(target=work, args=(tasks_out, words_in, order), daemon=True)
            member.start()
            tasks_out.close()
            words_in.close()
            tasks_in.send(self._shares.take(index))
            self._members[words_out] = (index, tasks_in)

    def finish(self, on_frames: Callable[[int], None]) -> set[str]:
        """Hand out pieces until all are drawn; gives every substitution that was made.

        Raises RuntimeError when a worker died, ValueError when it told why it cannot work.
        """
        notices: set[str] = set()
        while self._members:
            for words in wait(list(self._members)):
                assert isinstance(words, Connection)
                index, tasks = self._members[words]
                try:
                    word: Word = words.recv()
                except EOFError:
                    raise RuntimeError(f"drawing process {index} died") from None
                if word.fault:
                    raise ValueError(word.fault)
                if word.frames:
                    on_frames(word.frames)
                if word.notices is not None:
                    notices |= set(word.notices)
                    piece = self._shares.take(index)
                    tasks.send(piece)
                    if piece is None:
                        del self._members[words]
        return notices


def work(tasks: Connection, words: Connection, order: Order) -> None:
    """Draw one piece after the other until there is none."""
    keep_freed()
    coding = order.plan.coding
    picture = Picture(order.film, order.project, scale=coding.scale, alpha=coding.alpha)
    size = (even(order.film.width * coding.scale), even(order.film.height * coding.scale))
    converter = Converter(*size, coding)
    while True:
        piece: Piece | None = tasks.recv()
        if piece is None:
            return
        try:
            draw_piece(picture, converter, piece, order, words)
        except ValueError as error:
            words.send(Word(fault=str(error)))
            return


def draw_piece(picture: Picture, converter: Converter, piece: Piece, order: Order, words: Connection) -> None:
    """Draw and encode one piece; a frame that shows the same as the one before it is not drawn again."""
    film, coding = order.film, order.plan.coding
    wanted = tile_frames(piece)
    tiles: list[Image.Image] = []
    said = 0
    width, height = even(film.width * coding.scale), even(film.height * coding.scale)
    sketch = Sketch(piece.count, (picture.width, picture.height), alpha=coding.alpha)
    path = order.folder / segment_name(piece)
    with SegmentWriter(path, width, height, film.rate, coding) as writer:
        frame: av.VideoFrame | None = None
        pixels: Pixels | None = None
        for done, number in enumerate(range(piece.first, piece.first + piece.count), 1):
            if frame is None or pixels is None or not picture.same_as_previous(number):
                pixels = picture.draw(number)
                frame = converter.convert(pixels)
            sketch.see(done - 1, pixels)
            writer.add(frame)
            if number in wanted:
                tiles.append(frame.to_image(width=order.tile[0], height=order.tile[1]))
            if done - said >= REPORT_EVERY:
                words.send(Word(frames=done - said))
                said = done
    if plays(order.plan):
        watched = watch_piece(path, DEMUXERS[coding.container], piece.count, sketch)
        if watched is not None:
            (order.folder / seen_name(piece)).write_bytes(watched)
    strip(tiles).save(order.folder / tiles_name(piece), "JPEG", quality=TILE_QUALITY)
    words.send(Word(frames=piece.count - said, notices=tuple(picture.notices)))


def plays(plan: Plan) -> bool:
    """Tell whether the film is made of its pieces as they are coded, not of single pictures."""
    return not hasattr(format_of(plan.output), "finish")


def strip(tiles: Sequence[Image.Image]) -> Image.Image:
    """Lay tiles of one size under one another."""
    width, height = tiles[0].size
    page = Image.new("RGB", (width, height * len(tiles)))
    for place, tile in enumerate(tiles):
        page.paste(tile, (0, place * height))
    return page
