"""Themes out of brand colors: whatever the brand, its letters are readable."""

import itertools

import pytest

from stage import Theme, brand, contrast, pairs
from stage.color import from_oklch
from stage.mistakes import collecting

BRANDS = [
    ("#0F7A5C",), ("#E5B31C",), ("#D7FF3E",), ("#16294D", "#C79A3B"), ("#C72C41", "#FFFFFF"), ("#000000",),
    ("#FFFFFF",), ("#888888", "#FFFFFF"), ("#F4F1EA", "#16294D", "#0F7A5C", "#C72C41"),
    ("#FFFF00", "#FFFFFE"), ("white", "black"), ("#0F7",), ("#0F7A5CFF",),
]  # fmt: skip
WHEEL = [(from_oklch(light, 0.15, hue),) for light in (0.3, 0.5, 0.7, 0.9) for hue in range(0, 360, 30)]


@pytest.mark.parametrize("dark", [None, True, False])
@pytest.mark.parametrize("colors", [*BRANDS, *WHEEL], ids=" ".join)
def test_letters_of_a_brands_theme_are_readable(colors: tuple[str, ...], dark: bool | None) -> None:
    theme = brand(*colors, dark=dark)
    for ground in (theme.background, theme.surface):
        assert contrast(theme.ink, ground) >= 7
    assert contrast(theme.muted, theme.background) >= 4.5
    assert contrast(theme.accent, theme.background) >= 4.5
    assert contrast(theme.second, theme.background) >= 3
    if dark is not None:
        assert theme.dark is dark


def test_a_brand_color_that_reads_is_kept_as_it_is() -> None:
    assert brand("#0F7A5C").accent == "#0F7A5C"
    assert brand("#16294D", "#C79A3B").accent == "#16294D"
    assert brand("#E5B31C", dark=True).accent == "#E5B31C"
    assert brand("#F4F1EA", "#16294D").background == "#F4F1EA"
    assert brand("#0F7A5C", display="Amiri").display == "Amiri"


def test_pairs_are_the_roles_that_read_on_each_other() -> None:
    theme = Theme()
    found = pairs(theme)
    assert found[0][2] == max(ratio for _, _, ratio in found)
    known = {(letter, ground) for letter, ground, _ in found}
    for letter, ground in itertools.permutations(theme.colors, 2):
        reads = contrast(theme.colors[letter], theme.colors[ground]) >= 4.5
        assert ((letter, ground) in known) is reads
    assert len(pairs(theme, 3)) > len(found)


@pytest.mark.parametrize("colors", [(), ("accent",), ("",), ("rgb(1,2,3)",), ("#12",)])
def test_what_is_no_brand_color_is_told_with_the_way_out(colors: tuple[str, ...]) -> None:
    with collecting() as book:
        theme = brand(*colors)
    assert theme.accent == Theme().accent
    told = book.findings[-1]
    assert told.code == "value_wrong"
    assert told.message.startswith("brand: ")
    assert told.fix_hint
