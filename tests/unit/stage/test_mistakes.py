"""Every mistake is one line with the place, the value and the way out."""

from pathlib import Path

import pytest

from stage import Rect, Scene
from stage.mistakes import MOST, Mistake, did_you_mean
from tests.unit.stage.projects import compiled, told, write

CASES = [
    case.splitlines()
    for case in Path(__file__).with_name("mistakes.txt").read_text("utf-8").strip().split("\n\n")
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0][2:60])
def test_a_mistake_is_told_exactly(tmp_path: Path, case: list[str]) -> None:
    code = "".join(f"{line[2:]}\n" for line in case if line.startswith("> "))
    assert told(compiled(tmp_path, code)) == [line for line in case if not line.startswith("> ")]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("25.5", "fps of the film is 25.5; give a whole number of 1 to 120, or 23.976, 29.97, 47.952"),
        ("float('nan')", "fps of the film is nan; give a finite number"),
        ("'30'", "fps of the film is '30'; give a number"),
    ],
)
def test_a_frame_rate_that_is_none_is_told(tmp_path: Path, said: str, told: str) -> None:
    answer = compiled(tmp_path, {"film.py": f"from stage import *\nfilm = Film(fps={said})\n"})
    assert answer["findings"][0]["message"].startswith(told)


def test_a_frame_rate_of_television_counts_its_own_frames(tmp_path: Path) -> None:
    code = "from stage import *\nfilm = Film(fps=29.97)\nfilm.add(Scene('a', seconds=10.01))\n"
    made = compiled(tmp_path, {"film.py": code})["composition"]
    assert (made["fps"], made["scenes"][0]["frames"]) == (30_000 / 1_001, 300)


def test_mistakes_are_collected_over_files_and_sorted_by_place(tmp_path: Path) -> None:
    files = {
        "film.py": "from stage import *\nfrom scenes import intro\nfilm = Film(fps=900)\n"
        "film.add(intro.build())\n",
        "scenes/intro.py": "from stage import *\n\ndef build():\n    scene = Scene('intro')\n"
        "    scene.add(Text('a', opacty=1))\n    scene.timeline.to(scene.children, y='x')\n"
        "    return scene\n",
    }
    answer = compiled(tmp_path, files)
    assert answer["composition"] is None
    assert answer["source_seconds"] is None
    assert [(each["file"], each["line"], each["message"]) for each in answer["findings"]] == [
        ("film.py", 3, "fps of the film is 900; give 1 to 120"),
        ("scenes/intro.py", 5, "text has no property 'opacty' (did you mean 'opacity'?)"),
        ("scenes/intro.py", 6, "y of a text is 'x'; give a number"),
    ]


def test_a_mistake_in_a_helper_is_told_where_the_helper_stands(tmp_path: Path) -> None:
    files = {
        "film.py": "from stage import *\nfrom components.card import card\nfilm = Film()\n"
        "scene = Scene('a')\n"
        "scene.add(card())\nfilm.add(scene)\n",
        "components/card.py": "from stage import Rect\n\n\ndef card():\n    return Rect(fil='ink')\n",
    }
    assert compiled(tmp_path, files)["findings"][0]["file"] == "components/card.py"
    assert compiled(tmp_path, files)["findings"][0]["line"] == 5


def test_the_same_mistake_in_a_loop_is_told_once(tmp_path: Path) -> None:
    answer = compiled(tmp_path, "for _ in range(30):\n    scene.add(Text('a', opacty=1))\n")
    assert len(answer["findings"]) == 1


def test_no_more_findings_are_kept_than_an_author_can_read(tmp_path: Path) -> None:
    answer = compiled(tmp_path, "".join(f"scene.add(Text('a', size={-n}))\n" for n in range(1, 90)))
    assert len(answer["findings"]) == MOST


@pytest.mark.parametrize("count", [50_000])
def test_a_film_of_too_many_nodes_is_stopped_while_it_is_written(tmp_path: Path, count: int) -> None:
    body = f"for n in range({count}):\n    scene.add(Rect(fill='ink'))\n    last = n\n"
    answer = compiled(tmp_path, body + "print('never')\n")
    assert told(answer, "error") == ["film.py:2: the film has more than 20,000 nodes; make fewer nodes"]
    assert answer["printed"] == ""


