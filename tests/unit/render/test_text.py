# ruff: noqa: E501 - tables are read by their columns
from __future__ import annotations

import random
from pathlib import Path

import pytest
from bidi import get_display

from render.fonts import Fonts
from render.numbers import write
from render.text import bidi
from render.text.block import Block, Composer, Wish, line_ink, place
from render.text.breaks import opportunities, words
from render.text.parts import parts
from render.text.script import scripts
from render.text.shape import Style, paragraphs

STEERING = "\u200f\u200e\u2067\u2066\u2069\u2068"
LETTERS = "abאבגءبت 12٣٤.,()[]-+%$!?:/ "


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts()


def compose(
    fonts: Fonts, text: str, style: Style | None = None, direction: str = "auto", **wish: object
) -> Block:
    heard: list[str] = []
    made = Composer(paragraphs([(text, style or Style("Inter", 50))], direction, 0, fonts, heard.append))
    return made.compose(Wish(**wish))  # type: ignore[arg-type]


def texts(block: Block) -> list[str]:
    return [line.row.text.rstrip() for line in block.lines]


@pytest.mark.parametrize("alphabet", [LETTERS, LETTERS + STEERING])
@pytest.mark.parametrize("base", [0, 1])
def test_directions_are_ordered_as_by_the_unicode_algorithm(alphabet: str, base: int) -> None:
    chance = random.Random(7)

    def bare(text: str) -> str:
        return "".join(letter for letter in text if letter not in STEERING)

    for _ in range(1500):
        text = "".join(chance.choice(alphabet) for _ in range(chance.randint(1, 24)))
        ours = "".join(text[at] for at in bidi.visual(bidi.levels(text, base)))
        assert bare(ours) == bare(str(get_display(text, base_dir="LR"[base]))), repr(text)


def test_the_first_strong_letter_gives_the_direction() -> None:
    assert bidi.base_level("12 (abc) شاي") == 0
    assert bidi.base_level("12 شاي abc") == 1
    assert bidi.base_level("\u2067شاي\u2069 abc") == 0
    assert bidi.base_level("123", default=1) == 1


def test_spaces_and_marks_belong_to_the_script_beside_them() -> None:
    assert scripts("ab, شاي") == ["Latn"] * 4 + ["Arab"] * 3
    assert scripts("a👍🏽b") == ["Latn", "Zsye", "Zsye", "Latn"]
    assert set(scripts("1️⃣")) == {"Zsye"}
    assert scripts("12") == ["Latn", "Latn"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ab cd", [3]), ("a-b", [2]), ("-5 ab", [3]), ("a\u00a0b", []), ("日本、語", [1, 3]), ("「日」本", [3]),
        ("a  b", [3]), ("und/oder", [4]), ("ab\u00adcd", [3]), ("٣ شاي", [2]),
    ],
)  # fmt: skip
def test_lines_end_where_readers_expect(text: str, wanted: list[int]) -> None:
    allowed = opportunities(text)
    assert [at for at in range(1, len(text)) if allowed[at]] == wanted


def test_words_are_what_stands_between_spaces_and_single_ideographs() -> None:
    assert [("Tea-time 日本"[a:b]) for a, b in words("Tea-time 日本")] == ["Tea-time", "日", "本"]


def test_greedy_lines_fit_and_lose_no_letter(fonts: Fonts) -> None:
    text = "The quick brown fox jumps over the lazy dog and keeps running"
    block = compose(fonts, text, width=420)
    assert " ".join(texts(block)) == text
    assert all(line.row.width <= 420.1 for line in block.lines)


def test_balanced_lines_are_about_equally_long(fonts: Fonts) -> None:
    text = "one two three four"
    ragged = compose(fonts, text, width=410)
    even = compose(fonts, text, width=410, balance=True)
    assert texts(ragged) == ["one two three", "four"]
    assert texts(even) == ["one two", "three four"]


@pytest.mark.parametrize(
    ("text", "rtl"), [("One two three four five six seven", False), ("واحد اثنان ثلاثة أربعة خمسة ستة", True)]
)
def test_what_does_not_fit_ends_in_an_ellipsis_on_its_reading_side(
    text: str, rtl: bool, fonts: Fonts
) -> None:
    block = compose(fonts, text, width=300, max_lines=1)
    assert block.cut
    assert len(block.lines) == 1
    row = block.lines[0].row
    assert row.text.endswith("…")
    assert row.width <= 300.1
    (run, x) = min(row.runs, key=lambda each: each[1]) if rtl else max(row.runs, key=lambda each: each[1])
    edge = x if rtl else x + run.width
    assert edge == pytest.approx(0 if rtl else row.width)
    assert max(run.clusters) == len(row.text) - 1


def test_a_text_that_fits_is_not_cut(fonts: Fonts) -> None:
    assert not compose(fonts, "Short", width=400, max_lines=1).cut


def test_shrinking_stops_at_the_smallest_size_and_says_so(fonts: Fonts) -> None:
    long = "Donaudampfschifffahrtsgesellschaft"
    fitted = compose(fonts, long, width=400, fit="shrink", smallest=10)
    assert len(fitted.lines) == 1
    assert 380 < fitted.width <= 400.1
    assert not fitted.cut
    tight = compose(fonts, long, width=100, fit="shrink", smallest=30)
    assert tight.factor == pytest.approx(0.6, abs=0.01)
    assert len(tight.lines) > 1


def test_shrinking_keeps_to_a_height(fonts: Fonts) -> None:
    block = compose(fonts, "several words on several lines", width=300, height=100, fit="shrink", smallest=8)
    assert block.height <= 100.1


