"""A run of 200 steps: facts of its beginning, much work in between, and what the model reads of it late."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from domain.event import (
    ApprovalRequested,
    ApprovalResolved,
    Call,
    CheckFinished,
    Entry,
    Event,
    FrameCaptured,
    ModelReplied,
    Notice,
)
from domain.finding import Finding
from domain.model import Message, ModelMessage, Reply, ToolMessage
from domain.nouns import ProjectId, RunId
from domain.run import Limits, Run, Usage
from memory import folding
from memory.folding import tokens
from providers.scripted import Scripted
from tests.runs.studio import Studio, studio
from tests.stands import OWNER

STEPS: Final = 200
LATE: Final = 180
"""The step that needs what was said in the first three."""
PROMPT: Final = (
    "A 12-second teaser for Noor Tea, price ٤٩ ريالا, end on noor.example/tea and never show a coffee cup"
)
PLAN: Final = (
    "Twelve seconds, four scenes: hook in the first second, steam rising, the tin turning, end card of "
    "2.4 seconds. Accent #2E7D4F on a warm paper ground, Fraunces with Amiri."
)
LIMITS: Final = Limits(steps=2_000, turns=2_000, tokens=10**9, seconds=10**6)
SCENES, LINES = 7, 30
SCENE: Final = "    title = Text('Noor Tea', id='title', size=96 * film.unit, anchor='center')  # line {}\n"


@dataclass
class Story:
    """What was heard, step by step."""

    facts: dict[str, str] = field(default_factory=dict[str, str])
    """Facts of the first three steps, by what they are."""
    prompts: list[int] = field(default_factory=list[int])
    """Tokens of what the model read before each step: briefing and conversation."""
    whole: list[int] = field(default_factory=list[int])
    """The same with nothing folded."""
    late: str = ""
    """All that the model read before step LATE."""
    beginnings: int = 0
    """Different first messages that the model was sent: each folding makes a new one."""
    heard: Sequence[Message] = ()
    """The conversation before the last step."""
    entries: Sequence[Entry] = ()

    @property
    def kept(self) -> list[str]:
        """The facts that the model could still read late."""
        return [name for name, value in self.facts.items() if value in self.late]


async def long_run(folder: Path, steps: int = STEPS, late: int = LATE) -> Story:
    """Drive a run of so many steps through the loop, the tools and the database."""
    async with studio(folder) as place:
        asset = await place.house.upload("logo.png", b"a picture")
        project_id = await place.project()
        run = await place.ask(project_id, limits=LIMITS, prompt=PROMPT, assets=[asset])
        story = Story()
        writer = _Writer(place, run, story, asset)
        model = Scripted(writer.line(step) for step in range(1, steps + 1))
        async with place.working(model):
            await place.end(run, within=600)
        story.entries = await place.entries(run)
        texts = zip(model.briefings, model.heard, strict=True)
        story.prompts = [tokens(briefing) + weigh(heard) for briefing, heard in texts][:steps]
        story.whole = _unfolded(story.entries, model.briefings)[:steps]
        story.beginnings = len({heard[0].model_dump_json() for heard in model.heard[:steps]})
        story.heard = model.heard[steps - 1]
        story.late = f"{model.briefings[late - 1]}\n{spelled(model.heard[late - 1])}"
        return story


def spelled(messages: Sequence[Message]) -> str:
    """Everything of a conversation that is text."""
    said: list[str] = []
    for message in messages:
        if isinstance(message, ModelMessage):
            said += [message.text, json.dumps([call.args for call in message.calls], ensure_ascii=False)]
        elif isinstance(message, ToolMessage):
            said += [json.dumps(answer.output, ensure_ascii=False) for answer in message.answers]
        else:
            said.append(message.text)
    return "\n".join(said)


def weigh(messages: Sequence[Message]) -> int:
    """Estimate the tokens of a conversation as it is sent; the provider's own words count, not their copy."""
    own = [each.provider_content for each in messages if isinstance(each, ModelMessage)]
    others = [each for each in messages if not isinstance(each, ModelMessage)]
    return tokens(spelled(others)) + sum(tokens(json.dumps(each, ensure_ascii=False)) for each in own)


def _unfolded(entries: Sequence[Entry], briefings: Sequence[str]) -> list[int]:
    """Tokens of each prompt if all that was said before it stood there in full."""
    said, prompts = tokens(PROMPT), list[int]()
    for entry in entries:
        if isinstance(entry.event, ModelReplied):
            prompts.append(said + tokens(briefings[len(prompts)]))
        said += folding.weigh(entry.event)
    return prompts


