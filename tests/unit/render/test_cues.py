"""What captions say stands in the layout, and what a reader does not see of it is found."""

from pathlib import Path

from domain.composition import Composition, Cue
from render.picture import Picture
from render.reading import reading_findings
from tests.unit.render.films import film, node, scene

CUES = (Cue(start=0, end=10, text="First said"), Cue(start=12, end=28, text="Then 漢字\U000e1234 and more"))


def spoken(*cues: Cue, **props: object) -> Composition:
    said = {"cues": cues or CUES, "size": 26, "width": 300, "color": "#FFFFFF", "min_size": 8, **props}
    later = scene(node("captions", "later", cues=(Cue(start=5, end=20, text="Later"),), size=26, width=300))
    return film(node("captions", "said", **said), after=[later])  # type: ignore[arg-type]


def test_each_cue_that_is_looked_at_stands_in_the_layout_once_with_its_letters(tmp_path: Path) -> None:
    layout = Picture(spoken(), tmp_path).layout(range(0, 60, 4))
    said, later = layout.nodes
    assert [(cue.start, cue.end, cue.text) for cue in said.cues] == [
        (0, 10, "First said"),
        (12, 28, CUES[1].text),
    ]
    assert [(cue.start, cue.end) for cue in later.cues] == [(35, 50)]
    first = said.cues[0]
    assert "".join(run.text for line in first.lines for run in line.runs) == "First said"
    assert first.font_px == 26
    left, top, right, bottom = first.lines[0].ink
    assert 0 <= left < right <= 300
    assert bottom > top


def test_a_cue_that_nobody_looks_at_is_not_told(tmp_path: Path) -> None:
    assert Picture(spoken(), tmp_path).layout([11]).nodes[0].cues == ()


def test_letters_that_no_font_has_are_found_in_captions_too(tmp_path: Path) -> None:
    made = spoken()
    found = reading_findings(made, Picture(made, tmp_path).layout(range(0, 60, 4)))
    assert [(each.code, each.node, each.span) for each in found] == [
        ("glyph_missing", "said", (0.4, 28 / 30))
    ]
    allowed = spoken(allow="glyph_missing")
    told = reading_findings(allowed, Picture(allowed, tmp_path).layout(range(0, 60, 4)))
    assert [each.severity for each in told] == ["advice"]


def test_a_cue_that_does_not_fit_its_zone_is_found(tmp_path: Path) -> None:
    long = Cue(start=0, end=30, text="far too many words for so small a zone " * 6)
    made = spoken(long, width=120, height=40, min_size=20)
    found = reading_findings(made, Picture(made, tmp_path).layout([0, 15]))
    assert [each.code for each in found] == ["text_cut"]
    assert "the caption 'far too many words" in found[0].message
