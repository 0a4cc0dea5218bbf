"""Which names a project's files may have: relative, plain, and the same on every machine."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

from domain.errors import ToolError

LONGEST_PATH = 200
"""Characters."""
FOLDERS = ("scenes", "components", "assets", "data")
TEXT_SUFFIXES = (".py", ".json", ".md", ".txt", ".csv", ".svg", ".srt", ".vtt")
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".svg")
SOUND_SUFFIXES = (".flac", ".wav", ".mp3", ".m4a", ".ogg")
CLIP_SUFFIXES = (".mp4",)
ASSET_SUFFIXES = (*PICTURE_SUFFIXES, *SOUND_SUFFIXES, *CLIP_SUFFIXES, ".ttf", ".otf")
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
PACKAGES = "packages"
"""The folder of wheels that scene code may import; only manage_dependencies writes there."""
RESERVED = ("stage.py", "domain.py", "render.py")
"""Would hide what scene code imports."""
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
_WHERE = f"film.py, film.json, content.py, NOTES.md or a file in {', '.join(f'{name}/' for name in FOLDERS)}"


def clean_name(text: str) -> str:
    """Drop what a reader cannot see: control, direction, zero-width and other invisible characters."""
    return "".join(
        letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )


def shown(path: str) -> str:
    """A path as an error may quote it: short, and without invisible characters."""
    visible = path.encode("unicode_escape", "backslashreplace").decode() if clean_name(path) != path else path
    return repr(visible if len(visible) <= 80 else f"{visible[:77]}...")


def check_path(path: str) -> str:
    """Hold a path of a project against the rules; gives it in NFC.

    Raises ToolError("invalid", …) that says which rule and what would do.
    """
    path = unicodedata.normalize("NFC", path)
    fault = _fault(path) or _place_fault(path)
    if fault:
        raise ToolError("invalid", f"path {shown(path)} {fault}")
    return path


def check_new_path(path: str, existing: Iterable[str]) -> str:
    """Hold a path that is about to be made against the rules and against the project's other paths.

    Raises ToolError("invalid" | "conflict", …), also when another path differs by case alone.
    """
    path = check_path(path)
    folded = path.casefold()
    for other in existing:
        if other == path:
            continue
        if other.casefold() == folded:
            raise ToolError(
                "conflict", f"path {shown(path)} differs from {other!r} by case alone; use {other!r}"
            )
        if other.casefold().startswith(f"{folded}/") or folded.startswith(f"{other.casefold()}/"):
            raise ToolError("conflict", f"path {shown(path)} makes a folder of a file, next to {other!r}")
        _check_folders(path, other)
    return path


def near(path: str, existing: Iterable[str]) -> str:
    """The way out of a path that does not exist: those that look like it, or all there are."""
    paths = sorted(existing)
    close = difflib.get_close_matches(path, paths, n=3, cutoff=0.6)
    if close:
        return f"did you mean {' or '.join(repr(name) for name in close)}?"
    if not paths:
        return "the project has no files yet; scaffold_project makes some"
    more = f" and {len(paths) - 20} more" if len(paths) > 20 else ""
    return f"the project has {', '.join(paths[:20])}{more}"


def _fault(path: str) -> str:
    if not path.strip():
        return f"is empty; give {_WHERE}"
    if len(path) > LONGEST_PATH:
        return f"has {len(path)} characters; give at most {LONGEST_PATH}"
    if clean_name(path) != path:
        return "holds invisible or control characters; write it with visible ones"
    if "\\" in path:
        return "holds a backslash; folders are divided by /"
    if path.startswith("/") or path[1:2] == ":":
        return f"is absolute; paths are relative to the project: {_WHERE}"
    parts = path.split("/")
    if ".." in parts or "." in parts or "" in parts:
        return "steps outside or has an empty part; write it plainly, as in 'scenes/intro.py'"
    for part in parts:
        if part.startswith((".", "-", " ")):
            return f"has a part {part!r} that starts with {part[0]!r}; hidden files and options are not kept"
        if part.endswith((".", " ")) or any(letter in part for letter in '<>:"|?*~$`'):
            return f"has a part {part!r} that not every machine can keep; use letters, digits, - and _"
        if part.split(".")[0].casefold() in _DEVICES or len(part.encode()) > 120:
            return f"has a part {part!r} that not every machine can keep; choose another name"
    return ""


def _place_fault(path: str) -> str:
    folder, slash, rest = path.partition("/")
    if folder == PACKAGES and slash:
        fits = "/" not in rest and rest.endswith(".whl")
        return "" if fits else "is no wheel; that folder is manage_dependencies' own"
    if slash and folder not in FOLDERS:
        return f"is in folder {folder!r}, which a film does not have; give {_WHERE}"
    suffix = f".{path.rsplit('.', 1)[-1].casefold()}" if "." in path.rsplit("/", 1)[-1] else ""
    allowed = (*TEXT_SUFFIXES, *ASSET_SUFFIXES) if folder == "assets" else TEXT_SUFFIXES
    if suffix not in allowed:
        return f"ends in {suffix or 'nothing'!r}; {folder if slash else 'here'} takes {', '.join(allowed)}"
    if not slash and path.casefold() in RESERVED:
        return "would hide a library that scene code imports; choose another name"
    return ""


def _check_folders(path: str, other: str) -> None:
    mine, theirs = path.split("/")[:-1], other.split("/")[:-1]
    for one, two in zip(mine, theirs, strict=False):
        if one != two and one.casefold() == two.casefold():
            raise ToolError("conflict", f"folder {one!r} of {shown(path)} differs from {two!r} by case alone")
        if one != two:
            return