class _Writer:
    """Writes the model's lines: a plan, the step of the facts, then scene after scene."""

    def __init__(self, place: Studio, run: Run, story: Story, asset: str) -> None:
        self._place, self._run, self._story, self._asset = place, run, story, asset
        self._written: set[str] = set()

    def line(self, step: int) -> Callable[[Sequence[Message]], Awaitable[Reply]]:
        async def say(_: Sequence[Message]) -> Reply:
            if step == 1:
                return _reply(step, PLAN, ("list_templates", {}))
            if step == 2:
                args: dict[str, JsonValue] = {"template_name": "plain", "project_name": "Noor Tea"}
                return _reply(step, "I begin with the plain template.", ("scaffold_project", args))
            if step == 3:
                return await self._facts()
            if step == 4:
                await self._learn()
            return self._work(step)

        return say

    def _work(self, step: int) -> Reply:
        """One step of ordinary work: a scene is written, changed or read."""
        path = f"scenes/part_{step % SCENES}.py"
        if step % 4 == 3 and path in self._written:
            return _reply(step, f"I read scene {step % SCENES}.", ("read_file", {"file_path": path}))
        body = "".join(SCENE.format(number + step) for number in range(LINES))
        new = path not in self._written
        self._written.add(path)
        edit: JsonValue = {"start_line": 1, "end_line": 0 if new else LINES, "new_content": body}
        args: dict[str, JsonValue] = {"file_path": path, "edits": [edit]}
        if new:
            args["expected_sha256"] = "new"
        return _reply(step, f"I set the lines of scene {step % SCENES}, pass {step}.", ("atomic_edit", args))

    async def _facts(self) -> Reply:
        """Everything that is settled early: asked, answered, noticed, found and made."""
        for event in _told():
            await self._tell(event)
        return _reply(
            3,
            "The client's serif stays in every scene.",
            ("remember", {"kind": "color", "text": "The accent is #2E7D4F", "reason": "said in the prompt"}),
            (
                "remember",
                {"kind": "rule", "text": "No coffee cup in any scene", "reason": "the user said so"},
            ),
            ("save_version", {"label": "First light"}),
            ("add_asset", {"source": self._asset, "name": "noor-mark"}),
            ("read_file", {"file_path": "assets/steam-old.mov"}),
        )

    async def _tell(self, event: Event) -> None:
        async with self._place.house.database.transaction(OWNER) as tx:
            await tx.events.append(ProjectId(self._run.project_id), event, RunId(self._run.run_id))

    async def _learn(self) -> None:
        """Take down what the early steps settled, as later work would need it."""
        entries = await self._place.entries(self._run)
        made = {
            event.tool + str(number): event.data
            for number, event in enumerate(
                each.event for each in entries if each.event.type == "tool.finished"
            )
        }
        notes = [str(data["note_id"]) for name, data in made.items() if name.startswith("remember")]
        added = next(data for name, data in made.items() if name.startswith("add_asset"))
        self._story.facts = {
            "brand": "Noor Tea",
            "price": "٤٩ ريالا",
            "link": "noor.example/tea",
            "prohibition": "never show a coffee cup",
            "promised length of the end card": "2.4 seconds",
            "promised hook": "hook in the first second",
            "promised faces": "Fraunces with Amiri",
            "what was said at step 3": "The client's serif stays in every scene",
            "remembered color": "The accent is #2E7D4F",
            "remembered rule": "No coffee cup in any scene",
            "id of the first note": notes[0],
            "id of the second note": notes[1],
            "name of the version": "First light",
            "path of the asset": str(added["path"]),
            "id of the asset": self._asset,
            "approval": "ap-7",
            "the user's words to it": "yes, but no drums please",
            "replaced font": "Amiri for Diwani",
            "missing file": "assets/steam-old.mov",
            "open finding": "text_contrast",
        }


def _told() -> tuple[Event, ...]:
    """What others than the model and its tools bring into the log."""
    finding = Finding(
        code="text_contrast", severity="warning", message="the price is too pale on paper", scene="opening"
    )
    return (
        ApprovalRequested(
            approval_id="ap-7", call_id="x", tool="ai_image_proxy", what="three pictures of steam", why="cost"
        ),
        ApprovalResolved(
            approval_id="ap-7", decision="approved", by=OWNER, reason="yes, but no drums please"
        ),
        Notice(substitution="Amiri for Diwani", reason="Diwani is not installed"),
        CheckFinished(subject="frames", findings=(finding,), checked=("contrast",)),
        FrameCaptured(url="/sheet.jpg", times=(1.0,), revision=1),
    )


def _reply(step: int, text: str, *calls: tuple[str, dict[str, JsonValue]]) -> Reply:
    """A reply as a provider gives it: with signed words of its own, to be sent back verbatim."""
    made = tuple(
        Call(call_id=f"{step}.{place}", tool=tool, args=args) for place, (tool, args) in enumerate(calls)
    )
    signed = base64.b64encode(f"{step:04d}".encode() * 90).decode()
    parts: list[JsonValue] = [{"text": text}]
    for call in made:
        asked: dict[str, JsonValue] = {"id": call.call_id, "name": call.tool, "args": call.args}
        parts.append({"functionCall": asked, "thoughtSignature": signed})
    usage = Usage(turns=1, prompt_tokens=100, answer_tokens=10)
    return Reply(text=text, calls=made, usage=usage, provider_content={"role": "model", "parts": parts})
