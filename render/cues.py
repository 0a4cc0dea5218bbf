"""What captions say: letters that no font has, and cues that do not fit their zone."""

from __future__ import annotations

from collections.abc import Iterable

from domain.composition import Composition, Source, walk
from domain.finding import Finding, Severity, excused
from domain.layout import Layout, PlacedCue, PlacedNode


def unreadable_cues(film: Composition, layout: Layout) -> Iterable[Finding]:
    """Find cues of which a reader does not see all."""
    sources = {(scene.id, node.id): node.source for scene in film.scenes for node in walk(scene.nodes)}
    for placed in layout.nodes:
        source = placed.source or sources.get((placed.scene, placed.id))
        for cue in placed.cues:
            missing = sum(run.missing for line in cue.lines for run in line.runs)
            begun = cue.text.split("\n")[0][:32]
            if missing:
                message = f"{missing} letters of the caption {begun!r} are in no installed font"
                hint = "write it in letters that a font has, or add a font that has them"
                yield _told("glyph_missing", "error", placed, cue, layout, source, message, hint)
            if cue.cut:
                message = f"the caption {begun!r} does not fit its zone and is cut"
                hint = "say less at once, or make the zone larger, the size smaller or min_size lower"
                yield _told("text_cut", "error", placed, cue, layout, source, message, hint)


def _told(
    code: str, severity: Severity, placed: PlacedNode, cue: PlacedCue, layout: Layout, source: Source | None,
    message: str, hint: str,
) -> Finding:  # fmt: skip
    finding = Finding(
        code=code, severity=severity, message=message, fix_hint=hint, scene=placed.scene, node=placed.id,
        file=source.file if source else None, line=source.line if source else None,
        span=(cue.start / layout.fps, cue.end / layout.fps),
    )  # fmt: skip
    return excused(finding, placed.allow)
