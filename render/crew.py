"""Drawing a film with one process per processor: each takes its share, and helps out when it is done."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path

from domain.composition import Composition
from domain.nouns import Noun
from render.encode import Converter, SegmentWriter
from render.picture import Picture
from render.profiles import even
from render.segments import Piece, Plan, segment_name

REPORT_EVERY = 5
"""Frames between two words of a worker about how far it is."""


class Word(Noun):
    """What a worker says: so many frames are drawn, and perhaps a piece is finished."""

    frames: int
    notices: tuple[str, ...] | None = None
    """Said when a piece is finished: every substitution that its picture made so far."""


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


def draw(
    film: Composition,
    plan: Plan,
    project: Path,
    folder: Path,
    workers: int,
    on_frames: Callable[[int], None],
) -> list[str]:
    """Draw every piece that is not there yet into `folder`; gives the substitutions that were made.

    Raises RuntimeError when a worker died.
    """
    waiting = [piece for piece in plan.pieces if not piece.reused]
    shares = Shares(waiting, max(1, min(workers, len(waiting))))
    context = multiprocessing.get_context("fork")
    crew: dict[Connection, tuple[int, Connection]] = {}
    notices: set[str] = set()
    for index in range(max(1, min(workers, len(waiting))) if waiting else 0):
        tasks_out, tasks_in = context.Pipe(duplex=False)
        words_out, words_in = context.Pipe(duplex=False)
        member = context.Process(
            target=work, args=(tasks_out, words_in, film, plan, project, folder), daemon=True
        )
        member.start()
        tasks_out.close()
        words_in.close()
        tasks_in.send(shares.take(index))
        crew[words_out] = (index, tasks_in)
    while crew:
        for words in wait(list(crew)):
            assert isinstance(words, Connection)
            index, tasks = crew[words]
            try:
                word: Word = words.recv()
            except EOFError:
                raise RuntimeError(f"drawing process {index} died") from None
            on_frames(word.frames)
            if word.notices is None:
                continue
            notices |= set(word.notices)
            piece = shares.take(index)
            tasks.send(piece)
            if piece is None:
                del crew[words]
    return sorted(notices)


def work(
    tasks: Connection, words: Connection, film: Composition, plan: Plan, project: Path, folder: Path
) -> None:
    """Draw one piece after the other until there is none."""
    picture = Picture(film, project, scale=plan.scale)
    converter = Converter(even(film.width * plan.scale), even(film.height * plan.scale))
    while True:
        piece: Piece | None = tasks.recv()
        if piece is None:
            return
        draw_piece(picture, converter, piece, plan, film, folder, words)


def draw_piece(
    picture: Picture,
    converter: Converter,
    piece: Piece,
    plan: Plan,
    film: Composition,
    folder: Path,
    words: Connection,
) -> None:
    """Draw and encode one piece; a frame that shows the same as the one before it is not drawn again."""
    path = folder / segment_name(piece)
    width, height = film.width * plan.scale, film.height * plan.scale
    said = 0
    with SegmentWriter(path, even(width), even(height), film.fps, plan.profile) as writer:
        frame = converter.convert(picture.draw(piece.first))
        writer.add(frame)
        for done in range(1, piece.count):
            if not picture.same_as_previous(piece.first + done):
                frame = converter.convert(picture.draw(piece.first + done))
            writer.add(frame)
            if done - said >= REPORT_EVERY:
                words.send(Word(frames=done - said))
                said = done
    words.send(Word(frames=piece.count - said, notices=tuple(picture.notices)))
