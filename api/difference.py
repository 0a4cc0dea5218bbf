"""What changed from one revision to another, file by file, as unified text."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Literal

from domain.blob import Blobs
from domain.nouns import Noun, Sha256
from domain.project import changes

LARGEST_TEXT = 200_000
"""Bytes of a file that is compared line by line."""
LONGEST_DIFF = 40_000
"""Characters of one file's difference."""


class FileDifference(Noun):
    """How one file differs."""

    path: str
    what: Literal["added", "changed", "removed"]
    diff: str = ""
    """Unified text; empty for what is no text."""
    binary: bool = False
    cut: bool = False
    """Whether there is more of it than is told."""


class Difference(Noun):
    """How two revisions differ."""

    before: int
    after: int
    files: tuple[FileDifference, ...]


async def difference(
    blobs: Blobs, before: Mapping[str, Sha256], after: Mapping[str, Sha256]
) -> tuple[FileDifference, ...]:
    """Compare two trees."""
    found: list[FileDifference] = []
    for change in changes(before, after):
        old = await _text(blobs, before.get(change.path))
        new = await _text(blobs, after.get(change.path))
        if old is None or new is None:
            found.append(FileDifference(path=change.path, what=change.what, binary=True))
            continue
        lines = difflib.unified_diff(
            old.splitlines(keepends=True),
            new.splitlines(keepends=True),
            f"a/{change.path}" if change.what != "added" else "/dev/null",
            f"b/{change.path}" if change.what != "removed" else "/dev/null",
        )
        text = "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
        )
        cut = len(text) > LONGEST_DIFF
        found.append(FileDifference(path=change.path, what=change.what, diff=text[:LONGEST_DIFF], cut=cut))
    return tuple(found)


async def _text(blobs: Blobs, sha256: Sha256 | None) -> str | None:
    """A file's text; empty for a file that is not there, None for what is too large or no text."""
    if sha256 is None:
        return ""
    if await blobs.size(sha256) > LARGEST_TEXT:
        return None
    try:
        text = (await blobs.get(sha256)).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
