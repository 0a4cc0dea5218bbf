"""Texts that leave the card on which they are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.checks import limit
from domain.composition import Node
from domain.finding import Finding, lasting
from domain.layout import Box, Layout, PlacedNode, Sample
from render.reading import Text, alpha, area, at_rest, excess, told, words

CARDS = frozenset({"group", "row", "column", "grid"})
ON_IT = 0.7
"""Share of a text's ink that lies on a plate from which the plate is taken as drawn for it."""
SEEN = 0.3
"""Opacity of a fill from which a box is a card."""


def escaping(texts: Sequence[Text], layout: Layout) -> Iterable[Finding]:
    """Find texts whose ink stands outside the filled box that holds them, on every moment of rest."""
    placed = {(each.scene, each.id): each for each in layout.nodes}
    slack = limit("text_escapes", "slack") * min(layout.width, layout.height) / 1080
    for text in texts:
        card = next((up for up in reversed(text.above) if is_card(up)), None)
        where = placed.get((text.scene.id, card.id)) if card is not None else None
        if card is None or where is None:
            continue
        boxes = {sample.frame: sample.box for sample in where.samples}
        resting = [(sample.frame, ink, boxes[sample.frame]) for sample, ink in at_rest(text, layout)
                   if sample.frame in boxes]  # fmt: skip
        if len(resting) < 2 or not sized(where):
            continue
        ink, beyond = min(((ink, excess(ink, box)) for _, ink, box in resting), key=lambda each: each[1])
        if beyond > slack:
            red = beyond > limit("text_escapes", "red") * (text.placed.font_px or 40)
            yield told(
                "text_escapes", "error" if red else "warning", text, layout, [each[0] for each in resting],
                f"{words(text)} stands {beyond:.0f} px outside of {card.id}, on which it is written",
                "make its card wider, its size smaller, let it wrap, or set fit='shrink'", ink,
                round(beyond, 1), round(slack, 1),
            )  # fmt: skip


def leaving(texts: Sequence[Text], layout: Layout) -> Iterable[Finding]:
    """Find texts that leave a plate which was drawn for them: beside them in their parent, and behind them.

    Nothing says that the plate is theirs, so this is a warning at most, and only where most of a text lies
    on it, as high as the plate or as wide, and sticks out at one side.
    """
    slack = limit("text_escapes", "slack") * min(layout.width, layout.height) / 1080
    for text in texts:
        resting = at_rest(text, layout)
        plate = next((each for each in reversed(plates(text, layout)) if most_of(each, resting)), None)
        if plate is None or text.allows("bleed"):
            continue
        boxes = {sample.frame: sample.box for sample in plate.samples}
        beyond = [
            (sticking_out(ink, boxes[sample.frame], slack), ink)
            for sample, ink in resting if sample.frame in boxes
        ]  # fmt: skip
        least, ink = min(beyond, key=lambda each: each[0])
        if least > slack:
            yield told(
                "text_escapes", lasting("warning", len(beyond)), text, layout,
                [sample.frame for sample, _ in resting],
                f"{words(text)} stands {least:.0f} px outside of {plate.id}, which lies behind it",
                "put both into a group with the fill, make the plate wider, its size smaller, or let it wrap",
                ink, round(least, 1), round(slack, 1),
            )  # fmt: skip


def plates(text: Text, layout: Layout) -> list[PlacedNode]:
    """List the filled boxes that are painted behind a text and stand beside it in its parent."""
    parent = text.above[-1].children if text.above else text.scene.nodes
    beside = {node.id for node in parent if node.kind == "rect" and is_filled(node)}
    return [
        each for each in layout.nodes[: text.order] if each.scene == text.scene.id and each.id in beside
    ]  # fmt: skip


def most_of(plate: PlacedNode, resting: Sequence[tuple[Sample, Box]]) -> bool:
    """Tell whether most of a text's ink lies on a plate whenever both are there, and more than once."""
    boxes = {sample.frame: sample.box for sample in plate.samples if sample.opacity >= SEEN}
    shares = [lying(ink, boxes[sample.frame]) for sample, ink in resting if sample.frame in boxes]
    return len(shares) > 1 and min(shares) >= ON_IT


def lying(ink: Box, box: Box) -> float:
    """Which share of an ink's box lies on another."""
    across = min(ink[2], box[2]) - max(ink[0], box[0])
    down = min(ink[3], box[3]) - max(ink[1], box[1])
    return across * down / area(ink) if across > 0 and down > 0 and area(ink) > 0 else 0.0


def sticking_out(ink: Box, box: Box, slack: float) -> float:
    """How far ink leaves a box along one axis, px; 0 where it leaves it along both: then it is no card."""
    across = max(box[0] - ink[0], ink[2] - box[2])
    down = max(box[1] - ink[1], ink[3] - box[3])
    return max(across, down) if min(across, down) <= slack else 0.0


def is_card(node: Node) -> bool:
    """Tell whether a node is a box with a fill that is seen, upright and whole."""
    return node.kind in CARDS and is_filled(node)


def is_filled(node: Node) -> bool:
    """Tell whether a node has a fill that is seen, and stands upright."""
    fill = node.props.get("fill")
    turned = node.props.get("rotation") or any(each.property == "rotation" for each in node.tracks)
    return fill not in (None, "", "none") and alpha(fill) >= SEEN and not turned


def sized(placed: PlacedNode) -> bool:
    """Tell whether a box has a size at all."""
    return placed.size[0] > 1 and placed.size[1] > 1
