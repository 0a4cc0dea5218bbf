"""What a run's log says: pure questions that the loop asks before it decides."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from agent.promise import stated
from domain.event import (
    ApprovalResolved,
    Call,
    CheckFinished,
    Entry,
    Event,
    FrameCaptured,
    Link,
    ModelReminded,
    ModelReplied,
    ProjectRevised,
    RenderFinished,
    RunPromised,
    ToolFailed,
    ToolFinished,
)
from domain.finding import Finding
from domain.links import run_stream
from domain.project import Project
from domain.promise import Delivery, Promise, PromiseLine, held
from domain.render import Render
from domain.run import Run, Usage
from tools.care import by_the_house


@dataclass(frozen=True)
class Statement:
    """A promise in the model's words."""

    promise: Promise
    because: str
    """Why it is less than the one before."""
    agreed: bool
    """Whether the user has said yes to it."""


@dataclass(frozen=True)
class Story:
    """One run so far, with the state of its project."""

    run: Run
    project: Project
    entries: tuple[Entry, ...]
    """The run's own part of the log."""
    films: tuple[Render, ...] = ()
    """The project's renders of whole films, newest first."""
    delivery: Delivery | None = None
    """What the newest revision's film is, once somebody looked."""

    @property
    def events(self) -> list[Event]:
        return [entry.event for entry in self.entries]

    @property
    def last_reply(self) -> ModelReplied | None:
        """The newest answer of the model."""
        replies = [event for event in self.events if isinstance(event, ModelReplied)]
        return replies[-1] if replies else None

    @property
    def reply_is_news(self) -> bool:
        """Whether nothing was said to the model since its last answer."""
        said = [event for event in self.events if isinstance(event, ModelReplied | ModelReminded)]
        return bool(said) and isinstance(said[-1], ModelReplied)

    @property
    def open_calls(self) -> tuple[Call, ...]:
        """Calls of the model's last answer that have no answer themselves."""
        reply = self.last_reply
        if reply is None:
            return ()
        answered = {event.call_id for event in self._since_reply() if isinstance(event, _ANSWERS)}
        return tuple(call for call in reply.calls if call.call_id not in answered)

    @property
    def turn(self) -> tuple[tuple[Call, ...], int]:
        """The calls of the model's last answer, and the number of the first one over the whole run."""
        replies = [event for event in self.events if isinstance(event, ModelReplied)]
        before = sum(len(reply.calls) for reply in replies[:-1])
        return (replies[-1].calls if replies else (), before + 1)

    @property
    def reminders(self) -> int:
        """How often the model was reminded since it last called a tool."""
        count = 0
        for event in self.events:
            if isinstance(event, ModelReminded):
                count += 1
            elif isinstance(event, ModelReplied) and event.calls:
                count = 0
        return count

    @property
    def failed_films(self) -> int:
        """How many finished renders of this run did not pass."""
        return sum(
            1
            for event in self.events
            if isinstance(event, RenderFinished)
            and event.purpose == "film"
            and event.status in ("FAILED", "FAILED_CHECKS")
        )

    @property
    def film(self) -> Render | None:
        """The newest film of the newest revision, however it ended; one of the wanted kind goes first."""
        films = [film for film in self.films if film.revision == self.project.revision]
        wanted = [film for film in films if self.run.request.wants(film.output)]
        return next(iter(wanted or films), None)

    @property
    def check(self) -> CheckFinished | None:
        """The newest check of the source since it last changed."""
        checks = [event for event in self._since_revision() if isinstance(event, CheckFinished)]
        return next((check for check in reversed(checks) if check.subject == "source"), None)

    @property
    def promise(self) -> Promise | None:
        """What the run has promised, as it stands now."""
        made = [event for event in self.events if isinstance(event, RunPromised)]
        return made[-1].promise if made else None

    @property
    def statement(self) -> Statement | None:
        """A promise that the model has stated, and that nobody has weighed yet."""
        for event in reversed(self.events):
            match event:
                case RunPromised() | ModelReminded():
                    return None
                case ToolFinished(tool="propose_plan") if found := stated(str(event.data.get("plan"))):
                    return Statement(*found, agreed=True)
                case ModelReplied() if found := stated(event.text):
                    return Statement(*found, agreed=False)
                case _:
                    pass
        return None

    @property
    def kept(self) -> tuple[PromiseLine, ...]:
        """The promise, line by line, against the finished film; nothing while there is none."""
        if self.promise is None or self.delivery is None:
            return ()
        return held(self.promise, self.delivery)

    @property
    def unexamined(self) -> bool:
        """Whether the film was edited, by more than taking a template, since its source was last checked."""
        return any(
            isinstance(event, ToolFinished) and event.revision is not None and event.tool != _BEGINS
            for event in self._since_check()
        )

    @property
    def passes(self) -> int:
        """How often the model was sent back to mend what is red."""
        return sum(1 for event in self.events if isinstance(event, ModelReminded) and event.correction)

    @property
    def cared_for(self) -> bool:
        """Whether the house mended something since the model last spoke."""
        return any(
            isinstance(event, ToolFinished) and by_the_house(event.call_id) for event in self._since_reply()
        )

    @property
    def reds(self) -> tuple[Finding, ...]:
        """What has to be mended before the film may be called finished: in its source, else in the film."""
        found = self.check.findings if self.check is not None else ()
        if not _errors(found) and self.film is not None and self.film.status == "FAILED_CHECKS":
            found = self.film.report.findings
        return _errors(found)

    @property
    def declined(self) -> str | None:
        """What the user said to the newest question, when it was a no or nothing at all."""
        answers = [event for event in self.events if isinstance(event, ApprovalResolved)]
        if not answers or answers[-1].decision in ("approved", "edited"):
            return None
        return answers[-1].reason

    @property
    def revised(self) -> bool:
        """Whether this run changed the film."""
        return any(isinstance(event, ProjectRevised) for event in self.events)

    @property
    def looked(self) -> bool:
        """Whether frames were drawn since the film last changed."""
        return any(isinstance(event, FrameCaptured) for event in self._since_revision())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the newest check of each kind complained about, the film's own last."""
        newest: dict[str, tuple[Finding, ...]] = {}
        for event in self.events:
            if isinstance(event, CheckFinished):
                newest[event.subject] = event.findings
            elif isinstance(event, RenderFinished) and event.purpose == "film":
                newest["film"] = event.findings
        if "film" not in newest and self.film is not None:
            newest["film"] = self.film.report.findings
        return tuple(finding for found in newest.values() for finding in found)

    @property
    def links(self) -> tuple[Link, ...]:
        """Where to see what came of the run."""
        stream = Link(rel="stream", href=run_stream(self.run.run_id))
        ends = [event for event in self.events if isinstance(event, RenderFinished)]
        films = [event.links for event in ends if event.purpose == "film" and event.links]
        return (*films[-1], stream) if films else (stream,)

    @property
    def left_usd(self) -> float:
        """What the run might still spend when its newest reply had come."""
        told = self.events[: len(self.events) - len(self._since_reply())]
        spent = sum(each.usage.cost_usd for each in told if isinstance(each, (ModelReplied, *_ANSWERS)))
        return self.run.limits.cost_usd - spent

    def usage(self, seconds: float, *more: ModelReplied) -> Usage:
        """Add up what the run has used, with answers that are on their way into the log.

        `seconds` is its time so far without waiting.
        """
        replies = [event.usage for event in (*self.events, *more) if isinstance(event, ModelReplied)]
        spent = [*replies, *(event.usage for event in self.events if isinstance(event, _ANSWERS))]
        return Usage(
            steps=sum(
                1 for event in self.events if isinstance(event, _ANSWERS) and not by_the_house(event.call_id)
            ),
            turns=len(replies),
            prompt_tokens=sum(usage.prompt_tokens for usage in spent),
            answer_tokens=sum(usage.answer_tokens for usage in spent),
            cached_tokens=sum(usage.cached_tokens for usage in spent),
            cost_usd=sum(usage.cost_usd for usage in spent),
            seconds=round(seconds, 3),
        )

    def repeated(self, times: int) -> tuple[Call, str] | None:
        """Find a call that was answered the same way so often since anything changed, and that answer."""
        for answered in self._between_changes():
            # What was told so often is looked at closely: a fingerprint of every answer would be dear.
            told = Counter((call.tool, _told(answer)) for call, answer in answered)
            seen = Counter[str]()
            for call, answer in answered:
                if told[call.tool, _told(answer)] < times:
                    continue
                seen[fingerprint := _fingerprint(call, answer)] += 1
                if seen[fingerprint] >= times:
                    return call, _told(answer)
        return None

    def _between_changes(self) -> list[list[tuple[Call, ToolFinished | ToolFailed]]]:
        """The calls with their answers, parted where something changed."""
        calls: dict[str, Call] = {}
        parts: list[list[tuple[Call, ToolFinished | ToolFailed]]] = [[]]
        for event in self.events:
            match event:
                case ModelReplied():
                    calls = {call.call_id: call for call in event.calls}
                case ToolFinished() | ToolFailed() if event.call_id in calls:
                    parts[-1].append((calls[event.call_id], event))
                case ProjectRevised() | RenderFinished():
                    parts.append([])
                case _:
                    pass
        return parts

    def _since_reply(self) -> list[Event]:
        return _after(self.events, ModelReplied)

    def _since_check(self) -> list[Event]:
        checks = [
            index for index, event in enumerate(self.events)
            if isinstance(event, CheckFinished) and event.subject == "source"
        ]  # fmt: skip
        return self.events[checks[-1] + 1 :] if checks else self.events

    def _since_revision(self) -> list[Event]:
        return _after(self.events, ProjectRevised)


_ANSWERS: Final = (ToolFinished, ToolFailed)
_BEGINS: Final = "scaffold_project"
"""The tool whose revision is a template, which is checked with the house."""


def _errors(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity == "error")


def _after(events: list[Event], kind: type[ModelReplied] | type[ProjectRevised]) -> list[Event]:
    """Everything after the last event of a kind; everything when there is none."""
    places = [index for index, event in enumerate(events) if isinstance(event, kind)]
    return events[places[-1] + 1 :] if places else events


def _told(answer: ToolFinished | ToolFailed) -> str:
    return answer.message if isinstance(answer, ToolFailed) else answer.summary


def _fingerprint(call: Call, answer: ToolFinished | ToolFailed) -> str:
    """What was asked and what came back, without what tells the calls apart."""
    came_back = answer.model_dump(mode="json", exclude={"call_id", "images"})
    return json.dumps([call.tool, call.args, came_back], sort_keys=True, ensure_ascii=False)
