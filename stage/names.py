"""Names: what an id looks like, and which words other tools use for ours."""

from __future__ import annotations

import re

from stage.mistakes import article, mistake

ID = re.compile(r"^[A-Za-z_][\w.-]{0,79}$")

ALIASES = {
    "alpha": "opacity", "autoalpha": "opacity", "rotate": "rotation", "rotationz": "rotation",
    "angle": "rotation", "background": "fill", "backgroundcolor": "fill", "bg": "fill", "bgcolor": "fill",
    "fillcolor": "fill", "color": "fill", "fill": "color", "textcolor": "color", "foreground": "color",
    "fontsize": "size", "textsize": "size", "fontweight": "weight", "bold": "weight", "fontfamily": "font",
    "family": "font", "typeface": "font", "borderradius": "radius", "cornerradius": "radius",
    "corners": "radius", "rx": "radius", "w": "width", "h": "height", "left": "x", "top": "y",
    "translatex": "x", "translatey": "y", "tracking": "letter_spacing", "letterspacing": "letter_spacing",
    "leading": "line_height", "lineheight": "line_height", "border": "stroke",
    "borderwidth": "stroke_width", "bordercolor": "stroke", "strokewidth": "stroke_width",
    "linewidth": "stroke_width", "path": "d", "source": "src", "file": "src", "url": "src",
    "content": "text", "label": "text", "spacing": "gap", "textalign": "align", "boxshadow": "shadow",
    "shadows": "shadow", "pivot": "origin", "transformorigin": "origin", "mixblendmode": "blend",
    "strokestart": "draw_start", "strokeend": "draw_end", "draw": "draw_end", "number": "value",
    "to": "value", "objectfit": "fit", "cols": "columns", "scalex": "scale_x", "scaley": "scale_y",
    "zoom": "scale", "duration": "seconds", "length": "seconds", "name": "id", "delay": "start",
    "maxwidth": "width",
}  # fmt: skip
"""Other tools' words, in small letters without underscores, by ours."""

CAMERA_ALIASES = {"scale": "zoom", "rotate": "rotation", "left": "x", "top": "y", "pan": "x", "tilt": "y"}

SETTING_ALIASES = {
    "from": "order", "amount": "total", "position": "at", "start": "at", "time": "at", "easing": "ease",
    "loop": "repeat", "seconds": "duration", "length": "duration", "immediaterender": "immediate",
    "repeatdelay": "repeat_delay",
}  # fmt: skip


def check_id(id: object, owner: str) -> str | None:
    """Hold an id against its form; a wrong one is noted and dropped."""
    if id is None or (isinstance(id, str) and ID.match(id)):
        return id
    mistake(
        "id_wrong",
        f"the id of {article(owner)} is {id!r}",
        "begin with a letter, then letters, digits, '_', '-' or '.', at most 80",
    )
    return None