def test_filling_lets_the_ink_touch_both_edges(fonts: Fonts) -> None:
    wish = Wish(width=900, fit="fill")
    block = compose(fonts, "Fill me", width=900, fit="fill")
    lines = place(block, wish, 900, block.height)
    left, _, right, _ = line_ink(lines[0], block.factor)
    assert (left, right) == pytest.approx((0, 900), abs=2)


def test_a_soft_hyphen_shows_only_where_a_line_ends(fonts: Fonts) -> None:
    block = compose(fonts, "Versicherungs\u00adgesellschaft", width=430)
    assert texts(block) == ["Versicherungs-", "gesellschaft"]
    whole = compose(fonts, "Versicherungs\u00adgesellschaft")
    assert whole.width == pytest.approx(compose(fonts, "Versicherungsgesellschaft").width, abs=1)


def test_letter_spacing_never_parts_joined_letters(fonts: Fonts) -> None:
    plain, wide = Style("Noto Sans Arabic", 50), Style("Noto Sans Arabic", 50, spacing=0.3)
    assert compose(fonts, "مرحبا", wide).width == compose(fonts, "مرحبا", plain).width
    spaced = compose(fonts, "abc", Style("Inter", 50, spacing=0.2)).width
    assert spaced == pytest.approx(compose(fonts, "abc", Style("Inter", 50)).width + 2 * 10, abs=1.5)


def test_letters_join_across_spans(fonts: Fonts) -> None:
    two = Composer(
        paragraphs(
            [("مر", Style("Amiri", 50, span=0)), ("حبا", Style("Amiri", 50, span=1))], "auto", 0, fonts, print
        )
    )
    one = Composer(paragraphs([("مرحبا", Style("Amiri", 50))], "auto", 0, fonts, print))
    ids = [
        sorted(g for line in made.compose(Wish()).lines for run, _ in line.row.runs for g in run.glyphs)
        for made in (one, two)
    ]
    assert ids[0] == ids[1]


def test_arabic_is_never_taken_apart_below_words(fonts: Fonts) -> None:
    block = compose(fonts, "Tea شاي نور")
    letters = parts(block, place(block, Wish(), block.width, block.height), "char")
    assert len(letters) == 3 + 2
    assert [part.rtl for part in letters] == [False] * 3 + [True] * 2


def test_parts_come_in_reading_order(fonts: Fonts) -> None:
    block = compose(fonts, "شاي Noor نور")
    found = parts(block, place(block, Wish(), block.width, block.height), "word")
    assert [part.box[0] for part in found] == sorted((part.box[0] for part in found), reverse=True)
    lines = compose(fonts, "a b\nc", width=900)
    assert len(parts(lines, lines.lines, "line")) == 2
    assert len(parts(lines, lines.lines, "char")) == 3


def test_a_family_of_emoji_is_one_letter(fonts: Fonts) -> None:
    block = compose(fonts, "a👩‍👩‍👧b")
    assert len(parts(block, block.lines, "char")) == 3


def test_ink_holds_marks_above_and_below(fonts: Fonts) -> None:
    block = compose(fonts, "Ågjpعَامٍ", Style("Amiri", 100))
    left, top, right, bottom = block.ink()
    line = block.lines[0]
    assert top < line.baseline - 60
    assert bottom > line.baseline + 20
    assert right > left


def test_empty_lines_keep_their_height(fonts: Fonts) -> None:
    block = compose(fonts, "a\n\nb")
    heights = [line.bottom - line.top for line in block.lines]
    assert heights[0] == pytest.approx(heights[1]) == pytest.approx(heights[2])
    assert compose(fonts, "").height > 0


@pytest.mark.parametrize(
    ("value", "decimals", "locale", "wanted"),
    [
        (1234567.891, 2, "en", "1,234,567.89"), (1234567.891, 2, "de", "1.234.567,89"), (1234.5, 1, "fr", "1\u202f234,5"),
        (1234567, 0, "in", "12,34,567"), (123, 0, "in", "123"), (1234.5, 1, "ar", "١٬٢٣٤٫٥"), (-42.5, 1, "en", "−42.5"),
        (-0.001, 1, "en", "0.0"), (999.999, 2, "en", "1,000.00"), (0, 0, "ar", "٠"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_their_locale_writes_them(
    value: float, decimals: int, locale: str, wanted: str
) -> None:
    assert write(value, decimals, grouping=True, locale=locale) == wanted


def test_numbers_need_not_be_grouped() -> None:
    assert write(1234.5, 1, grouping=False, locale="en") == "1234.5"


def test_a_font_of_the_project_comes_before_the_systems(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    source = Path("/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf")
    (tmp_path / "assets/brand.ttf").write_bytes(source.read_bytes())
    (tmp_path / "assets/broken.ttf").write_bytes(b"not a font")
    own = Fonts(tmp_path)
    assert own.face("Noto Serif", 400, False).entry.path == str(tmp_path / "assets/brand.ttf")


@pytest.mark.parametrize(
    ("weight", "italic", "style"),
    [(400, False, "Regular"), (640, False, "Semi Bold"), (900, False, "Black"), (700, True, "Bold Italic")],
)
def test_the_nearest_face_of_a_family_is_taken(weight: float, italic: bool, style: str, fonts: Fonts) -> None:
    assert fonts.face("Inter", weight, italic).entry.style == style


def test_roles_lead_to_the_themes_fonts() -> None:
    themed = Fonts(theme={"display": "Amiri"})
    assert themed.face("display", 400, False).entry.family == "Amiri"
    assert themed.face("body", 400, False).entry.family == "Inter"
    assert themed.face("mono", 400, False).entry.family == "JetBrains Mono"
