"""What every illustrator promises: markup that the box takes in, of what was asked for, with who drew it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from domain.errors import ToolError
from domain.imagery import DrawingWish, Illustrator
from domain.model import Reply
from domain.run import Usage
from providers.illustrator import BRIEFING, ModelIllustrator
from providers.scripted import Line, Scripted, says
from providers.symbols import Symbols
from providers.symbols.compose import blob
from providers.symbols.find import find, names, near
from render.media import import_media

DRAWN = """Here it is:
```svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">
<path id="leaf" fill="#0F7A5C" d="M8 88C8 8 88 8 88 8Z"/></svg>
```"""
WISH = DrawingWish(description="a tea leaf", style="badge", colors=("#0F7A5C", "#F4F1EA"))
ILLUSTRATORS = {"symbols": Symbols, "model": lambda: ModelIllustrator(Scripted([says(DRAWN)]))}


def unheard(_: Usage) -> None:
    """Nobody counts."""


@pytest.fixture(params=ILLUSTRATORS)
def illustrator(request: pytest.FixtureRequest) -> Illustrator:
    return ILLUSTRATORS[request.param]()


async def test_a_drawing_is_taken_in_as_it_comes(illustrator: Illustrator, tmp_path: Path) -> None:
    drawn = await illustrator.draw(WISH, unheard)
    assert drawn.maker
    assert drawn.svg.startswith("<svg")
    assert "0F7A5C" in drawn.svg.upper()
    (tmp_path / "source").write_text(drawn.svg)
    import_media(tmp_path / "source", "svg", tmp_path)
    root = ElementTree.fromstring((tmp_path / "media.svg").read_text())
    assert "viewBox" in root.attrib
    assert not {"width", "height"} & set(root.attrib)


# -- by a model


def drawing(*lines: Line) -> tuple[ModelIllustrator, Scripted]:
    model = Scripted(lines)
    return ModelIllustrator(model), model


async def test_a_model_reads_the_wish_and_what_was_wrong_before() -> None:
    illustrator, model = drawing(says(DRAWN), says(DRAWN))
    await illustrator.draw(WISH, unheard)
    await illustrator.draw(WISH.model_copy(update={"fault": "the SVG holds a <script> element"}), unheard)
    assert model.briefings == [BRIEFING, BRIEFING]
    said = [str(messages[0].text) for messages in model.heard if messages[0].role == "user"]
    assert said[0] == "Description: a tea leaf\nStyle: badge\nColors: #0F7A5C, #F4F1EA"
    assert said[1].endswith("refused: the SVG holds a <script> element. Draw anew.")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (says("I cannot draw that."), "invalid"),
        (says("<svg viewBox='0 0 9 9'><rect"), "invalid"),
        (says(""), "invalid"),
        (says(f"<svg>{'<g/>' * 60_000}</svg>"), "limit"),
        (Reply(text=DRAWN, stopped="length", usage=Usage()), "invalid"),
        (Reply(text="SAFETY", stopped="blocked", usage=Usage()), "invalid"),
    ],
    ids=["words", "half", "nothing", "endless", "cut", "blocked"],
)
async def test_what_a_model_says_in_place_of_a_drawing_is_refused(line: Line, kind: str) -> None:
    illustrator, _ = drawing(line)
    told: list[Usage] = []
    with pytest.raises(ToolError) as refused:
        await illustrator.draw(WISH, told.append)
    assert refused.value.kind == kind
    assert told == [line.usage if isinstance(line, Reply) else Usage()], "what it cost counts all the same"


# -- of symbols


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("a cup of tea", ["coffee"]),
        ("Rockets and growth charts", ["rocket", "trending-up", "chart-column"]),
        ("ice cream", ["ice-cream-cone"]),
        ("piggy bank", ["piggy-bank"]),
        ("graduation cap on a book", ["graduation-cap", "book-open"]),
        ("شاي وورقة", ["coffee", "leaf"]),
        ("الأمان والثقة", ["shield-check"]),
        ("Versicherung für die Familie und das Haus", ["shield-check", "house"]),
        ("Blumen", ["flower-2"]),
        ("shield security", ["shield"]),
        ("simple line icon of a wine bottle", ["bottle-wine"]),
        ("xylophonic zeugma", []),
        ("", []),
        ("of the and", []),
    ],
)
def test_symbols_are_found_by_words_of_three_languages(said: str, found: list[str]) -> None:
    assert find(said) == found


def test_every_word_leads_to_a_symbol_that_is_there() -> None:
    lines = Path("providers/symbols/words.txt").read_text("utf-8").splitlines()
    chosen = [line.split("|")[0].strip() for line in lines if line.strip() and not line.startswith("#")]
    assert len(chosen) > 150
    assert [name for name in chosen if name not in names()] == []
    assert len(chosen) == len(set(chosen))


def test_words_that_are_nearly_known_are_offered() -> None:
    assert "rakete" in near("raket")
    assert near("qqqqqq") == []


STYLES = ("", "line", "thin line", "bold", "badge", "round badge", "sticker", "pattern")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "colors", [(), ("#0F7A5C",), ("#D7FF3E", "#101014"), ("#888888", "#8A8A8A", "#C72C41")]
)
async def test_every_style_is_drawn_with_one_to_three_symbols(
    style: str, colors: tuple[str, ...], tmp_path: Path
) -> None:
    for said in ("leaf", "leaf, rocket", "leaf, rocket, sun"):
        drawn = await Symbols().draw(DrawingWish(description=said, style=style, colors=colors), unheard)
        (tmp_path / "source").write_text(drawn.svg)
        import_media(tmp_path / "source", "svg", tmp_path)
        ids = re.findall(r'\bid="([^"]+)"', drawn.svg)
        assert len(ids) == len(set(ids))
        if not colors:
            assert "currentColor" in drawn.svg
            assert set(re.findall(r"#[0-9A-Fa-f]{6}", drawn.svg)) <= {"#000000", "#FFFFFF"}  # those of a mask


def test_a_blob_is_closed_and_stays_about_its_middle() -> None:
    numbers = [float(each) for each in re.findall(r"-?[\d.]+", blob(50, 50, 40))]
    assert blob(50, 50, 40).endswith("Z")
    assert min(numbers) > 5
    assert max(numbers) < 95
