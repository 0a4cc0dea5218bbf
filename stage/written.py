"""Holding a film that was written as JSON against the vocabulary."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import cast

from stage import vocabulary as words
from stage.mistakes import Place, article, did_you_mean, mistake

FILE = "film.json"
LARGEST = 20_000_000
FIELDS = {
    "film": ("schema_version", "title", "language", "direction", "width", "height", "fps", "theme",
             "scenes", "sounds", "loudness_lufs", "markers", "cut_beats"),
    "scene": ("id", "frames", "background", "enter", "camera", "nodes", "source"),
    "node": ("id", "kind", "props", "tracks", "children", "source"),
}  # fmt: skip

Data = dict[str, object]


def read_document(path: Path) -> tuple[Data | None, float | None]:
    """Read `film.json`; gives the composition as it stands and its length in seconds, or nothing."""
    if path.stat().st_size > LARGEST:
        mistake(
            "film_limit", f"film.json is larger than {LARGEST // 1_000_000} MB", "split it", Place(FILE, 1)
        )
        return None, None
    try:
        data: object = json.loads(
            path.read_bytes().decode("utf-8"), parse_constant=_finite, parse_float=_finite
        )
    except UnicodeDecodeError as error:
        mistake(
            "syntax", f"film.json is no UTF-8 text: byte {error.start}", "save it as UTF-8", Place(FILE, 1)
        )
        return None, None
    except json.JSONDecodeError as error:
        mistake("syntax", f"{error.msg}, column {error.colno}", "mend the JSON", Place(FILE, error.lineno))
        return None, None
    except RecursionError:
        mistake(
            "film_wrong", "film.json is nested too deeply", "use fewer groups inside groups", Place(FILE, 1)
        )
        return None, None
    except ValueError as error:
        mistake("value_wrong", str(error), "give a finite number", Place(FILE, 1))
        return None, None
    if not isinstance(data, dict):
        mistake("film_wrong", "film.json holds no object", 'begin with {"width": …}', Place(FILE, 1))
        return None, None
    film = cast(Data, data)
    text = path.read_text("utf-8").splitlines()
    return film, _film(film, text)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"film.json holds {text[:40]}")
    return number


def _film(film: Data, text: list[str]) -> float | None:
    _fields("film", film, text)
    for name in ("width", "height", "fps"):
        low, high = words.LIMITS[name]
        given = film.get(name)
        if not isinstance(given, int | float) or isinstance(given, bool) or not low <= given <= high:
            good = False
        elif name == "fps":
            good = words.frame_rate(given) is not None
        else:
            good = given % 1 == 0
        if not good:
            mistake(
                "film_limit",
                f"{name} of the film is {given!r}",
                f"give {low:g} to {high:g}",
                _line(text, f'"{name}"'),
            )
            return None
    frames = 0
    scenes = _objects(film.get("scenes"))
    if not scenes:
        mistake("film_empty", "the film has no scenes", "give at least one", Place(FILE, 1))
        return None
    for index, scene in enumerate(scenes):
        _fields("scene", scene, text)
        length, enter = scene.get("frames"), scene.get("enter")
        frames += length if isinstance(length, int) else 0
        if index and isinstance(enter, dict) and _overlaps(cast(Data, enter).get("kind")):
            over = cast(Data, enter).get("frames")
            frames -= over if isinstance(over, int) else 0
        _nodes(scene.get("nodes"), text)
    fps = film["fps"]
    low, high = words.LIMITS["seconds"]
    seconds = frames / fps if isinstance(fps, int | float) else 0
    if not low <= seconds <= high:
        mistake(
            "film_limit", f"the film lasts {seconds:,g} s", f"give {low:g} to {high:,g} s", Place(FILE, 1)
        )
    return round(seconds, 4)


def _overlaps(kind: object) -> bool:
    passage = words.PASSAGES.get(words.TRANSITION_ALIASES.get(str(kind), str(kind)))
    return passage is not None and passage.overlaps


def _nodes(nodes: object, text: list[str]) -> None:
    waiting = _objects(nodes)
    while waiting:
        node = waiting.pop()
        _fields("node", node, text)
        kind = node.get("kind")
        table = words.KINDS.get(kind) if isinstance(kind, str) else None
        if table is None:
            guess = did_you_mean(str(kind), words.KINDS)
            at = _line(text, json.dumps(kind, ensure_ascii=False))
            mistake("kind_unknown", f"no kind {kind!r}{guess}", f"kinds are {', '.join(words.KINDS)}", at)
            continue
        for name in [name for props in _objects([node.get("props")]) for name in props]:
            if name not in table:
                message = f"{kind} has no property {name!r}{did_you_mean(name, table)}"
                hint = f"{article(str(kind))} has {', '.join(table)}"
                mistake("property_unknown", message, hint, _line(text, f'"{name}"'))
        waiting.extend(_objects(node.get("children")))


def _fields(owner: str, data: Data, text: list[str]) -> None:
    for name in data:
        if name not in FIELDS[owner]:
            guess = did_you_mean(name, FIELDS[owner])
            hint = f"a {owner} has {', '.join(FIELDS[owner])}"
            mistake("field_unknown", f"{owner} has no field {name!r}{guess}", hint, _line(text, f'"{name}"'))


def _line(text: list[str], part: str) -> Place:
    """Find the first line with these letters."""
    return Place(FILE, next((number for number, line in enumerate(text, 1) if part in line), 1))


def _objects(value: object) -> list[Data]:
    items = cast(list[object], value) if isinstance(value, list) else []
    return [cast(Data, item) for item in items if isinstance(item, dict)]
