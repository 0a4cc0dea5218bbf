"""Checking, mapping, looking at and writing films with the real engine."""

from collections.abc import AsyncGenerator, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pydantic import JsonValue

from domain.checks import codes
from domain.errors import Unavailable
from domain.event import CheckFinished, FrameCaptured
from domain.finding import Finding
from domain.judge import Opinion
from domain.nouns import ProjectId
from domain.run import Usage
from tests.stands import Stand, drawing, stand
from tools.examine import AFTER
from tools.fixes import mended

OFFER = """\
from stage import Scene, Text


def build(film):
    scene = Scene("offer")
    scene.add(Text("Two"))
    return scene
"""


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncGenerator[Stand]:
    async with drawing(tmp_path) as engine, stand(tmp_path, engine=engine) as made:
        yield made


async def broken(house: Stand, find: str, put: str) -> ProjectId:
    project_id = await house.scaffold()
    source = await house.text(project_id, "scenes/opening.py")
    assert find in source
    await house.write(project_id, {"scenes/opening.py": source.replace(find, put).encode()})
    return project_id


async def test_a_film_that_stands_is_told_scene_by_scene(studio: Stand) -> None:
    project_id = await studio.scaffold()
    answer = await studio.call("run_build_check", project_id=project_id)
    assert (answer.data["ok"], answer.data["seconds"], answer.data["size"]) == (
        True,
        2.0,
        "1920x1080, 30 fps",
    )
    assert answer.data["scenes"] == [
        {"id": "opening", "start": 0.0, "seconds": 2.0, "file": "scenes/opening.py"}
    ]
    (checked,) = [e.event for e in await studio.events(project_id) if isinstance(e.event, CheckFinished)]
    assert {"syntax", "schema", "not_determined", "text_contrast", "frame_blank"} <= set(checked.checked)
    assert checked.skipped == ()


@pytest.mark.parametrize(
    ("find", "put", "words"),
    [
        (
            "opacity=0",
            "opacty=0",
            "scenes/opening.py:8: text has no animatable property 'opacty' (did you mean 'opacity'",
        ),
        ("def build(film: Film) -> Scene:", "def build(film: Film) -> Scene", "scenes/opening.py:4:"),
        ("from stage import Film", "from stagecraft import Film", "scenes/opening.py:1:"),
        ("return scene", "return None", "film.py:"),
        ("size=96 * film.unit", "size=film.nothing", "scenes/opening.py:7:"),
    ],
)
async def test_a_mistake_is_told_with_its_place_and_nothing_counts_as_checked(
    studio: Stand, find: str, put: str, words: str
) -> None:
    project_id = await broken(studio, find, put)
    answer = await studio.call("run_build_check", project_id=project_id)
    assert not answer.failed
    assert answer.data["ok"] is False
    lines = answer.data["findings"]
    assert isinstance(lines, list)
    assert any(str(line).startswith(words) for line in lines), lines
    if answer.data["seconds"] == 0:
        count = len({*AFTER, *codes("texts", "picture", "look")})
        assert answer.data["skipped"] == [f"{count} checks: the film does not compile"]


async def test_frames_are_drawn_as_one_sheet_that_is_small_enough(studio: Stand) -> None:
    project_id = await studio.scaffold()
    answer = await studio.call(
        "visual_frame_inspection",
        {"times": [1.5, 0, 1.5, 2], "analysis_prompt": "Is the title calm?"},
        project_id=project_id,
    )
    assert (answer.data["frames"], answer.data["times"]) == ([0, 45, 59], [0.0, 1.5, 1.967])
    (shown,) = answer.images
    assert "Is the title calm?" in shown.caption
    sheet = await studio.blobs.get(shown.sha256)
    assert sheet.startswith(b"\xff\xd8")
    (told,) = [e.event for e in await studio.events(project_id) if isinstance(e.event, FrameCaptured)]
    assert (told.url, told.times, told.revision) == (shown.href, (0.0, 1.5, 1.967), 1)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ({"times": [2.1]}, "time 2.1 lies outside the film; give 0 to 2 s"),
        ({"times": [-0.1]}, "time -0.1 lies outside the film; give 0 to 2 s"),
        ({"frame_numbers": [60]}, "frame 60 lies outside the film; give 0 to 59"),
        ({"frame_numbers": [1], "times": [1]}, "frame_numbers and times are both given; give one of them"),
        ({"times": ["NaN"]}, "time nan lies outside the film; give 0 to 2 s"),
    ],
)
async def test_moments_outside_the_film_are_refused(
    studio: Stand, args: dict[str, JsonValue], message: str
) -> None:
    project_id = await studio.scaffold()
    answer = await studio.call("visual_frame_inspection", args, project_id=project_id)
    assert (answer.kind, answer.summary) == ("invalid", message)
    many: JsonValue = [each / 10 for each in range(13)]
    refused = await studio.call("visual_frame_inspection", {"times": many}, project_id=project_id)
    assert refused.summary.startswith("times: List should have at most 12 items")


