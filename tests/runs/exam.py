"""The exam of a director: a film made of a prompt is held against what the prompt named."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from domain.composition import Composition, Node
from domain.event import Entry, RunFinished
from domain.layout import Layout, PlacedNode
from domain.model import Model
from domain.nouns import ProjectId
from domain.plugins import load_all
from domain.render import Render
from domain.run import Run
from providers.offline import create
from render.picture import Picture
from tests.runs.studio import Studio, real_engine
from tests.stands import OWNER, stand

PROMPTS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "prompts.json").read_text("utf-8"))
SECOND: list[dict[str, Any]] = json.loads((Path(__file__).parent / "prompts_second.json").read_text("utf-8"))
"""Written later, the way people talk, by somebody who had not read the rules."""
FORMATS = {"16:9": (1920, 1080), "9:16": (1080, 1920), "1:1": (1080, 1080)}
SHOWN_S = 1.0
SOLID = 0.9
SLACK_PX = 2.0
SCALE = 0.25
"""Of the pictures in which a hidden phrase must leave a gap."""


@dataclass
class Made:
    """A film, and everything that is known of it."""

    run: Run
    end: RunFinished
    entries: list[Entry]
    render: Render
    film: Composition
    layout: Layout
    folder: Path
    """The project's files as they were rendered."""

    @property
    def storyboard(self) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
        """Scenes with their lengths and what their nodes are."""
        return tuple(
            (
                scene.id,
                scene.frames,
                tuple(f"{node.kind}:{node.props.get('text', '')}" for node in scene.nodes),
            )
            for scene in self.film.scenes
        )


@asynccontextmanager
async def directing(folder: Path, model: Model | None = None) -> AsyncGenerator[Studio]:
    """A house with the real templates, the real engine, and a worker under the offline director."""
    folder.mkdir(parents=True, exist_ok=True)
    templates: Any = load_all("templates.gallery")
    async with (
        real_engine(folder) as engine,
        stand(folder, engine=engine, templates=templates) as house,
    ):
        place = Studio(house, engine, folder)
        async with place.working(model or create()):
            yield place


async def make(place: Studio, project_id: ProjectId | None = None, **request: Any) -> Made:
    """Have a film made, and read everything back."""
    project = project_id or await place.project()
    kind = "refine" if project_id else "generate"
    asked: dict[str, Any] = {"quality": "draft", **request}
    run = await place.ask(project, kind=kind, **asked)
    end = await place.end(run, within=240)
    entries = await place.entries(run)
    assert end.status == "succeeded", (end.reason, [entry.event for entry in entries][-6:])
    revision = await place.house.newest(project)
    folder = place.folder / "source" / run.run_id
    files: dict[str, Path] = {}
    for path, sha256 in revision.files.items():
        files[path] = folder / path
        files[path].parent.mkdir(parents=True, exist_ok=True)
        files[path].write_bytes(await place.house.blobs.get(sha256))
    async with place.house.database.transaction(OWNER, reading=True) as tx:
        render = (await tx.renders.list(project))[0]
    build = await place.engine.compile(files)
    assert build.composition is not None
    assert render.layout is not None
    layout = Layout.model_validate_json(await place.house.blobs.get(render.layout))
    return Made(run, end, entries, render, build.composition, layout, folder)


def judge(made: Made, wanted: dict[str, Any]) -> list[str]:
    """List everything in which a film is not what its prompt asked for."""
    faults: list[str] = []
    film, facts = made.film, made.render.facts
    assert facts is not None
    if abs(facts.seconds - wanted["seconds"]) > 1 / film.fps + 0.001:
        faults.append(f"it lasts {facts.seconds:g} s, not {wanted['seconds']:g}")
    if (film.width, film.height) != FORMATS[wanted["format"]]:
        faults.append(f"it is {film.width}x{film.height}, not {wanted['format']}")
    if film.language.split("-")[0] != wanted["language"]:
        faults.append(f"its language is {film.language!r}, not {wanted['language']!r}")
    faults += [
        f"{each.code}: {each.message}" for each in made.render.report.findings if each.severity == "error"
    ]
    for phrase in wanted["phrases"]:
        faults += _phrase(made, phrase)
    for script in wanted.get("also_scripts", ()):
        if script == "Arabic" and not any(_arabic(node.text or "") for node in made.layout.nodes):
            faults.append("no node is written in Arabic letters")
    return faults


def _phrase(made: Made, phrase: str) -> list[str]:
    """Tell what keeps a phrase from being seen."""
    said = _plain(phrase)
    nodes = [node for node in made.layout.nodes if node.text and said in _plain(node.text)]
    if not nodes:
        return [f"{phrase!r} stands nowhere"]
    held = [(node, *longest(made, node)) for node in nodes]
    node, seconds, frames = max(held, key=lambda each: each[1])
    if seconds < SHOWN_S:
        return [f"{phrase!r} is shown for {seconds:.2f} s only"]
    if any(matters(made, node, frame) for frame in frames):
        return []
    return [f"hiding {node.id} ({phrase!r}) changes no pixel"]


def longest(made: Made, node: PlacedNode) -> tuple[float, tuple[int, int]]:
    """How long a node is solid and inside the frame at a stretch, seconds, and two frames of it."""
    best, begin, frames = 0, None, (0, 0)
    for sample in node.samples:
        left, top, right, bottom = sample.box
        inside = (
            left >= -SLACK_PX
            and top >= -SLACK_PX
            and right <= made.layout.width + SLACK_PX
            and bottom <= made.layout.height + SLACK_PX
        )
        if sample.opacity * sample.painted >= SOLID and inside:
            begin = sample.frame if begin is None else begin
            if sample.frame - begin > best:
                best = sample.frame - begin
                frames = begin + best // 2, begin + best * 7 // 8
        else:
            begin = None
    return best / made.layout.fps, frames


def matters(made: Made, node: PlacedNode, frame: int) -> bool:
    """Tell whether the picture of a frame changes when a node is hidden."""
    shown = Picture(made.film, made.folder, scale=SCALE).draw(frame).astype(np.int16)
    hidden = Picture(without(made.film, node), made.folder, scale=SCALE).draw(frame).astype(np.int16)
    return int((np.abs(shown - hidden).max(axis=2) > 12).sum()) > 20


def without(film: Composition, placed: PlacedNode) -> Composition:
    """The film with one node made invisible; everything else keeps its place."""

    def hide(node: Node) -> Node:
        if node.id != placed.id:
            return node.model_copy(update={"children": tuple(hide(child) for child in node.children)})
        tracks = tuple(track for track in node.tracks if track.unit or track.property != "opacity")
        return node.model_copy(update={"props": {**node.props, "opacity": 0}, "tracks": tracks})

    scenes = tuple(
        scene.model_copy(update={"nodes": tuple(hide(node) for node in scene.nodes)})
        if scene.id == placed.scene
        else scene
        for scene in film.scenes
    )
    return film.model_copy(update={"scenes": scenes})


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _arabic(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)
