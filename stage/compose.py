"""Writing a film as the data that the renderer reads."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from typing import cast

from stage import vocabulary as words
from stage.captions import Cue
from stage.entrance import Entry
from stage.film import Film
from stage.mistakes import Place, Wrong, article, mistake, notebook, warn
from stage.node import Node, walk
from stage.presence import look_for_file, look_for_nothing
from stage.scene import Scene
from stage.schedule import Clock, text_of
from stage.soundtrack import mark_bars, soundtrack
from stage.theme import Theme
from stage.tracks import Counted, Motion, move
from stage.values import SECONDS, clean
from stage.wire import tidy, value

Data = dict[str, object]
COLORED = ("color", "paint", "colors", "series", "shadows", "spans")
"""Types whose texts are colors, or hold some."""


def compose(film: Film) -> Data:
    """Write the whole film; what cannot be written is noted at its line and left out."""
    _check(film)
    counted = Counted()
    scenes = [_scene(film, entry, counted) for entry in film.entries]
    mark_bars(film, seconds(film))
    theme: Data = {"colors": film.theme.colors, "fonts": film.theme.fonts}
    data: Data = {
        "schema_version": 1, "title": film.title, "language": film.language,
        "direction": "rtl" if film.rtl else "ltr",
        "width": film.width, "height": film.height, "fps": film.fps, "theme": theme,
        "scenes": scenes, "sounds": soundtrack(film),
        "markers": _markers(film, scenes),
    }  # fmt: skip
    if film.loudness is not None:
        data["loudness_lufs"] = film.loudness
    if film.cuts_on_beats:
        data["cut_beats"] = _cut_beats(film)
    _forgotten(film)
    return data


def seconds(film: Film) -> float:
    """Length of the film, by whole frames."""
    return sum(_frames(film, e.scene) - (_over(film, e) if e.overlap else 0) for e in film.entries) / film.fps


def _cut_beats(film: Film) -> list[float]:
    """List the beats of the film; without a tempo, those of half a second."""
    first = film.beats.first_after(0) if film.beats else 0
    count = int(seconds(film) / film.beat) + 2
    times = [round(film.beat_at(first + place), 4) for place in range(count)]
    return [time for time in times if 0 <= time <= 7_200]


def _frames(film: Film, scene: Scene) -> int:
    return max(1, round(scene.seconds * film.fps))


def _over(film: Film, entry: Entry) -> int:
    return round(entry.over * film.fps)


def _check(film: Film) -> None:
    if not film.entries:
        mistake("film_empty", "the film has no scenes", "film.add(Scene(…))", film.place_made)
        return
    low, high = words.LIMITS["seconds"]
    length = seconds(film)
    if not low <= length <= high:
        mistake(
            "film_limit", f"the film lasts {length:,g} s", f"give {low:g} to {high:,g} s", film.place_made
        )
    if len(film.entries) > words.LIMITS["scenes"][1]:
        most = words.LIMITS["scenes"][1]
        mistake(
            "film_limit", f"the film has {len(film.entries)} scenes", f"at most {most:g}", film.place_made
        )
    for index, entry in enumerate(film.entries):
        after = film.entries[index + 1].over if index + 1 < len(film.entries) else 0
        before, length = entry.over, entry.scene.seconds
        name = entry.scene.id
        if before + after > length + 1e-9:
            over = f"({before:g} s in, {after:g} s out)"
            message = f"scene {name!r} lasts {length:g} s, shorter than its transitions {over}"
            mistake("transition_long", message, "shorten over, or give the scene more seconds", entry.place)


def _scene(film: Film, entry: Entry, counted: Counted) -> Data:
    scene, fps = entry.scene, film.fps
    nodes = walk(scene.children)
    for node in nodes:
        for name, role in words.ROLES.get(node.kind, {}).items():
            node.props.setdefault(name, role)
    clock = Clock(
        scene=scene.id,
        seconds=scene.seconds,
        beat=_beats(film, scene) if film.bpm else None,
        seed=lambda: zlib.crc32(f"{film.seed}:{scene.id}".encode()),
        mark=lambda name: film.second_of_mark(name) - film.seconds_of(scene.id),
    )
    _deep(scene)
    names = _ids(scene, nodes)
    motion = move(scene, clock, fps, film.theme, {id(node) for node in nodes}, counted)
    found: Data = {"id": scene.id, "frames": _frames(film, scene)}
    found["background"] = _looked_up(lambda: value(scene.background, film.theme), "#000000", scene.place_made)
    if entry.entrance.kind != "cut":
        found["enter"] = _enter(film, entry)
    camera = motion.tracks.get(id(scene.camera), [])
    moved = {track["property"] for track in camera}
    still = [
        {"property": name, "keys": [{"frame": 0, "value": tidy(each)}]}
        for name, each in scene.camera.props.items()
        if name not in moved and isinstance(each, int | float)
    ]
    if camera or still:
        found["camera"] = [*still, *camera]
    counted.letters(sum(len(text_of(node)) for node in nodes), scene.place_made)
    for node in nodes:
        look_for_nothing(node, {str(track["property"]) for track in motion.tracks.get(id(node), [])})
    found["nodes"] = _nodes(scene.children, names, motion, film.theme, fps)
    if scene.place_made:
        found["source"] = {"file": scene.place_made.file, "line": scene.place_made.line}
    film.marks.update(
        {f"{scene.id}.{name}": (film.seconds_of(scene.id) + at, None) for name, at in clock.labels.items()}
    )
    return found


def _enter(film: Film, entry: Entry) -> Data:
    kind = entry.entrance.kind
    found: Data = {"kind": kind, "frames": _over(film, entry)}
    for name, said in entry.entrance.options:
        if name == "center" and isinstance(said, tuple):
            found["x"], found["y"] = cast(tuple[float, float], said)
        else:
            found[name] = said
    if "color" in found:
        asked = str(found["color"])
        found["color"] = _looked_up(lambda: film.theme.color(asked), "#000000", entry.place)
    if "direction" in words.PASSAGES[kind].takes and film.rtl:
        found.setdefault("direction", "right")
    return found


def _nodes(
    nodes: Iterable[Node], names: dict[int, str], motion: Motion, theme: Theme, fps: float
) -> list[Data]:
    found: list[Data] = []
    for node in nodes:
        data: Data = {"id": names[id(node)], "kind": node.kind}
        if props := _props(node, theme, fps):
            data["props"] = props
        if tracks := motion.tracks.get(id(node)):
            data["tracks"] = tracks
        if node.children:
            data["children"] = _nodes(node.children, names, motion, theme, fps)
        if node.place_made:
            data["source"] = {"file": node.place_made.file, "line": node.place_made.line}
        found.append(data)
    return found


def _props(node: Node, theme: Theme, fps: float) -> Data:
    found: Data = {}
    for name in sorted(node.props):
        said, rule = node.props[name], node.table[name]
        try:
            if name in SECONDS and isinstance(said, int | float):
                said = clean(article(node.kind), name, rule, tidy(said * fps))
            found[name] = written(said, rule, theme, fps)
            if rule.type == "file":
                look_for_file(said, node.place_made)
        except Wrong as wrong:
            mistake(
                "color_unknown", f"{name} of {node.describe()}: {wrong.message}", wrong.hint, node.place_made
            )
    start, end = found.get("start"), found.get("end")
    if isinstance(start, int | float) and isinstance(end, int | float) and end <= start:
        message = f"{node.describe()} ends at {end / fps:g} s, not after it starts at {start / fps:g} s"
        mistake("value_wrong", message, "end it later", node.place_made)
    return found


def written(said: object, rule: words.Property, theme: Theme, fps: float) -> object:
    """Write a property's value; raises Wrong when the theme has no such color."""
    if rule.type == "cues":
        return [cue.written(fps) for cue in cast(tuple[Cue, ...], said)]
    return value(said, theme, colored=rule.type in COLORED)


