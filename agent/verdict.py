"""What comes next in a run: another turn of the model, a reminder, or the end with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agent.story import Story
from agent.workflows import Gap, Workflow
from domain.event import ModelReplied
from domain.finding import Finding
from domain.run import Limits, Usage

MOST_UNREADABLE: Final = 3
"""How often in a row the model may answer with something nobody can read."""


EndStatus = Literal["succeeded", "failed", "cancelled"]


@dataclass(frozen=True)
class Ending:
    """The run is over; the reason is for the user."""

    status: EndStatus
    reason: str
    findings: tuple[Finding, ...] = ()
    """What is left red, for people to decide."""


@dataclass(frozen=True)
class Reminder:
    """The model stopped too early; this is what it has to hear."""

    text: str
    correction: int = 0
    """Which round of mending it begins, from 1; 0 when nothing is red."""


Verdict = Ending | Reminder | None


def judge(story: Story, workflow: Workflow, usage: Usage) -> Verdict:
    """Decide how the run goes on; None means with the open calls, or else with the model's next turn."""
    reply = story.last_reply if story.reply_is_news and not story.open_calls else None
    if reply is not None and not reply.calls:
        said = _last_word(reply, story, workflow)
        if isinstance(said, Ending):
            return said
        return _halted(story, workflow, usage) or said
    return _halted(story, workflow, usage)


def exceeded(limits: Limits, usage: Usage, *, calling: bool) -> str | None:
    """Name the limit that the next thing to do would break: a tool call, or else a turn of the model."""
    tokens = usage.prompt_tokens + usage.answer_tokens
    over_time = (usage.seconds >= limits.seconds, f"its limit of {limits.seconds:g} seconds of work")
    over_steps = (usage.steps >= limits.steps, f"its limit of {limits.steps} tool calls")
    over_turn = [
        (usage.turns >= limits.turns, f"its limit of {limits.turns} answers of the model"),
        (tokens >= limits.tokens, f"its limit of {limits.tokens:,} tokens ({tokens:,} used)"),
        (
            usage.cost_usd > 0 and usage.cost_usd >= limits.cost_usd,
            f"its limit of ${limits.cost_usd:.2f} (${usage.cost_usd:.2f} spent)",
        ),
    ]
    reached = [over_time, over_steps] if calling else [over_time, *over_turn]
    return next((name for over, name in reached if over), None)


def _halted(story: Story, workflow: Workflow, usage: Usage) -> Ending | None:
    """End the run at a limit, when it turns in a circle, or when its films fail again and again."""
    limit = exceeded(story.run.limits, usage, calling=bool(story.open_calls))
    if limit is not None:
        return _stopped(story, f"The run reached {limit}.")
    stuck = story.repeated(story.run.limits.repeats)
    if stuck is not None:
        (call, answer), times = stuck, story.run.limits.repeats
        return _stopped(
            story,
            f"The run was stuck: it called {call.tool} {times} times with the same arguments and was told "
            f"each time: {first_line(answer).rstrip('.')}.",
        )
    if not story.open_calls and story.failed_films >= workflow.most_passes:
        missing = workflow.missing(story)
        if missing:
            tries = workflow.most_passes
            return Ending(
                "failed", f"After {tries} films that did not pass, the film {missing[0].why}.", story.reds
            )
    return None


def _stopped(story: Story, reason: str) -> Ending:
    """A run that was stopped has still succeeded when its newest revision is a finished film."""
    if story.film is not None and story.film.status == "COMPLETED":
        return Ending("succeeded", f"{reason} The film of revision {story.project.revision} is finished.")
    state = "Its work is kept: refine the project to go on." if story.project.revision else "Try again."
    return Ending("failed", f"{reason} {state}")


def _last_word(reply: ModelReplied, story: Story, workflow: Workflow) -> Ending | Reminder:
    """Weigh an answer that calls no tool."""
    if reply.stopped == "blocked":
        why = f": {reply.text}" if reply.text else ""
        return Ending("failed", f"The model's provider refused to answer for safety reasons{why}.")
    if reply.stopped != "done":
        if story.reminders >= MOST_UNREADABLE:
            return Ending(
                "failed", f"The model gave {MOST_UNREADABLE + 1} answers in a row that nobody could read."
            )
        return Reminder(_UNREADABLE[reply.stopped])
    if story.declined is not None and not story.revised:
        said = f": {story.declined.rstrip('.')}" if story.declined else ""
        return Ending("failed", f"You did not agree{said}. Nothing was made; ask anew with what you want.")
    missing = workflow.missing(story) or workflow.broken(story)
    if not missing:
        return Ending("succeeded", first_line(reply.text) or "The film is finished.")
    if story.reds:
        return _correction(story, workflow, missing)
    if story.reminders >= workflow.most_reminders:
        return Ending("failed", f"The model stopped too early: the film {missing[0].why}.")
    return Reminder("\n".join(["The film is not finished yet.", *(gap.todo for gap in missing)]))


def _correction(story: Story, workflow: Workflow, missing: Sequence[Gap]) -> Ending | Reminder:
    """Send the model back to mend a batch, or hand what is left to people."""
    most = workflow.most_passes
    if story.passes < most:
        begun = f"The film is not finished yet. Round {story.passes + 1} of {most} of mending:"
        todo = "\n".join([begun, *(gap.todo for gap in missing)])
        return Reminder(todo, correction=story.passes + 1)
    count = len(story.reds)
    left = f"{count} findings are" if count > 1 else "one finding is"
    return Ending(
        "failed",
        f"After {most} rounds of mending {left} left for you: the film {missing[0].why}.",
        story.reds,
    )


_UNREADABLE: Final = {
    "malformed": "Your last tool call could not be read. Call the tool again with arguments that are valid "
    "JSON and fit its schema; write long code in several smaller calls.",
    "length": "Your last answer was cut off at its length limit. Go on in smaller steps: one file a call.",
}


def first_line(text: str, most: int = 300) -> str:
    """Give the first line of a text that says something, cut to a sentence's length."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= most else f"{line[: most - 1]}…"
