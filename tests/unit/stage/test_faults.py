"""Whatever an author's code raises is one finding at the deepest line of the author's own."""

from pathlib import Path

import pytest

from tests.unit.stage.projects import compiled

START = "from stage import *\nfilm = Film()\nscene = Scene('a')\nfilm.add(scene)\n"


def found(folder: Path, files: dict[str, str]) -> list[tuple[str, int, str]]:
    answer = compiled(folder, files)
    assert answer["composition"] is None
    return [(each["file"], each["line"], each["message"]) for each in answer["findings"]]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("from scenes import openning", "'openning' is not in scenes (did you mean 'opening'?)"),
        ("from scenes.openning import build",
         "no module named 'scenes.openning' (did you mean 'scenes.opening'?)"),
        ("from scenes.opening import biuld", "'biuld' is not in scenes.opening (did you mean 'build'?)"),
        ("from scenes.looped import build", "'later' is not in film yet"),
        ("from scenes.broken import build", "'(' was never closed: def build(film"),
        ("from scenes.failing import build", "KeyError: 'tea'"),
        ("film.add(build)", "'build' is not defined"),
        ("import nonsense_of_nobody", "no module named 'nonsense_of_nobody'"),
        ("scene.timeline.fromTo(1)", "'Timeline' object has no attribute 'fromTo' (did you mean 'from_to'?)"),
        ("Scene('b', 4, 'ink')",
         "TypeError: Scene.__init__() takes from 2 to 3 positional arguments but 4 were given"),
        ("Film(heigth=3)", "Film takes no 'heigth' (did you mean 'height'?)"),
        ("assert 1 == 2, 'no'", "AssertionError: no"),
        ("raise KeyboardInterrupt", "the code was interrupted"),
        ("raise ValueError('a\\n b' + 'c' * 999)", f"ValueError: a b{'c' * 297}"),
    ],
)  # fmt: skip
def test_an_exception_is_told_with_what_was_meant(tmp_path: Path, line: str, message: str) -> None:
    files = {
        "film.py": f"{START}{line}\nlater = 1\n",
        "scenes/opening.py": "def build(film): ...\n",
        "scenes/looped.py": "from film import later\n",
        "scenes/broken.py": "def build(film\n",
        "scenes/failing.py": "WORDS = {}\nbuild = WORDS['tea']\n",
    }
    lines = {"looped": 1, "broken": 1, "failing": 2}
    own = next((name for name in lines if name in line), None)
    place = (f"scenes/{own}.py", lines[own]) if own else ("film.py", 5)
    assert (*place, message) in found(tmp_path, files)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("things = []\nthings.append(things)\nscene.timeline.to(things, x=1)\n",
         "a tween aims at more than 20,000 things; give fewer nodes"),
        ("one, two = Timeline(), Timeline()\none.add(two).add(two)\ntwo.add(one)\nscene.timeline.add(one)\n",
         "timelines are nested too deeply; play them side by side"),
        ("class E(Exception):\n    def __str__(self): raise OSError\nraise E\n",
         "the code raised an error that cannot be told"),
        ("class S(str):\n    def __repr__(self): raise OSError('no')\nText('a', anchor=S('q'))\n",
         "OSError: no"),
    ],
)  # fmt: skip
def test_code_that_fights_back_is_only_one_more_finding(tmp_path: Path, code: str, message: str) -> None:
    assert message in [told for _, _, told in found(tmp_path, {"film.py": START + code})]
