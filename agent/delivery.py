"""What a finished film is, read from what was drawn, what was encoded, and the project's files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from domain.composition import Composition, Cue, walk
from domain.layout import Layout, PlacedNode
from domain.nouns import Sha256
from domain.project import Asset
from domain.promise import Delivery
from domain.render import Render

SOLID = 0.9
"""Opacity from which a text counts as seen."""
SLACK_PX = 4.0
LEAST_SAMPLES = 2
CRAWLED = 0.9
"""Share of a line wider than the frame that has to come by."""


def delivery(
    film: Composition, layout: Layout, render: Render, files: Mapping[str, Sha256], assets: Iterable[Asset]
) -> Delivery:
    """Describe a render of a film; `files` is the revision that it was made of."""
    facts = render.facts
    assert facts is not None, "a film that was delivered has its facts"
    missed = {each.code for each in render.report.findings}
    return Delivery(
        seconds=facts.seconds,
        fps=facts.fps,
        width=facts.width,
        height=facts.height,
        scenes=len(film.scenes),
        texts=(*(node.text for node in layout.nodes if node.text and seen(layout, node)), *captions(film)),
        language=film.language,
        assets=tuple(sorted(names(film, files, assets))),
        on_beats=bool(film.cut_beats)
        and "beat_missed" in render.report.checked
        and "beat_missed" not in missed,
    )


def seen(layout: Layout, node: PlacedNode) -> bool:
    """Tell whether a node stands solid and inside the frame for more than a moment, or crawls through it."""
    good, begin, end = 0, 1.0, 0.0
    for sample in node.samples:
        left, top, right, bottom = sample.box
        inside = (
            left >= -SLACK_PX
            and top >= -SLACK_PX
            and right <= layout.width + SLACK_PX
            and bottom <= layout.height + SLACK_PX
        )
        solid = sample.opacity * sample.painted >= SOLID
        good += solid and inside
        if solid and right - left > layout.width and 0 <= top < bottom <= layout.height:
            begin = min(begin, max(0.0, -left / (right - left)))
            end = max(end, min(1.0, (layout.width - left) / (right - left)))
        if good >= LEAST_SAMPLES or end - begin >= CRAWLED:
            return True
    return False


def captions(film: Composition) -> Iterator[str]:
    """Give the words of a film's captions."""
    for scene in film.scenes:
        for node in walk(scene.nodes):
            cues = node.props.get("cues")
            if isinstance(cues, tuple):
                yield from (cue.text for cue in cues if isinstance(cue, Cue))


def names(film: Composition, files: Mapping[str, Sha256], assets: Iterable[Asset]) -> set[str]:
    """Give every name of what is shown or heard: paths, and the assets whose content it is."""
    used = {files[path] for path in film.files if path in files}
    found = {name for path in film.files for name in (path, PurePosixPath(path).name)}
    for asset in assets:
        there = asset.sha256 in used or (asset.kind == "font" and asset.sha256 in files.values())
        found |= {asset.asset_id, asset.name} if there else set()
    return found
