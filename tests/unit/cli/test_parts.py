"""A part of a film is named in seconds or by its scenes, and one that there is not is told."""

import pytest

from cli.parts import moment, scenes, stretch
from domain.composition import Composition, Scene, Transition
from domain.errors import UserError

FADE = Transition(kind="fade", frames=10)
FILM = Composition(
    width=320, height=180, fps=30,
    scenes=tuple(Scene(id=name, frames=60, enter=FADE if name != "a" else Transition()) for name in "abc"),
)  # fmt: skip


def test_a_moment_is_the_frame_that_is_seen_then() -> None:
    assert [moment(FILM, seconds, "--still") for seconds in (0, 0.1, 1.0, 5.3)] == [0, 3, 30, 159]


@pytest.mark.parametrize(("text", "frames"), [("0-1", (0, 30)), ("2-4.5", (60, 135)), ("1-1.001", (30, 31))])
def test_a_stretch_is_given_in_seconds(text: str, frames: tuple[int, int]) -> None:
    assert stretch(FILM, text) == frames


@pytest.mark.parametrize(("text", "frames"), [("a", (0, 60)), ("b", (50, 110)), ("c, b", (50, 160))])
def test_scenes_are_whole_with_their_transitions(text: str, frames: tuple[int, int]) -> None:
    assert scenes(FILM, text) == frames


@pytest.mark.parametrize("text", ["2", "2-", "a-b", "3-2", "2-2", "0-9", "9-10", "nan-2", "1-inf"])
def test_what_is_no_stretch_is_told(text: str) -> None:
    with pytest.raises(UserError, match="--range"):
        stretch(FILM, text)


@pytest.mark.parametrize(
    ("text", "message"), [("x", "no scene 'x'; scenes are a, b, c"), ("a,c", "neighbours")]
)
def test_scenes_that_are_not_there_or_not_together_are_told(text: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        scenes(FILM, text)
