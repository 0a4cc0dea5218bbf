"""The whole film, its theme and its limits."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from domain.composition.measure import Frames, Rate
from domain.composition.node import Node, walk
from domain.composition.paint import Color
from domain.composition.scene import Scene
from domain.composition.sound import Sound
from domain.composition.track import check_track
from domain.nouns import Noun
from stage import vocabulary as words


class Theme(Noun):
    """Colors and fonts by role."""

    colors: dict[str, Color] = {}
    fonts: dict[str, str] = {}
    """`display`, `body` and `mono` to a font family."""


class Composition(Noun):
    """A whole film: sizes in pixels, times in frames."""

    schema_version: Literal[1] = 1
    title: str = ""
    language: str = ""
    """BCP 47 tag of the film's main language."""
    direction: Literal["ltr", "rtl"] = "ltr"
    width: int = Field(ge=16, le=7_680)
    height: int = Field(ge=16, le=7_680)
    fps: Rate
    """Whole, or a rate of television: 23.976, 29.97, 59.94…"""
    theme: Theme = Theme()
    scenes: tuple[Scene, ...] = Field(min_length=1, max_length=500)
    sounds: tuple[Sound, ...] = ()
    loudness_lufs: float | None = Field(default=None, ge=words.LOUDNESS[0], le=words.LOUDNESS[1])
    """Integrated loudness of the delivered film; -14, with a voice -16, unless said."""
    markers: dict[str, Frames] = {}
    cut_beats: tuple[Annotated[float, Field(ge=0, le=7_200)], ...] = Field(default=(), max_length=50_000)
    """Seconds of the beats on which its cuts are declared to fall; none where nothing is declared."""

    @property
    def frames(self) -> int:
        """Length of the film, frames: most transitions lay two scenes over each other."""
        overlap = sum(scene.enter.overlap for scene in self.scenes[1:])
        return sum(scene.frames for scene in self.scenes) - overlap

    @property
    def rate(self) -> Fraction:
        """Frames a second, exactly: 30,000 / 1,001 for 29.97."""
        return Fraction(self.fps).limit_denominator(1_001)

    @property
    def seconds(self) -> float:
        """Length of the film, seconds."""
        return self.frames / self.fps

    @property
    def files(self) -> frozenset[str]:
        """Every file of the project that the film shows or plays."""
        found = {sound.src for sound in self.sounds if sound.src}
        for scene in self.scenes:
            for node in walk(scene.nodes):
                source = node.props.get("src")
                if isinstance(source, str) and source:
                    found.add(source)
        return frozenset(found)

    def starts(self) -> tuple[int, ...]:
        """The frame of the film on which each scene begins."""
        found: list[int] = []
        clock = 0
        for index, scene in enumerate(self.scenes):
            if index:
                clock -= scene.enter.overlap
            found.append(clock)
            clock += scene.frames
        return tuple(found)

    @model_validator(mode="after")
    def _within_limits(self) -> Self:
        check_composition(self)
        return self


def check_composition(film: Composition) -> None:
    """Hold a whole film against the limits of the vocabulary; raises ValueError that names the limit."""
    low, high = words.LIMITS["seconds"]
    if not low <= film.seconds <= high:
        raise ValueError(f"the film lasts {film.seconds:g} s; give {low:g} to {high:g}")
    seen: set[str] = set()
    nodes = keys = letters = 0
    for index, scene in enumerate(film.scenes):
        if scene.id in seen:
            raise ValueError(f"two scenes are named {scene.id!r}")
        seen.add(scene.id)
        neighbour = film.scenes[index - 1].frames if index else 0
        if index and scene.enter.frames > min(scene.frames, neighbour):
            raise ValueError(
                f"scene {scene.id!r} comes in over {scene.enter.frames} frames: more than it or its neighbour"
            )
        for track in scene.camera:
            check_track(f"scene {scene.id!r}", "camera", track, words.CAMERA)
        ids: set[str] = set()
        for node in walk(scene.nodes):
            if node.id in ids:
                raise ValueError(f"two nodes of scene {scene.id!r} are named {node.id!r}")
            ids.add(node.id)
            keys += sum(len(track.keys) for track in node.tracks)
            letters += len(str(node.props.get("text") or ""))
        nodes += sum(_painted(node) for node in scene.nodes)
        if _depth(scene.nodes) > words.LIMITS["depth"][1]:
            raise ValueError(f"scene {scene.id!r} nests deeper than {words.LIMITS['depth'][1]:g} groups")
    for name, count in (("nodes", nodes), ("keyframes", keys), ("text", letters)):
        if count > words.LIMITS[name][1]:
            raise ValueError(f"the film has {count} {name}; at most {words.LIMITS[name][1]:g}")


def _painted(node: Node) -> int:
    """Count how many nodes are painted for a node: a repeater paints what it holds many times."""
    inner = sum(_painted(child) for child in node.children)
    if node.kind != "repeater":
        return 1 + inner
    rule = words.KINDS["repeater"]
    count, rows = (_number(node.props.get(name, rule[name].default)) for name in ("count", "rows"))
    return 1 + inner * count * (rows if node.props.get("form", "grid") == "grid" else 1)


def _number(value: object) -> int:
    return max(1, round(value)) if isinstance(value, int | float) else 1


def _depth(nodes: tuple[Node, ...]) -> int:
    deepest = 0
    level: list[Node] = list(nodes)
    while level:
        deepest += 1
        level = [child for node in level for child in node.children]
    return deepest
