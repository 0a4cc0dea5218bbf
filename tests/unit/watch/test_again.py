"""What was measured once is not decoded again, unless its packets are others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from render.watch.decode import Film, Sealed, recalled, seal, sealed, watch
from render.watch.stretch import Stretch, joined
from tests.bad.files import drawn, encode


def decoded(path: Path, kept: Sequence[Sealed | None]) -> Film:
    return watch(path, "mp4", (), recalled(kept), frozenset())


def film(folder: Path) -> Path:
    return encode(
        folder / "film.mp4", drawn(), None, coded=("-c:v", "libx264", "-g", "45", "-pix_fmt", "yuv420p")
    )


def test_known_stretches_are_not_decoded_again_and_tell_the_same(tmp_path: Path) -> None:
    path = film(tmp_path)
    first = decoded(path, ())
    assert len(first.stretches) == 3
    assert first.fresh == [True, True, True]
    pairs = zip(first.marks, first.stretches, strict=True)
    kept = [sealed(seal(mark, stretch.packed())) for mark, stretch in pairs]
    again = decoded(path, kept)
    assert again.fresh == [False, False, False]
    assert joined(again.stretches).change.tolist() == joined(first.stretches).change.tolist()
    assert [len(each) for each in again.stretches] == [45, 45, 45]


def test_broken_measures_are_as_good_as_none(tmp_path: Path) -> None:
    path = film(tmp_path)
    marks = decoded(path, ()).marks
    again = decoded(path, [(marks[0], b"nonsense"), (marks[1], b""), ("other", b"PK")])
    assert again.fresh == [True, True, True]


def test_measures_survive_being_written_down(tmp_path: Path) -> None:
    stretch = decoded(film(tmp_path), ()).stretches[0]
    assert Stretch.unpacked(stretch.packed()).luma.tolist() == stretch.luma.tolist()