def _looked_up(look: Callable[[], object], instead: str, place: Place | None) -> object:
    try:
        return look()
    except Wrong as wrong:
        mistake("color_unknown", wrong.message, wrong.hint, place)
        return instead


def _ids(scene: Scene, nodes: list[Node]) -> dict[int, str]:
    """Name every node: by its own id, or by its kind and a number."""
    taken: set[str] = set()
    for node in nodes:
        if node.id is None:
            continue
        if node.id in taken:
            message = f"two nodes of scene {scene.id!r} are named {node.id!r}"
            mistake("id_double", message, "give each an id of its own, or none", node.place_made)
        taken.add(node.id)
    counts: dict[str, int] = {}
    names: dict[int, str] = {}
    for node in nodes:
        name = node.id
        while name is None or (node.id is None and name in taken):
            counts[node.kind] = counts.get(node.kind, 0) + 1
            name = f"{node.kind}_{counts[node.kind]}"
        names[id(node)] = name
    return names


def _deep(scene: Scene) -> None:
    level, depth = list(scene.children), 0
    while level:
        depth += 1
        if depth > words.LIMITS["depth"][1]:
            message = f"scene {scene.id!r} nests deeper than {words.LIMITS['depth'][1]:g} groups"
            mistake("film_limit", message, "use fewer groups inside groups", level[0].place_made)
            return
        level = [child for node in level for child in node.children]


def _beats(film: Film, scene: Scene) -> Callable[[float], float]:
    """Beat 0 of a scene is the film's first beat that falls into it."""
    begins = film.seconds_of(scene.id)
    first = max(0, film.beats.first_after(begins)) if film.beats else 0
    return lambda beat: film.beat_at(first + beat) - begins


def _markers(film: Film, scenes: list[Data]) -> Data:
    return {name: max(0, round(at * film.fps)) for name, (at, _) in sorted(film.marks.items())}


def _forgotten(film: Film) -> None:
    """Warn of scenes and nodes that were made and never shown."""
    shown = {id(entry.scene) for entry in film.entries}
    for each in notebook().made:
        if isinstance(each, Scene) and id(each) not in shown:
            warn(
                "scene_forgotten",
                f"scene {each.id!r} was never added to the film",
                "film.add(scene)",
                each.place_made,
            )
        elif isinstance(each, Node) and each.parent is None:
            warn(
                "node_forgotten",
                f"{each.describe()} was never added to a scene",
                "scene.add(…)",
                each.place_made,
            )
