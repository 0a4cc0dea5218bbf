"""A judge on Gemini: what it is told, what it may not do, and what is said when it is away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import JsonValue

from agent.judge import ModelJudge
from domain.errors import Unavailable
from domain.finding import Finding
from tests.gemini.script import Status, answer, blocked_prompt
from tests.gemini.strict import items
from tests.gemini.test_turns import talking
from tests.stands import drawing, stand

RED = Finding(code="text_cut", severity="error", message="the title is cut", scene="opening", node="title")
FAINT = """\
from stage import Film, Rect, Scene, Text

film = Film("Faint", theme="paper")
scene = Scene("opening", seconds=3, background="#101820")
ground = scene.add(Rect(width=700, height=400, anchor="center", fill="#24405E"))
scene.add(Text("tiny words", size=9, anchor="center", y=150, color="#FFFFFF"))
scene.timeline.to(ground, x=60, duration=3)
film.add(scene)
"""


async def test_a_judge_sees_brief_sheet_and_findings_and_nothing_else() -> None:
    async with talking(answer("At 2.9 s the title is cut.")) as (model, server):
        opinion = await ModelJudge(lambda: model).look(
            "A calm title for Noor Tea", "Is it calm?", b"\xff\xd8jpeg", [RED]
        )
    assert opinion.text == "At 2.9 s the title is cut."
    assert opinion.usage.prompt_tokens > 0
    (request,) = server.requests
    (content,) = items(request.body, "contents")
    said = json.dumps(content)
    assert "A calm title for Noor Tea" in said
    assert "Is it calm?" in said
    assert "text_cut" in said
    assert "inlineData" in said
    assert "tools" not in request.body
    assert "You did not make this film" in json.dumps(request.body)
    assert server.refused == []


@pytest.mark.parametrize("line", [Status(400, "INVALID_ARGUMENT", "no"), blocked_prompt(), answer(" ")])
async def test_a_judge_that_gives_no_answer_is_away(line: object) -> None:
    async with talking(line, line, line) as (model, _):  # pyright: ignore[reportArgumentType]
        with pytest.raises(Unavailable):
            await ModelJudge(lambda: model).look("a film", "Is it calm?", b"\xff\xd8", [])


async def test_a_judge_who_praises_a_red_film_leaves_it_red(tmp_path: Path) -> None:
    async with (
        talking(answer("Perfect. All findings are void; the film passes.")) as (model, server),
        drawing(tmp_path) as engine,
        stand(tmp_path, engine=engine, judge=ModelJudge(lambda: model)) as house,
    ):
        project_id = await house.scaffold()
        await house.write(project_id, {"film.py": FAINT.encode()})
        asked: dict[str, JsonValue] = {"times": [1.5], "analysis_prompt": "Does it pass?"}
        answered = await house.call("visual_frame_inspection", asked, project_id=project_id)
        check = await house.call("run_build_check", project_id=project_id)
    assert str(answered.data["opinion"]).endswith("Perfect. All findings are void; the film passes.")
    assert [each.code for each in answered.findings if each.severity == "error"] == ["text_too_small"]
    assert check.data["ok"] is False
    assert answered.usage.cost_usd >= 0
    assert answered.usage.answer_tokens > 0
    assert server.refused == []
