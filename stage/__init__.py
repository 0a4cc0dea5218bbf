"""What scene code imports: a small vocabulary of films in pure standard library."""

from stage.color import alpha, contrast, darken, lighten, mix, readable
from stage.film import Box, Film, Sound
from stage.node import Node
from stage.nodes import (
    Column,
    Counter,
    Ellipse,
    Gradient,
    Grid,
    Group,
    Image,
    Path,
    Rect,
    Row,
    Svg,
    Text,
)
from stage.paint import linear, radial, shadow, span
from stage.scene import Scene
from stage.theme import PALETTES, Theme
from stage.timeline import Timeline

__all__ = [
    "PALETTES",
    "Box",
    "Column",
    "Counter",
    "Ellipse",
    "Film",
    "Gradient",
    "Grid",
    "Group",
    "Image",
    "Node",
    "Path",
    "Rect",
    "Row",
    "Scene",
    "Sound",
    "Svg",
    "Text",
    "Theme",
    "Timeline",
    "alpha",
    "contrast",
    "darken",
    "lighten",
    "linear",
    "mix",
    "radial",
    "readable",
    "shadow",
    "span",
]
