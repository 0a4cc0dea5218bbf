"""Lists that authors write: captions, series, points, texts and colors; and what is told of wrong ones."""

from pathlib import Path
from typing import Any

import pytest

from stage.captions import MOST_WORDS, cues, gathered
from stage.listed import rows
from stage.mistakes import Wrong
from tests.unit.stage.projects import compiled, scene_of, told

SRT = (
    "1\r\n00:00:01,500 --> 00:00:03,000\r\nHello <i>there</i>\r\n\r\n"
    "2\r\n00:00:03,000 --> 00:00:04,250\r\nTwo\r\nlines\r\n"
)
VTT = (
    "WEBVTT\n\nNOTE a remark\n\nintro\n00:01.000 --> 00:02.500 align:start\n"
    "<v Ana>one <00:01.600>two <00:02.000>three\n"
)


def test_srt_is_read() -> None:
    assert [(cue.start, cue.end, cue.text) for cue in cues("cues", SRT)] == [
        (1.5, 3.0, "Hello there"),
        (3.0, 4.25, "Two\nlines"),
    ]


def test_vtt_is_read_with_the_times_of_its_words() -> None:
    (cue,) = cues("cues", VTT)
    assert (cue.start, cue.end, cue.text) == (1.0, 2.5, "one two three")
    assert cue.words == (("one", 1.0, 1.6), ("two", 1.6, 2.0), ("three", 2.0, 2.5))


def test_words_are_gathered_at_pauses_sentences_and_after_a_few() -> None:
    spoken = [(text, at * 0.3, at * 0.3 + 0.25) for at, text in enumerate("One two. Three four".split())]
    assert [cue.text for cue in gathered(spoken)] == ["One two.", "Three four"]
    late = [("One", 0.0, 0.2), ("two", 2.0, 2.2)]
    assert [cue.text for cue in gathered(late)] == ["One", "two"]
    many = [("a", at * 0.2, at * 0.2 + 0.2) for at in range(MOST_WORDS + 1)]
    assert [len(cue.words) for cue in gathered(many)] == [MOST_WORDS, 1]


def test_a_file_of_captions_is_read_from_the_project(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/a.srt").write_text(SRT, "utf-8")
    answer = compiled(tmp_path, "scene.add(Captions('assets/a.srt'))\n")
    made = scene_of(answer)["nodes"][0]["props"]["cues"]
    assert [(cue["start"], cue["end"]) for cue in made] == [(45, 90), (90, 127.5)]


def test_captions_by_seconds_and_by_words_become_frames(tmp_path: Path) -> None:
    body = (
        "scene.add(Captions([(0.5, 1, 'Hi')]),"
        " Captions([{'word': 'Hi', 'start': 0, 'end': 0.5}, {'text': 'you', 'start': 0.5, 'end': 1}]))\n"
    )
    plain, timed = (node["props"]["cues"] for node in scene_of(compiled(tmp_path, body))["nodes"])
    assert plain == [{"start": 15, "end": 30, "text": "Hi"}]
    assert timed[0]["words"] == [
        {"text": "Hi", "start": 0, "end": 15},
        {"text": "you", "start": 15, "end": 30},
    ]


def test_data_of_a_chart_may_be_a_list_named_lists_or_series(tmp_path: Path) -> None:
    body = (
        "scene.add(Chart([1, None, 3]), Chart({'A': [1], 'B': [2]}, labels=[2024]),"
        " Chart([series([5], name='C', color='accent')]))\n"
    )
    one, two, three = (node["props"] for node in scene_of(compiled(tmp_path, body))["nodes"])
    assert one["data"] == [{"name": "", "values": [1, None, 3]}]
    assert [row["name"] for row in two["data"]] == ["A", "B"]
    assert two["labels"] == ["2024"]
    assert three["data"] == [{"name": "C", "values": [5], "color": "#B83A15"}]
    assert len(rows("data", [[1, 2], [3, 4]])) == 2
    assert rows("data", {}) == ()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("Captions('nothing here')", "has no cue that can be read: 'nothing here'"),
        ("Captions([(2, 1, 'x')])", "has a cue from 2 to 1 s"),
        ("Captions([(1, 'x')])", "holds (1, 'x')"),
        ("Captions([{'word': 'x'}])", "holds {'word': 'x'}"),
        ("Captions('../a.srt')", "is '../a.srt'"),
        ("Captions('assets/none.srt')", "which cannot be read"),
        ("Captions(5)", "is 5"),
        ("Chart({'A': 5})", "is a dict of single numbers"),
        ("Chart(['x'])", "holds 'x'"),
        ("Chart([float('nan')])", "holds nan"),
        ("Chart([True])", "holds True"),
        ("Chart([1], labels='ab')", "labels of a chart is 'ab'"),
        ("Chart([1], labels=[None])", "holds None"),
        ("Chart([1], colors=['nope!'])", "'nope!' is no color"),
        ("Chart({str(n): [1] for n in range(13)})", "has 13 entries"),
        ("Line([(0, 0), 5])", "holds 5"),
        ("Line([(0, float('inf'))])", "holds inf"),
        ("Mesh(5)", "colors of a mesh is 5"),
        ("Video('../x.mp4')", "src of a video is '../x.mp4'"),
    ],
)
def test_wrong_lists_are_told_at_their_line(tmp_path: Path, body: str, message: str) -> None:
    found = told(compiled(tmp_path, f"scene.add({body})\n"), "error")
    assert any(each.startswith("film.py:1:") and message in each for each in found), found


@pytest.mark.parametrize("value", ["00:00:01,000 -> 00:00:02,000\nx", "\0", "-->"])
def test_text_that_only_looks_like_captions_is_refused(value: Any) -> None:
    with pytest.raises(Wrong, match="no cue"):
        cues("cues", value)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("scene.add(Element('leaf'))", "element stands in scene"),
        ("scene.add(Group(Element('leaf')))", "element stands in group"),
        ("scene.add(Svg(markup='<svg/>')).add(Rect(fill='ink'))", "svg holds no children"),
        ("scene.add(Arrow())", "has neither fill nor stroke"),
        ("scene.add(Chart())", "chart has no data"),
    ],
)
def test_what_would_show_nothing_is_told(tmp_path: Path, body: str, message: str) -> None:
    assert any(message in each for each in told(compiled(tmp_path, f"{body}\n")))
