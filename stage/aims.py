"""What a tween aims at, and which of its properties it may change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import cast

from stage import vocabulary as words
from stage.manner import SETTINGS
from stage.mistakes import Wrong, article, did_you_mean, mistake
from stage.names import ALIASES, CAMERA_ALIASES, SETTING_ALIASES
from stage.node import Parts, Target
from stage.values import clean

Aim = Target | Parts
Targets = Aim | Iterable[Aim]


def aims_of(targets: object) -> list[Aim]:
    """List the targets of a tween; what is none is noted."""
    found: list[Aim] = []
    waiting = [targets]
    steps, most = 0, int(words.LIMITS["nodes"][1])
    while waiting:
        steps += 1
        if steps > most:
            mistake("target_wrong", f"a tween aims at more than {most:,} things", "give fewer nodes")
            return []
        each = waiting.pop()
        if isinstance(each, Target | Parts):
            found.append(each)
        elif isinstance(each, Iterable) and not isinstance(each, str | bytes | Mapping):
            waiting.extend(islice(cast(Iterable[object], each), most))
        else:
            shown = repr(each) if isinstance(each, str) else type(cast(object, each)).__name__
            shown = "nothing" if each is None else shown
            mistake(
                "target_wrong",
                f"a tween aims at {shown}",
                "give a node, a list of nodes, text.lines or scene.camera",
            )
    if not found and isinstance(targets, list | tuple) and not targets:
        mistake("target_wrong", "a tween aims at an empty list", "give at least one node")
    return found[::-1]


def checked(aims: tuple[Aim, ...], properties: dict[str, object]) -> dict[str, object]:
    """Hold values against each target's table once per kind; wrong ones are noted and dropped."""
    kept = dict(properties)
    for name, table in {name_of(aim): table_of(aim) for aim in aims}.items():
        able = [word for word, rule in table.items() if rule.animatable]
        for word, value in properties.items():
            rule = table.get(word)
            if rule is None or not rule.animatable:
                aliases = SETTING_ALIASES | (CAMERA_ALIASES if name == "camera" else ALIASES)
                guess = did_you_mean(word, [*able, *SETTINGS], aliases) if rule is None else ""
                mistake("property_unknown", f"{name} has no animatable property {word!r}{guess}",
                        f"it can animate {', '.join(able)}")  # fmt: skip
                kept.pop(word, None)
                continue
            try:
                kept[word] = clean(article(name) if name != "camera" else "the camera", word, rule, value)
                if kept[word] is None:
                    raise Wrong(f"{word} of {name} is None", "give a value")
            except Wrong as wrong:
                mistake("value_wrong", wrong.message, wrong.hint)
                kept.pop(word, None)
    return kept


def inside(aims: Iterable[Aim], name: str) -> float:
    """Give some number that a property may be, to hold against its rule what is only a difference."""
    rules = (table_of(aim).get(name) for aim in aims)
    return next((max(rule.low or 0.0, 0.0) for rule in rules if rule is not None), 0.0)


def name_of(aim: Aim) -> str:
    """The kind of a target, as messages name it."""
    return f"{aim.unit} of a {aim.owner.kind}" if isinstance(aim, Parts) else aim.kind


def table_of(aim: Aim) -> dict[str, words.Property]:
    """The properties of a target."""
    return words.PART_PROPERTIES if isinstance(aim, Parts) else aim.table


def node_of(aim: Aim) -> Target:
    """The node or camera behind a target."""
    return aim.owner if isinstance(aim, Parts) else aim
