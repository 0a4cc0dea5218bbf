"""Texts that leave the card on which they are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.checks import limit
from domain.composition import Node
from domain.finding import Finding
from domain.layout import Layout, PlacedNode
from render.reading import Text, alpha, at_rest, excess, told, words

CARDS = frozenset({"group", "row", "column", "grid"})
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


def is_card(node: Node) -> bool:
    """Tell whether a node is a box with a fill that is seen, upright and whole."""
    fill = node.props.get("fill")
    turned = node.props.get("rotation") or any(each.property == "rotation" for each in node.tracks)
    return node.kind in CARDS and fill not in (None, "", "none") and alpha(fill) >= SEEN and not turned


def sized(placed: PlacedNode) -> bool:
    """Tell whether a box has a size at all."""
    return placed.size[0] > 1 and placed.size[1] > 1
