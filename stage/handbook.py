"""The authors' handbook, written from the tables of the vocabulary and the examples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Template

from stage import vocabulary as words
from stage.effect_examples import EFFECTS
from stage.examples import BEFORE, KINDS, PROJECT, WORDS
from stage.generate import said
from stage.motion_examples import MOTION
from stage.pieces.examples import PIECES
from stage.position import HINT
from stage.reuse_examples import REUSE
from stage.theme import PALETTES, ROLES
from stage.transition_examples import MORPHING, about
from stage.transition_examples import WORDS as TRANSITIONS
from stage.vocabulary import Property

HERE = Path(__file__).parent
POSITIONS = HINT.removeprefix("give ")
SHARED: dict[str, Mapping[str, Property]] = {
    "boxes": words.BOXED,
    "flows": words.FLOW,
    "letters": words.LETTERS,
    "outlines": words.PAINTED,
}


PLACED = {word: rule for word, rule in words.PLACE.items() if word not in words.EFFECTS}


def page() -> str:
    """Write the whole handbook."""
    return _filled(
        "handbook.txt",
        project="\n".join(f"`{path}`\n\n{_block(text)}" for path, text in PROJECT.items()),
        before=_block(BEFORE),
        place=_list(PLACED),
        effects=_list(words.EFFECTS | words.MASKS),
        effect_examples=_examples(EFFECTS),
        kinds="\n".join(_kind(kind) for kind in words.KINDS),
        words=_examples(WORDS | REUSE | MOTION),
        pieces=_examples(PIECES),
        positions=POSITIONS,
        orders=_quoted(words.STAGGER_ORDERS),
        eases=_quoted(words.EASE_NAMES),
        transitions="\n".join(f"- `{kind}`: {about(kind)}" for kind in words.TRANSITIONS),
        directions=_quoted(words.DIRECTIONS),
        openings=_quoted(words.OPENINGS),
        shared=_block("\n".join((MORPHING.strip(), "film.add(one)", TRANSITIONS["morph"])) + "\n"),
        parts=_list(words.PART_PROPERTIES),
        groups="\n".join(f"### What {name} take\n\n{_list(table)}" for name, table in SHARED.items()),
        themes=_themes(),
        moods=", ".join(f"`{name}` ({mood.help}; {mood.bpm:g} BPM)" for name, mood in words.MOODS.items()),
        sound_effects=", ".join(f"`{name}` ({help})" for name, help in words.SOUND_EFFECTS.items()),
    )


def short() -> str:
    """Write the form that goes into a prompt: all names, few words."""
    own = {kind.title(): " ".join(_own(kind)) for kind in words.KINDS}
    return _filled(
        "handbook_short.txt",
        film=PROJECT["film.py"].strip(),
        scene=PROJECT["scenes/opening.py"].strip(),
        place=" ".join(PLACED),
        effects=" ".join(words.EFFECTS),
        kinds="\n".join(f"- {kind}: {names}" for kind, names in own.items() if names),
        letters=" ".join(words.LETTERS),
        boxed=" ".join(words.BOXED),
        flow=" ".join(words.FLOW),
        painted=" ".join(words.PAINTED),
        positions=POSITIONS,
        orders="|".join(words.STAGGER_ORDERS),
        camera=" ".join(words.CAMERA),
        parts=" ".join(words.PART_PROPERTIES),
        eases=" ".join(words.EASE_NAMES),
        roles=" ".join(ROLES),
        themes=" ".join(PALETTES),
        transitions="|".join(words.TRANSITIONS),
        mood_names="|".join(words.MOODS),
        effect_names="|".join(words.SOUND_EFFECTS),
    )


def _filled(name: str, **parts: str) -> str:
    return Template(HERE.joinpath(name).read_text("utf-8")).substitute(parts)


def _examples(examples: Mapping[str, tuple[str, str]]) -> str:
    return "\n".join(f"### {name}\n\n{about}\n\n{_block(text)}" for name, (about, text) in examples.items())


def _kind(kind: str) -> str:
    first = words.FIRST_WORDS.get(kind, "*children" if kind in words.CONTAINERS else "")
    takes = " and ".join(name for name, table in SHARED.items() if _has(kind, table))
    also = f" It takes what {takes} take." if takes else ""
    head = f"### {kind.title()}\n\n`{kind.title()}({first})`: {words.SUMMARIES[kind]}{also}\n\n"
    own = _list(_own(kind))
    return f"{head}{own}{chr(10) if own else ''}{_block(KINDS[kind])}"


def _has(kind: str, table: Mapping[str, Property]) -> bool:
    return all(words.KINDS[kind].get(word) is rule for word, rule in table.items())


def _own(kind: str) -> dict[str, Property]:
    """What a kind has beyond every node and the groups of words it shares."""
    shared = [words.PLACE, *(table for table in SHARED.values() if _has(kind, table))]
    return {
        word: rule for word, rule in words.KINDS[kind].items() if not any(word in table for table in shared)
    }


def _list(table: Mapping[str, Property]) -> str:
    return "".join(f"- `{word}`: {said(word, rule)}{_aside(rule)}\n" for word, rule in table.items())


def _aside(rule: Property) -> str:
    parts = ["/".join(filter(None, rule.choices))] if rule.choices else []
    if rule.default not in (None, "") and not rule.choices:
        parts.append(f"{rule.default}")
    parts += ["animated"] if rule.animatable else []
    return f" ({', '.join(parts)})" if parts else ""


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _block(code: str) -> str:
    return f"```python\n{code}```\n"


def _themes() -> str:
    rows = "".join(
        f"| `{name}` | {' | '.join(f'`{color}`' for color in theme.colors.values())} |\n"
        for name, theme in PALETTES.items()
    )
    return f"| theme | {' | '.join(ROLES)} |\n|{'---|' * (len(ROLES) + 1)}\n{rows}"
