"""The files that templates are made of: real film source, kept beside this file."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from domain.template import Shape

SOURCES = Path(__file__).parent / "sources"
_FRAME = re.compile(r"^WIDTH, HEIGHT, FPS = .*$", re.MULTILINE)
_TITLE = re.compile(r"^TITLE = .*$", re.MULTILINE)
_LANGUAGE = re.compile(r"^LANGUAGE = .*$", re.MULTILINE)


def project(name: str, shape: Shape, title: str) -> dict[str, str]:
    """Give a template's files by their path, with what they share, written for a frame and a title."""
    files = {**_folder("common"), **_folder(name)}
    content = files["content.py"]
    content = _FRAME.sub(f"WIDTH, HEIGHT, FPS = {shape.width}, {shape.height}, {shape.fps:.6g}", content)
    if title:
        content = _TITLE.sub(lambda _: f"TITLE = {title!r}", content)
    if shape.direction == "rtl":
        content = _LANGUAGE.sub('LANGUAGE = "ar"', content)
    return {**files, "content.py": content}


@cache
def _folder(name: str) -> dict[str, str]:
    folder = SOURCES / name
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}