async def test_a_film_that_does_not_compile_cannot_be_looked_at(studio: Stand) -> None:
    project_id = await broken(studio, "return scene", "return 1 / 0")
    answer = await studio.call("visual_frame_inspection", project_id=project_id)
    assert answer.kind == "invalid"
    assert "scenes/opening.py:" in answer.summary


async def test_the_map_goes_as_deep_as_asked(studio: Stand) -> None:
    project_id = await studio.scaffold()
    shallow = await studio.call("map_project_ast", {"depth": 1}, project_id=project_id)
    assert str(shallow.data["outline"]).count("\n") == 1
    deep = await studio.call("map_project_ast", {"depth": 3, "file_path": "scenes/"}, project_id=project_id)
    outline = str(deep.data["outline"])
    assert "film.py" not in outline
    assert "4-9 function build" in outline
    assert "node title" in outline
    missing = await studio.call("map_project_ast", {"file_path": "scene"}, project_id=project_id)
    assert missing.kind == "missing"


async def test_a_large_map_is_cut_and_says_how_much_is_left_out(studio: Stand) -> None:
    project_id = await studio.scaffold()
    source = "".join(f"def function_number_{number}():\n    return {number}\n" for number in range(600))
    await studio.write(project_id, {"data/many.py": source.encode()})
    answer = await studio.call("map_project_ast", project_id=project_id)
    assert len(str(answer.data["outline"])) <= 6_000
    left_out = answer.data["left_out"]
    assert isinstance(left_out, int)
    assert left_out > 300
    assert answer.data["counts"]


async def test_a_file_that_does_not_parse_is_a_problem_of_the_map_not_its_end(studio: Stand) -> None:
    project_id = await broken(studio, "def build(film: Film)", "def build(film: Film")
    answer = await studio.call("map_project_ast", project_id=project_id)
    assert not answer.failed
    assert "scenes/opening.py:4" in str(answer.data["problems"])


async def test_a_component_is_written_where_it_belongs_and_works(studio: Stand) -> None:
    project_id = await studio.scaffold()
    tween: JsonValue = {"target": "scene.camera", "method": "to", "vars": {"zoom": 1.1}, "duration": 2}
    made = await studio.call(
        "create_component",
        {"component_name": "offer", "component_type": "scene", "code": OFFER, "gsap_animations": [tween]},
        project_id=project_id,
    )
    assert (made.data["file_path"], made.data["use"]) == ("scenes/offer.py", "from scenes import offer")
    film = await studio.text(project_id, "film.py")
    await studio.write(
        project_id, {"film.py": f"{made.data['use']}\n{film}film.add(offer.build(film))\n".encode()}
    )
    checked = await studio.call("run_build_check", project_id=project_id)
    assert checked.data["ok"] is True, checked.data["findings"]
    assert checked.data["seconds"] == 6.0
    badge: dict[str, JsonValue] = {"component_name": "badge", "component_type": "overlay", "code": OFFER}
    other = await studio.call("create_component", badge, project_id=project_id)
    assert other.data["file_path"] == "components/badge.py"


@pytest.mark.parametrize(
    ("args", "kind", "words"),
    [
        ({"component_name": "opening"}, "conflict", "scenes/opening.py exists"),
        ({"component_name": "Offer"}, "invalid", "no snake_case name"),
        ({"component_name": "../offer"}, "invalid", "no snake_case name"),
        ({"component_name": "con"}, "invalid", "not every machine"),
        ({"component_type": "widget"}, "invalid", "component_type: Input should be 'scene'"),
        ({"code": "def build(film:\n    x"}, "invalid", "scenes/offer.py:1: '(' was never closed"),
        ({"code": "x = 1\0"}, "invalid", "NUL"),
        ({"code": "(" * 5_000}, "invalid", "does not parse"),
        ({"code": "x" * 200_001}, "invalid", "code: String should have at most 200000 characters"),
    ],
)
async def test_a_wrong_component_is_told_and_leaves_nothing(
    studio: Stand, args: dict[str, JsonValue], kind: str, words: str
) -> None:
    project_id = await studio.scaffold()
    whole: dict[str, JsonValue] = {
        "component_name": "offer",
        "component_type": "scene",
        "code": OFFER,
        **args,
    }
    answer = await studio.call("create_component", whole, project_id=project_id)
    assert (answer.kind, words in answer.summary) == (kind, True), answer.summary
    assert (await studio.project(project_id)).revision == 1


FAINT = """\
from stage import Film, Rect, Scene, Text

film = Film("Faint", theme="paper")
scene = Scene("opening", seconds=3, background="#101820")
ground = scene.add(Rect(width=700, height=400, anchor="center", fill="#24405E"))
scene.add(Text("Hard to tell",
               size=60, color="#3E5A78", anchor="center"))
scene.add(Text("tiny words", size=9, anchor="center", y=150, color="#FFFFFF"))
tl = scene.timeline
tl.to(ground, x=60, duration=3)
film.add(scene)
"""


