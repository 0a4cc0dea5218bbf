"""Projects for the stage's tests: files in, answer out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stage.compile import compile_folder
from stage.examples import BEFORE, source

Answer = dict[str, Any]
ASSETS = dict.fromkeys(
    (
        "assets/hero.jpg",
        "assets/logo.svg",
        "assets/clip.mp4",
        "assets/music.mp3",
        "assets/hit.wav",
        "a.mp3",
        "assets/a.mp3",
        "assets/b.wav",
    ),
    "",
)
"""Files that a snippet may name."""


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def compiled(folder: Path, files: Mapping[str, str] | str) -> Answer:
    """Compile files, or the body of a scene, as the command does."""
    tree = {"film.py": source(files), **ASSETS} if isinstance(files, str) else files
    return json.loads(json.dumps(compile_folder(write(folder, tree))))


def told(answer: Answer, severity: str | None = None) -> list[str]:
    """Findings as `file:line: message`, lines counted from the body of the scene."""
    before = BEFORE.count("\n")
    return [
        f"{each['file']}:{(each['line'] or 0) - before}: {each['message']}"
        for each in answer["findings"]
        if severity in (None, each["severity"])
    ]


def scene_of(answer: Answer) -> Any:
    assert told(answer, "error") == []
    return answer["composition"]["scenes"][0]


def tracks(answer: Answer, node: int = 0) -> dict[str, list[tuple[float, Any, str]]]:
    """The tracks of the n-th node by property (and `unit.property`), keys as (frame, value, ease)."""
    found = scene_of(answer)["nodes"][node].get("tracks", [])
    return {
        f"{track['unit']}.{track['property']}" if track.get("unit") else track["property"]: [
            (key["frame"], key["value"], key.get("ease", "none")) for key in track["keys"]
        ]
        for track in found
    }
