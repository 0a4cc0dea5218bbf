"""Nodes that would show nothing, told at their line."""

from __future__ import annotations

from stage.mistakes import Place, did_you_mean, mistake, notebook, warn
from stage.node import Node

SHAPES = ("rect", "ellipse", "polygon", "star", "line", "arrow", "path")
DRAWN = ("line", "arrow")
"""Shapes that are outline alone."""
NEEDED = {
    "image": ("src",),
    "svg": ("src", "markup"),
    "path": ("d",),
    "chart": ("data",),
    "video": ("src",),
    "captions": ("cues",),
    "code": ("code",),
    "spectrum": ("src",),
    "element": ("of",),
}
"""Without one of these a node of the kind is nothing."""
SHOWN = 12


def look_for_nothing(node: Node, moving: set[str]) -> None:
    """Note a node without content, a shape without paint, an outline without width."""
    place = node.place_made
    if place and any((each.file, each.line) == (place.file, place.line) for each in notebook().findings):
        return
    needed = NEEDED.get(node.kind, ())
    if needed and not any(node.props.get(name) for name in needed):
        message = f"{node.describe()} has no {' or '.join(needed)}"
        mistake("node_empty", message, f"give {needed[0]}", node.place_made)
    painted = {name for name in ("fill", "stroke") if name in node.props or name in moving}
    if node.kind in SHAPES and not painted:
        warn(
            "node_unseen",
            f"{node.describe()} has neither fill nor stroke",
            'say stroke="accent", stroke_width=6' if node.kind in DRAWN else 'say fill="accent"',
            node.place_made,
        )
    if "stroke" in painted and not node.props.get("stroke_width") and "stroke_width" not in moving:
        message = f"the stroke of {node.describe()} has no stroke_width"
        warn("node_unseen", message, "say stroke_width=4", node.place_made)


def look_for_file(path: object, place: Place | None) -> None:
    """Note a file that the project does not have, where its files are known."""
    files = notebook().files
    if files is None or not isinstance(path, str) or not path or path in files:
        return
    media = sorted(file for file in files if not file.endswith(".py"))
    shown = ", ".join(media[:SHOWN]) or "none"
    mistake(
        "file_missing", f"there is no file {path!r}{did_you_mean(path, media)}", f"files are {shown}", place
    )