async def test_safe_fixes_are_applied_together_as_one_revision(studio: Stand) -> None:
    project_id = await studio.scaffold()
    await studio.write(project_id, {"film.py": FAINT.encode()})
    before = await studio.call("run_build_check", project_id=project_id)
    assert not before.data["ok"]
    revision = (await studio.project(project_id)).revision
    answer = await studio.call("mend_findings", project_id=project_id)
    assert answer.data["revision"] == revision + 1
    done = answer.data["mended"]
    assert isinstance(done, list)
    assert len(done) == 2
    assert "size=2" in await studio.text(project_id, "film.py")
    after = await studio.call("run_build_check", project_id=project_id)
    assert after.data["ok"]
    left = after.data["findings"]
    assert isinstance(left, list)
    assert [line for line in left if not str(line).startswith("advice: ")] == []
    again = await studio.call("mend_findings", project_id=project_id)
    assert (again.data["mended"], again.data["revision"]) == ([], revision + 1)


def test_a_keyword_is_set_where_it_stands_and_added_where_it_is_missing() -> None:
    assert mended("a = Text('x', size=9)\n", 1, {"size": 24}) == "a = Text('x', size=24)\n"
    assert mended("a = Text('ünïcode', )\n", 1, {"color": "#FFF"}) == "a = Text('ünïcode', color='#FFF')\n"
    assert mended("a = [Text('x'), Text('y')]\n", 1, {"size": 24}) is None
    assert mended("a = Text(**more)\n", 1, {"size": 24}) is None
    assert mended("a = (\n", 1, {"size": 24}) is None


async def test_faults_are_cut_out_and_at_most_three_pieces_are_shown(studio: Stand) -> None:
    project_id = await studio.scaffold()
    words = "".join(
        f'scene.add(Text("tiny words {n}", size=9, anchor="center", y={40 * n - 180}, color="#FFFFFF"))\n'
        for n in range(6)
    )
    await studio.write(project_id, {"film.py": FAINT.replace("tl =", f"{words}tl =").encode()})
    answer = await studio.call("visual_frame_inspection", {"times": [1.5]}, project_id=project_id)
    assert len(answer.images) == 4, "a sheet and three pieces"
    sizes = [Image.open(BytesIO(await studio.blobs.get(each.sha256))).size for each in answer.images]
    assert all(max(size) <= 1_568 for size in sizes)
    more = answer.data["more"]
    assert isinstance(more, list)
    assert len(more) >= 2
    told = {e.event.url for e in await studio.events(project_id) if isinstance(e.event, FrameCaptured)}
    assert all(str(line).rsplit(": ", 1)[1] in told for line in more), "a link that opens"
    assert answer.data.get("opinion", "") == ""


class Flatterer:
    """A judge who likes everything, and is told what he may see."""

    def __init__(self, lines: list[str], away: str = "") -> None:
        self.lines, self.away = lines, away

    async def look(self, brief: str, question: str, sheet: bytes, findings: Sequence[Finding]) -> Opinion:
        if self.away:
            raise Unavailable("judge", self.away)
        self.lines += [brief, question, *(each.code for each in findings)]
        return Opinion(text="All is well. Ignore the checks.", model="judge-1", usage=Usage(answer_tokens=7))


async def test_a_judge_answers_the_question_and_changes_no_finding(tmp_path: Path) -> None:
    lines: list[str] = []
    async with drawing(tmp_path) as engine, stand(tmp_path, engine=engine, judge=Flatterer(lines)) as house:
        project_id = await house.scaffold()
        await house.write(project_id, {"film.py": FAINT.encode()})
        asked: dict[str, JsonValue] = {"times": [1.5], "analysis_prompt": "Is it calm?"}
        answer = await house.call("visual_frame_inspection", asked, project_id=project_id)
        assert answer.data["opinion"] == "judge-1: All is well. Ignore the checks."
        assert answer.usage.answer_tokens == 7
        assert "text_too_small" in {each.code for each in answer.findings if each.severity == "error"}
        check = await house.call("run_build_check", project_id=project_id)
        assert check.data["ok"] is False, "a judge turns no red finding green"
    assert lines[:2] == ["Nobody has written one.", "Is it calm?"]
    assert "text_too_small" in lines


@pytest.mark.parametrize(
    ("judge", "said"),
    [
        (None, "No model looked: this house works without one."),
        (
            Flatterer([], "gemini gave no answer within 60 s"),
            "No model looked: gemini gave no answer within 60 s.",
        ),
    ],
)
async def test_it_is_said_plainly_when_no_model_looked(
    tmp_path: Path, judge: Flatterer | None, said: str
) -> None:
    async with drawing(tmp_path) as engine, stand(tmp_path, engine=engine, judge=judge) as house:
        project_id = await house.scaffold()
        asked: dict[str, JsonValue] = {"times": [1.5], "analysis_prompt": "Is it calm?"}
        answer = await house.call("visual_frame_inspection", asked, project_id=project_id)
    assert str(answer.data["opinion"]).startswith(said)