def test_a_film_of_too_many_keyframes_is_stopped(tmp_path: Path) -> None:
    body = (
        "dots = [scene.add(Rect(fill='ink')) for _ in range(1_000)]\n"
        "tl.to(dots, x=1, duration=0.01, repeat=599, yoyo=True)\n"
    )
    answer = compiled(tmp_path, body)
    assert [each["message"] for each in answer["findings"]] == [
        "the film has more than 400,000 keyframes; use fewer tweens or repeats"
    ]


def test_a_film_without_scenes_or_of_ten_hours_is_refused(tmp_path: Path) -> None:
    empty = compiled(tmp_path, {"film.py": "from stage import *\nfilm = Film()\n"})
    assert [each["message"] for each in empty["findings"]] == ["the film has no scenes; film.add(Scene(…))"]
    long = {
        "film.py": "from stage import *\nfilm = Film()\n"
        "for n in range(6):\n    film.add(Scene(f's{n}', 6_000))\n"
    }
    assert [each["message"] for each in compiled(tmp_path, long)["findings"]] == [
        "the film lasts 36,000 s; give 0.1 to 7,200 s"
    ]


def test_scenes_shorter_than_their_fades_are_refused(tmp_path: Path) -> None:
    body = "film.add(Scene('a'))\nfilm.add(Scene('b', 0.6), enter='fade', over=0.4)\n"
    answer = compiled(tmp_path, body + "film.add(Scene('c'), enter='fade', over=0.4)\n")
    assert told(answer) == [
        "film.py:2: scene 'b' lasts 0.6 s, shorter than its transitions (0.4 s in, 0.4 s out); "
        "shorten over, or give the scene more seconds"
    ]


def test_groups_nested_too_deeply_are_refused(tmp_path: Path) -> None:
    body = "inner = scene.add(Group())\nfor _ in range(40):\n    inner = inner.add(Group())\n"
    assert told(compiled(tmp_path, body)) == [
        "film.py:3: scene 'example' nests deeper than 32 groups; use fewer groups inside groups"
    ]


def test_a_project_without_a_film_is_told_so(tmp_path: Path) -> None:
    assert [each["message"] for each in compiled(tmp_path, {"readme.txt": ""})["findings"]] == [
        "there is no film.py"
    ]
    other = compiled(tmp_path, {"film.py": "from stage import *\nmovie = Film()\nmovie.add(Scene('a'))\n"})
    assert [each["message"] for each in other["findings"]] == [
        "film.py leaves no film named 'film' (did you mean 'movie'?)"
    ]


def test_outside_of_a_compilation_the_first_mistake_is_raised() -> None:
    with pytest.raises(Mistake, match=r"test_mistakes.py:\d+: rect has no property 'fil'"):
        Rect(fil="ink")  # pyright: ignore[reportCallIssue]
    with pytest.raises(Mistake, match="seconds of scene 'a' is -1"):
        Scene("a", -1)


@pytest.mark.parametrize(
    ("word", "meant"),
    [("opacty", "opacity"), ("Opacity", "opacity"), ("opaciyt", "opacity"), ("zzz", None), ("", None)],
)
def test_a_near_word_is_guessed(word: str, meant: str | None) -> None:
    assert did_you_mean(word, ["opacity", "x", "y"]) == (f" (did you mean {meant!r}?)" if meant else "")


def test_prints_are_kept_apart_and_capped(tmp_path: Path) -> None:
    answer = compiled(tmp_path, "import sys\nprint('a' * 9_000)\nprint('b', file=sys.stderr)\n")
    assert answer["printed"] == "a" * 4_000
    assert answer["composition"] is not None


def test_a_project_leaves_no_bytecode_and_no_modules_behind(tmp_path: Path) -> None:
    one = write(tmp_path / "one", {"components/a.py": "NAME = 'one'\n"})
    two = write(tmp_path / "two", {"components/a.py": "NAME = 'two'\n"})
    body = "from components.a import NAME\nscene.add(Text(NAME))\n"
    shown = [
        compiled(path, body)["composition"]["scenes"][0]["nodes"][0]["props"]["text"] for path in (one, two)
    ]
    assert shown == ["one", "two"]
    assert list(tmp_path.rglob("*.pyc")) == []
