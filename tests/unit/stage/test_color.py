"""Colors read, mix and stand out as the eye sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage import PALETTES, Theme, alpha, contrast, darken, lighten, mix, readable
from stage.color import from_oklch, oklch, spelled
from stage.mistakes import Wrong

HEX = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("#abc", "#AABBCC"),
        ("#abcd", "#AABBCCDD"),
        ("#a1b2c3", "#A1B2C3"),
        ("accent", "accent"),
        ("ink/0.5", "ink/0.5"),
    ],
)
def test_a_color_is_spelled_in_one_way(said: str, kept: str) -> None:
    assert spelled(said) == kept


@pytest.mark.parametrize("said", ["#ab", "12", "", "rgb(1,2,3)", "accent/2", "a b"])
def test_what_is_no_color_is_refused(said: str) -> None:
    with pytest.raises(Wrong, match="is no color"):
        spelled(said)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000", "#FFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)
    assert contrast("#123456", "#123456") == 1


@given(HEX)
def test_a_color_survives_the_way_through_oklch(color: str) -> None:
    assert contrast(from_oklch(*oklch(color)), color) < 1.03


@given(HEX, HEX, st.sampled_from([3.0, 4.5]))
def test_a_readable_color_reads(color: str, on: str, ratio: float) -> None:
    assert contrast(readable(color, on, ratio), on) >= ratio - 0.05


@given(HEX)
def test_shading_keeps_the_hue(color: str) -> None:
    light, chroma, hue = oklch(color)
    if chroma > 0.05 and 0.3 < light < 0.7:
        for shade in (lighten(color, 0.1), darken(color, 0.1)):
            assert abs((oklch(shade)[2] - hue + 180) % 360 - 180) < 8


def test_a_brand_color_that_does_not_read_is_darkened() -> None:
    assert contrast("#7BC47F", "#FFFFFF") < 3
    green = readable("#7BC47F", "#FFFFFF")
    assert contrast(green, "#FFFFFF") == pytest.approx(4.5, abs=0.1)
    assert abs(oklch(green)[2] - oklch("#7BC47F")[2]) < 8


def test_opacity_and_mixtures() -> None:
    assert alpha("#123456", 0.5) == "#12345680"
    assert alpha("accent", 0.25) == "accent/0.25"
    assert mix("#000000", "#FFFFFF", 0) == "#000000"
    assert mix("#FF0000", "#0000FF") == "#8C53A2"


@pytest.mark.parametrize("name", PALETTES)
def test_every_theme_reads(name: str) -> None:
    theme = PALETTES[name]
    for ground in (theme.background, theme.surface):
        assert contrast(theme.ink, ground) >= 7
        assert contrast(theme.muted, ground) >= 4.5
        assert contrast(theme.accent, ground) >= 4.5
    for ground in theme.colors.values():
        assert contrast(theme.on(ground), ground) >= 4.45


def test_a_theme_looks_colors_up() -> None:
    theme = Theme(accent="#0a0", extra={"leaf": "#7BC47F"})
    assert theme.color("accent") == "#00AA00"
    assert theme.color("leaf/0.5") == "#7BC47F80"
    assert theme.color("White") == "#FFFFFF"
    assert theme.readable("leaf", "white", 4.5) == readable("#7BC47F", "#FFFFFF")
    assert not theme.dark
    with pytest.raises(Wrong, match=r"'acent' is no color of the theme \(did you mean 'accent'\?\)"):
        theme.color("acent")
