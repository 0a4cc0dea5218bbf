"""What scene code imports: a small vocabulary of films in pure standard library."""

from stage.color import alpha, contrast, darken, lighten, mix, readable
from stage.film import Box, Film
from stage.node import Node
from stage.nodes import (
    Arrow,
    Captions,
    Chart,
    Code,
    Column,
    Counter,
    Ellipse,
    Gradient,
    Grid,
    Group,
    Image,
    Line,
    Path,
    Polygon,
    Rect,
    Row,
    Star,
    Svg,
    Text,
    Video,
)
from stage.paint import linear, radial, shadow, span
from stage.scene import Scene
from stage.sounds import Music, Sfx, Sound, Speech
from stage.theme import PALETTES, Theme
from stage.timeline import Timeline

__all__ = [
    "PALETTES",
    "Arrow",
    "Box",
    "Captions",
    "Chart",
    "Code",
    "Column",
    "Counter",
    "Ellipse",
    "Film",
    "Gradient",
    "Grid",
    "Group",
    "Image",
    "Line",
    "Music",
    "Node",
    "Path",
    "Polygon",
    "Rect",
    "Row",
    "Scene",
    "Sfx",
    "Sound",
    "Speech",
    "Star",
    "Svg",
    "Text",
    "Theme",
    "Timeline",
    "Video",
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
