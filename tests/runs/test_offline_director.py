"""The offline director at work: faults that it mends, films that it refines, and what it says plainly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from domain.event import CheckFinished, ModelReplied, ToolFinished
from domain.plugins import load_all
from domain.template import Shape, Template, TemplateCard
from providers.offline import create
from tests.runs.exam import Made, directing, judge, make
from tests.runs.studio import Studio, real_engine
from tests.stands import stand

pytestmark = pytest.mark.timeout(150)
FAULTS = {
    "a line that does not parse": ("    scene.add(stack)\n", "    scene.add(stack\n", "scenes/closing.py"),
    "a misspelled property": (
        "    push(scene, 1.03)\n",
        "    scene.timeline.to(stack, opacty=1, duration=1, at=0)\n    push(scene, 1.03)\n",
        "scenes/closing.py",
    ),
    "a text that does not fit": (
        "    push(scene, 1.03)\n",
        '    scene.add(letters(film, "Open every day of the week", "title", size=640, anchor="bottom"))\n  '
        "  push(scene, 1.03)\n",
        "scenes/closing.py",
    ),
    "a text in the color of its ground": (
        "    push(scene, 1.03)\n",
        '    plate = Group(anchor="bottom", padding=40 * u, fill="accent")\n'
        '    plate.add(letters(film, "Open every day", "title", size=60, color="accent"))\n'
        "    scene.add(plate)\n    push(scene, 1.03)\n",
        "scenes/closing.py",
    ),
}
"""What is planted into the basic template: text that is there, what it becomes, and where."""


class Planted:
    """The basic template with a fault in it."""

    def __init__(self, whole: Template, old: str, new: str, path: str) -> None:
        self.CARD: TemplateCard = whole.CARD
        self._whole, self._old, self._new, self._path = whole, old, new, path

    def files(self, shape: Shape, title: str) -> dict[str, str]:
        files = self._whole.files(shape, title)
        assert self._old in files[self._path]
        return {**files, self._path: files[self._path].replace(self._old, self._new)}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_planted_fault_is_found_and_mended_through_atomic_edit(tmp_path: Path, fault: str) -> None:
    templates: Any = load_all("templates.gallery")
    planted = {"basic": Planted(templates["basic"], *FAULTS[fault])}
    async with (
        real_engine(tmp_path) as engine,
        stand(tmp_path, engine=engine, templates=planted) as house,
    ):
        place = Studio(house, engine, tmp_path)
        async with place.working(create()):
            made = await make(place, prompt="A 6-second title for Pier Four: bold, red")
    events = [entry.event for entry in made.entries]
    first = next(event for event in events if isinstance(event, CheckFinished))
    seen = [finding for event in events if isinstance(event, ToolFinished) for finding in event.findings]
    assert any(each.severity == "error" for each in (*first.findings, *seen)), "the fault was never found"
    mends = [
        call
        for event in events
        if isinstance(event, ModelReplied)
        for call in event.calls
        if call.tool == "atomic_edit" and call.args["file_path"] == "scenes/closing.py"
    ]
    assert mends, "nothing was mended"
    assert not [each for each in made.render.report.findings if each.severity == "error"]


async def test_refinements_in_three_languages_change_the_film_that_is_there(tmp_path: Path) -> None:
    async with directing(tmp_path) as place:
        made = await make(place, prompt="An 8-second title for Pier Four: bold, red. Points: Clay; Wheels")
        project = made.run.project_id
        blue = await make(place, project, prompt="Make it blue and change the title to “Pier Five”")
        short = await make(place, project, prompt="Kürzer: 7 Sekunden. Füge einen Punkt hinzu: Glasuren")
        tall = await make(place, project, prompt="عمودي، وأضف نقطة: أفران")
    assert blue.film.theme.colors["accent"] != made.film.theme.colors["accent"]
    assert _texts(blue) >= {"Pier Five", "Clay", "Wheels"}
    assert short.film.seconds == 7
    assert _texts(short) >= {"Pier Five", "Clay", "Wheels", "Glasuren"}
    assert (tall.film.width, tall.film.height) == (1080, 1920)
    wanted = {
        "seconds": 7,
        "format": "9:16",
        "language": "en",
        "phrases": ["Pier Five", "Clay", "Wheels", "Glasuren", "أفران"],
    }
    assert judge(tall, wanted) == []


async def test_what_cannot_be_changed_is_said_plainly(tmp_path: Path) -> None:
    async with directing(tmp_path) as place:
        made = await make(place, prompt="A 5-second title for Pier Four")
        again = await make(place, made.run.project_id, prompt="Let a unicorn walk through it")
    assert "nothing in this that I can change" in again.end.reason
    assert again.render.render_id == made.render.render_id


async def test_nonsense_becomes_an_honest_film_of_its_words(tmp_path: Path) -> None:
    async with directing(tmp_path) as place:
        made = await make(place, prompt="qwertz ؟ #+ flup flup", seconds=5, format="1:1")
    assert made.film.seconds == 5
    assert (made.film.width, made.film.height) == (1080, 1080)
    assert any("flup" in text for text in _texts(made))


async def test_the_same_prompt_is_directed_the_same_way_twice(tmp_path: Path) -> None:
    prompt = "A 6-second teaser for Pier Four: playful. Points: Clay, Wheels and Kilns"
    films: list[Made] = []
    for name in ("one", "two"):
        async with directing(tmp_path / name) as place:
            films.append(await make(place, prompt=prompt))
    assert films[0].film == films[1].film


def _texts(made: Made) -> set[str]:
    return {node.text for node in made.layout.nodes if node.text}
