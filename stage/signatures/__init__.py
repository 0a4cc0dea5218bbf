"""What each kind of node takes, for type checkers.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from stage.signatures.boxes import ColumnWords, GridWords, GroupWords, RepeaterWords, RowWords
from stage.signatures.charts import ChartWords
from stage.signatures.fields import GrainWords, MeshWords, ParticlesWords, SpectrumWords
from stage.signatures.pictures import ElementWords, GradientWords, ImageWords, SvgWords, VideoWords
from stage.signatures.shapes import (
    ArrowWords,
    EllipseWords,
    LineWords,
    PathWords,
    PolygonWords,
    RectWords,
    StarWords,
)
from stage.signatures.speech import CaptionsWords, CodeWords
from stage.signatures.texts import CounterWords, TextWords

__all__ = [
    "ArrowWords",
    "CaptionsWords",
    "ChartWords",
    "CodeWords",
    "ColumnWords",
    "CounterWords",
    "ElementWords",
    "EllipseWords",
    "GradientWords",
    "GrainWords",
    "GridWords",
    "GroupWords",
    "ImageWords",
    "LineWords",
    "MeshWords",
    "ParticlesWords",
    "PathWords",
    "PolygonWords",
    "RectWords",
    "RepeaterWords",
    "RowWords",
    "SpectrumWords",
    "StarWords",
    "SvgWords",
    "TextWords",
    "VideoWords",
]
