"""Segments come back whole or not at all, and the folder stays small."""

import itertools
import multiprocessing
import os
from pathlib import Path

import pytest

from render.cache import SegmentCache

KEY = "ab" * 32
OTHER = "cd" * 32


@pytest.fixture
def cache(tmp_path: Path) -> SegmentCache:
    return SegmentCache(tmp_path / "segments", 10_000)


def segment(folder: Path, content: bytes = b"pictures") -> Path:
    path = folder / "piece.mp4"
    path.write_bytes(content)
    return path


def test_a_kept_segment_is_found(cache: SegmentCache, tmp_path: Path) -> None:
    cache.keep(KEY, segment(tmp_path))
    found = cache.find(KEY)
    assert found is not None
    assert found.read_bytes() == b"pictures"
    assert cache.find(OTHER) is None


@pytest.mark.parametrize("damage", [b"", b"pict", b"pixtures", b"pictures and more"])
def test_a_damaged_segment_is_thrown_out(cache: SegmentCache, tmp_path: Path, damage: bytes) -> None:
    cache.keep(KEY, segment(tmp_path))
    kept = cache.find(KEY)
    assert kept is not None
    kept.chmod(0o644)
    kept.write_bytes(damage)
    assert cache.find(KEY) is None
    assert not kept.exists()


def test_what_is_kept_later_replaces_what_was_there(cache: SegmentCache, tmp_path: Path) -> None:
    cache.keep(KEY, segment(tmp_path, b"old"))
    cache.keep(KEY, segment(tmp_path, b"new"))
    found = cache.find(KEY)
    assert found is not None
    assert found.read_bytes() == b"new"
    assert len(list(tmp_path.glob("segments/*/*"))) == 1


def test_the_longest_unused_go_first(cache: SegmentCache, tmp_path: Path) -> None:
    names = [f"{number:064x}" for number in range(5)]
    for age, name in enumerate(names):
        cache.keep(name, segment(tmp_path, name.encode() * 50))
        found = cache.find(name)
        assert found is not None
        os.utime(found, (1_000_000 + age, 1_000_000 + age))
    assert cache.find(names[0]) is not None  # which makes it the newest
    assert cache.trim() <= 10_000
    assert [cache.find(name) is not None for name in names] == [True, False, False, True, True]


def test_the_caller_keeps_its_own_file(cache: SegmentCache, tmp_path: Path) -> None:
    path = segment(tmp_path)
    cache.keep(KEY, path)
    assert path.read_bytes() == b"pictures"


def write_for_ever(folder: Path, source: Path) -> None:
    cache = SegmentCache(folder, 10**9)
    for number in itertools.count():
        cache.keep(f"{number % 40:064x}", source)


def test_writers_that_are_killed_leave_only_whole_files(tmp_path: Path) -> None:
    source = tmp_path / "piece.seg"
    source.write_bytes(os.urandom(400_000))
    context = multiprocessing.get_context("fork")
    for round_ in range(3):
        writers = [context.Process(target=write_for_ever, args=(tmp_path / "kept", source)) for _ in range(3)]
        for writer in writers:
            writer.start()
        while len(list(tmp_path.glob("kept/*/*.seg"))) < 10 * (round_ + 1):
            pass
        for writer in writers:
            writer.kill()
            writer.join()
    cache = SegmentCache(tmp_path / "kept", 10**9)
    files = list(tmp_path.glob("kept/*/*.seg"))
    found = [cache.find(f"{number:064x}") for number in range(40)]
    whole = [path for path in found if path is not None]
    assert len(whole) == len(files) >= 30
    assert {path.read_bytes() for path in whole} == {source.read_bytes()}


def test_what_a_killed_writer_left_goes_when_it_is_old(cache: SegmentCache, tmp_path: Path) -> None:
    cache.keep(KEY, segment(tmp_path))
    shelf = tmp_path / "segments" / KEY[:2]
    old, fresh = shelf / ".old", shelf / ".fresh"
    for path in (old, fresh):
        path.write_bytes(b"half")
    os.utime(old, (1_000_000, 1_000_000))
    cache.trim()
    assert (old.exists(), fresh.exists(), cache.find(KEY) is not None) == (False, True, True)


def test_a_file_under_another_name_is_not_believed(cache: SegmentCache, tmp_path: Path) -> None:
    cache.keep(KEY, segment(tmp_path))
    found = cache.find(KEY)
    assert found is not None
    shelf = tmp_path / "segments" / OTHER[:2]
    shelf.mkdir()
    (shelf / f"{OTHER}-{'0' * 64}.seg").write_bytes(found.read_bytes())
    assert cache.find(OTHER) is None
