"""What a tween can change, for type checkers.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from typing import TypedDict

from stage.paint import Paint


class Animated(TypedDict, total=False):
    """Everything that some target can animate."""

    x: float
    y: float
    width: float
    height: float
    grow: float
    opacity: float
    scale: float
    scale_x: float
    scale_y: float
    rotation: float
    along: float
    skew_x: float
    blur: float
    depth: float
    rotation_x: float
    rotation_y: float
    perspective: float
    brightness: float
    contrast: float
    saturation: float
    hue: float
    invert: float
    tint: str
    shade: str
    tint_amount: float
    vignette: float
    vignette_color: str
    vignette_size: float
    sheen: float
    sheen_color: str
    sheen_width: float
    split: float
    glow: float
    glow_color: str
    glow_strength: float
    reflection: float
    backdrop_blur: float
    motion_blur: float
    padding: float
    padding_x: float
    padding_y: float
    fill: Paint
    radius: float
    stroke: Paint
    stroke_width: float
    wipe_left: float
    wipe_right: float
    wipe_top: float
    wipe_bottom: float
    gap: float
    columns: float
    row_gap: float
    brick: float
    ring: float
    sweep: float
    begin: float
    slide: float
    step_rotation: float
    step_scale: float
    step_opacity: float
    shown: float
    size: float
    weight: float
    color: str
    line_height: float
    letter_spacing: float
    outline: Paint
    outline_width: float
    max_lines: float
    min_size: float
    mark: float
    strike: float
    underline: float
    underline_color: Paint
    way_at: float
    value: float
    draw_start: float
    draw_end: float
    dash: float
    dash_gap: float
    dash_offset: float
    sides: float
    tips: float
    inner: float
    smooth: float
    head: float
    morph: float
    focus_x: float
    focus_y: float
    zoom: float
    shift: float
    angle: float
    color_1: str
    color_2: str
    color_3: str
    middle: float
    center_x: float
    center_y: float
    spread: float
    reveal: float
    change: float
    highlight_color: Paint
    line_color: str
    pill: Paint
    focus_amount: float
    focus_fill: Paint
    phase: float
    amount: float
    gain: float
    played_fill: Paint
    rise: float
    wipe: float
    focus: float
    aperture: float


class CameraWords(TypedDict, total=False):
    """What a camera takes."""

    x: float
    """Pans right, px."""
    y: float
    """Pans down, px."""
    zoom: float
    """Enlarges about the frame's center."""
    rotation: float
    """Turns about the frame's center, degrees."""
    focus: float
    """The depth that is sharp; pull it from one to another."""
    aperture: float
    """How soft a node is for each step of depth off the focus, sigma in px; glass stays sharp."""
