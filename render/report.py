"""What stands where: boxes, lines, glyph runs and ink of every node over time, for checks to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast, runtime_checkable

import skia

from domain.composition import Cue
from domain.layout import Box, GlyphRun, Line, PlacedCue, PlacedNode, Sample
from render import painter
from render.item import Item
from render.sight import Sight
from render.text import build
from render.text.block import Block, line_ink
from render.text.block import Line as PlacedLine
from render.text.motion import moving_of

_TEXTS = ("text", "counter")


@runtime_checkable
class Speaking(Protocol):
    """What the layer of captions offers beside."""

    def said(self, item: Item, frame: int) -> tuple[Cue, Block] | None:
        """Give what is said on a frame, laid out."""
        ...


def nodes(sights: Sequence[tuple[Sight, int]], frames: Sequence[int]) -> tuple[PlacedNode, ...]:
    """Describe all nodes of all scenes on the given frames of the film."""
    found: list[PlacedNode] = []
    for sight, start in sights:
        inside = [frame - start for frame in frames if start <= frame < start + sight.scene.frames]
        samples: dict[str, list[Sample]] = {}
        written: dict[str, dict[str, object]] = {}
        for inner in inside or [0]:
            sight.settle(inner)
            for root in sight.roots:
                matrix = sight.view(inner).matrix(root.values.number("depth", inner))
                _sample(root, matrix, 1.0, inner, start, samples if inside else {})
            for root in sight.roots:
                for item in root.walk():
                    _write(item, inner, written)
                    if inside and isinstance(item.layer, Speaking):
                        _hear(item, item.layer, inner, start, written[item.node.id])
        found.extend(
            _node(item, sight, tuple(samples.get(item.node.id, ())), written[item.node.id])
            for root in sight.roots
            for item in root.walk()
        )
    return tuple(found)


def _sample(
    item: Item, matrix: skia.Matrix, opacity: float, inner: int, start: int, samples: dict[str, list[Sample]]
) -> None:
    own = skia.Matrix.Concat(matrix, painter.pose(item, inner))
    opacity = opacity * item.number("opacity", inner) if item.shown(inner) else 0.0
    box = own.mapRect(skia.Rect.MakeWH(item.place[2], item.place[3]))
    samples.setdefault(item.node.id, []).append(
        Sample(
            frame=start + inner,
            box=tuple(round(edge, 2) for edge in (box.left(), box.top(), box.right(), box.bottom())),
            opacity=round(opacity, 4),
            painted=round(_painted(item, inner), 4),
        )
    )
    for child in item.children:
        _sample(child, own, opacity, inner, start, samples)


def _painted(item: Item, inner: int) -> float:
    """Give the share of a text's letters that its own motion shows."""
    if (
        item.kind not in _TEXTS
        or not item.shown(inner)
        or all(each.unit is None for each in item.node.tracks)
    ):
        return 1.0
    _, block = _said_in(item, inner)
    return moving_of(item, block, build.lines(item, inner, block)).painted(inner)


def _said_in(item: Item, inner: int) -> tuple[str | None, Block]:
    """Give what a counter shows on a frame, and the layout of that or of the text."""
    text = build.written(item, item.number("value", inner)) if item.kind == "counter" else None
    return text, build.block(item, inner, item.room, text)


def _write(item: Item, inner: int, written: dict[str, dict[str, object]]) -> None:
    """Remember what a text says on the latest frame on which it is there."""
    facts = written.setdefault(item.node.id, {})
    facts.setdefault("size", (item.place[2], item.place[3]))
    if item.kind not in _TEXTS or (facts.get("lines") and not item.shown(inner)):
        return
    text, block = _said_in(item, inner)
    lines = build.lines(item, inner, block)
    facts["size"] = (item.place[2], item.place[3])
    facts["cut"] = bool(facts.get("cut")) or block.cut
    facts["font_px"] = build.style(item, inner).size * block.factor
    facts["lines"] = () if item.winds else tuple(_line(line, block) for line in lines)
    facts["text"] = text if text is not None else _said(item)


def _hear(item: Item, layer: Speaking, inner: int, start: int, facts: dict[str, object]) -> None:
    """Remember what captions say on a frame; frames come in order, so a cue is new or the last one."""
    found = layer.said(item, inner)
    known = facts.setdefault("cues", [])
    if found is None or not isinstance(known, list):
        return
    cue, block = found
    cues = cast("list[PlacedCue]", known)
    if cues and cues[-1].start == start + cue.start:
        return
    lines = tuple(_line(line, block) for line in build.lines(item, inner, block))
    size = build.style(item, inner).size * block.factor
    cues.append(
        PlacedCue(
            start=start + cue.start,
            end=start + cue.end,
            text=cue.text,
            font_px=size,
            cut=block.cut,
            lines=lines,
        )
    )


def _said(item: Item) -> str:
    spans = item.spans()
    return "".join(span.text for span in spans) if spans else item.values.text("text")


def _line(line: PlacedLine, block: Block) -> Line:
    row, factor = line.row, block.factor
    return Line(
        text=row.text.rstrip(),
        box=_rounded((line.left, line.top, line.left + row.width * factor, line.bottom)),
        ink=_rounded(line_ink(line, factor)),
        baseline=round(line.baseline, 2),
        runs=tuple(_runs(line, factor)),
    )


def _runs(line: PlacedLine, factor: float) -> list[GlyphRun]:
    found: list[GlyphRun] = []
    for run, x in line.row.runs:
        pens: list[float] = []
        pen = x
        for advance, (dx, _) in zip(run.advances, run.offsets, strict=True):
            pens.append(round((pen + dx) * factor, 2))
            pen += advance
        text = line.row.source.text[run.start : run.end]
        found.append(
            GlyphRun(
                font=run.item.face.name,
                text=text,
                glyphs=tuple(run.glyphs),
                x=tuple(pens),
                missing=run.missing,
            )
        )
    return found


def _rounded(box: Box) -> Box:
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))


def _node(item: Item, sight: Sight, samples: tuple[Sample, ...], facts: dict[str, object]) -> PlacedNode:
    asked = item.values.text("font") if item.kind in _TEXTS else None
    return PlacedNode.model_validate(
        {
            "id": item.node.id,
            "kind": item.kind,
            "scene": sight.scene.id,
            "parent": item.parent.node.id if item.parent else None,
            "source": item.node.source,
            "font_asked": asked,
            "samples": samples,
            "allow": tuple(part.strip() for part in item.values.text("allow").split(",") if part.strip()),
            **facts,
        }
    )
