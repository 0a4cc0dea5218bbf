"""Prompts that teach a client the loop of making a film."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.unseen import shown

LONGEST = 20_000
"""Characters of an argument."""


@dataclass(frozen=True)
class Argument:
    """Something that a prompt is filled with."""

    name: str
    description: str
    required: bool = False


@dataclass(frozen=True)
class Prompt:
    """One way to begin."""

    name: str
    title: str
    description: str
    arguments: tuple[Argument, ...]
    text: str


_BRIEF = Argument("brief", "What the film is, in the user's own words.", required=True)
_PROJECT = Argument("project_id", "The film's project.", required=True)
_FORMAT = Argument("format", "16:9, 9:16 or 1:1; from the brief unless said.")
_SECONDS = Argument("seconds", "Length; from the brief unless said.")

PROMPTS: dict[str, Prompt] = {
    prompt.name: prompt
    for prompt in (
        Prompt(
            "make_film",
            "Make a film",
            "From a brief to a finished MP4: plan, write, look, check, mend, render.",
            (_BRIEF, _FORMAT, _SECONDS, Argument("template", "What to start from.")),
            """\
Make a finished film with Director's tools.

Brief: {brief}
Format: {format}. Length in seconds: {seconds}. Template: {template}.

1. Plan in a few lines: length, format, every text that must appear word for word, palette and faces, one \
line a scene with its seconds, its one idea and what moves. If something decisive is missing, ask.
2. Read director://handbook. scaffold_project from the template that does what the film does; keep project_id.
3. map_project_ast, read_file, then write whole scenes with create_component and change others by \
atomic_edit. Remove what the template brought and the film does not need.
4. run_build_check; mend every error in one round, check again.
5. visual_frame_inspection at the middle of each scene, at the busiest moment and at the last frame. Would \
somebody who sees it for two seconds know what it is about? Is every text whole, large enough, spelled \
right? Mend the worst first and look again.
6. render_video, wait_for_job until it has ended. If it says FAILED_CHECKS, mend what it names, render again.
7. Say in two sentences what the film shows, how long it is, where it lies, and what you could not do.

Never invent prices, dates, claims, addresses or names that the brief does not give.""",
        ),
        Prompt(
            "refine_film",
            "Refine a film",
            "Change what was asked in a film that exists, and nothing else.",
            (_PROJECT, Argument("wish", "What is to be different.", required=True)),
            """\
Refine the film of project {project_id}. The wish: {wish}

1. Read before you write: map_project_ast, then the files that the wish concerns. The file is the truth; \
somebody else may have edited it.
2. Say in one or two lines what you will change and in which scenes. All else stays as it is.
3. Make the change wherever it holds: a colour goes into the theme, a shorter scene moves every cue after it.
4. run_build_check, look at each changed scene and its neighbours by visual_frame_inspection, mend.
5. save_version names the new state; render_video and wait_for_job make the film.""",
        ),
        Prompt(
            "review_film",
            "Review a film",
            "Look at a film strictly and list what is to be mended, the worst first.",
            (_PROJECT,),
            """\
Review the film of project {project_id}; change nothing.

run_build_check, then visual_frame_inspection at the middle of every scene, at moments of change and at the \
last frame. For each picture: what is read first and is that right; is every text whole, inside the frame, \
large enough on a phone, with enough contrast; does anything touch, overlap or sit a few pixels off; is the \
frame filled; does it look like one film; is something alive in it? Give a list, the worst first, each with \
its scene, its time, what is wrong and the smallest change that mends it.""",
        ),
        Prompt(
            "storyboard",
            "Write a storyboard",
            "Plan a film scene by scene before anything is made.",
            (_BRIEF, _FORMAT, _SECONDS),
            """\
Write a storyboard; make nothing yet.

Brief: {brief}
Format: {format}. Length in seconds: {seconds}.

list_templates tells what a film can start from. Give: the one thing that stays in mind; palette \
(background, ink, one accent) and two faces; then a table of scenes: seconds, the one idea, the texts \
word for word, layout, what moves, how it goes over into the next. A hook that is readable within a \
second, one idea a scene, a peak at about two thirds, an end card of at least 2.2 seconds. A text stays \
for 0.9 s and 0.28 s a word. The seconds add up to the length exactly. Ask for a yes before \
scaffold_project.""",
        ),
    )
}
_UNSAID = "as the brief says"


def listed() -> list[dict[str, Any]]:
    """Every prompt as MCP lists it."""
    return [
        {
            "name": prompt.name,
            "title": prompt.title,
            "description": prompt.description,
            "arguments": [
                {"name": each.name, "description": each.description, "required": each.required}
                for each in prompt.arguments
            ],
        }
        for prompt in PROMPTS.values()
    ]


def filled(name: str, given: Mapping[str, str]) -> dict[str, Any]:
    """Fill a prompt.

    Raises ValueError for a prompt or an argument that does not exist, is missing or is too long.
    """
    prompt = PROMPTS.get(name)
    if prompt is None:
        raise ValueError(f"there is no prompt {name[:80]!r}; there are {', '.join(PROMPTS)}")
    names = [each.name for each in prompt.arguments]
    for key, value in given.items():
        if key not in names:
            raise ValueError(f"{name} takes no argument {key[:80]!r}; it takes {', '.join(names)}")
        if len(value) > LONGEST:
            raise ValueError(f"{key} has {len(value)} characters; give at most {LONGEST}")
    for each in prompt.arguments:
        if each.required and not given.get(each.name, "").strip():
            raise ValueError(f"{name} needs {each.name!r}: {each.description}")
    text = prompt.text
    for each in names:
        # One pass per argument over the template's own words: what is filled in is never filled again.
        text = text.replace(f"{{{each}}}", f"\0{each}\0")
    for each in names:
        text = text.replace(f"\0{each}\0", shown(given.get(each, "").strip()) or _UNSAID)
    return {
        "description": prompt.description,
        "messages": [{"role": "user", "content": {"type": "text", "text": text}}],
    }
