"""Pieces are watched where they are drawn, and what they measure holds for the film made of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from domain.composition import Composition
from domain.engine import FilmFacts, Format, Output
from domain.finding import Finding
from render.coding import coding_of
from render.encode import DEMUXERS, Converter, SegmentWriter, join
from render.film import Places, make_film
from render.picture import Picture
from render.segments import Plan, make_plan
from render.sound.mix import mix
from render.watch.decode import Sealed, recalled, sealed, watch
from render.watch.piece import Sketch, watch_piece
from render.watch.sound import hear, mark_of
from render.watch.whole import Planned, watch_file
from tests.bad.files import good_film


def made(film: Composition, output: Output, folder: Path) -> tuple[Plan, Path, list[Sealed]]:
    """Render a film; gives its file, and what was measured of its pieces while they were drawn."""
    plan = make_plan(film, output, {}, "1")
    make_film(film, plan, Places(project=folder, kept=folder / "kept", out=folder), 2)
    drawn = sorted((folder / "segments").glob("*.npz"))
    assert len(drawn) == len(plan.pieces)
    return plan, next(folder.glob("film.*")), [sealed(each.read_bytes()) for each in drawn]


SLOW = [pytest.param(name, marks=pytest.mark.slow) for name in ("hevc", "webm", "vp9", "prores")]


@pytest.mark.parametrize("name", ["mp4", "av1", *SLOW])
def test_a_finished_film_is_not_decoded_again(name: Format, tmp_path: Path) -> None:
    film = good_film(sound=False)
    plan, path, kept = made(film, Output(format=name), tmp_path)
    counts = [piece.count for piece in plan.pieces]
    demuxer = DEMUXERS[plan.coding.container]
    seen = watch(path, demuxer, counts, recalled(kept), frozenset((20, 70)))
    assert seen.fresh == [False] * len(plan.pieces)
    assert seen.frames == {}
    again = watch(path, demuxer, counts, recalled(()), frozenset())
    for one, other in zip(seen.stretches, again.stretches, strict=True):
        assert one.luma.tolist() == other.luma.tolist()
        assert one.moved.tolist() == other.moved.tolist()
        assert (one.last == other.last).all()


def judged(kept: list[Sealed], film: Composition, plan: Plan, path: Path, facts: FilmFacts) -> list[Finding]:
    planned = Planned(film, Picture(film, Path()), 0, tuple(piece.count for piece in plan.pieces))
    return watch_file(path, "mp4", facts, planned, kept).findings


def test_a_film_of_other_pictures_than_were_drawn_is_found_by_its_pieces(tmp_path: Path) -> None:
    """The second scene's file holds the third scene: unlike what was drawn, and its cut is not one."""
    film = good_film(sound=False)
    coding = coding_of(Output())
    plan = make_plan(film, Output(), {}, "1")
    picture = Picture(film, tmp_path)
    converter = Converter(film.width, film.height, coding)
    kept: list[Sealed] = []
    paths: list[Path] = []
    for piece in plan.pieces:
        path = tmp_path / f"{piece.index}.seg"
        sketch = Sketch(piece.count, (film.width, film.height), alpha=False)
        with SegmentWriter(path, film.width, film.height, 30, coding) as writer:
            for place, frame in enumerate(range(piece.first, piece.first + piece.count)):
                sketch.see(place, picture.draw(frame))
                shown = frame if not 45 <= frame < 90 else frame + 45
                writer.add(converter.convert(picture.draw(shown)))
        watched = watch_piece(path, "mp4", piece.count, sketch)
        assert watched is not None
        kept.append(sealed(watched))
        paths.append(path)
    path = tmp_path / "film.mp4"
    join(paths, None, path, 30, coding)
    facts = FilmFacts(
        width=320, height=180, fps=30, frames=135, seconds=4.5, video_codec="h264", pixel_format="yuv420p",
        color="bt709/tv", audio_codec=None, audio_seconds=None, bytes=1, sha256="0" * 64,
    )  # fmt: skip
    found = judged(kept, film, plan, path, facts)
    assert {each.code for each in found} == {"film_parity", "film_cuts"}
    parity = next(each for each in found if each.code == "film_parity")
    assert parity.span is not None
    assert 1.5 <= parity.span[0] < 3
    assert [each.span for each in found if each.code == "film_cuts"] == [(1.5, 1.5), (3, 3)]


def test_a_piece_that_does_not_decode_is_left_to_the_finished_film(tmp_path: Path) -> None:
    path = tmp_path / "piece.seg"
    path.write_bytes(b"\x00" * 400)
    assert watch_piece(path, "mp4", 30, Sketch(30, (320, 180), alpha=False)) is None


def test_a_piece_of_too_few_frames_is_left_to_the_finished_film(tmp_path: Path) -> None:
    coding = coding_of(Output())
    path = tmp_path / "piece.seg"
    with SegmentWriter(path, 64, 64, 30, coding) as writer:
        for _ in range(5):
            writer.add(Converter(64, 64, coding).convert(np.zeros((64, 64, 4), np.uint8)))
    assert watch_piece(path, "mp4", 6, Sketch(6, (64, 64), alpha=False)) is None
    assert watch_piece(path, "mp4", 5, Sketch(5, (64, 64), alpha=False)) is not None


def test_what_keeps_its_transparency_is_measured_but_not_compared() -> None:
    sketch = Sketch(1, (64, 64), alpha=True)
    sketch.see(0, np.zeros((64, 64, 4), np.uint8))
    assert sketch.meant is None
    assert sketch.opens.size == 0


def test_a_mixed_sound_keeps_its_mark_in_the_film_and_another_has_another(tmp_path: Path) -> None:
    film = good_film(sound=False)
    _, path, _ = made(film, Output(), tmp_path)
    sound = tmp_path / "segments" / "sound.m4a"
    assert mark_of(path, "mp4") == mark_of(sound, "mp4")
    assert hear(path, "mp4") == hear(sound, "mp4")
    mix(film, tmp_path, tmp_path / "short.m4a", first=0, frames=film.frames - 9)
    assert mark_of(tmp_path / "short.m4a", "mp4") != mark_of(sound, "mp4")
