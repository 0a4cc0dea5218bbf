"""Memory: what is kept where, for how long, who sees it, and every command and address."""

from __future__ import annotations

import argparse
from typing import Any, cast

from api.app import bare_app
from cli.commands import memory as command
from domain.lesson import LESSON_AGE, MOST_LESSONS
from domain.note import LONGEST_REASON, LONGEST_TEXT, MOST_NOTES, PROPOSAL_AGE
from memory.conversation import FRESH_ROUNDS, NEWEST_PICTURES
from memory.direction import MOST_TOKENS
from memory.folding import AFTER, WINDOW
from memory.library import entries
from memory.summary import MOST_CHARACTERS

PATH = "memory.md"
LAYERS = (
    (
        "conversation",
        "one run: what was said, called, answered and seen",
        "as long as its log",
        "the log; at hand in Redis as `session:{run}`",
    ),
    (
        "film",
        "colors, faces, tone, rules, decisions, facts: `DIRECTION.md`",
        "until forgotten",
        "the database; at hand in Redis as `project:{id}` and `project:{id}:decisions`",
    ),
    (
        "all films",
        f"the handbook ({len(entries())} entries), your house styles, lessons of your films",
        f"styles until forgotten, lessons {LESSON_AGE.days} days after they last held",
        "Chroma for the handbook, the database for what is yours",
    ),
)
TABLE = "\n".join(
    f"| {' | '.join(row)} |" for row in (("layer", "holds", "lives", "stands in"), ("---",) * 4, *LAYERS)
)
HEAD = f"""\
# Memory

Made from the code by `make docs`. Three layers, each small, visible, editable, and yours to have forgotten.

{TABLE}

**A conversation** is projected from the log each time, so a rebuilt one is the same. Answers lose their
long texts after {FRESH_ROUNDS} to {2 * FRESH_ROUNDS} rounds, the newest {NEWEST_PICTURES} pictures stay
and older ones are links. Beyond {WINDOW:,} tokens the oldest rounds are folded, down to {AFTER:,}, into a
summary of at most {MOST_CHARACTERS:,} letters, which keeps the user's own words, the plan, ids, results,
answers to approvals, notices and the last reminder; open findings, limits and the film's notes stand in
the briefing. A call and its answer are folded together, so that what a provider signed goes back whole or
not at all. What changes from turn to turn comes last in a prompt: Gemini's cache has all that is before
it.

**A film** remembers what you say, and what the agent proposes by `remember`. Yours is settled. A proposal
is marked as such until you agree: `director memory accept`, or a version that you name. A newer note
about the same (`The accent is …`, or what `about` says) takes the place of the older one, which is shown
beside it; a proposal never takes the place of what you said. A proposal that nobody agrees to is told no
more after {PROPOSAL_AGE.days} days. `DIRECTION.md`, at most {MOST_TOKENS:,} tokens, is in every prompt,
in the zip of the source, and can be read as it stood at any revision.

**All films** share the handbook: `search_knowledge` finds entries by meaning and by words, in English and
Arabic. A lesson is kept when a finding was mended in a film that ended well and no later check found it
again; it is told when the same finding is open. There are at most {MOST_LESSONS} of yours; the weakest
makes room.

**The gate.** Everything passes it, whoever wrote it: a note is one line of at most {LONGEST_TEXT} letters
(its reason {LONGEST_REASON}), a film has at most {MOST_NOTES:,}. Keys, passwords, tokens, private keys,
addresses with a login, e-mail addresses, telephone, card, account and identity numbers, places and
network addresses are never remembered, nor are orders to a model. What a file, a page or a tool says
becomes memory only as a note that passes. A refused wish of the agent stands in the log without the part
that holds a secret or a person's data; what you write in a prompt stands there as you wrote it.

**Forgetting is real.** The note leaves the database, Redis, the page of every revision, and its words
leave the events and the journal of the call that brought them. It is refused while Redis is away, rather
than done by half. What you wrote in a prompt stays part of that prompt, and a run that is under way has
read it already.

**Yours alone.** Every row carries its owner and is held against the asker twice: by the query, and after
it.

**Away.** Without Redis the run goes on from the database, without Chroma the handbook is searched by
words; a `notice` says so, and both are used again as soon as they are back. A damaged index is made anew.
`python -m bench.memory` measures all of it.
"""


def text() -> str:
    """Write the page."""
    return "\n".join([HEAD, "## In the terminal\n", _commands(), "## Over HTTP\n", _routes()])


def _commands() -> str:
    parser = argparse.ArgumentParser(prog="director memory", add_help=False)
    command.arguments(parser)
    actions = cast(Any, parser)._subparsers._group_actions[0]
    helps = {told.dest: told.help for told in actions._choices_actions}
    rows = [
        f"- `{sub.format_usage().removeprefix('usage: ').strip()}`: {helps[name]}"
        for name, sub in actions.choices.items()
    ]
    return "\n".join(" ".join(row.replace(" [-h]", "").split()) for row in rows) + "\n"


def _routes() -> str:
    paths = bare_app("0").openapi()["paths"]
    rows = [
        f"- `{method.upper()} {path}`: {' '.join(about['description'].split())}"
        for path, methods in paths.items()
        for method, about in methods.items()
        if "memory" in about.get("tags", ())
    ]
    return "\n".join(rows) + "\n"
