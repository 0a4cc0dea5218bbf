"""The entries that come with Director: written notes in `handbook/`, and the stage's own examples."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, get_args

from domain.knowledge import Entry, EntryKind
from stage import transition_examples
from stage.effect_examples import EFFECTS
from stage.examples import KINDS, PROJECT, WORDS
from stage.motion_examples import MOTION
from stage.pieces.examples import PIECES
from stage.reuse_examples import REUSE
from stage.vocabulary import SUMMARIES

FOLDER: Final = Path(__file__).parent / "handbook"
EXAMPLES: Final = "stage/examples.py"
LONGEST_TITLE: Final = 160
_FENCE: Final = "---"


@cache
def entries() -> tuple[Entry, ...]:
    """Every entry, in the order of their ids."""
    found = [*_notes(), *_examples(_synonyms(FOLDER / "synonyms.txt"))]
    asked = _synonyms(FOLDER / "asked.txt")
    told = [
        entry.model_copy(update={"tags": (*entry.tags, *asked.get(entry.entry_id, ()))}) for entry in found
    ]
    return tuple(sorted(told, key=lambda entry: entry.entry_id))


def read(path: Path, kind: EntryKind) -> Entry:
    """Read one note: a title and tags between fences, then its text.

    Raises ValueError, naming the file, when it has another form.
    """
    start, head, text = path.read_text("utf-8").split(f"{_FENCE}\n", 2)
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    if start or not text.strip() or not {"title"} <= set(fields) <= {"title", "tags", "language"}:
        raise ValueError(f"{path.name} has no title, no text or a field that nobody reads: {sorted(fields)}")
    return Entry(
        entry_id=f"{kind}/{path.stem}",
        kind=kind,
        title=fields["title"],
        text=text.strip(),
        source=f"memory/handbook/{kind}/{path.name}",
        language=fields.get("language", "en"),
        tags=_tags(fields.get("tags", "")),
    )


def _notes() -> Iterator[Entry]:
    for kind in get_args(EntryKind):
        for path in sorted((FOLDER / kind).glob("*.md")):
            yield read(path, kind)


def _examples(synonyms: dict[str, tuple[str, ...]]) -> Iterator[Entry]:
    for kind, code in KINDS.items():
        yield _example(kind, f"{kind.title()}: {SUMMARIES[kind]}", code, synonyms)
    for word, (about, code) in (WORDS | PIECES | EFFECTS | MOTION | REUSE).items():
        yield _example(word, f"{word}: {_first(about)}", code, synonyms)
    for kind in transition_examples.WORDS:
        code = transition_examples.source(kind)
        yield _example(f"transition-{kind}", f"{kind}: how a scene follows another", code, synonyms)
    for path, code in PROJECT.items():
        yield _example(path, f"A whole project: {path}", code, synonyms)


def _first(about: str) -> str:
    """Shorten a long account to its first sentence."""
    return about if len(about) <= LONGEST_TITLE - 20 else about.partition(". ")[0].partition("; ")[0]


def _example(name: str, title: str, code: str, synonyms: dict[str, tuple[str, ...]]) -> Entry:
    return Entry(
        entry_id=f"stage/{name}",
        kind="stage",
        title=title,
        text=f"```python\n{code}```",
        source=EXAMPLES,
        tags=synonyms.get(name, (name,)),
    )


def _synonyms(path: Path) -> dict[str, tuple[str, ...]]:
    """What people call a word or an entry, by its name."""
    pairs = (line.split(": ", 1) for line in path.read_text("utf-8").splitlines() if line)
    return {name: _tags(tags) for name, tags in pairs}


def _tags(text: str) -> tuple[str, ...]:
    return tuple(tag.strip() for tag in text.split(",") if tag.strip())
