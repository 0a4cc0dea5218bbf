"""A stretch of the film with its own nodes, clock and camera."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

from stage import vocabulary as words
from stage.mistakes import Wrong, did_you_mean, here, mistake, notebook
from stage.names import CAMERA_ALIASES, check_id
from stage.node import N, Node, Target, adopt, walk
from stage.paint import Paint
from stage.timeline import Timeline
from stage.values import clean, number

if TYPE_CHECKING:
    from stage.animated import CameraWords

BACKGROUND = words.Property("paint", "what lies under everything", "background")


class Camera(Target):
    """Looks at a scene: `x`, `y`, `zoom`, `rotation`, `focus`, `aperture`; nodes follow by their `depth`."""

    kind = "camera"
    table = words.CAMERA

    def __init__(self) -> None:
        self.props: dict[str, object] = {}

    def set(self, **properties: Unpack[CameraWords]) -> Self:
        """Point the camera for the whole scene, or until a tween moves it."""
        for name, value in properties.items():
            rule = words.CAMERA.get(name)
            if rule is None:
                guess = did_you_mean(name, words.CAMERA, CAMERA_ALIASES)
                mistake(
                    "property_unknown",
                    f"camera has no property {name!r}{guess}",
                    f"it has {', '.join(words.CAMERA)}",
                )
                continue
            try:
                self.props[name] = clean("the camera", name, rule, value)
            except Wrong as wrong:
                mistake("value_wrong", wrong.message, wrong.hint)
        return self


class Scene:
    """A stretch of the film; its nodes hang on the safe box of the frame unless they say `inside="frame"`."""

    kind = "scene"

    def __init__(self, id: str, seconds: float = 4, *, background: Paint = "background") -> None:
        self.id = check_id(id, "scene") or "scene"
        self.seconds: float = 4
        self.background: object = "background"
        self.children: list[Node] = []
        self.timeline = Timeline()
        self.camera = Camera()
        self.place_made = here()
        self.added = False
        most = words.LIMITS["seconds"][1]
        try:
            self.seconds = number(f"seconds of scene {self.id!r}", seconds, 0, most)
            if self.seconds <= 0:
                raise Wrong(
                    f"seconds of scene {self.id!r} is {seconds:g}", f"give more than 0, at most {most:,g}"
                )
            self.background = clean(f"scene {self.id!r}", "background", BACKGROUND, background)
        except Wrong as wrong:
            self.seconds = self.seconds or 4
            mistake("value_wrong", wrong.message, wrong.hint)
        notebook().made.append(self)

    def add(self, node: N, *more: Node) -> N:
        """Put nodes on top of those the scene has; returns the first."""
        for each in (node, *more):
            adopt(self, self.children, each)
        return node

    def find(self, id: str) -> Node | None:
        """Find a node by its id, anywhere in the scene."""
        return next((node for node in walk(self.children) if node.id == id), None)

    def __enter__(self) -> Self:
        notebook().open_groups.append(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        notebook().open_groups.pop()
