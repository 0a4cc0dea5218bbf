"""The gallery's page."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from docs.gallery.entries import Entry, entries
from stage import vocabulary as words

FOLDER = Path(__file__).parent
PAGE = FOLDER / "README.md"
PICTURES = FOLDER / "pictures"
COLUMNS = 3
HEAD = """# Gallery

Made by `make gallery` from the examples of [the handbook](../stage.md), where their source stands. Click a
picture to see it move.
"""
HEARD = """## Words without a picture

Heard rather than seen: `Sound`, `Music`, `Sfx`, `Speech`, `on_beats`, `film.follow`.
Orders of a stagger: {orders}.
What the parts of a text can change: {parts}.
What the camera can change: {camera}.
Words of the effects: {effects}.
"""


def still_of(entry: Entry) -> Path:
    """Where an entry's still lies."""
    return PICTURES / f"{entry.slug}.webp"


def clip_of(entry: Entry) -> Path:
    """Where an entry's clip lies."""
    return PICTURES / f"{entry.slug}.clip.webp"


def text() -> str:
    """Write the page."""
    parts = [HEAD]
    for group, members in groupby(entries(), key=lambda entry: entry.group):
        parts.append(f"## {group}\n\n{_table(list(members))}")
    parts.append(HEARD.format(
        orders=_quoted(words.STAGGER_ORDERS), parts=_quoted(words.PART_PROPERTIES),
        camera=_quoted(words.CAMERA), effects=_quoted({**words.EFFECTS, **words.MASKS}),
    ))  # fmt: skip
    return "\n".join(parts)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(members: list[Entry]) -> str:
    rows = [members[at : at + COLUMNS] for at in range(0, len(members), COLUMNS)]
    empty = "|" + " |" * COLUMNS + "\n|" + "---|" * COLUMNS + "\n"
    return empty + "".join(f"| {' | '.join(_cell(entry) for entry in row)} |\n" for row in rows)


def _cell(entry: Entry) -> str:
    still, clip = (path.relative_to(FOLDER).as_posix() for path in (still_of(entry), clip_of(entry)))
    about = entry.about.replace("|", "\\|").replace("\n", " ")
    return f"[![{entry.name}]({still})]({clip})<br>**{entry.name}** {about}"
