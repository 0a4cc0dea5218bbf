"""A delivered file is held against its plan, fact by fact."""

import pytest

from domain.composition import Composition, Scene
from domain.engine import FilmFacts, Output
from render.deliver import against_plan

FILM = Composition(width=1920, height=1080, fps=30, scenes=(Scene(id="one", frames=360),))
GOOD = FilmFacts(
    width=1920, height=1080, fps=30, frames=360, seconds=12, video_codec="h264", pixel_format="yuv420p",
    color="bt709/tv", audio_codec="aac", audio_seconds=12, bytes=1, sha256="0" * 64,
)  # fmt: skip


def codes(output: Output | None = None, facts: dict[str, object] | None = None) -> set[str]:
    changed = GOOD.model_copy(update=facts or {})
    return {each.code for each in against_plan(changed, FILM, output or Output())}


def test_a_file_as_planned_has_no_faults() -> None:
    assert codes() == set()
    assert codes(facts={"frames": 361, "seconds": 12 + 1 / 30}) == set()
    assert codes(Output(quality="draft"), {"width": 960, "height": 540}) == set()
    assert (
        codes(Output(first_frame=60, last_frame=90), {"frames": 30, "seconds": 1, "audio_seconds": 1})
        == set()
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"width": 1280, "height": 720}, "film_size"),
        ({"fps": 29.97}, "film_fps"),
        ({"frames": 301}, "film_frames"),
        ({"seconds": 11.9, "audio_seconds": 11.9}, "film_seconds"),
        ({"video_codec": "hevc"}, "film_codec"),
        ({"pixel_format": "yuvj420p"}, "film_codec"),
        ({"color": "matrix 5/pc"}, "film_color"),
        ({"audio_codec": None, "audio_seconds": None}, "film_sound"),
        ({"audio_seconds": 11.8}, "film_sound"),
    ],
)
def test_a_fact_that_is_not_as_planned_is_an_error(facts: dict[str, object], code: str) -> None:
    assert codes(facts=facts) == {code}


def test_the_message_names_both_numbers() -> None:
    (each,) = against_plan(GOOD.model_copy(update={"frames": 301}), FILM, Output())
    assert each.message == "the file's number of frames is 301, planned was 360"
    assert each.fix_owner == "operator"
