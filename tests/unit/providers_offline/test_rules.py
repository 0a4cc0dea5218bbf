"""The director's other rules: palettes, source edits, mending, and refinements."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.offline.colors import palette
from providers.offline.mend import mends
from providers.offline.orders import orders
from providers.offline.source import assigned, changes, unnumbered
from stage.color import contrast
from tools.lines import Edit, Text, apply, numbered

HEX = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
KNOWN: dict[str, Any] = {
    "TITLE": "Slow clay",
    "SECOND_TITLE": "",
    "SUBTITLE": "By hand",
    "KICKER": "",
    "BRAND": "Ada",
    "CALL": "Come by",
    "LINK": "",
    "POINTS": [{"title": "Clay", "text": ""}, {"title": "Two wheels", "text": "Fast"}],
    "SECONDS": 12,
    "LANGUAGE": "en",
    "COLORS": {"accent": "#1F7A4D"},
    "TYPE_SCALE": 1.0,
}


@given(
    colors=st.lists(HEX, max_size=3),
    dark=st.sampled_from([None, True, False]),
    tone=st.sampled_from(["", "calm", "bold", "elegant"]),
)
def test_every_palette_can_be_read(colors: list[str], dark: bool | None, tone: str) -> None:
    made = palette(colors, dark, tone, 3)
    ground = made["background"]
    assert contrast(made["ink"], ground) >= 7
    assert contrast(made["muted"], ground) >= 4.5
    assert contrast(made["accent"], ground) >= 3.3


def _edited(text: str, edits: Any) -> str:
    return apply(Text.of(text), [Edit.model_validate(each) for each in edits])[0].text


def test_constants_are_edited_where_they_stand() -> None:
    text = 'TITLE = "Old"\n"""What it is."""\nPOINTS = [\n    {"title": "a"},\n]\nSECONDS = 12\n'
    wanted: dict[str, object] = {
        "TITLE": 'A "new" one',
        "POINTS": [{"title": "b", "text": ""}],
        "SECONDS": 12,
        "WEIGHT": 800,
    }
    after = _edited(text, changes(text, wanted))
    assert {name: each.value for name, each in assigned(after).items()} == wanted
    assert '"""What it is."""' in after
    assert changes(after, wanted) == []


def test_a_file_is_read_back_from_its_numbered_lines() -> None:
    text = "one\n\n    two| three\n"
    assert unnumbered(numbered(Text.of(text).lines, 1)) == text


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        (
            "def build(film):\n    scene = Scene('a'\n    return scene\n",
            "scenes/a.py:2: '(' was never closed",
        ),
        (
            "def build(film):\n    scene = Scene('a)\n    return scene\n",
            "scenes/a.py:2: unterminated string literal",
        ),
        ("def build(film)\n    return film\n", "scenes/a.py:1: expected ':'"),
        ("def build(film):\n    x = = 3\n    return film\n", "scenes/a.py:2: invalid syntax"),
    ],
)
def test_a_line_that_does_not_parse_is_mended(source: str, finding: str) -> None:
    found = mends([finding], {"scenes/a.py": source}, 0)
    ast.parse(_edited(source, found.edits["scenes/a.py"]))


@pytest.mark.parametrize(
    ("line", "finding", "after"),
    [
        (
            "tl.to(box, opacty=1)",
            "scenes/a.py:1: text has no animatable property 'opacty' (did you mean 'opacity'?)",
            "tl.to(box, opacity=1)",
        ),
        (
            't = Text("Hi", size=900)',
            "scenes/a.py:1: text_1 'Hi' stands 90 px outside the frame",
            't = Text("Hi", size=630)',
        ),
        (
            't = Text("Hi", size=9)',
            "scenes/a.py:1: text_1 'Hi' is 9 px high; give it 24 or more",
            't = Text("Hi", size=24)',
        ),
        (
            't = Text("Hi", color="accent")',
            "scenes/a.py:1: text_1 'Hi' cannot be seen: its contrast",
            't = Text("Hi", color="ink")',
        ),
    ],
)
def test_a_finding_becomes_the_smallest_edit(line: str, finding: str, after: str) -> None:
    found = mends([finding], {"scenes/a.py": f"{line}\n"}, 0)
    assert _edited(f"{line}\n", found.edits["scenes/a.py"]) == f"{after}\n"


def test_a_text_set_by_a_shared_helper_is_mended_where_its_words_stand() -> None:
    texts = {
        "components/look.py": "def letters():\n    return Text()\n",
        "scenes/a.py": 'x = 1\nt = letters("Hi you", size=900)\n',
    }
    found = mends(["components/look.py:2: text_1 'Hi you' stands 9 px outside the frame"], texts, 0)
    assert list(found.edits) == ["scenes/a.py"]


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("change the title to Quick clay", {"TITLE": "Quick clay"}),
        ("ändere den Titel in „Schneller Ton“", {"TITLE": "Schneller Ton"}),
        ("غيّر العنوان إلى «طين سريع»", {"TITLE": "طين سريع"}),
        ("shorter: 10 seconds", {"SECONDS": 10}),
        ("5 Sekunden kürzer", {"SECONDS": 7}),
        ("أقصر: ١٠ ثوان", {"SECONDS": 10}),
        ("remove the call to action", {"CALL": ""}),
        ("remove the second point", {"POINTS": [KNOWN["POINTS"][0]]}),
        (
            'replace "wheels" with "kilns"',
            {"POINTS": [KNOWN["POINTS"][0], {"title": "Two kilns", "text": "Fast"}]},
        ),
        (
            "add a point: Ready in 30 seconds",
            {"POINTS": [*KNOWN["POINTS"], {"title": "Ready in 30 seconds", "text": ""}]},
        ),
        ("bigger text", {"TYPE_SCALE": 1.12}),
    ],
)
def test_orders_change_what_they_name_and_nothing_else(wish: str, words: dict[str, Any]) -> None:
    made = orders(wish, KNOWN)
    assert made.words == words
    assert made.told


def test_an_order_that_no_rule_knows_is_refused_in_words() -> None:
    made = orders("let it snow", KNOWN)
    assert not made
    assert "I can change" in made.refused[0]
