"""How a scene comes in over the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypedDict, cast

from stage import vocabulary as words
from stage.color import spelled
from stage.mistakes import Place, Wrong, did_you_mean, warn
from stage.scene import Scene
from stage.values import number

_CHOICES = {"direction": words.DIRECTIONS, "shape": words.OPENINGS}
_SHARES = "give (x, y) as shares of the frame, such as (0.5, 0.4)"


class EntranceWords(TypedDict, total=False):
    """What `film.add` takes beside a scene."""

    color: str
    """What a dip goes through, or the band that leads a wipe."""
    direction: Literal["left", "right", "up", "down"]
    """Where the picture goes; `left` unless said, `right` in a right-to-left film."""
    ease: str
    """The curve of its course."""
    softness: float
    """Width of the edge, share of the way."""
    shape: Literal["circle", "box", "diamond", "star", "arch"]
    """Of an iris."""
    center: tuple[float, float]
    """Of an iris or a zoom, shares of the frame."""


@dataclass(frozen=True)
class Entrance:
    """A way to come in, held against the vocabulary."""

    kind: str = "cut"
    over: float = 0
    """Seconds."""
    options: tuple[tuple[str, object], ...] = ()

    @property
    def overlap(self) -> float:
        """Seconds on which both scenes are on the screen."""
        return self.over if words.PASSAGES[self.kind].overlaps else 0


@dataclass(frozen=True)
class Entry:
    """A scene's place in the film, and how it comes in."""

    scene: Scene
    entrance: Entrance
    place: Place | None

    @property
    def over(self) -> float:
        """How long the change takes, seconds."""
        return self.entrance.over

    @property
    def overlap(self) -> float:
        """Seconds on which the scene before is on the screen too."""
        return self.entrance.overlap


def entrance(scene: str, enter: object, over: object, options: dict[str, object]) -> Entrance:
    """Hold a way to come in against the vocabulary; raises Wrong."""
    said = words.TRANSITION_ALIASES.get(str(enter), enter)
    if said not in words.PASSAGES:
        guess = did_you_mean(str(enter), words.TRANSITIONS)
        raise Wrong(f"scene {scene!r} enters by {enter!r}{guess}", f"give {', '.join(words.TRANSITIONS)}")
    kind = str(said)
    known = EntranceWords.__annotations__
    kept: list[tuple[str, object]] = []
    for name, value in options.items():
        if name not in known:
            raise Wrong(f"film.add takes no {name!r}{did_you_mean(name, known)}", f"give {', '.join(known)}")
        if value is None:
            continue
        takes = words.PASSAGES[kind].takes
        if name != "ease" and name not in takes and kind != "cut":
            warn(
                "transition_option",
                f"{name} means nothing to a {kind}",
                f"it takes {', '.join((*takes, 'ease'))}",
            )
            continue
        kept.append((name, _option(scene, name, value)))
    seconds = number(f"over of scene {scene!r}", over, 0, 60)
    return Entrance() if kind == "cut" else Entrance(kind, seconds, tuple(sorted(kept)))


def _option(scene: str, name: str, value: object) -> object:
    """Hold one option against its rule; raises Wrong."""
    match name:
        case "color":
            if not isinstance(value, str):
                raise Wrong(f"color is {value!r}", "give a color")
            return spelled(value)
        case "ease":
            if not isinstance(value, str):
                raise Wrong(f"ease is {value!r}", "give a name: 'power3.inOut'")
            try:
                words.parse_ease(value)
            except ValueError as error:
                raise Wrong(f"ease of scene {scene!r}: {value!r} is no ease", str(error)) from None
            return value.strip().replace(" ", "")
        case "softness":
            return number(f"softness of scene {scene!r}", value, 0, 1)
        case "center":
            pair = cast(tuple[object, ...], value) if isinstance(value, tuple | list) else ()
            if len(pair) != 2:
                raise Wrong(f"center of scene {scene!r} is {value!r}", _SHARES)
            return tuple(number(f"center of scene {scene!r}", each, 0, 1) for each in pair)
        case _:
            if value not in _CHOICES[name]:
                raise Wrong(
                    f"{name} of scene {scene!r} is {value!r}", f"give one of {', '.join(_CHOICES[name])}"
                )
            return value
