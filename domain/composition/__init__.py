"""A film as data: the only thing that crosses from scene code to the renderer."""

from domain.composition.film import Composition, Theme
from domain.composition.measure import Frames, Number, Rate
from domain.composition.node import Node, Source, walk
from domain.composition.paint import Color, Gradient, GradientStop, Paint, Shadow
from domain.composition.scene import Scene, Transition
from domain.composition.schema import schema
from domain.composition.sound import Level, Music, Sound, Speech
from domain.composition.track import Key, Stagger, Track
from domain.composition.value import Cue, Point, Said, Series, Span, Value

__all__ = [
    "Color",
    "Composition",
    "Cue",
    "Frames",
    "Gradient",
    "GradientStop",
    "Key",
    "Level",
    "Music",
    "Node",
    "Number",
    "Paint",
    "Point",
    "Rate",
    "Said",
    "Scene",
    "Series",
    "Shadow",
    "Sound",
    "Source",
    "Span",
    "Speech",
    "Stagger",
    "Theme",
    "Track",
    "Transition",
    "Value",
    "schema",
    "walk",
]
