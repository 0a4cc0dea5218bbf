"""What a scene has beside its nodes: a camera, and a way to come in."""

from __future__ import annotations

from dataclasses import dataclass

from stage.vocabulary.property import FAR, Property, number

CAMERA: dict[str, Property] = {
    "x": number("pans right, px", 0, -FAR, FAR),
    "y": number("pans down, px", 0, -FAR, FAR),
    "zoom": number("enlarges about the frame's center", 1, 0.05, 20),
    "rotation": number("turns about the frame's center, degrees", 0, -3_600, 3_600),
    "focus": number("the depth that is sharp; pull it from one to another", 1, 0, 3),
    "aperture": number("how soft a node is for each step of depth off the focus, sigma in px; glass stays sharp",
                       0, 0, 200),
}  # fmt: skip
"""What a scene's camera can do; a node follows it by its `depth`."""


@dataclass(frozen=True)
class Passage:
    """A way from one scene to the next."""

    help: str
    takes: tuple[str, ...] = ()
    """Which of `direction`, `color`, `softness`, `shape` and `center` it listens to."""
    overlaps: bool = True
    """Whether both scenes are on the screen meanwhile, so that the film is shorter by it."""
    ease: str = "none"
    """The curve of its course unless another is asked for."""


PASSAGES: dict[str, Passage] = {
    "cut": Passage("at once", overlaps=False),
    "fade": Passage("both scenes mix; `crossfade` is the same"),
    "dip": Passage("through a color: half before the cut, half after it", ("color",), overlaps=False),
    "slide": Passage("the new scene slides over the old one, which gives way", ("direction",), ease="power3.inOut"),
    "push": Passage("the new scene pushes the old one out", ("direction",), ease="power3.inOut"),
    "wipe": Passage("an edge uncovers the new scene; with a color, a band of it goes ahead",
                    ("direction", "softness", "color"), ease="power2.inOut"),
    "iris": Passage("an opening grows", ("shape", "center", "softness"), ease="power2.inOut"),
    "zoom": Passage("through the old scene into the new one", ("center",), ease="power2.inOut"),
    "whip": Passage("the camera is torn around", ("direction",), ease="power3.inOut"),
    "clock": Passage("a hand goes round and uncovers the new scene", ("softness",), ease="sine.inOut"),
    "blur": Passage("both scenes go out of focus while they mix", ease="sine.inOut"),
    "morph": Passage("nodes of one id in both scenes turn into each other, the rest mixes", ease="power2.inOut"),
}  # fmt: skip
TRANSITIONS = tuple(PASSAGES)
"""How a scene comes in."""
TRANSITION_ALIASES = {"crossfade": "fade", "dissolve": "fade"}
DIRECTIONS = ("left", "right", "up", "down")
"""Where the picture goes: `left` brings the new scene in from the right."""
OPENINGS = ("circle", "box", "diamond", "star", "arch")
"""Shapes of an iris."""
