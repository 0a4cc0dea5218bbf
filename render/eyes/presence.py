"""What is covered, comes too briefly, never comes, or is a stand-in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.checks import limit
from domain.composition import Composition, Node, walk
from domain.finding import Finding
from domain.layout import Layout, PlacedNode
from render.reading import Text, alpha, area, at_rest, excess, shared, told, with_parents, words, words_in

SOLID = frozenset({"rect", "ellipse", "image"})
PLACES = frozenset({"x", "y", "scale", "scale_x", "scale_y", "rotation", "width", "height", "start", "end"})
STAND_INS = re.compile(
    r"lorem ipsum|\{\{\s*\w+\s*\}\}|\{%|^\s*TO[D]O\b|^\s*TBD\s*$|^\s*X{3,}\s*$"
    r"|your (?:text|title|headline|logo) here|^\s*(?:placeholder|untitled)\s*$|\binsert \w+ here\b",
    re.IGNORECASE,
)
"""What templates and models leave where words should be."""


def covered(texts: Sequence[Text], layout: Layout) -> Iterable[Finding]:
    """Find texts over which something solid is painted while they stand."""
    for text in texts:
        resting = at_rest(text, layout)
        if len(resting) < 2:
            continue
        for over in layout.nodes[text.order + 1 :]:
            if over.scene != text.scene.id or over.kind not in SOLID or not solid(text, over):
                continue
            samples = {each.frame: each for each in over.samples}
            hidden = [
                sample.frame for sample, ink in resting
                if (other := samples.get(sample.frame)) is not None
                and other.opacity > limit("text_covered", "opacity")
                and area(other.box) > 0 and hides(ink, other.box) > limit("text_covered", "share")
            ]  # fmt: skip
            if len(hidden) > 0.6 * len(resting) and len(hidden) > 1:
                whole = len(hidden) == len(resting)
                yield told(
                    "text_covered", "error" if whole else "warning", text, layout, hidden,
                    f"{words(text)} is covered by {over.id}",
                    "put it in front of what covers it, or move one of them", None,
                    round(len(hidden) / len(resting), 2), limit("text_covered", "share"),
                )  # fmt: skip
                break


def hides(ink: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> float:
    """Which share of a text's ink lies under a box."""
    across = min(ink[2], other[2]) - max(ink[0], other[0])
    down = min(ink[3], other[3]) - max(ink[1], other[1])
    return across * down / area(ink) if across > 0 and down > 0 and area(ink) else 0.0


def solid(text: Text, over: PlacedNode) -> bool:
    """Tell whether a node's paint hides what is behind it: opaque, upright, neither blurred nor mixed."""
    node = next((each for each in walk(text.scene.nodes) if each.id == over.id), None)
    if node is None or node.id in {up.id for up in text.above}:
        return False
    props = node.props
    if node.kind != "image" and (props.get("fill") in (None, "", "none") or alpha(props.get("fill")) < 0.9):
        return False
    plain = props.get("blend") in (None, "", "normal") and not props.get("blur") and not props.get("mask")
    upright = not props.get("rotation") and not any(
        each.property.startswith(("wipe", "rotation", "blur")) for each in node.tracks
    )
    return plain and upright and node.kind != "image"


def too_short(texts: Sequence[Text], layout: Layout) -> Iterable[Finding]:
    """Find texts that are gone before they can be read."""
    base, each_word = limit("text_too_short", "base"), limit("text_too_short", "word")
    for text in texts:
        count = len(words_in(text).split())
        samples = text.placed.samples
        spoken = words_in(text).lower().split()
        if count > 2 * len(set(spoken)) or text.allows("bleed"):
            continue  # a pattern of words, not a sentence
        if not count or text.placed.kind == "counter" or len(samples) < 3:
            continue
        step = (samples[1].frame - samples[0].frame) / layout.fps
        shown = [sample for sample in samples if text.shown(sample)]
        if not shown or any(track.unit for track in text.node.tracks):
            continue
        seconds = (shown[-1].frame - shown[0].frame) / layout.fps + 2 * step
        needed = base + each_word * count
        if seconds < needed:
            yield told(
                "text_too_short", "warning", text, layout, [sample.frame for sample in shown],
                f"{words(text)} stays {seconds:.1f} s; {count} words need {needed:.1f} s",
                "let its scene last longer, or say less", None, round(seconds, 2), round(needed, 2),
            )  # fmt: skip


def never_there(film: Composition, layout: Layout) -> Iterable[Finding]:
    """Find nodes that are never to be seen, and have no key that would show them."""
    frame = (0.0, 0.0, float(layout.width), float(layout.height))
    placed = {(each.scene, each.id): each for each in layout.nodes}
    least = limit("never_appears", "opacity")
    for scene in film.scenes:
        if scene.camera:
            continue
        for node, above in with_parents(scene.nodes):
            where = placed.get((scene.id, node.id))
            if where is None or node.children or not where.samples or node.kind in ("captions",):
                continue
            line = (node, *above)
            faint = all(sample.opacity <= least for sample in where.samples)
            away = all(
                shared(sample.box, frame) == 0 and excess(sample.box, frame) > 0 for sample in where.samples
            )
            shows = any(lights(each, least) for each in line)
            moves = any(track.property in PLACES for each in line for track in each.tracks)
            if (faint and not shows) or (away and not moves and not faint):
                source = node.source
                yield Finding(
                    code="never_appears", severity="warning", scene=scene.id, node=node.id,
                    message=f"{node.id} is never to be seen: it is "
                    f"{'transparent all the time' if faint else 'outside of the frame'}",
                    fix_hint="take it out, or bring it in", value=0, limit=least,
                    file=source.file if source else None, line=source.line if source else None,
                )  # fmt: skip


def lights(node: Node, least: float) -> bool:
    """Tell whether some key makes a node visible, or it comes and goes by its clock."""
    clocked = any(node.props.get(name) not in (None, 0) for name in ("start", "end"))
    return clocked or any(
        isinstance(key.value, int | float) and key.value > least
        for track in node.tracks if track.property == "opacity"
        for key in track.keys
    )  # fmt: skip


def stand_ins(texts: Sequence[Text], layout: Layout) -> Iterable[Finding]:
    """Find texts that somebody meant to replace."""
    for text in texts:
        match = STAND_INS.search(words_in(text))
        if match:
            yield told(
                "placeholder_text", "error", text, layout, [],
                f"{words(text)} is a stand-in: {match.group().strip()!r}",
                "write what is meant to stand there",
            )  # fmt: skip
