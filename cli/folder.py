"""A folder of film source on this machine's disk."""

from __future__ import annotations

from pathlib import Path

from domain.errors import UserError

MOST_FILES = 2_000
_SKIPPED = {"__pycache__", ".git"}


def source_files(folder: Path) -> dict[str, Path]:
    """List a folder's files by their path in it; hidden ones and links are left out.

    Raises UserError when there is no film in it, or too much.
    """
    folder = folder.resolve()
    if not (folder / "film.py").is_file() and not (folder / "film.json").is_file():
        raise UserError("no_film", f"{str(folder)!r} holds no film.py and no film.json")
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_symlink() or not path.is_file() or any(p in _SKIPPED or p.startswith(".") for p in parts):
            continue
        found["/".join(parts)] = path
        if len(found) > MOST_FILES:
            raise UserError("too_many_files", f"{str(folder)!r} holds more than {MOST_FILES} files")
    return found
