"""Every kind of node as a class.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from stage.nodes.boxes import Column, Grid, Group, Repeater, Row
from stage.nodes.charts import Chart
from stage.nodes.fields import Grain, Mesh, Particles, Spectrum
from stage.nodes.pictures import Element, Gradient, Image, Svg, Video
from stage.nodes.shapes import Arrow, Ellipse, Line, Path, Polygon, Rect, Star
from stage.nodes.speech import Captions, Code
from stage.nodes.texts import Counter, Text

__all__ = [
    "Arrow",
    "Captions",
    "Chart",
    "Code",
    "Column",
    "Counter",
    "Element",
    "Ellipse",
    "Gradient",
    "Grain",
    "Grid",
    "Group",
    "Image",
    "Line",
    "Mesh",
    "Particles",
    "Path",
    "Polygon",
    "Rect",
    "Repeater",
    "Row",
    "Spectrum",
    "Star",
    "Svg",
    "Text",
    "Video",
]
