"""Segments come back whole or not at all, and the folder stays small."""

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
